"""How formulas are read: what binds more tightly, what a name means, and which words and signs count."""

from datetime import date

import pytest

from huiqi.evaluate.values import INFINITE, high_of, low_of
from huiqi.language import syntax as s
from huiqi.language.check import Scope, check
from huiqi.language.parse import parse
from huiqi.language.syntax import Span
from huiqi.language.types import MONEY
from tests.support import VOCABULARY, formula, mistakes, reference, value


def shape(text: str) -> str:
    """A formula with every bracket written out."""
    return _bracketed(parse(text))


def _bracketed(node: s.Node) -> str:
    if isinstance(node, s.Literal):
        return node.text
    if isinstance(node, s.Name):
        return node.name
    if isinstance(node, s.Call):
        return f"{node.function}({', '.join(map(_bracketed, node.arguments))})"
    word = {s.All: "且", s.Any: "或"}.get(type(node)) or getattr(node, "op", "")
    parts = [_bracketed(part) for part in node.children()]
    if isinstance(node, s.Not | s.Negate):
        return f"({'非' if isinstance(node, s.Not) else '-'} {parts[0]})"
    if isinstance(node, s.Member):
        return f"({parts[0]} 属于 {parts[1:]})"
    if isinstance(node, s.If):
        return f"(如果 {parts[0]} 则 {parts[1]} 否则 {parts[2]})"
    return f"({f' {word} '.join(parts)})"


@reference("L3.1")
@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("甲 + 乙 * 丙", "(甲 + (乙 * 丙))"),
        ("甲 * 乙 + 丙", "((甲 * 乙) + 丙)"),
        ("甲 - 乙 - 丙", "((甲 - 乙) - 丙)"),
        ("甲 / 乙 / 丙", "((甲 / 乙) / 丙)"),
        ("甲 / 乙 * 丙", "((甲 / 乙) * 丙)"),
        ("(甲 + 乙) * 丙", "((甲 + 乙) * 丙)"),
        ("-甲 * 乙", "((- 甲) * 乙)"),
        ("甲 - -乙", "(甲 - (- 乙))"),
        ("甲 + 1元 >= 乙 * 2", "((甲 + 1元) >= (乙 * 2))"),
        ("非 甲 = 乙", "(非 (甲 = 乙))"),
        ("非 甲 且 乙", "((非 甲) 且 乙)"),
        ("甲 或 乙 且 丙", "(甲 或 (乙 且 丙))"),
        ("甲 且 乙 或 丙", "((甲 且 乙) 或 丙)"),
        ("甲 且 (乙 或 丙)", "(甲 且 (乙 或 丙))"),
        ("甲 且 乙 且 丙", "(甲 且 乙 且 丙)"),
        ("甲 属于 [乙, 丙] 且 丁", "((甲 属于 ['乙', '丙']) 且 丁)"),
        ("如果 甲 则 乙 否则 丙 + 丁", "(如果 甲 则 乙 否则 (丙 + 丁))"),
        ("如果 甲 则 乙 否则 如果 丙 则 丁 否则 戊", "(如果 甲 则 乙 否则 (如果 丙 则 丁 否则 戊))"),
        ("取小(甲 + 乙, 丙)", "取小((甲 + 乙), 丙)"),
    ],
)
def test_what_binds_more_tightly(text: str, read: str) -> None:
    assert shape(text) == read


@reference("L3.1")
def test_values_follow_the_usual_rules() -> None:
    assert value("2元 + 3元 * 4 - 6元 / 2") == 1100
    assert value("10元 - 3元 - 2元") == 500
    assert value("(10元 - (3元 - 2元)) = 9元") is True
    assert value("是 或 是 且 否") is True
    assert value("非 否 且 否") is False


@reference("L3.2")
@pytest.mark.parametrize(
    "text",
    [
        "高新企业 且 失信",
        "(高新企业)且(失信)",
        "(投资额>=3万元)且(失信)",
        "高新企业\n且 失信",
        "高新企业　且　失信",
    ],
)
def test_word_operators_stand_between_spaces_or_brackets(text: str) -> None:
    assert isinstance(formula(text), s.All)


@reference("L3.2")
@pytest.mark.parametrize(
    "name", ["且慢", "或有负债", "非遗", "是否在营", "否决", "属于本市", "如果园", "则例"]
)
def test_names_may_hold_the_words_of_operators(name: str) -> None:
    assert shape(f"{name} = 甲 且 非 {name}") == f"(({name} = 甲) 且 (非 {name}))"


@reference("L1.1")
def test_full_width_signs_mean_what_half_width_ones_mean() -> None:
    narrow = formula("取小(投资额 * 30%, 300万元) >= 1.5万元 且 企业规模 属于 [小型, 微型]")
    wide = formula("取小（投资额　＊　３０％，３００万元）＞＝１．５万元　且　企业规模　属于　［小型、微型］")
    assert wide == narrow


@reference("L3.3")
def test_a_name_is_looked_for_from_the_inside_out() -> None:
    """Fields of the nearest collection, then 设, then parameters, then facts of the enterprise."""
    let = formula("1元")
    scope = Scope(VOCABULARY, {"设备额": let, "投资额": let}, {"贷款额": MONEY}, ("项目",))
    assert check(parse("设备额"), scope) == s.Fact(name="设备额", collection="项目")
    assert check(parse("投资额"), scope) == s.Definition(name="投资额", body=let)
    assert check(parse("贷款额"), scope) == s.Parameter(name="贷款额")
    assert check(parse("利润"), scope) == s.Fact(name="利润")
    assert scope.problems == []


