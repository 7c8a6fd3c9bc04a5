"""The lint of 字样: the few characters of official text that carry a figure, beside their formula."""

from fractions import Fraction

import pytest

from huiqi.language import syntax as s
from huiqi.language.boundary import figures, operator_in, wording_problems
from tests.support import formula, reference


def complaints(wording: str, text: str, *, own_rule: bool = False) -> list[str]:
    return [message for _, message, _ in wording_problems(wording, formula(text), own_rule)]


@reference("L6.3")
@pytest.mark.parametrize(
    ("wording", "op"),
    [
        ("300万元以上", ">="),
        ("300万元（含）以上", ">="),
        ("300万元以下", "<="),
        ("3年以内", "<="),
        ("届满3年", ">="),
        ("达到300万元", ">="),
        ("不少于3人", ">="),
        ("不低于3%", ">="),
        ("不得低于3%", ">="),
        ("不宜小于3平方米", ">="),
        ("不超过300万元", "<="),
        ("不得超过300万元", "<="),
        ("不高于3%", "<="),
        ("超过300万元", ">"),
        ("大于300万元", ">"),
        ("3年以外", ">"),
        ("不满300万元", "<"),
        ("未满3年", "<"),
        ("不足3年", "<"),
        ("不到3年", "<"),
        ("小于300万元", "<"),
        ("低于3%", "<"),
        ("少于3人", "<"),
    ],
)
def test_each_boundary_word_asks_for_one_sign(wording: str, op: str) -> None:
    """Civil Code art. 1259: 以上, 以下, 以内, 届满 include the number, 不满, 超过, 以外 do not."""
    assert operator_in(wording) == op
    name = {"元": "投资额", "年": "经营时长", "人": "从业人数", "%": "研发占比", "米": "面积"}
    unit = next(unit for unit in name if unit in wording)
    figure = figures(wording)[0].text
    for other in ("<", "<=", ">", ">="):
        expected = [] if other == op else [f"字样“{wording}”要用“{op}”，式里写的是“{other}”"]
        assert complaints(wording, f"{name[unit]} {other} {figure}") == expected


@reference("L6.3")
def test_the_figure_may_stand_on_either_side() -> None:
    assert complaints("300万元以上", "300万元 <= 投资额") == []
    assert complaints("300万元以上", "300万元 < 投资额") != []


@reference("L6.3")
def test_a_document_may_define_its_words_itself() -> None:
    assert complaints("300万元以上", "投资额 > 300万元", own_rule=True) == []
    assert complaints("300万元以上", "投资额 > 200万元", own_rule=True) != []


@reference("L6.3")
def test_each_clause_of_a_wording_is_compared_by_itself() -> None:
    assert complaints("3万元以上，不满5万元", "投资额 >= 3万元 且 投资额 < 5万元") == []
    assert complaints("3万元以上，不满5万元", "投资额 >= 3万元 且 投资额 <= 5万元") == [
        "字样“不满5万元”要用“<”，式里写的是“<=”"
    ]
    assert complaints("3万元以上，不满5万元", "投资额 > 3万元 且 投资额 < 5万元") == [
        "字样“3万元以上”要用“>=”，式里写的是“>”"
    ]


@reference("L6.3")
def test_a_branch_may_ask_for_the_other_side_of_the_same_boundary() -> None:
    below, above = "如果 投资额 <= 3万元 则 1元 否则 2元", "如果 投资额 > 3万元 则 2元 否则 1元"
    assert complaints("不超过3万元的部分", below) == complaints("不超过3万元的部分", above) == []
    assert complaints("不超过3万元的部分", "如果 投资额 < 3万元 则 1元 否则 2元") != []
    assert complaints("不超过3万元的部分", "如果 投资额 >= 3万元 则 2元 否则 1元") != []


@reference("L6.3")
@pytest.mark.parametrize("wording", ["300万元", "从高到低", "以上情形", "超过100万元不满300万元"])
def test_without_one_boundary_word_no_sign_is_asked_for(wording: str) -> None:
    assert operator_in(wording) is None or not figures(wording)


@reference("L6.4")
@pytest.mark.parametrize(
    ("wording", "text", "missing"),
    [
        ("300万元以上", "投资额 >= 200万元", "300万元"),
        ("不超过300万元", "投资额 <= 30万元", "300万元"),
        ("按30％给予补助", "投资额 * 3% > 0", "30%"),
        ("十五人以上", "从业人数 >= 50人", "十五人"),
        ("半年以上", "经营时长 >= 1年", "半年"),
        ("前50名", "从业人数 <= 5人", "50名"),
        ("百分之三十", "研发占比 >= 3%", "百分之三十"),
        ("年满60岁", "从业人数 > 6人", "60"),
    ],
)
def test_a_figure_that_is_not_in_the_formula(wording: str, text: str, missing: str) -> None:
    assert complaints(wording, text)[0] == f"字样里的“{missing}”在式里没有"


@reference("L6.4")
@pytest.mark.parametrize(
    ("wording", "text"),
    [
        ("300万元以上", "投资额 >= 300万元"),
        ("300 万元以上", "投资额 >= 3000000元"),
        ("３００万元以上", "投资额 >= 300万元"),
        ("按30％", "投资额 * 30% > 0"),
        ("百分之三十", "研发占比 >= 30%"),
        ("十五人以上", "从业人数 >= 15人"),
        ("二十五万元", "投资额 = 25万元"),
        ("一年以上", "经营时长 >= 12月"),
        ("两年内", "经营时长 <= 2年"),
        ("半年以上", "经营时长 >= 6月"),
        ("每人5000元", "5000元/人 * 从业人数 > 0"),
        ("招用5名", "从业人数 >= 5人"),
        ("满60周岁", "从业人数 >= 60人"),
    ],
)
def test_figures_are_compared_by_what_they_mean(wording: str, text: str) -> None:
    assert complaints(wording, text) == []


@reference("L6.4")
@pytest.mark.parametrize(
    ("wording", "found"),
    [
        ("2024年1月1日后", []),
        ("2023年起", []),
        ("三分之一", []),
        ("一次性给予10万元", [10**7]),
        ("第三方", []),
        ("A4纸", []),
        ("一百零五家", [105]),
        ("一万二千元", [12000_00]),
        ("5千元", [5000_00]),
        ("1.5倍", [Fraction(3, 2)]),
        ("百分之零", [0]),
    ],
)
def test_what_counts_as_a_figure(wording: str, found: list[int]) -> None:
    assert [figure.number for figure in figures(wording)] == found


def test_the_comparison_that_is_wrong_is_pointed_at() -> None:
    tree = formula("高新企业 且 投资额 > 3万元")
    (found,) = wording_problems("3万元以上", tree)
    assert isinstance(tree, s.All)
    assert found[0] is tree.parts[1]
    assert found[2] == "以上以下含本数，超过不满不含（民法典第一千二百五十九条）"
