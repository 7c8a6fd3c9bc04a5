"""Brackets and lines that say who is responsible."""

import pytest

from huiqi.library.ledger.assignments import assignments_in, without_assignments
from huiqi.library.ledger.names import Names
from huiqi.library.model import Level
from tests.library.ledger.trees import BODIES, charges, item, ledger, one, paragraph

COMMERCE, FINANCE, MARKET = "云岭省商务厅", "云岭省财政厅", "云岭省市场监督管理局"


@pytest.mark.parametrize("brackets", ["（）", "()", "（)", "(）"])
def test_brackets_of_either_width_and_mixed_ones_are_read(brackets: str) -> None:
    found = one(f"办好展会。{brackets[0]}责任单位：省商务厅、财政厅{brackets[1]}")
    assert charges(found) == [(COMMERCE, "负责"), (FINANCE, "负责")]


def test_a_bracket_inside_the_name_of_a_body_is_no_end() -> None:
    found = one("办好展会。（责任单位：各县（区）人民政府、省商务厅）")
    assert charges(found) == [("各县（区）人民政府", "负责"), (COMMERCE, "负责")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("省商务厅负责", [(COMMERCE, "负责")]),
        ("商务部牵头负责", [("商务部", "牵头")]),
        (
            "省商务厅牵头，财政厅、市场监管局按职责分工负责",
            [(COMMERCE, "牵头"), (FINANCE, "分工"), (MARKET, "分工")],
        ),
        (
            "省商务厅、财政厅按照职责分工负责，各市政府落实",
            [(COMMERCE, "分工"), (FINANCE, "分工"), ("各市政府", "落实")],
        ),
        ("省商务厅牵头，财政厅配合", [(COMMERCE, "牵头"), (FINANCE, "配合")]),
        ("省商务厅牵头、省财政厅、市场监管局", [(COMMERCE, "牵头"), (FINANCE, "配合"), (MARKET, "配合")]),
        (
            "省商务厅、财政厅等牵头部门及省直各有关部门按职责分工负责",
            [(COMMERCE, "牵头"), (FINANCE, "牵头"), ("省直各有关部门", "分工")],
        ),
        ("省商务厅和省直各有关部门按职责分工牵头负责", [(COMMERCE, "牵头"), ("省直各有关部门", "牵头")]),
        ("省商务厅、财政厅等部门按职责分工负责", [(COMMERCE, "分工"), (FINANCE, "分工")]),
        ("牵头单位：省商务厅；配合单位：财政厅", [(COMMERCE, "牵头"), (FINANCE, "配合")]),
        ("责任单位：省商务厅，各市政府", [(COMMERCE, "负责"), ("各市政府", "负责")]),
    ],
)
def test_every_list_of_bodies_has_the_role_of_its_verb(words: str, expected: list[tuple[str, str]]) -> None:
    assert charges(one(f"办好展会。（{words}）")) == expected


@pytest.mark.parametrize(
    "words",
    [
        "含配套用房",
        "不超过30%，由企业自行负责",
        "以下简称平台",
        "企业按照合同约定负责",
        "具体细则由办展单位另行制定",
    ],
)
def test_other_brackets_charge_nobody(words: str) -> None:
    assert not assignments_in(f"办好展会。（{words}）", Names(BODIES, Level.PROVINCE))


def test_two_brackets_in_one_item_both_count() -> None:
    found = one("办好展会。（商务部牵头负责）管好资金。（财政部牵头负责）")
    assert charges(found) == [("商务部", "牵头"), ("财政部", "牵头")]


def test_lines_of_their_own_belong_to_the_item_above() -> None:
    found = ledger(
        item(
            "一、",
            "办好展会。",
            paragraph("责任单位：省商务厅、\n财政厅。"),
            paragraph("完成时限：2024年 9月底。"),
        ),
        item("二、", "管好资金。", paragraph("责任单位：省财政厅。"), paragraph("完成时限：持续推进。")),
    )
    assert charges(found, 0) == [(COMMERCE, "负责"), (FINANCE, "负责")]
    assert [deadline.words for deadline in found.duties[0].deadlines] == ["2024年9月底"]
    assert charges(found, 1) == [(FINANCE, "负责")]


def test_a_line_that_stands_after_the_list_still_belongs_to_the_last_item() -> None:
    first = item("（一）", "办好展会。", above="一、")
    second = item("（二）", "管好资金。", above="一、")
    found = ledger(item("一、", "", first, second, paragraph("责任单位：省商务厅。"), heading="促进商贸"))
    assert [(duty.cite, [body.name for body in duty.bodies]) for duty in found.duties] == [
        ("一、（二）", [COMMERCE])
    ]


def test_a_line_run_into_the_paragraph_is_read_as_well() -> None:
    assert charges(one("办好展会。责任单位：省商务厅。完成时限：持续推进。")) == [(COMMERCE, "负责")]


def test_bodies_named_for_all_later_items_are_added_to_those_that_list_bodies() -> None:
    found = ledger(
        item("1.", "办好展会。（省商务厅负责，各市政府落实。以下均需各市政府落实，不再列出）"),
        item("2.", "管好资金。（省财政厅负责）"),
        item("3.", "本措施由省商务厅解释。"),
    )
    assert charges(found, 0) == [(COMMERCE, "负责"), ("各市政府", "落实")]
    assert charges(found, 1) == [(FINANCE, "负责"), ("各市政府", "落实")]
    assert [body.inherited for body in found.duties[1].bodies] == ["", "1."]
    assert len(found.duties) == 2


def test_text_without_its_assignments_keeps_its_other_brackets() -> None:
    assert without_assignments("办好展会（含分会场）。（责任单位：省商务厅）") == "办好展会（含分会场）。"
    assert without_assignments("办好展会。（省商务厅负责）\n责任单位：省财政厅。") == "办好展会。\n。"