@reference("L3.3")
def test_inside_a_collection_facts_of_the_enterprise_can_be_named_too() -> None:
    items = "项目: [{设备额: 3元}, {设备额: 9元}]\n投资额: 5元"
    assert value("合计(项目, 设备额, 设备额 > 投资额)", items) == 900


@reference("L3.3")
def test_the_day_is_the_one_that_is_asked_about() -> None:
    assert value("评价日", on=date(2024, 2, 29)) == date(2024, 2, 29)
    assert value("年度(评价日) = 2024年度", on=date(2024, 12, 31)) is True
    assert value("年度(评价日) = 2024年度", on=date(2025, 1, 1)) is False


@reference("L3.4")
@pytest.mark.parametrize(
    "text",
    [
        "企业规模 = 小型",
        "小型 = 企业规模",
        "企业规模 != 小型",
        "企业规模 = “小型”",
        '企业规模 属于 ["小型", 微型]',
        "任一(项目, 类别 = 改造)",
        "(如果 高新企业 则 企业规模 否则 小型) = 微型",
    ],
)
def test_options_stand_without_quotes_where_an_option_is_expected(text: str) -> None:
    assert mistakes(text) == []


@reference("L3.4")
def test_an_option_is_a_text_that_quotes_may_hold() -> None:
    assert formula("企业规模 = 小型") == formula('企业规模 = "小型"') == formula("企业规模 = “小型”")


def test_every_node_knows_where_it_was_written() -> None:
    tree = parse("投资额 >= 3万元 且\n  非 失信", lambda offset: Span("f", 7, offset + 1))
    found = {type(node).__name__: node.span.column for node in s.walk(tree)}
    assert found == {"All": 1, "Compare": 1, "Name": 18, "Literal": 8, "Not": 16}


@reference("L3.5", "L2.4")
@pytest.mark.parametrize(
    ("text", "of_nothing"),
    [
        ("合计(项目, 设备额)", 0),
        ("计数(项目)", 0),
        ("计数(项目, 示范)", 0),
        ("任一(项目, 示范)", False),
        ("全部(项目, 示范)", True),
    ],
)
def test_an_empty_collection(text: str, of_nothing: object) -> None:
    assert value(text, "项目: []") == of_nothing


def test_what_the_functions_over_a_collection_give() -> None:
    items = """
    项目:
      - {设备额: 3元, 示范: 是, 完工日期: 2024-01-01}
      - {设备额: 9元, 示范: 否, 完工日期: 2024-03-01}
      - {设备额: 5元, 示范: 是, 完工日期: 2024-02-01}
    """
    assert value("合计(项目, 设备额)", items) == 1700
    assert value("合计(项目, 设备额, 示范)", items) == 800
    assert value("计数(项目)", items) == 3
    assert value("计数(项目, 示范) = 2家", items) is True
    assert value("任一(项目, 设备额 > 8元)", items) is True
    assert value("全部(项目, 设备额 > 4元)", items) is False
    assert value("最大(项目, 设备额)", items) == 900
    assert value("最小(项目, 设备额, 设备额 > 3元)", items) == 500
    assert value("最大(项目, 完工日期, 示范)", items) == date(2024, 2, 1)
    assert value("取大(1元, 3元, 2元)", items) == 300
    assert value("取小(1元, 3元, 2元)", items) == 100
    assert value("取小(2024-01-01, 2023-01-01)", items) == date(2023, 1, 1)


@reference("L5.5")
@pytest.mark.parametrize(
    ("items", "low", "high"),
    [
        ("[{设备额: 3元, 示范: 是}, {示范: 是}]", 300, INFINITE),  # one is worth we do not know what
        ("[{设备额: 3元, 示范: 是}, {设备额: 5元}]", 300, 800),  # one may count or not
        ("[{设备额: 3元}, {设备额: 5元}]", 0, 800),
        ("[{设备额: {自: 1元, 至: 2元}}, {设备额: 5元, 示范: 是}]", 500, 700),
        ("[{设备额: 3元, 示范: 否}, {示范: 否}]", 0, 0),
    ],
)
def test_what_may_count_is_within_the_sum(items: str, low: int, high: float) -> None:
    total = value("合计(项目, 设备额, 示范)", f"项目: {items}")
    assert (low_of(total), high_of(total)) == (low, high)


@reference("L5.5")
def test_what_may_count_is_within_the_number() -> None:
    count = value("计数(项目, 示范)", "项目: [{示范: 是}, {}, {示范: 否}, {}]")
    assert (count.low, count.high, count.missing) == (1, 3, {"项目.示范"})


@reference("L3.8")
def test_the_functions_that_round() -> None:
    assert value("四舍五入(-2.5元, 1元)") == -300
    assert value("舍去(-2.5元, 1元)") == -200
    assert value("进位(-2.1元, 1元)") == -300
    assert value("舍去(12345元, 1万元)") == 10000_00
    assert value("四舍五入(12.5%, 1%) = 13%") is True
