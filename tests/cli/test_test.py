"""``huiqi test``: whether the worked examples hold, and whether they notice a rule made wrong."""

from pathlib import Path

import pytest

from tests.cli.command import CASES, run
from tests.procedures.examples import ROOT, SMALL
from tests.support import Library, benefit, document

ONE = document(
    benefit(
        """
        名: 设备补助
        全部满足: [{名: 投资达标, 式: 投资额 >= 300万元, 字样: 300万元以上}]
        金额: {式: 投资额 * 30%, 封顶: 100万元, 性质: 不超过}
        """,
        id="equipment",
    )
)
"""A document of one benefit, every condition of which ``PROVED`` shows in every way."""

PROVED = (
    CASES.replace("金额: 150万元", "金额: 100万元")
    + """\
      - {名: 第一天, 日期: 2023-01-01, 判定: 符合}
      - {名: 前一天, 日期: 2022-12-31, 判定: 不在期内}
      - {名: 最后一天, 日期: 2025-12-31, 判定: 符合}
      - {名: 后一天, 日期: 2026-01-01, 判定: 不在期内}
"""
)

STORIES = """\
例:
  - {名: 申请, 依据: 第四条, 事: [{日: 2025-03-03, 事件: 申请, 材料: 申请书}], 看: 2025-03-04, 状态: 审查中}
分办例:
  - {表: 归谁, 当: {街区: 东街}, 得: 东街所, 依据: 第三条}
  - {表: 归谁, 当: {街区: 西街}, 得: 西街所, 依据: 第三条}
"""
"""What tries the small procedure."""


def with_a_procedure(library: Library, stories: str = "") -> None:
    """The catalogue of one proved benefit, and a procedure in a folder of its own."""
    for notice in (ROOT / "catalogue" / "calendars").iterdir():
        library.put(f"calendars/{notice.name}", notice.read_text("utf-8"))
    library.put("xx/benefits.yaml", ONE)
    library.put("xx/cases.yaml", PROVED)
    library.put("yy/procedure.yaml", SMALL)
    if stories:
        library.put("yy/procedure-cases.yaml", stories)


def test_says_how_many_examples_ran(library: Library) -> None:
    library.put("xx/benefits.yaml", ONE)
    library.put("xx/cases.yaml", PROVED)
    ran = run("test")
    assert (ran.code, ran.out, ran.err) == (0, "8 个例，0 处不符，0 个条件缺例\n", "")
    assert run("test", "--json").json == {"cases": 8, "failures": [], "gaps": [], "procedures": []}
    for path in ("catalogue/xx", "catalogue/xx/cases.yaml", "catalogue/xx/benefits.yaml"):
        assert run("test", path).out == ran.out


def test_an_example_that_does_not_hold_is_named_with_what_came_instead(library: Library) -> None:
    library.put("xx/benefits.yaml", ONE)
    library.put("xx/cases.yaml", PROVED.replace("金额: 90万元", "金额: 91万元"))
    ran = run("test")
    assert ran.code == 1
    failure, summary = ran.out.splitlines()
    assert failure.startswith(f"{Path('catalogue/xx/cases.yaml')}:7:")
    assert "金额应为“91万元”，得“最高90万元”" in failure
    assert summary == "8 个例，1 处不符，0 个条件缺例"
    machine = run("test", "--json")
    assert (machine.code, machine.json["failures"]) == (1, [failure])


def test_a_condition_without_an_example_is_named(library: Library) -> None:
    library.put("xx/benefits.yaml", ONE)
    library.put(
        "xx/cases.yaml",
        PROVED.replace("{投资额: 未知}, 判定: 待补充, 缺: [投资额]", "{投资额: 1元}, 判定: 不符合"),
    )
    ran = run("test")
    assert ran.code == 1
    assert "“xx-2023/equipment”的条件“投资达标”没有事实未知的例" in ran.out


def test_mutants_that_examples_notice_are_counted(library: Library) -> None:
    library.put("xx/benefits.yaml", ONE)
    library.put("xx/cases.yaml", PROVED)
    ran = run("test", "--mutate")
    assert ran.code == 0
    assert ran.out.splitlines()[-1].endswith("发现 100.0%（要 95%）")
    found = run("test", "--mutate", "--json").json
    assert found["mutants"] > 5
    assert (found["killed"], found["survivors"]) == (1.0, [])


def test_mutants_that_nothing_notices_are_named_and_fail(library: Library) -> None:
    library.put("xx/benefits.yaml", ONE)
    library.put("xx/cases.yaml", PROVED.replace(", 金额: 100万元", "").replace(", 金额: 90万元", ""))
    ran = run("test", "--mutate")
    assert ran.code == 1
    *survivors, share = ran.out.splitlines()[1:]
    assert survivors
    assert all(f"{Path('catalogue/xx/benefits.yaml')}:" in line for line in survivors)
    assert "要 95%" in share
    found = run("test", "--mutate", "--json")
    assert found.code == 1
    assert found.json["killed"] < 0.95
    assert len(found.json["survivors"]) == len(survivors)
    assert found.json["survivors"][0].keys() == {"file", "line", "about", "change"}


def test_cases_that_cannot_be_read_are_bad_input(library: Library) -> None:
    library.put("xx/cases.yaml", CASES.replace("基准: {投资额: 500万元}", "基准: {投资款: 500万元}"))
    (line,) = run("test").complaints
    assert line.startswith(f"{Path('catalogue/xx/cases.yaml')}:4:")
    assert "投资额" in line


def test_the_stories_of_procedures_are_run_too(library: Library) -> None:
    with_a_procedure(library, STORIES)
    rules, stories = "8 个例，0 处不符，0 个条件缺例", "stall-permit 2025-01-01：1 个例，2 格分办，0 处不符"
    everything = run("test")
    assert (everything.code, everything.out.splitlines(), everything.err) == (0, [rules, stories], "")
    assert run("test", "catalogue/xx").out.splitlines() == [rules]
    for path in ("catalogue/yy", "catalogue/yy/procedure.yaml", "catalogue/yy/procedure-cases.yaml"):
        assert run("test", path).out.splitlines() == [stories]
    (row,) = run("test", "--json").json["procedures"]
    assert row == {"id": "stall-permit", "since": "2025-01-01", "stories": 1, "cells": 2, "failures": []}
    assert run("test", "catalogue/yy", "--mutate").err == "没有找到例\n"


@pytest.mark.parametrize(
    "stories", ["", STORIES.replace("状态: 审查中", "状态: 待答复")], ids=["none", "wrong"]
)
def test_a_procedure_whose_stories_do_not_come_out_fails(library: Library, stories: str) -> None:
    with_a_procedure(library, stories)
    ran = run("test")
    assert ran.code == 1
    _, failure, _ = ran.out.splitlines()
    assert "procedure-cases.yaml" in failure
    found = run("test", "--json")
    assert (found.code, found.json["failures"]) == (1, [])
    assert found.json["procedures"][0]["failures"] == [failure]


def test_a_folder_without_examples_is_a_negative_answer(library: Library) -> None:
    for more in ((), ("--json",)):
        ran = run("test", "catalogue/facts", *more)
        assert (ran.code, ran.out, ran.err) == (1, "", "没有找到例\n")
