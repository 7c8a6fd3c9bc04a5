"""How amounts are written and what each way comes to (docs/language.md, 七)."""

from fractions import Fraction
from pathlib import Path
from textwrap import dedent

import pytest

from huiqi.evaluate.result import AmountRange
from huiqi.language.benefit import AmountKind
from tests.support import Library, benefit, document, reference

WAN = 10**6  # 万元 in 分


def amount(root: Path, text: str, known: str = "{}", form: str = "奖补") -> AmountRange:
    result = Library.of(root, benefit(f"形式: {form}\n{dedent(text)}")).result(known)
    assert result.amount is not None
    return result.amount


def ends(root: Path, text: str, known: str = "{}") -> tuple[object, object]:
    found = amount(root, text, known)
    return found.low, found.high


@reference("L7.1")
@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("{定额: 10万元}", AmountKind.FIXED, "10万元"),
        ("{定额: 10万元, 性质: 不超过}", AmountKind.AT_MOST, "最高10万元"),
        ("{式: 投资额 * 30%}", AmountKind.PROPORTIONAL, "30万元"),
        ("{式: 投资额 * 30%, 性质: 不超过}", AmountKind.AT_MOST, "最高30万元"),
        ("{式: 投资额 * 30%, 性质: 按比例}", AmountKind.PROPORTIONAL, "30万元"),
    ],
)
def test_what_an_amount_promises(text: str, kind: AmountKind, words: str, tmp_path: Path) -> None:
    found = amount(tmp_path, f"金额: {text}", "投资额: 100万元")
    assert found.kind is kind
    assert found.words() == words


@reference("L7.2")
@pytest.mark.parametrize(
    ("invested", "given"), [("10万元", 5), ("20万元", 6), ("50万元", 15), ("100万元", 20), ("1亿元", 20)]
)
def test_first_the_floor_then_the_cap(invested: str, given: int, tmp_path: Path) -> None:
    text = "金额: {式: 投资额 * 30%, 保底: 5万元, 封顶: 20万元}"
    assert ends(tmp_path, text, f"投资额: {invested}") == (given * WAN, given * WAN)


@reference("L7.2")
def test_a_floor_above_the_cap_gives_the_cap(tmp_path: Path) -> None:
    text = "金额: {式: 投资额 * 30%, 保底: 从业人数 * 1万元/人, 封顶: 20万元}"
    assert ends(tmp_path, text, "{投资额: 1元, 从业人数: 50人}") == (20 * WAN, 20 * WAN)


@reference("L5.2", "L7.2")
def test_an_unknown_investment_gives_from_nothing_to_the_cap(tmp_path: Path) -> None:
    assert ends(tmp_path, "金额: {式: 投资额 * 30%, 封顶: 200万元}") == (0, 200 * WAN)


BANDS = """
金额:
  分档:
    按: 投资额
    档:
      - {超过: 100万元, 给: 9万元}
      - {以上: 50万元, 给: 5万元}
      - {超过: 10万元, 给: 1万元}
"""


@reference("L7.3")
@pytest.mark.parametrize(
    ("invested", "given"),
    [
        ("1000001元", 9),
        ("100万元", 5),
        ("50万元", 5),
        ("499999.99元", 1),
        ("100001元", 1),
        ("10万元", 0),
        ("0元", 0),
    ],
)
def test_bands_go_from_the_top_and_the_first_that_holds_counts(
    invested: str, given: int, tmp_path: Path
) -> None:
    assert ends(tmp_path, BANDS, f"投资额: {invested}") == (given * WAN, given * WAN)


@reference("L7.3")
@pytest.mark.parametrize(
    ("bounds", "at_low", "at_high"),
    [
        ("以上: 3万元, 以下: 5万元", 1, 1),
        ("超过: 3万元, 不满: 5万元", 0, 0),
        ("以上: 3万元, 不满: 5万元", 1, 0),
        ("超过: 3万元, 以下: 5万元", 0, 1),
    ],
)
def test_bounds_include_the_number_as_their_words_say(
    bounds: str, at_low: int, at_high: int, tmp_path: Path
) -> None:
    text = f"金额: {{分档: {{按: 投资额, 档: [{{{bounds}, 给: 1万元}}]}}}}"
    assert ends(tmp_path, text, "投资额: 3万元") == (at_low * WAN, at_low * WAN)
    assert ends(tmp_path, text, "投资额: 5万元") == (at_high * WAN, at_high * WAN)
    assert ends(tmp_path, text, "投资额: 4万元") == (WAN, WAN)
    assert ends(tmp_path, text, "投资额: 6万元") == (0, 0)


