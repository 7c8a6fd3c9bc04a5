"""What each clause is taken to be for, and the words that say so."""

import pytest

from huiqi.library.ledger import ledger_of, role_of, roles_of
from huiqi.library.model import Clause, ClauseKind, Span
from huiqi.library.roles import Role
from tests.library.ledger.trees import BODIES, document, item, paragraph


@pytest.mark.parametrize(
    ("text", "role", "because"),
    [
        ("本办法所称展会，是指商品展销活动。", Role.DEFINITION, "“本办法所称”"),
        ("本办法自2024年5月1日起施行。", Role.DEFINITION, "“自2024年5月1日起施行”"),
        ("对参展企业给予5万元奖励。（省商务厅负责）", Role.BENEFIT, "“给予5万元奖励”"),
        ("对个体户免征房产税。", Role.BENEFIT, "“免征房产税”"),
        ("到2027年，培育20家企业。（省商务厅负责）", Role.TARGET, "“企业 20家”"),
        ("办好展会。（省商务厅负责）", Role.DUTY, "“省商务厅负责”"),
        ("各地要办好展会。", Role.DUTY, "“各地”"),
        ("申请人提交申请书，受理机构应当审核材料。", Role.PROCEDURE, "“申请人提交申请书、受理机构应当审核”"),
        ("鼓励企业参展。", Role.DECLARATORY, "“鼓励企业参展”"),
        ("天下大同。", Role.NOT_YET, "没有可以归类的字样"),
    ],
)
def test_a_clause_is_classed_by_words_that_are_named(text: str, role: Role, because: str) -> None:
    clause = item("一、", text)
    whole = document(clause)
    assert role_of(clause, whole, ledger_of(whole, BODIES)) == (role, because)


def test_a_line_of_bodies_is_a_duty_and_the_words_above_it_what_they_are() -> None:
    line = paragraph("责任单位：省商务厅。")
    clause = item("一、", "鼓励企业参展。", line)
    whole = document(clause)
    roles = roles_of(whole, ledger_of(whole, BODIES))
    assert roles[line.id] == (Role.DUTY, "“责任单位：省商务厅。”")
    assert roles[clause.id][0] is Role.DECLARATORY


def test_what_a_list_holds_is_of_the_class_of_the_words_before_it() -> None:
    case = item("（一）", "不属于本省的；", above="第二条")
    clause = item("第二条", "有下列情形的，不予受理：", case, kind=ClauseKind.ARTICLE)
    whole = document(clause)
    roles = roles_of(whole, ledger_of(whole, BODIES))
    assert roles[case.id] == (Role.PROCEDURE, "属于“第二条”所列")


def test_every_clause_that_says_something_has_one_class_and_the_frame_has_none() -> None:
    title = Clause("title", ClauseKind.TITLE, "标题", "某省若干措施", (Span(0, 6),))
    preamble = Clause(
        "preamble", ClauseKind.PREAMBLE, "前言", "为促进商贸，给予奖励，制定本措施。", (Span(0, 17),)
    )
    clause = item("一、", "鼓励参展。", paragraph("天下大同。"))
    whole = document(title, preamble, clause)
    roles = roles_of(whole, ledger_of(whole, BODIES))
    assert set(roles) == {each.id for each in whole.walk() if each.kind.is_text}
    assert roles["preamble"] == (Role.DECLARATORY, "前言")
    assert role_of(title, whole, ledger_of(whole, BODIES)) == (Role.NOT_YET, "")
