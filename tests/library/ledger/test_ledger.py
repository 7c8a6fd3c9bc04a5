"""The ledger of a whole document: what belongs to which item, and in which order."""

from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.ledger import ledger_of, roles_of
from huiqi.library.ledger.items import items_of
from huiqi.library.model import ClauseKind
from tests.library.ledger.trees import BODIES, document, item, ledger, one, paragraph


def test_an_item_without_bodies_and_times_is_not_entered() -> None:
    found = one("鼓励企业参展。")
    assert (found.duties, found.targets) == ((), ())


def test_a_time_without_a_body_is_entered_with_nobody() -> None:
    (duty,) = one("3个工作日内录入平台。").duties
    assert duty.bodies == ()
    assert duty.deadline is not None
    assert duty.deadline.words == "3个工作日内"


def test_the_matter_is_the_heading_or_the_first_words() -> None:
    assert one("办好三个展会。（省商务厅负责）", heading="发展会展。").duties[0].matter == "发展会展"
    assert one("办好三个展会，扩大影响。（省商务厅负责）").duties[0].matter == "办好三个展会"
    assert len(one("很" * 60 + "。（省商务厅负责）").duties[0].matter) < 30


def test_paragraphs_belong_to_their_clause_and_numbered_children_do_not() -> None:
    inner = item("（一）", "办好展会。（省商务厅负责）", above="第一条")
    outer = item(
        "第一条", "各地要重视。", inner, paragraph("省财政厅负责落实资金。"), kind=ClauseKind.ARTICLE
    )
    found = ledger(outer)
    assert [(duty.cite, [body.name for body in duty.bodies]) for duty in found.duties] == [
        ("第一条", ["各地", "云岭省财政厅"]),
        ("第一条（一）", ["云岭省商务厅"]),
    ]


def test_headings_above_are_kept_from_the_outermost() -> None:
    inner = item("1.", "办好展会。", above="一、（一）")
    outer = item("一、", "", item("（一）", "", inner, heading="扩大开放", above="一、"), heading="总体任务")
    assert [each.above for each in items_of(document(outer))] == [(), ("总体任务",), ("总体任务", "扩大开放")]


def test_blanks_that_printed_lines_leave_in_words_do_not_matter() -> None:
    (duty,) = one("2024年 9 月底 前办好\n展会。（责任 单位：省商 务厅、\n财政厅）").duties
    assert [body.name for body in duty.bodies] == ["云岭省商务厅", "云岭省财政厅"]
    assert duty.deadline is not None
    assert str(duty.deadline.day) == "2024-09-30"


def test_without_the_names_of_a_catalogue_everything_is_kept_as_printed() -> None:
    found = ledger_of(document(item("一、", "办好展会。（省商务厅牵头，财政厅配合）")))
    assert [(body.name, body.role.value, body.known) for body in found.duties[0].bodies] == [
        ("省商务厅", "牵头", False),
        ("财政厅", "配合", False),
    ]


def test_the_deadline_that_matters_is_the_last_dated_one() -> None:
    (duty,) = one(
        "2024年9月底前起草，自收到意见之日起10日内修改，2024年12月底前印发。（省商务厅负责）"
    ).duties
    assert [each.words for each in duty.deadlines] == [
        "2024年9月底前",
        "自收到意见之日起10日内",
        "2024年12月底前",
    ]
    assert duty.deadline is duty.deadlines[2]


def test_the_same_document_gives_the_same_ledger() -> None:
    text = document(
        item("一、", "到2027年，培育20家企业。（省商务厅牵头，各市政府落实。以下均需各市政府落实，不再列出）")
    )
    assert ledger_of(text, BODIES) == ledger_of(text, BODIES)


WORDS = (
    *("各地要", "省商务厅", "、财政厅", "和", "会同", "有关部门", "应当", "牵头", "负责", "由", "其"),
    *("（责任单位：", "）", "(", "。", "，", "；", "\n", "责任单位：", "以下均需", "落实，不再列出"),
    *(
        "2024年",
        "9月底",
        "前",
        "到2027年",
        "第一季度",
        "自收到之日起",
        "3个工作日",
        "内",
        "完成时限：",
        "持续推进",
    ),
    *("达到", "75%", "20家", "3—5个", "以上", "给予", "50万元", "奖励", "培育", "企业", "的"),
)


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_whatever_the_words_are_every_entry_is_made_of_words_of_the_text(text: str) -> None:
    whole = document(item("一、", text))
    found = ledger_of(whole, BODIES)
    squeezed = "".join(text.split())
    for duty in found.duties:
        assert all(deadline.words in squeezed for deadline in duty.deadlines)
        assert all(body.name and body.as_printed for body in duty.bodies)
        assert len({body.name for body in duty.bodies}) == len(duty.bodies)
    for target in found.targets:
        assert target.words in squeezed
        assert target.low <= target.high or "—" in target.words
    assert set(roles_of(whole, found)) == {"c-一、"}
