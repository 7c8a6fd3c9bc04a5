"""Every clause is in exactly one class, and the account says who put it there."""

from collections.abc import Mapping
from types import MappingProxyType

from huiqi.coverage import Who, account, units
from huiqi.library.knowledge import Knowledge, Reviewed
from huiqi.library.model import Document
from huiqi.library.roles import Role
from tests.library.texts import MEASURES, NOTICE, body, only, pages, printed, statute

KNOWLEDGE = Knowledge()


def measures() -> Document:
    return only(pages(NOTICE, printed(*MEASURES)))


def classes(
    document: Document, knowledge: Knowledge = KNOWLEDGE, coded: Mapping[str, str] = MappingProxyType({})
) -> dict[str, tuple[Role, Who]]:
    rules = {clause.id: coded[clause.cite] for clause in document.walk() if clause.cite in coded}
    return {one.clause.cite: (one.role, one.who) for one in account(document, knowledge, rules).clauses}


def test_every_clause_that_says_something_is_counted_once() -> None:
    for document in (measures(), only(printed(*statute()))):
        counted = [one.clause.id for one in account(document, KNOWLEDGE, {}).clauses]
        assert counted == [clause.id for clause in units(document)]
        assert len(set(counted)) == len(counted)
        assert sum(account(document, KNOWLEDGE, {}).counts.values()) == len(counted)


def test_headings_over_others_and_the_frame_are_not_counted() -> None:
    cites = {clause.cite for clause in units(measures())}
    assert {"一、（一）", "二、（四）", "前言"} <= cites
    assert not {"一、", "标题", "印发通知 落款"} & cites


def test_what_a_rule_rests_on_is_a_benefit_by_the_rule() -> None:
    found = account(measures(), KNOWLEDGE, {"main__para_1__subpara_1": "qinghe/rent"})
    (one,) = [each for each in found.clauses if each.clause.cite == "一、（一）"]
    assert (one.role, one.who, one.why) == (Role.BENEFIT, Who.RULE, "qinghe/rent")


def test_a_rule_on_an_item_covers_what_is_below_it() -> None:
    found = classes(measures(), coded={"一、": "qinghe/rent"})
    assert found["一、（一）"] == found["一、（二）"] == (Role.BENEFIT, Who.RULE)
    assert found["二、（三）"][1] is Who.EXTRACTOR


def test_the_extractor_alone_codes_no_benefit() -> None:
    document = only(
        body(["一、租房开店。对租房开店的个体工商户，给予每店5000元补助。", "二、别的。以后再说。"])
    )
    found = account(document, KNOWLEDGE, {})
    assert found.counts[Role.BENEFIT] == 0
    (one,) = [each for each in found.not_yet if each.clause.cite == "一、"]
    assert one.why.startswith("像是事项：")


def test_a_reviewer_outweighs_the_rule_and_the_extractor() -> None:
    review = Reviewed("青政办〔2031〕7号", "一、（一）", "宣示", "只是打算")
    found = classes(measures(), Knowledge(reviewed=(review,)), coded={"一、（一）": "qinghe/rent"})
    assert found["一、（一）"] == (Role.DECLARATORY, Who.REVIEWER)
    assert found["一、（二）"][1] is Who.EXTRACTOR


def test_a_review_of_another_document_changes_nothing() -> None:
    review = Reviewed("青政办〔2031〕8号", "一、（一）", "宣示")
    assert classes(measures(), Knowledge(reviewed=(review,))) == classes(measures())
