"""The six verdicts, the dates, and what keeps an answer from being certain."""

from datetime import date
from pathlib import Path

import pytest

from huiqi.evaluate.judge import Judge
from huiqi.evaluate.result import Verdict
from tests.support import Library, benefit, document, facts, reference

IN_FORCE, AFTERWARDS, BEFORE = date(2024, 6, 1), date(2026, 1, 1), date(2022, 12, 31)
TWO_CONDITIONS = """
全部满足:
  - {名: 投资达标, 式: 投资额 >= 300万元, 依据: 一、（二）}
  - {名: 高新, 式: 高新企业}
金额: {式: 投资额 * 30%, 封顶: 200万元, 性质: 不超过}
"""
MET = "{投资额: 400万元, 高新企业: 是}"


def ask(tmp_path: Path, text: str, known: str = "{}", on: date = IN_FORCE, **files: str) -> Verdict:
    return Library.of(tmp_path, benefit(text), **files).result(known, on).verdict


@reference("L8.1")
def test_there_are_six_verdicts() -> None:
    assert [verdict.value for verdict in Verdict] == [
        "符合",
        "可能符合",
        "待补充",
        "不符合",
        "不在期内",
        "不可计算",
    ]


@reference("L8.7")
def test_all_met_and_nothing_open(tmp_path: Path) -> None:
    result = Library.of(tmp_path, benefit(TWO_CONDITIONS)).result(MET)
    assert result.verdict is Verdict.ELIGIBLE
    assert (result.missing, result.missing_for_amount, result.unmet, result.reservations) == ((), (), (), ())


@reference("L8.3")
def test_one_that_fails_rules_it_out_and_says_by_how_much(tmp_path: Path) -> None:
    result = Library.of(tmp_path, benefit(TWO_CONDITIONS)).result("{投资额: 2999999元}")
    assert result.verdict is Verdict.INELIGIBLE
    (unmet,) = result.unmet
    assert (unmet.name, unmet.cite) == ("投资达标", "一、（二）")
    assert (unmet.have, unmet.need, unmet.gap) == ("2999999元", "不少于300万元", "差1元")
    assert result.missing == ()


@reference("L8.3")
def test_everything_that_fails_is_listed(tmp_path: Path) -> None:
    result = Library.of(tmp_path, benefit(TWO_CONDITIONS)).result("{投资额: 1元, 高新企业: 否}")
    assert [unmet.name for unmet in result.unmet] == ["投资达标", "高新"]


@reference("L8.5", "L5.6")
def test_what_is_open_is_named_and_nothing_else(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit(TWO_CONDITIONS))
    result = library.result("{高新企业: 是}")
    assert result.verdict is Verdict.INCOMPLETE
    assert result.missing == ("投资额",)
    assert library.result().missing == ("投资额", "高新企业")


@reference("L8.8", "L5.7")
def test_an_amount_is_spoken_of_as_if_eligible(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit(TWO_CONDITIONS))
    amount = library.result("{高新企业: 是}").amount
    assert amount is not None
    assert (amount.low, amount.high) == (90 * 10**6, 200 * 10**6)
    assert amount.words() == "最高额在90万元至200万元之间"


@reference("L8.8")
def test_the_amount_of_what_is_ruled_out_is_nothing(tmp_path: Path) -> None:
    amount = Library.of(tmp_path, benefit(TWO_CONDITIONS)).result("{高新企业: 否}").amount
    assert amount is not None
    assert (amount.low, amount.high) == (0, 0)


@reference("L5.7")
@pytest.mark.parametrize(
    ("condition", "low", "high"),
    [
        ("投资额 >= 300万元", 300 * 10**6, None),
        ("投资额 > 300万元", 300 * 10**6 + 1, None),
        ("投资额 <= 300万元", 0, 300 * 10**6),
        ("投资额 < 300万元", 0, 300 * 10**6 - 1),
        ("投资额 = 300万元", 300 * 10**6, 300 * 10**6),
        ("300万元 <= 投资额 且 投资额 < 500万元", 300 * 10**6, 500 * 10**6 - 1),
        ("非 投资额 < 300万元", 300 * 10**6, None),
        ("投资额 >= 300万元 或 高新企业", 0, None),
        ("投资额 > 0", 0, None),
    ],
)
def test_what_the_conditions_say_of_an_unknown_number(
    condition: str, low: int, high: int | None, tmp_path: Path
) -> None:
    text = f"全部满足: [{{名: 甲, 式: {condition}}}]\n金额: {{式: 投资额}}"
    amount = Library.of(tmp_path, benefit(text)).result().amount
    assert amount is not None
    assert (amount.low, amount.high) == (low, high)


