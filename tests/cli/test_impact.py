"""``huiqi impact``: what is written and said, exit codes, and what is turned down."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from huiqi.matching.impact.shelf import published
from tests.cli.command import Ran, run
from tests.support import Library, benefit, document

TABLE = (
    "编号,高新企业,投资额,企业规模\nA,是,500万元,小型\nB,是,250万元,大型\nC,,100万元,大型\nD,否,也许,大型\n"
)
OLD = (
    "全部满足: [{名: 投资达标, 式: 投资额 >= 300万元}]\n金额: {定额: 10万元}",
    "全部满足: [{名: 高新, 式: 高新企业}]",
)
NEW = (OLD[0].replace("300万元", "200万元").replace("10万元", "8万元"), OLD[1])


def text_of(bodies: tuple[str, ...]) -> str:
    return document(*(benefit(body, id=id_) for body, id_ in zip(bodies, "ab", strict=True)))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a catalogue, a changed file and a table."""
    monkeypatch.chdir(tmp_path)
    library = Library.of(tmp_path / "old", text=text_of(OLD))
    library.put("catalogue.yaml", '规则库: {名称: 某库, 地区: "410200", 分组: [企业规模]}\n')
    (tmp_path / "new.yaml").write_text(text_of(NEW), encoding="utf-8")
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def impact(*more: object, old: str = "old", new: str = "new.yaml", table: str = "table.csv") -> Ran:
    return run("impact", old, new, table, "--out", "out", "--on", "2024-06-01", *more)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_who_gains_and_loses_and_what_it_costs(here: Path) -> None:
    ran = impact("--csv")
    assert (ran.code, ran.err) == (0, "")
    assert "a补助（xx-2023/a，修改）\n  新得 1、少得 1\n  预算的差：增6万元" in ran.out
    assert "3 家" in ran.out
    who = [(row["编号"], row["变化"], row["差额最低"], row["企业规模"]) for row in rows(here / "out/who.csv")]
    assert who == [("A", "少得", "-20000", "小型"), ("B", "新得", "80000", "大型")]
    (one,) = rows(here / "out/benefits.csv")
    assert (one["原最低"], one["新最低"], one["差额最低"]) == ("100000.00", "160000.00", "60000.00")
    assert [(row["企业规模"], row["新得"], row["少得"]) for row in rows(here / "out/sums.csv")] == [
        ("大型", "1", "0"),
        ("小型", "0", "1"),
    ]
    assert rows(here / "out/failing.csv")[0]["第一个不满足的条件"] == "投资达标"
    assert [row["行"] for row in rows(here / "out/rejects.csv")] == ["4"]
    assert "<!doctype html>" in (here / "out/report.html").read_text(encoding="utf-8")


def test_the_answer_for_machines_is_the_report_that_is_written(here: Path) -> None:
    ran = impact("--json", "--title", "试", "--publish", "--data", "var")
    assert ran.code == 0
    found = ran.json
    assert (found["title"], found["rows"], found["rejected"], found["changed"]) == ("试", 4, 1, True)
    assert found["money"]["difference"] == {"low": 60000, "high": 60000}
    (only,) = published(here / "var")
    assert only.report.model_dump(mode="json") == found
    assert (here / "out/who.parquet").is_file()


def test_nothing_that_changes_for_anybody_is_exit_code_one(here: Path) -> None:
    same = impact(new="old")
    assert same.code == 1
    assert "两版没有算法不同的事项" in same.out
    (here / "new.yaml").write_text(text_of((OLD[0].replace("300万元", "260万元"), OLD[1])), encoding="utf-8")
    unseen = impact()
    assert unseen.code == 1
    assert "1 个事项的规则改了，表里没有一家看得出变化" in unseen.out


def test_another_day_for_the_new_version(here: Path) -> None:
    ran = impact("--on-new", "2026-06-01", "--benefit", "xx-2023/b", new="old")
    assert ran.code == 0
    assert "失去 2" in ran.out


@pytest.mark.parametrize(
    ("settings", "more", "message"),
    [
        ({"old": "nowhere"}, (), "nowhere: 这里没有规则库（缺 catalogue.yaml）；旧版要写规则库文件夹"),
        ({"new": "nowhere"}, (), "nowhere: 没有这个路径"),
        ({"table": "nowhere.csv"}, (), "nowhere.csv"),
        ({}, ("--benefit", "xx-2023/c"), "两版都没有标识为“xx-2023/c”的事项"),
        ({}, ("--on-new", "明天"), "“明天”不是日期"),
    ],
)
def test_bad_input_gets_one_clear_line(
    here: Path, settings: dict[str, str], more: tuple[str, ...], message: str
) -> None:
    (line,) = impact(*more, **settings).complaints
    assert message in line


def test_a_folder_that_cannot_be_made_is_said(here: Path) -> None:
    (here / "out").write_text("", encoding="utf-8")
    assert len(impact().complaints) == 1


def test_mistakes_in_the_new_file_are_all_said(here: Path) -> None:
    (here / "new.yaml").write_text(text_of((OLD[0].replace("投资额", "投资领"), OLD[1])), encoding="utf-8")
    ran = impact()
    assert ran.complaints
    assert all(line.startswith("new.yaml:") for line in ran.complaints)