@reference("L7.3", "L5.4")
def test_bands_of_an_unknown_number_give_what_is_left_of_them(tmp_path: Path) -> None:
    assert ends(tmp_path, BANDS) == (0, 9 * WAN)
    assert ends(tmp_path, BANDS, "投资额: {自: 20万元, 至: 60万元}") == (WAN, 5 * WAN)
    assert ends(tmp_path, BANDS, "投资额: {自: 60万元, 至: 90万元}") == (5 * WAN, 5 * WAN)


@reference("L7.3")
def test_adjoining_bands_need_no_order(tmp_path: Path) -> None:
    text = """
    金额:
      分档:
        按: 从业人数
        档:
          - {以上: 10人, 不满: 20人, 给: 1万元}
          - {以上: 20人, 以下: 30人, 给: 2万元}
          - {不满: 10人, 给: 3万元}
          - {超过: 30人, 给: 从业人数 * 1000元/人}
    """
    given = {9: 3 * WAN, 10: WAN, 19: WAN, 20: 2 * WAN, 30: 2 * WAN, 31: 31 * 1000_00}
    for people, fen in given.items():
        assert ends(tmp_path, text, f"从业人数: {people}") == (fen, fen)


@reference("L7.4")
@pytest.mark.parametrize(("scale", "given"), [("大型", 9), ("中型", 3), ("小型", 0), ("微型", 0)])
def test_a_table_gives_nothing_for_what_is_not_in_it(scale: str, given: int, tmp_path: Path) -> None:
    text = "金额: {对照: {按: 企业规模, 表: {大型: 9万元, 中型: 3万元}}}"
    assert ends(tmp_path, text, f"企业规模: {scale}") == (given * WAN, given * WAN)
    assert ends(tmp_path, text) == (0, 9 * WAN)


@reference("L7.5")
def test_the_parts_add_up(tmp_path: Path) -> None:
    text = """
    金额:
      明细:
        - {名: 设备, 式: 投资额 * 30%, 封顶: 20万元}
        - {名: 用工, 式: 从业人数 * 1000元/人, 保底: 1万元}
      封顶: 25万元
    """
    found = amount(tmp_path, text, "{投资额: 100万元, 从业人数: 30人}")
    assert (found.low, found.high) == (23 * WAN, 23 * WAN)
    assert [(part.name, part.low, part.high) for part in found.parts] == [
        ("设备", 20 * WAN, 20 * WAN),
        ("用工", 3 * WAN, 3 * WAN),
    ]
    capped = amount(tmp_path, text, "{投资额: 100万元, 从业人数: 90人}")
    assert capped.low == 25 * WAN
    open_ = amount(tmp_path, text, "{从业人数: 3人}")
    assert [(part.low, part.high) for part in open_.parts] == [(0, 20 * WAN), (WAN, WAN)]


@reference("L7.6")
@pytest.mark.parametrize(
    ("invested", "fen"),
    [("1元", 33), ("2元", 67), ("0.01元", 0), ("0.02元", 1), ("100元", 3333), ("0.045元", 2)],
)
def test_money_ends_on_the_fen(invested: str, fen: int, tmp_path: Path) -> None:
    found = amount(tmp_path, "金额: {式: 投资额 / 3}", f"投资额: {invested}")
    assert (found.low, found.high) == (fen, fen)
    assert isinstance(found.low, int)


@reference("L7.6")
def test_money_is_rounded_only_at_the_end(tmp_path: Path) -> None:
    assert ends(tmp_path, "金额: {式: 投资额 / 3 * 3}", "投资额: 1元") == (100, 100)


@reference("L7.6")
@pytest.mark.parametrize(
    ("rounding", "yuan"),
    [
        ("{方式: 舍去, 到: 1元}", 33),
        ("{方式: 进位, 到: 1元}", 34),
        ("{方式: 四舍五入, 到: 10元}", 30),
        ("{方式: 进位, 到: 1万元}", 10000),
    ],
)
def test_a_rounding_of_the_document_is_kept(rounding: str, yuan: int, tmp_path: Path) -> None:
    text = f"金额: {{式: 投资额 / 3, 取整: {rounding}}}"
    assert ends(tmp_path, text, "投资额: 100元") == (yuan * 100, yuan * 100)