@reference("L5.7")
def test_what_the_conditions_say_of_other_unknown_facts(tmp_path: Path) -> None:
    text = """
    全部满足:
      - {名: 小的, 式: "企业规模 属于 [小型, 微型]"}
      - {名: 不是微型, 式: 企业规模 != 微型}
    都不满足: [{名: 失信的, 式: 失信}]
    金额:
      式: (如果 企业规模 = 小型 则 3万元 否则 9万元) + (如果 失信 则 9万元 否则 1万元)
    """
    amount = Library.of(tmp_path, benefit(text)).result().amount
    assert amount is not None
    assert (amount.low, amount.high) == (4 * 10**6, 4 * 10**6)


@reference("L8.2")
@pytest.mark.parametrize(
    ("known", "otherwise"),
    [
        (MET, Verdict.ELIGIBLE),
        ("{高新企业: 是}", Verdict.INCOMPLETE),
        ("{高新企业: 否}", Verdict.INELIGIBLE),
    ],
)
@pytest.mark.parametrize(
    ("on", "why"), [(BEFORE, "2023-01-01才开始施行"), (AFTERWARDS, "已于2025-12-31到期")]
)
def test_outside_its_dates_and_what_it_would_be_within(
    known: str, otherwise: Verdict, on: date, why: str, tmp_path: Path
) -> None:
    result = Library.of(tmp_path, benefit(TWO_CONDITIONS)).result(known, on)
    assert result.verdict is Verdict.OUT_OF_PERIOD
    assert result.but_for_dates is otherwise
    assert (result.reservations[0].reason, result.reservations[0].words) == ("不在期内", why)


