"""``huiqi match``: files out, sums, what the exit code says, and what is wrong with bad input."""

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tests.cli.command import MAIN, run
from tests.support import Library

DAY = ("--on", "2024-06-01")
TABLE = """\
编号,投资额（万元）,从业人数,企业规模,高新企业,项目
甲,500,12,小型,是,"[{""名称"": ""一线"", ""设备额"": 100}]"
乙,299.999999,,,否,[]
丙,,3,微型,,
丁,很多,3,微型,,
"""


@pytest.fixture
def table(library: Library) -> Path:
    path = Path("table.csv")
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_results_sums_and_rejects_stand_beside_each_other(table: Path) -> None:
    done = run("match", table, "--out", "r.parquet", *DAY, "--json")
    assert done.code == 0
    told = done.json
    assert (told["rows"], told["taken"], told["rejected"]) == (4, 3, 1)
    assert told["rejects"] == "r.rejects.csv"
    assert "很多" in Path("r.rejects.csv").read_text(encoding="utf-8")
    results = pl.read_parquet("r.parquet")
    assert len(results) == told["answers"]
    equipment = results.filter(pl.col("事项") == "xx-2023/equipment")
    assert dict(equipment.select("编号", "结论").rows()) == {"甲": "符合", "丙": "待补充"}
    (sums,) = [one for one in told["benefits"] if one["事项"] == "xx-2023/equipment"]
    assert (sums["符合"], sums["待补充"], sums["不符合"], sums["差一项"]) == (1, 1, 1, 1)
    assert (sums["金额最低"], sums["金额最高"]) == (1_500_000, 3_500_000)


def test_for_people_it_says_what_it_comes_to(table: Path) -> None:
    done = run("match", table, "--out", "r.csv", *DAY)
    assert done.code == 0
    assert "读了 4 行，算了 3 家" in done.out
    assert "设备补助（xx-2023/equipment）：符合 1、待补充 1，确定 150万元，最多 350万元" in done.out
    assert Path("r.csv").read_text(encoding="utf-8-sig").startswith("编号,事项,")


def test_without_a_place_for_results_it_only_sums_up(table: Path) -> None:
    written = run("match", table, "--out", "r.csv", *DAY, "--json").json
    done = run("match", table, *DAY, "--json")
    assert done.code == 0
    told = done.json
    for name in ("rows", "taken", "rejected", "benefits", "departments", "groups"):
        assert told[name] == written[name]
    (wrong,) = told["first_rejects"]
    assert (wrong["place"], wrong["id"], wrong["value"]) == (4, "丁", "很多")
    assert sorted(path.name for path in Path().glob("table*")) == ["table.csv"]
    said = run("match", table, *DAY)
    assert "1 行没有算，先列 1 处：\n  第 4 行 丁 投资额（万元）：“投资额”要数" in said.out
    assert "设备补助（xx-2023/equipment）：符合 1、待补充 1，确定 150万元，最多 350万元" in said.out
    assert said.out.rstrip().endswith("加 --out")


@pytest.mark.parametrize("option", ["--all", "--plan", "--changed", "--engine=spark"])
def test_what_needs_a_place_for_results_says_so(table: Path, option: str) -> None:
    done = run("match", table, *DAY, option)
    assert done.code == 2
    assert "加 --out" in done.err


def test_only_one_benefit_and_groups(table: Path) -> None:
    done = run(
        "match",
        table,
        "--out",
        "r.parquet",
        *DAY,
        "--benefit",
        "xx-2023/equipment",
        "--by",
        "企业规模",
        "--json",
    )
    assert {one["事项"] for one in done.json["benefits"]} == {"xx-2023/equipment"}
    assert [(one["企业规模"], one["符合"]) for one in done.json["groups"]] == [
        ("小型", 1),
        ("微型", 0),
        ("未知", 0),
    ]


def test_nothing_due_to_anybody_is_exit_code_1(table: Path) -> None:
    Path("none.csv").write_text("编号,投资额\n甲,1\n", encoding="utf-8")
    assert run("match", "none.csv", "--out", "r.parquet", *DAY, "--benefit", "xx-2023/equipment").code == 1


def test_a_second_run_takes_what_has_not_changed(table: Path) -> None:
    run("match", table, "--out", "r.parquet", *DAY)
    before = Path("r.parquet").read_bytes()
    again = run("match", table, "--out", "r.parquet", *DAY, "--changed", "--json")
    assert again.json["reused"] == again.json["answers"] > 0
    assert Path("r.parquet").read_bytes() == before


def test_the_best_plan_of_each_stands_beside(table: Path) -> None:
    run("match", table, "--out", "r.parquet", *DAY, "--plan")
    plans = pl.read_parquet("r.plans.parquet")
    assert plans["编号"].to_list() == ["甲", "乙", "丙"]
    alone = run(
        "explain",
        write_facts("投资额: 500万元\n从业人数: 12\n企业规模: 小型\n高新企业: 是\n"),
        *DAY,
        "--json",
    )
    assert float(plans["合计最高"][0]) == alone.json["plan"]["total_high"]


def write_facts(text: str) -> Path:
    path = Path("one.yaml")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("match", "nothing.csv", "--out", "r.parquet"), "nothing.csv"),
        (("match", "table.csv", "--out", "r.xlsx"), ".parquet、.csv 或 .arrow"),
        (("match", "table.csv", "--out", "nowhere/r.csv"), "没有这个文件夹"),
        (
            ("match", "table.csv", "--out", "r.csv", "--benefit", "xx-2023/equipmen"),
            "是不是“xx-2023/equipment”",
        ),
        (("match", "table.csv", "--out", "r.csv", "--by", "投资额"), "企业规模"),
        (("match", "table.csv", "--out", "r.csv", "--items", "项目"), "集合=文件"),
        (("match", "table.csv", "--out", "r.csv", "--id", "没有"), "没有"),
        (("match", "wrong.csv", "--out", "r.csv"), "投资额"),
    ],
)
def test_bad_input_is_one_clear_line(table: Path, arguments: tuple[str, ...], words: str) -> None:
    Path("wrong.csv").write_text("编号,投资金\n甲,1\n", encoding="utf-8")
    (line,) = run(*arguments, *DAY).complaints
    assert words in line
    assert not Path("r.csv").exists()


def test_a_table_can_come_through_a_pipe(table: Path) -> None:
    command = [sys.executable, "-c", MAIN, "match", "-", "--out", "piped.parquet", *DAY, "--json"]
    done = subprocess.run(command, input=TABLE.encode(), capture_output=True, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["rows"] == 4
    run("match", table, "--out", "r.parquet", *DAY)
    assert Path("piped.parquet").read_bytes() == Path("r.parquet").read_bytes()