@reference("L7.7")
def test_a_cap_over_several_grants_is_kept_for_the_plan(tmp_path: Path) -> None:
    text = """
    金额: {定额: 10万元, 累计封顶: [{每: [企业, 年度], 限: 200万元, 依据: 六}, {每: 企业, 限: 500万元}]}
    """
    catalogue = Library.of(tmp_path, benefit(text)).load()
    assert ends(tmp_path, text) == (10 * WAN, 10 * WAN)
    caps = [(rule.per, rule.total, rule.cite, rule.benefits) for rule in catalogue.book.stacking]
    assert caps == [
        (("企业", "年度"), 200 * WAN, "六", frozenset(("xx-2023/a",))),
        (("企业",), 500 * WAN, "一", frozenset(("xx-2023/a",))),
    ]


@reference("L7.8")
def test_who_pays_how_much_of_it(tmp_path: Path) -> None:
    text = "金额: {定额: 10万元, 分担: {市: 40%, 县区: 60%}}"
    (one,) = Library.of(tmp_path, benefit(text)).load().benefits.values()
    assert one.amount is not None
    assert dict(one.amount.shares) == {"市": Fraction(2, 5), "县区": Fraction(3, 5)}
    assert ends(tmp_path, text) == (10 * WAN, 10 * WAN)


@reference("L7.9")
@pytest.mark.parametrize(
    ("form", "formula", "low", "words"),
    [
        ("指标", "从业人数 * 2个/人", 10, "10个"),
        ("贷款", "3年", 36, "3年"),
        ("便利", "50%", Fraction(1, 2), "50%"),
        ("指标", "面积 * 3", 1500, "1500平方米"),
    ],
)
def test_an_amount_need_not_be_money(
    form: str, formula: str, low: int | Fraction, words: str, tmp_path: Path
) -> None:
    found = amount(tmp_path, f"金额: {{式: {formula}}}", "{从业人数: 5人, 面积: 500平方米}", form)
    assert not found.is_money
    assert (found.low, found.high) == (low, low)
    assert found.words() == words


@reference("L7.9")
def test_loans_and_quotas_may_be_money_that_is_not_added_up(tmp_path: Path) -> None:
    (one,) = Library.of(tmp_path, benefit("形式: 贷款\n金额: {定额: 300万元}")).load().benefits.values()
    assert not one.form.is_money


def test_an_amount_is_never_below_nothing(tmp_path: Path) -> None:
    assert ends(tmp_path, "金额: {式: 利润 * 30%}", "利润: -100万元") == (0, 0)
    assert ends(tmp_path, "金额: {式: 利润 * 30%}", "利润: {自: -100万元, 至: 100万元}") == (0, 30 * WAN)


@reference("L3.5")
def test_the_largest_of_nothing_gives_an_amount_without_figures(tmp_path: Path) -> None:
    text = '金额: {式: "最大(项目, 设备额) * 10%"}'
    assert ends(tmp_path, text, "项目: []") == (0, None)
    assert ends(tmp_path, text, "项目: [{设备额: 3万元}, {设备额: 5万元}]") == (WAN // 2, WAN // 2)
    capped = '金额: {式: "最大(项目, 设备额) * 10%", 封顶: 3万元}'
    assert ends(tmp_path, capped) == (0, 3 * WAN)


@reference("L12.5")
def test_a_let_of_the_document_is_worked_out_for_the_subject_of_each_benefit(tmp_path: Path) -> None:
    text = document(
        benefit("对象: 项目\n金额: {式: 设备补助 + 合计补助}", id="a"),
        head='设:\n  - {名: 设备补助, 式: 设备额 * 10%}\n  - {名: 合计补助, 式: "合计(项目, 设备补助)"}\n',
    )
    results = Library.of(tmp_path, text=text).results("项目: [{设备额: 10元}, {设备额: 20元}]")
    # inside 合计 the let still speaks of the subject, so that it counts once for each of the two items
    assert [one.amount.low for one in results if one.amount] == [100 + 2 * 100, 200 + 2 * 200]