@reference("L9.2")
@pytest.mark.parametrize(
    ("on", "in_force"),
    [
        (date(2022, 12, 31), False),
        (date(2023, 1, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_both_ends_of_the_dates_are_included(on: date, in_force: bool, tmp_path: Path) -> None:
    result = Library.of(tmp_path, benefit()).result(on=on)
    assert (result.verdict is not Verdict.OUT_OF_PERIOD) == in_force


@reference("L9.2")
def test_an_end_that_is_not_written_does_not_come(tmp_path: Path) -> None:
    library = Library.of(tmp_path, text=document(benefit(), period="{自: 2023-01-01, 至: null}"))
    assert library.result(on=date(2099, 1, 1)).verdict is Verdict.ELIGIBLE
    assert library.result(on=BEFORE).verdict is Verdict.OUT_OF_PERIOD


@reference("L9.2", "L8.6")
def test_a_start_that_is_not_written_leaves_it_open(tmp_path: Path) -> None:
    library = Library.of(tmp_path, text=document(benefit(), period="{自: null, 至: 2025-12-31, 依据: 六}"))
    for on in (date(1999, 1, 1), IN_FORCE):
        result = library.result(on=on)
        assert result.verdict is Verdict.LIKELY
        assert [(one.reason, one.cite) for one in result.reservations] == [("日期缺失", "六")]
    assert library.result(on=AFTERWARDS).verdict is Verdict.OUT_OF_PERIOD


@reference("L9.3")
def test_dates_of_its_own_stand_in_place_of_those_of_the_document(tmp_path: Path) -> None:
    text = "适用期: {自: 2026-01-01, 至: 2026-12-31}"
    assert ask(tmp_path, text, on=IN_FORCE) is Verdict.OUT_OF_PERIOD
    assert ask(tmp_path, text, on=AFTERWARDS) is Verdict.ELIGIBLE


@reference("L9.4")
@pytest.mark.parametrize(
    ("effect", "confirmed", "verdict"),
    [
        ("停止", "是", Verdict.OUT_OF_PERIOD),
        ("停止", "否", Verdict.LIKELY),
        ("修改", "是", Verdict.LIKELY),
        ("修改", "否", Verdict.LIKELY),
        ("待核", "否", Verdict.LIKELY),
    ],
)
def test_a_later_law(effect: str, confirmed: str, verdict: Verdict, tmp_path: Path) -> None:
    law = f"后法: [{{自: 2024-06-01, 文件: 新法, 影响: {effect}, 核实: {confirmed}, 说明: 另有办法。}}]"
    library = Library.of(tmp_path, benefit(law))
    result = library.result(on=date(2024, 6, 1))
    assert result.verdict is verdict
    assert "新法自2024-06-01起" in result.reservations[0].words
    assert ("未见官方原文" in result.reservations[0].words) == (confirmed == "否")
    before = library.result(on=date(2024, 5, 31))
    assert (before.verdict, before.reservations) == (Verdict.ELIGIBLE, ())


@reference("L9.4")
def test_a_later_law_of_the_whole_document_touches_every_benefit(tmp_path: Path) -> None:
    head = "后法: {自: 2024-06-01, 文件: 新法, 影响: 停止, 核实: 是}\n"
    library = Library.of(tmp_path, text=document(benefit(id="a"), benefit(id="b"), head=head))
    assert {one.verdict for one in library.results()} == {Verdict.OUT_OF_PERIOD}


@reference("L8.4", "L11.3")
def test_support_without_a_standard_cannot_be_computed(tmp_path: Path) -> None:
    text = "全部满足: [{名: 高新, 式: 高新企业}]\n不可计算: {因: 未给标准, 说明: 没有写给多少}"
    for known in ("{高新企业: 是}", "{}"):
        result = Library.of(tmp_path, benefit(text)).result(known)
        assert result.verdict is Verdict.UNCOMPUTABLE
        assert result.amount is None
    assert ask(tmp_path, text, "{高新企业: 否}") is Verdict.INELIGIBLE


@reference("L8.6", "L11.2")
@pytest.mark.parametrize("reason", ["专家评审", "裁量", "另行规定", "表缺失", "未给标准", "日期缺失", "待核"])
def test_what_no_program_can_judge_leaves_it_at_likely(reason: str, tmp_path: Path) -> None:
    text = f"全部满足: [{{名: 高新, 式: 高新企业}}]\n未编码: [{{字样: 综合, 因: {reason}, 说明: 看评审}}]"
    result = Library.of(tmp_path, benefit(text)).result("{高新企业: 是}")
    assert result.verdict is Verdict.LIKELY
    assert [(one.reason, one.words) for one in result.reservations] == [(reason, "看评审")]
    assert ask(tmp_path, text) is Verdict.INCOMPLETE
    assert ask(tmp_path, text, "{高新企业: 否}") is Verdict.INELIGIBLE


@reference("L11.1")
def test_reasons_are_a_closed_list(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit("未编码: [{因: 说不清, 说明: 看情况}]"))
    assert any("可用：" in one or "是不是" in one for one in library.problems())


@reference("L10.5", "L8.6")
def test_a_ranking_is_never_decided_for_one_enterprise(tmp_path: Path) -> None:
    text = "名额: {前: 50名, 按: 研发投入强度, 次序: 高到低, 范围: 全省企业, 依据: 二}"
    result = Library.of(tmp_path, benefit(text)).result()
    assert result.verdict is Verdict.LIKELY
    (one,) = result.reservations
    assert (one.reason, one.cite) == ("名额", "二")
    assert one.words == "在全省企业中，按研发投入强度从高到低排名，取前50名；只看一家定不了"


@reference("L8.6")
def test_what_has_no_value_leaves_it_at_likely_and_says_why(tmp_path: Path) -> None:
    text = "全部满足: [{名: 强度, 式: 利润 / 投资额 >= 3%}]"
    result = Library.of(tmp_path, benefit(text)).result("{利润: 3万元, 投资额: 0}")
    assert result.verdict is Verdict.LIKELY
    assert [one.reason for one in result.reservations] == ["没有定数"]


@reference("L9.1")
def test_the_day_that_is_asked_about_decides(tmp_path: Path) -> None:
    text = "全部满足: [{名: 满三年, 式: '年数(成立日期, 评价日) >= 3年'}]"
    known = "{成立日期: 2021-06-01}"
    assert ask(tmp_path, text, known, date(2024, 5, 31)) is Verdict.INELIGIBLE
    assert ask(tmp_path, text, known, date(2024, 6, 1)) is Verdict.ELIGIBLE


PARAMETERS = """
参数:
  限额:
    单位: 元
    值:
      - {自: 2023-01-01, 至: 2023-12-31, 值: 2万元, 依据: 旧文}
      - {自: 2024-01-01, 至: 2024-12-31, 值: 3万元, 高: 4万元, 依据: 新文, 核实: 否}
"""


@reference("L9.5", "L12.4")
def test_a_parameter_has_the_value_of_the_day(tmp_path: Path) -> None:
    library = Library.of(tmp_path, benefit("金额: {式: 限额}"), parameters=PARAMETERS)
    for on, low, high, seen in (
        (date(2023, 12, 31), 2 * 10**6, 2 * 10**6, True),
        (date(2024, 1, 1), 3 * 10**6, 4 * 10**6, False),
        (date(2025, 1, 1), 0, None, False),
    ):
        result = library.result(on=on)
        assert result.amount is not None
        assert (result.amount.low, result.amount.high) == (low, high)
        assert result.unconfirmed == (() if seen else ("限额",))
        assert result.verdict is Verdict.ELIGIBLE  # nothing is asked of the enterprise


@reference("L8.6", "L12.4")
def test_an_unconfirmed_parameter_in_a_condition_leaves_it_at_likely(tmp_path: Path) -> None:
    library = Library.of(
        tmp_path, benefit("全部满足: [{名: 不超, 式: 投资额 <= 限额}]"), parameters=PARAMETERS
    )
    certain = library.result("{投资额: 1万元}", date(2023, 6, 1))
    assert (certain.verdict, certain.reservations) == (Verdict.ELIGIBLE, ())
    likely = library.result("{投资额: 1万元}", date(2024, 6, 1))
    assert likely.verdict is Verdict.LIKELY
    assert [(one.reason, one.words) for one in likely.reservations] == [
        ("参数待核", "“限额”没有见到官方原文")
    ]
    between = library.result("{投资额: 35000元}", date(2024, 6, 1))
    assert between.verdict is Verdict.LIKELY
    without = library.result("{投资额: 1万元}", date(2025, 6, 1))
    assert "没有2025-06-01的数值" in without.reservations[0].words


def test_a_judge_without_traces_says_the_same(tmp_path: Path) -> None:
    library = Library.of(
        tmp_path,
        benefit(TWO_CONDITIONS, id="a"),
        benefit("对象: 项目\n全部满足: [{名: 示, 式: 示范}]", id="b"),
    )
    for known in ("{}", MET, "{投资额: 1元}", "{项目: []}", "{项目: [{示范: 是}, {示范: 否}, {}]}"):
        for on in (IN_FORCE, AFTERWARDS):
            full, short = library.results(known, on), library.results(known, on, trace=False)
            assert all(one.why is None and one.amount_why is None for one in short)
            for one, other in zip(full, short, strict=True):
                assert (one.key, one.verdict, one.but_for_dates) == (
                    other.key,
                    other.verdict,
                    other.but_for_dates,
                )
                assert (one.amount, one.missing, one.unmet, one.reservations) == (
                    other.amount,
                    other.missing,
                    other.unmet,
                    other.reservations,
                )


def test_a_benefit_over_a_collection_is_judged_item_by_item(tmp_path: Path) -> None:
    text = """
    对象: 项目
    全部满足: [{名: 设备达标, 式: 设备额 >= 300万元}]
    金额: {式: 设备额 * 10%}
    """
    library = Library.of(tmp_path, benefit(text))
    results = library.results("项目: [{名称: 甲线, 设备额: 500万元}, {设备额: 1元}, {名称: 丙线}]")
    assert [(one.subject, one.key, one.verdict) for one in results] == [
        ("甲线", "xx-2023/a#1", Verdict.ELIGIBLE),
        ("第2项", "xx-2023/a#2", Verdict.INELIGIBLE),
        ("丙线", "xx-2023/a#3", Verdict.INCOMPLETE),
    ]
    assert [one.missing for one in results] == [(), (), ("项目.设备额",)]
    assert results[0].amount is not None
    assert results[0].amount.low == 50 * 10**6


@reference("L2.4")
def test_a_collection_that_is_empty_or_unknown(tmp_path: Path) -> None:
    text = "对象: 项目\n全部满足: [{名: 高新, 式: 高新企业}, {名: 示, 式: 示范}]"
    library = Library.of(tmp_path, benefit(text))
    unknown = library.result("{高新企业: 是}")
    assert (unknown.verdict, unknown.missing) == (Verdict.INCOMPLETE, ("项目",))
    assert library.result("{高新企业: 否}").verdict is Verdict.INELIGIBLE
    empty = library.result("{项目: []}")
    assert (empty.verdict, empty.missing) == (Verdict.INELIGIBLE, ())
    assert [one.name for one in empty.unmet] == ["有项目"]
    assert library.result("{项目: []}", AFTERWARDS).but_for_dates is Verdict.INELIGIBLE
    assert library.result("{}", AFTERWARDS).but_for_dates is Verdict.INCOMPLETE


def test_one_judge_keeps_nothing_of_an_enterprise(tmp_path: Path) -> None:
    catalogue = Library.of(tmp_path, benefit(TWO_CONDITIONS)).load()
    judge = Judge(catalogue.book)
    for known, verdict in (
        (MET, Verdict.ELIGIBLE),
        ("{投资额: 1元}", Verdict.INELIGIBLE),
        ("{}", Verdict.INCOMPLETE),
    ):
        (result,) = judge.judge(facts(known).values, IN_FORCE)
        assert result.verdict is verdict
    (named,) = judge.judge({}, IN_FORCE, ["xx-2023/a"])
    assert named.benefit.id == "xx-2023/a"


def test_what_two_benefits_ask_alike_keeps_the_clause_of_each(tmp_path: Path) -> None:
    library = Library.of(
        tmp_path,
        benefit("依据: 一\n主体: 企业\n全部满足: [{名: 高新, 式: 高新企业}]", id="a"),
        benefit("依据: 二\n主体: 企业\n全部满足: [{名: 高新, 式: 高新企业}]", id="b"),
    )
    results = library.results("{主体类型: 个人, 高新企业: 否}")
    assert [[unmet.cite for unmet in one.unmet] for one in results] == [["一", "一"], ["二", "二"]]
