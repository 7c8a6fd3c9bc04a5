"""The two versions: a file in the place of another, what differs, and one table read for both."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from huiqi.catalogue.load import CatalogueError
from huiqi.matching.impact.versions import VersionError, Versions, open_new
from tests.matching.impact.conftest import NEW, OLD, ON, SHARED, Case, compare, text_of
from tests.support import FACTS, Library


def test_one_changed_file_stands_in_for_the_old_one(
    libraries: tuple[Library, Library], small: Case, tmp_path: Path
) -> None:
    path = tmp_path / "草案.yaml"
    path.write_text(text_of(NEW), encoding="utf-8")
    new = open_new(path, small.versions.old)
    assert new.benefits.keys() == small.versions.new.benefits.keys()
    assert [one.now.id for one in Versions(small.versions.old, new, ON, ON).pairs] == [
        one.now.id for one in small.versions.pairs
    ]
    folder = open_new(libraries[1].root, small.versions.old)
    assert folder.benefits.keys() == new.benefits.keys()


def test_only_what_can_answer_differently_is_compared(small: Case) -> None:
    versions = small.versions
    names = {one.now.id.removeprefix("xx-2023/"): one for one in versions.pairs}
    assert set(names) == {*OLD, *NEW} - {"same", "reworded"}
    assert [one.now.id for one in versions.reworded] == ["xx-2023/reworded"]
    assert {name: one.status for name, one in names.items() if one.status != "修改"} == {
        "added": "新增",
        "removed": "取消",
    }
    assert {name for name, one in names.items() if versions.same_decision(one)} == SHARED


def test_another_day_is_another_version(small: Case) -> None:
    old = small.versions.old
    assert Versions(old, old, ON, ON).differing == ()
    later = Versions(old, old, ON, ON.replace(year=2026))
    assert len(later.pairs) == len(OLD)


def test_mistakes_are_told_in_the_file_that_was_given(small: Case, tmp_path: Path) -> None:
    path = tmp_path / "草案.yaml"
    path.write_text(text_of({"a": "全部满足: [{名: 甲, 式: 投资领 >= 1元}]"}), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        open_new(path, small.versions.old)
    assert all(one.file == str(path) for one in caught.value.diagnostics)
    assert "huiqi-impact" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("没有.yaml", None, "没有这个路径"),
        ("空", "", "这里没有规则库"),
        ("别的.yaml", text_of({"a": ""}).replace("xx-2023", "xx-2024"), "是不是“xx-2023”？"),
    ],
)
def test_a_new_version_that_is_none_gets_one_clear_line(
    small: Case, tmp_path: Path, name: str, text: str | None, message: str
) -> None:
    path = tmp_path / name
    if text == "":
        path.mkdir()
    elif text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(VersionError, match=message):
        open_new(path, small.versions.old)


def other_facts(folder: Path, vocabulary: str, benefits: str) -> Library:
    return Library.of(folder, vocabulary=vocabulary, text=text_of({"a": benefits}))


def test_each_version_sees_the_facts_that_it_knows(small: Case, tmp_path: Path) -> None:
    more = FACTS.replace("事实:\n", "事实:\n  绿色工厂: {类型: 是否, 问: 是吗？}\n", 1)
    more = more.replace("      示范: ", "      绿色: {类型: 是否, 问: 是吗？}\n      示范: ", 1)
    old = other_facts(tmp_path / "old", FACTS, "全部满足: [{名: 高新, 式: 高新企业}]")
    new = other_facts(tmp_path / "new", more, "全部满足: [{名: 绿, 式: 绿色工厂}]")
    table = tmp_path / "table.parquet"
    items = [[{"设备额": 1_000_000, "绿色": True}], [{"设备额": 2_000_000, "绿色": False}], []]
    pl.DataFrame(
        {
            "编号": ["A", "B", "C"],
            "高新企业": [True, False, True],
            "绿色工厂": [True, True, None],
            "项目": items,
        }
    ).write_parquet(table)
    case = compare(Versions(old.load(), new.load(), ON, ON), table, tmp_path / "out")
    (only,) = case.report.benefits
    assert {(step.old, step.new): step.count for step in only.verdicts} == {
        ("符合", "符合"): 1,
        ("不符合", "符合"): 1,
        ("符合", "待补充"): 1,
    }


def test_a_fact_that_the_versions_read_differently_is_turned_down(tmp_path: Path) -> None:
    other = FACTS.replace("投资额: {类型: 金额, 单位: 万元", "投资额: {类型: 金额, 单位: 元", 1)
    old = other_facts(tmp_path / "old", FACTS, "全部满足: [{名: 甲, 式: 投资额 > 0}]")
    new = other_facts(tmp_path / "new", other, "全部满足: [{名: 甲, 式: 投资额 > 5元}]")
    table = tmp_path / "table.csv"
    table.write_text("编号,投资额\nA,5万元\n", encoding="utf-8")
    with pytest.raises(VersionError, match="“投资额”在两版词表里"):
        compare(Versions(old.load(), new.load(), ON, ON), table, tmp_path / "out")
    assert not list((tmp_path / "out").iterdir())
