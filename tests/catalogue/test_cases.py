"""Worked examples: a rule that is wrong does not pass them, and what they do not show is named (L13)."""

from pathlib import Path
from textwrap import dedent, indent

import pytest
from click.testing import CliRunner

from huiqi.catalogue.cases import CaseReport, read_cases, run_cases
from huiqi.cli.main import huiqi
from tests.support import Library, benefit, reference

BENEFIT = """
对象: 项目
全部满足:
  - {名: 投资达标, 式: 设备额 >= 300万元, 字样: 300万元以上}
  - {名: 列为示范, 式: 示范}
金额: {式: 设备额 * 30%, 封顶: 200万元, 性质: 不超过}
"""
BASE = "项目: [{名称: 甲线, 设备额: 1000万元, 示范: 是}]"
TRIALS = """
- {名: 全部满足, 判定: 符合, 金额: 200万元}
- {名: 刚好三百万, 变: {项目.设备额: 300万元}, 判定: 符合, 金额: 90万元}
- {名: 差一元, 变: {项目.设备额: 2999999元}, 判定: 不符合, 未满足: [投资达标], 金额: 0}
- {名: 投资不知道, 变: {项目.设备额: 未知}, 判定: 待补充, 缺: [项目.设备额], 金额: [90万元, 200万元]}
- {名: 不是示范, 变: {项目.示范: 否}, 判定: 不符合, 未满足: 列为示范}
- {名: 是不是不知道, 变: {项目.示范: 未知}, 判定: 待补充, 缺: 项目.示范}
- {名: 过期, 日期: 2026-01-01, 判定: 不在期内}
"""


def example(trials: str = TRIALS, base: str = BASE, about: str = "事项: xx-2023/a") -> str:
    head = f"- {about}\n  日期: 2024-06-01\n  基准:\n{indent(dedent(base).strip(), '    ')}\n  试:\n"
    return f"例:\n{indent(head, '  ')}{indent(dedent(trials).strip(), '      ')}\n"


def run(root: Path, cases: str, text: str = BENEFIT, **files: str) -> CaseReport:
    catalogue = Library.of(root, benefit(text), cases=cases, **files).load()
    found, problems = read_cases(catalogue)
    assert [str(one) for one in problems] == []
    return run_cases(catalogue, found)


def failures(root: Path, trials: str, base: str = BASE, text: str = BENEFIT, **files: str) -> list[str]:
    report = run(root, example(trials, base), text, **files)
    return [str(one).partition("：")[2] for one in report.failures]


@reference("L13.1", "L13.2", "L13.3")
def test_the_example_of_the_reference_holds_and_lacks_nothing(tmp_path: Path) -> None:
    report = run(tmp_path, example())
    assert [str(one) for one in (*report.failures, *report.gaps)] == []
    assert report.good
    assert report.ran == 7


@reference("L13.2")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("设备额 > 300万元, 字样: 300万元以上, 另有规定: 附则", "判定应为“符合”，得“不符合”（投资达标）"),
        ("设备额 >= 200万元, 字样: 200万元以上", "判定应为“不符合”，得“符合”"),
    ],
)
def test_a_wrong_rule_does_not_pass(wrong: str, said: str, tmp_path: Path) -> None:
    text = BENEFIT.replace("设备额 >= 300万元, 字样: 300万元以上", wrong)
    report = run(tmp_path, example(), text)
    assert any(said in str(one) for one in report.failures)
    assert not report.good


@reference("L13.2")
@pytest.mark.parametrize(
    ("trial", "said"),
    [
        ("判定: 不符合", "判定应为“不符合”，得“符合”"),
        ("金额: 300万元", "金额应为“300万元”，得“最高200万元”"),
        ("金额: [90万元, 200万元]", "金额应为“90万元至200万元”，得“最高200万元”"),
        ("变: {项目.示范: 否}, 未满足: []", "未满足应为“”，得“列为示范”"),
        ("变: {项目.示范: 否}, 未满足: [投资达标]", "未满足应为“投资达标”，得“列为示范”"),
        (
            "变: {项目.示范: 否, 项目.设备额: 1元}, 未满足: [投资达标]",
            "未满足应为“投资达标”，得“列为示范、投资达标”",
        ),
        ("变: {项目.示范: 未知}, 缺: []", "缺应为“”，得“项目.示范”"),
        ("变: {项目.示范: 未知}, 缺: [项目.设备额]", "缺应为“项目.设备额”，得“项目.示范”"),
        ("明细: {设备: 3元}", "明细里没有“设备”"),
    ],
)
def test_what_is_written_is_compared(trial: str, said: str, tmp_path: Path) -> None:
    assert failures(tmp_path, f"- {{名: 甲, {trial}}}") == [said]


