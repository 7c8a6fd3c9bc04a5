"""``huiqi test``: whether the worked examples hold, and whether they notice a rule made wrong."""

from pathlib import Path

from tests.cli.command import CASES, run
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


def test_says_how_many_examples_ran(library: Library) -> None:
    library.put("xx/benefits.yaml", ONE)
    library.put("xx/cases.yaml", PROVED)
    ran = run("test")
    assert (ran.code, ran.out, ran.err) == (0, "8 个例，0 处不符，0 个条件缺例\n", "")
    assert run("test", "--json").json == {"cases": 8, "failures": [], "gaps": []}
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


def test_a_folder_without_examples_is_a_negative_answer(library: Library) -> None:
    for more in ((), ("--json",)):
        ran = run("test", "catalogue/facts", *more)
        assert (ran.code, ran.out, ran.err) == (1, "", "没有找到例\n")
