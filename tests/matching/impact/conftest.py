"""A small policy in two versions that differ in every way there is, and some made-up enterprises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from huiqi.catalogue.load import Catalogue
from huiqi.matching.impact.report import ImpactReport, as_report
from huiqi.matching.impact.run import Compared, Comparison
from huiqi.matching.impact.versions import Versions
from huiqi.population.read import read_plan
from huiqi.population.write import tables
from huiqi.tables import open_table
from tests.support import Library, benefit, document

ON = date(2024, 6, 1)
GROUPS = ("去年规模", "企业规模", "主体类型")
HEAD = f'规则库: {{名称: 某库, 地区: "410200", 分组: [{", ".join(GROUPS)}]}}\n'

OLD: Mapping[str, str] = {
    "threshold": """
        全部满足: [{名: 投资达标, 式: 投资额 >= 300万元}, {名: 守信, 式: 非 失信}]
        金额: {式: 投资额 * 30%, 封顶: 200万元, 性质: 不超过}
        """,
    "amount": "全部满足: [{名: 高新, 式: 高新企业}]\n金额: {定额: 10万元}",
    "capped": "全部满足: [{名: 高新, 式: 高新企业}]\n金额: {式: 投资额 * 1%, 封顶: 1万元, 性质: 按比例}",
    "projects": """
        对象: 项目
        全部满足: [{名: 设备够, 式: 设备额 >= 30万元}, {名: 有人, 式: 人数 >= 1人}]
        金额: {式: 设备额 * 10%, 封顶: 5万元, 性质: 按比例}
        """,
    "reviewed": """
        全部满足: [{名: 够大, 式: 从业人数 >= 20人}]
        未编码: [{因: 专家评审, 说明: 由专家评审}]
        金额: {定额: 5万元}
        """,
    "reviewed-amount": """
        全部满足: [{名: 够大, 式: 从业人数 >= 5人}]
        未编码: [{因: 专家评审, 说明: 由专家评审}]
        金额: {定额: 5万元}
        """,
    "removed": "全部满足: [{名: 守信, 式: 非 失信}]\n金额: {定额: 1万元}",
    "loan": "形式: 贷款\n全部满足: [{名: 守信, 式: 非 失信}]\n金额: {定额: 100万元, 性质: 不超过}",
    "endless": "全部满足: [{名: 守信, 式: 非 失信}]\n金额: {式: 投资额 * 10%, 性质: 按比例}",
    "promised": "全部满足: [{名: 高新, 式: 高新企业}]\n不可计算: {因: 未给标准, 说明: 没有写标准}",
    "easier": "形式: 便利\n全部满足: [{名: 小型, 式: 企业规模 = 小型}]\n金额: null",
    "over": "适用期: {自: 2023-01-01, 至: 2023-12-31}\n全部满足: [{名: 高新, 式: 高新企业}]",
    "reworded": "摘要: 给钱\n全部满足: [{名: 高新, 式: 高新企业}]",
    "same": "全部满足: [{名: 高新, 式: 高新企业}]",
}
NEW: Mapping[str, str] = {
    **{id_: text for id_, text in OLD.items() if id_ != "removed"},
    "threshold": OLD["threshold"].replace("300万元", "200万元").replace("30%", "25%"),
    "amount": OLD["amount"].replace("10万元", "12万元"),
    "capped": OLD["capped"].replace("1万元", "2万元"),
    "projects": OLD["projects"].replace("10%", "12%").replace("5万元", "4万元"),
    "reviewed": OLD["reviewed"].replace("20人", "10人").replace("5万元", "4万元"),
    "reviewed-amount": OLD["reviewed-amount"].replace("5万元", "6万元"),
    "loan": OLD["loan"].replace("100万元", "120万元"),
    "endless": OLD["endless"].replace("10%", "11%"),
    "promised": "全部满足: [{名: 高新, 式: 高新企业}]\n金额: {定额: 3万元}",
    "easier": OLD["easier"].replace("企业规模 = 小型", '"企业规模 属于 [小型, 微型]"'),
    "over": OLD["over"].replace("2023-12-31", "2024-12-31"),
    "reworded": OLD["reworded"].replace("给钱", "再给钱"),
    "added": "全部满足: [{名: 够大, 式: 从业人数 >= 30人}]\n金额: {定额: 2万元}",
}
SHARED = frozenset(("amount", "capped", "projects", "reviewed-amount", "loan", "endless"))
"""Of which only the amount differs."""


def text_of(benefits: Mapping[str, str]) -> str:
    """The benefits.yaml of a version."""
    return document(*(benefit(body, id=id_) for id_, body in benefits.items())).replace(
        "    金额: null\n", ""
    )


@dataclass(frozen=True)
class Case:
    """Two versions over a table: the report, and everything to work it out anew."""

    versions: Versions
    table: Path
    found: Compared
    report: ImpactReport


def compare(versions: Versions, table: Path, out: Path, rows: int = 60, *, csv: bool = False) -> Case:
    """A whole comparison."""
    out.mkdir(exist_ok=True)
    opened = open_table(table, versions.reading.vocabulary, rows=rows)
    found = Comparison(versions, versions.pairs, opened, out, csv=csv).go()
    return Case(versions, table, found, as_report(found, title="改动的影响", old="旧", new="新", table="表"))


def made_up(catalogue: Catalogue, count: int, path: Path, seed: int = 4) -> Path:
    """Some enterprises as a file; every seventh does not know a fact, and every 13th knows none."""
    table = pl.concat(tables(read_plan(catalogue), seed, count)).with_row_index("#")
    unknown = [
        pl.when((pl.col("#") + place) % 7 != 0, pl.col("#") % 13 != 0).then(name).alias(name)
        for place, name in enumerate(table.columns)
        if name in catalogue.vocabulary
    ]
    projects = pl.Series("项目", [_projects(row) for row in range(count)], dtype=table.schema["项目"])
    table.with_columns(unknown).with_columns(projects).drop("#").write_parquet(path)
    return path


def _projects(row: int) -> list[dict[str, int | None]] | None:
    """None, some or no known projects, whose equipment is too cheap, dear enough, over the cap or unknown."""
    worth = (200_000, 350_000, None, 450_000, 900_000)
    return (
        None
        if row % 5 == 0
        else [
            {"设备额": worth[(row + item) % 5], "人数": (5, 0, 5, None)[(row + item) // 2 % 4]}
            for item in range(row % 4)
        ]
    )


@pytest.fixture(scope="session")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, Library]:
    """Both versions as catalogue folders."""
    found = []
    for name, benefits in (("old", OLD), ("new", NEW)):
        library = Library.of(tmp_path_factory.mktemp(name), text=text_of(benefits))
        library.put("catalogue.yaml", HEAD)
        found.append(library)
    return found[0], found[1]


@pytest.fixture(scope="session")
def small(libraries: tuple[Library, Library], tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The two versions over two hundred enterprises, in several chunks."""
    folder = tmp_path_factory.mktemp("small")
    old, new = (one.load() for one in libraries)
    table = made_up(old, 200, folder / "table.parquet")
    return compare(Versions(old, new, ON, ON), table, folder / "out")