@reference("L13.2")
@pytest.mark.parametrize(
    "trial",
    [
        "判定: 符合",
        "金额: 200万元",
        "金额: 2000000",
        "变: {项目.示范: 未知, 项目.设备额: 未知}, 缺: [项目.设备额, 项目.示范]",
        "变: {项目.示范: 否}, 判定: 不符合",
    ],
)
def test_what_is_not_written_is_not_compared(trial: str, tmp_path: Path) -> None:
    assert failures(tmp_path, f"- {{名: 甲, {trial}}}") == []


@reference("L13.2")
def test_parts_and_amounts_without_an_end(tmp_path: Path) -> None:
    text = """
    金额:
      明细:
        - {名: 设备, 式: 投资额 * 30%}
        - {名: 用工, 式: 从业人数 * 1000元/人}
    """
    good = """
    - {名: 甲, 明细: {设备: 3万元, 用工: 5000元}, 金额: 35000元}
    - {名: 乙, 变: {从业人数: 未知}, 明细: {设备: 3万元}, 金额: [3万元, 不限], 缺: 从业人数}
    """
    base = "投资额: 10万元\n从业人数: 5人"
    assert failures(tmp_path, good, base, text) == []
    bad = """
    - {名: 甲, 明细: {设备: 4万元}}
    - {名: 乙, 变: {从业人数: 未知}, 明细: {用工: 5000元}}
    - {名: 丙, 金额: 五万元}
    """
    assert failures(tmp_path, bad, base, text) == [
        "明细“设备”应为“4万元”，得“3万元”",
        "明细“用工”应为“5000元”，得“0元至不限”",
        "",
    ]


@reference("L13.1")
def test_what_a_change_may_do(tmp_path: Path) -> None:
    text = """
    全部满足: [{名: 投资, 式: 投资额 >= 3万元}, {名: 有示范, 式: "任一(项目, 示范)"}]
    金额: {式: 投资额}
    """
    base = "投资额: 5万元\n项目: [{示范: 是, 设备额: 1元}, {示范: 否}]"
    trials = """
    - {名: 换一个, 变: {投资额: 4万元}, 金额: 4万元}
    - {名: 拿掉, 变: {投资额: 未知}, 判定: 待补充, 缺: 投资额}
    - {名: 只知道范围, 变: {投资额: {自: 4万元, 至: 6万元}}, 判定: 符合, 金额: [4万元, 6万元]}
    - {名: 换掉集合, 变: {项目: []}, 判定: 不符合}
    - {名: 拿掉集合, 变: {项目: 未知}, 判定: 待补充, 缺: 项目}
    - {名: 第一项的字段, 变: {项目.示范: 否}, 判定: 不符合}
    - {名: 拿掉字段, 变: {项目.示范: 未知}, 判定: 待补充, 缺: 项目.示范}
    - {名: 两样一起, 变: {投资额: 3万元, 项目.示范: 是}, 金额: 3万元, 判定: 符合}
    - {名: 基准不变, 判定: 符合, 金额: 5万元}
    """
    assert failures(tmp_path, trials, base, text) == []


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        (
            example("- {名: 甲, 判定: 符合}", about="事项: xx-2023/b"),
            "没有“xx-2023/b”（是不是“xx-2023/a”？）",
        ),
        (example("- {名: 甲, 得: 小型}", about="规则: 企业规摸"), "没有“企业规摸”"),
        (
            example("- {名: 甲, 判定: 符合}", base="投资颔: 3元"),
            "词表里没有“投资颔”这个事实（是不是“投资额”？）",
        ),
        (
            example("- {名: 甲, 变: {投资额: 3人}, 判定: 符合}"),
            "“投资额”的单位不对，写的是“3人”（单位用 万元）",
        ),
        (
            example("- {名: 甲, 变: {项目.设备客: 3元}, 判定: 符合}"),
            "没有“项目.设备客”这个字段（是不是“项目.设备额”？）",
        ),
        (
            example("- {名: 甲, 变: {项目.设备额: 3元}, 判定: 符合}", base="投资额: 3元"),
            "基准里没有“项目”，改不了它的字段",
        ),
        (example("- {名: 甲}"), "这一试没有写要得到什么"),
    ],
)
def test_a_slip_in_the_cases_is_reported(cases: str, said: str, tmp_path: Path) -> None:
    catalogue = Library.of(tmp_path, benefit(BENEFIT), cases=cases).load()
    _, problems = read_cases(catalogue)
    assert any(said in str(one) for one in problems), [str(one) for one in problems]
    assert all(one.file.endswith("cases.yaml") and one.line for one in problems)


RULES = """
规则:
  企业规模:
    依据: 一
    情形:
      - {当: 从业人数 < 20人, 得: 微型}
      - {当: 从业人数 < 300人, 得: 小型}
      - {否则: 大型}
  投资额: {依据: 二, 情形: [{否则: 从业人数 * 1万元/人}]}
  高新企业: {依据: 二, 情形: [{否则: 从业人数 > 5人}]}
"""


@reference("L13.2")
def test_a_rule_is_tried_by_what_it_gives(tmp_path: Path) -> None:
    base = "从业人数: 5"
    good = """
    - {名: 小于二十, 得: 微型}
    - {名: 二十, 变: {从业人数: 20}, 得: 小型}
    - {名: 不知道, 变: {从业人数: 未知}, 得: 未知, 缺: 从业人数}
    - {名: 二十以上, 变: {从业人数: {自: 20, 至: 300}}, 得: 小型或大型}
    """
    report = run(tmp_path, example(good, base, "规则: 企业规模"), rules=RULES)
    assert [str(one) for one in report.failures] == []
    bad = """
    - {名: 甲, 得: 小型}
    - {名: 乙, 变: {从业人数: 未知}, 得: 微型}
    - {名: 丙, 变: {从业人数: 未知}, 缺: 投资额}
    """
    report = run(tmp_path, example(bad, base, "规则: 企业规模"), rules=RULES)
    assert [str(one).partition("：")[2] for one in report.failures] == [
        "应得“小型”，得“微型”",
        "应得“微型”，得“大型或小型或微型，尚不确定”",
        "缺应为“投资额”，得“从业人数”",
    ]
    money = run(tmp_path, example("- {名: 甲, 得: 5万元}", base, "规则: 投资额"), rules=RULES)
    truth = run(tmp_path, example("- {名: 甲, 得: 否}", base, "规则: 高新企业"), rules=RULES)
    assert money.failures == truth.failures == []


@reference("L13.3")
@pytest.mark.parametrize(
    ("without", "gap"),
    [
        ("全部满足", None),
        ("刚好三百万", "“xx-2023/a”的条件“投资达标”没有正好在界上的例"),
        ("差一元", "“xx-2023/a”的条件“投资达标”没有不满足的例"),
        ("投资不知道", "“xx-2023/a”的条件“投资达标”没有事实未知的例"),
        ("不是示范", "“xx-2023/a”的条件“列为示范”没有不满足的例"),
        ("是不是不知道", "“xx-2023/a”的条件“列为示范”没有事实未知的例"),
    ],
)
def test_a_kind_of_example_that_lacks_is_named(without: str, gap: str | None, tmp_path: Path) -> None:
    trials = "\n".join(line for line in TRIALS.strip().splitlines() if without not in line)
    report = run(tmp_path, example(trials))
    assert report.failures == []
    assert [str(one).partition(": 提醒: ")[2] for one in report.gaps] == ([gap] if gap else [])
    assert report.good == (gap is None)


@reference("L13.3")
def test_without_any_example_everything_lacks(tmp_path: Path) -> None:
    cases = example("- {名: 甲, 得: 微型}", "从业人数: 5", "规则: 企业规模")
    report = run(tmp_path, cases, rules=RULES)
    assert [str(one).partition("的条件")[2] for one in report.gaps] == [
        "“投资达标”没有满足、不满足、正好在界上、事实未知的例",
        "“列为示范”没有满足、不满足、事实未知的例",
    ]


def test_cases_can_be_read_for_one_folder_or_file(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit(BENEFIT), cases=example())
    other = (tmp_path / "xx" / "benefits.yaml").read_text(encoding="utf-8").replace("xx-2023", "yy-2023")
    library.put("yy/benefits.yaml", other)
    library.put("yy/cases.yaml", example(about="事项: yy-2023/a"))
    catalogue = library.load()
    for under, expected in (
        (None, {"xx-2023/a", "yy-2023/a"}),
        (tmp_path / "xx", {"xx-2023/a"}),
        (tmp_path / "yy" / "cases.yaml", {"yy-2023/a"}),
        (tmp_path / "yy" / "benefits.yaml", {"yy-2023/a"}),
        (tmp_path, {"xx-2023/a", "yy-2023/a"}),
    ):
        cases, _ = read_cases(catalogue, under)
        assert {case.about for case in cases} == expected


@reference("L13.3", "L13.4")
@pytest.mark.parametrize(
    ("trials", "code", "said"),
    [
        (TRIALS, 0, "7 个例，0 处不符，0 个条件缺例"),
        ("- {名: 甲, 判定: 符合}", 1, "没有不满足、正好在界上、事实未知的例"),
        ("- {名: 甲, 判定: 不符合}", 1, "判定应为“不符合”，得“符合”"),
        ("- {名: 甲}", 2, "这一试没有写要得到什么"),
    ],
)
def test_the_command(
    trials: str, code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    library = Library.of(tmp_path, benefit(BENEFIT), cases=example(trials))
    outcome = CliRunner().invoke(huiqi, ["--catalogue", str(library.root), "test"])
    assert (outcome.exit_code, said in outcome.output) == (code, True), outcome.output
