"""What people write to name clauses, and how it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.citing import Step, parse
from huiqi.library.citing.grammar import address
from huiqi.library.model import ClauseKind


def addresses(text: str) -> list[str]:
    """The full addresses that a text cites; all of it must have been read."""
    found = parse(text)
    assert not any(each.document or each.unread for each in found), found
    return [each.text for each in found]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("一、（一）", ["一、（一）"]),
        ("四、13.", ["四、13."]),
        ("7.", ["7."]),
        ("十四", ["十四、"]),
        ("（十四）", ["（十四）"]),
        ("第二条第一款", ["第二条第一款"]),
        ("第7条第2款", ["第七条第二款"]),
        ("第十条（一）", ["第十条（一）"]),
        ("第十条第一款第（一）项", ["第十条第一款（一）"]),
        ("第十条第一款第一项", ["第十条第一款（一）"]),
        ("第二章第七条", ["第二章第七条"]),
        ("二、（一）2.（1）", ["二、（一）2.（1）"]),
        ("二、（一）2.（1）①", ["二、（一）2.（1）①"]),
        ("十一、第二款", ["十一、第二款"]),
        ("附件1填表说明2.（4）", ["附件1 填表说明2.（4）"]),
        ("附件一：三、", ["附件1 三、"]),
        ("附件", ["附件"]),
        ("结尾", ["结尾"]),
        ("末段", ["结尾"]),
        ("结尾第一段", ["结尾第一段"]),
        ("前言", ["前言"]),
        ("标题", ["标题"]),
        ("印发通知", ["印发通知"]),
        ("印发通知第一段", ["印发通知第一段"]),
        ("印发日期", ["落款"]),
        ("本公告一、（二）", ["一、（二）"]),
    ],
)
def test_one_clause_is_named_in_many_ways(written: str, read: list[str]) -> None:
    assert addresses(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("一、（二）2.，二、（三）2.", ["一、（二）2.", "二、（三）2."]),
        ("二、（一）（二），三、（四）", ["二、（一）", "二、（二）", "三、（四）"]),
        ("三、10.，11.", ["三、10.", "三、11."]),
        ("第十条第一款、第三款", ["第十条第一款", "第十条第三款"]),
        ("第十条第一、三款", ["第十条第一款", "第十条第三款"]),
        (
            "第十条第一款第（一）、（二）项，第二款",
            ["第十条第一款（一）", "第十条第一款（二）", "第十条第二款"],
        ),
        ("第13、14、15、16条", ["第十三条", "第十四条", "第十五条", "第十六条"]),
        ("一、二、三", ["一、", "二、", "三、"]),
        ("四、5、", ["四、5."]),
        ("4、5、", ["4.", "5."]),
        ("标题，一、（一）", ["标题", "一、（一）"]),
        ("附件1一、（二）；附件2", ["附件1 一、（二）", "附件2"]),
        ("第三条；第五条", ["第三条", "第五条"]),
    ],
)
def test_a_list_names_several_and_may_leave_out_what_they_share(written: str, read: list[str]) -> None:
    assert addresses(written) == read


@pytest.mark.parametrize(
    ("written", "kind", "first", "last"),
    [
        ("第八十三条至第八十八条", ClauseKind.ARTICLE, 83, 88),
        ("一至三", ClauseKind.ITEM, 1, 3),
        ("（一）—（三）", ClauseKind.SUBITEM, 1, 3),
        ("第二至五条", ClauseKind.ARTICLE, 2, 5),
        ("三、10.至12.", ClauseKind.POINT, 10, 12),
    ],
)
def test_a_range_is_one_citation_with_both_ends(
    written: str, kind: ClauseKind, first: int, last: int
) -> None:
    (citation,) = parse(written)
    assert citation.steps[-1] == Step(kind, first, last)


@pytest.mark.parametrize(
    ("written", "document", "address_there"),
    [
        ("财综〔2010〕98号", "财综〔2010〕98号", ""),
        ("增值税法第九条", "增值税法", "第九条"),
        ("《云岭省企业服务办法》第三条（二）", "《云岭省企业服务办法》", "第三条（二）"),
        ("青政〔2024〕5号 三、（四）", "青政〔2024〕5号", "三、（四）"),
        ("财政部 税务总局公告2023年第12号 五", "财政部 税务总局公告2023年第12号", "五、"),
        ("2023年第14号、第15号公告", "2023年第14号、第15号公告", ""),
        ("三次产业划分规定", "三次产业划分规定", ""),
        ("云岭统〔2025〕9号（转载）", "云岭统〔2025〕9号", ""),
        ("个人所得税法所附税率表二", "个人所得税法", ""),
        ("GB/T 2260-2007", "GB/T 2260-2007", ""),
    ],
)
def test_another_document_is_told_from_a_clause(written: str, document: str, address_there: str) -> None:
    (citation,) = parse(written)
    assert citation.document == document
    assert address(citation.steps) == address_there
    assert citation.unread == ""


def test_a_semicolon_parts_documents_but_not_inside_brackets() -> None:
    found = parse("国函〔2005〕44号（见省报，2005年）；国函〔2014〕121号")
    assert [each.document for each in found] == ["国函〔2005〕44号", "国函〔2014〕121号"]


@pytest.mark.parametrize("written", ["一、（二", "胡说", "一、至", "第九条至第三条", "三年"])
def test_what_nobody_can_read_is_said_and_not_guessed(written: str) -> None:
    (citation,) = parse(written)
    assert citation.unread == written
    assert citation.steps == ()


def test_nothing_is_cited_by_an_empty_text() -> None:
    assert parse("") == ()
    assert parse(" ， ") == ()


_NUMBERED = (
    ClauseKind.ARTICLE,
    ClauseKind.ITEM,
    ClauseKind.SUBITEM,
    ClauseKind.POINT,
    ClauseKind.SUBPOINT,
    ClauseKind.DETAIL,
)


@st.composite
def ways(draw: st.DrawFn) -> tuple[Step, ...]:
    """A way down through kinds of numbers, in their order, with any of them left out."""
    kinds = [kind for kind in _NUMBERED if draw(st.booleans())] or [ClauseKind.ITEM]
    numbers = [draw(st.integers(1, 20 if kind is ClauseKind.DETAIL else 120)) for kind in kinds]
    return tuple(Step(kind, number, number) for kind, number in zip(kinds, numbers, strict=True))


@given(ways())
def test_an_address_is_read_as_the_steps_it_was_written_from(steps: tuple[Step, ...]) -> None:
    (citation,) = parse(address(steps))
    assert citation.steps == steps


@given(st.lists(ways().filter(lambda steps: steps[0].kind is ClauseKind.ARTICLE), min_size=1, max_size=3))
def test_a_list_of_whole_addresses_gives_each_of_them(several: list[tuple[Step, ...]]) -> None:
    found = parse("；".join(map(address, several)))
    assert [each.steps for each in found] == several


@given(st.text(st.sampled_from("一二十第条款项（）()1234、，；至附件 .①《》〔〕号法公告结尾x"), max_size=24))
def test_every_text_is_read_somehow(text: str) -> None:
    found = parse(text)
    assert bool(found) == bool(text.strip(" ，；"))
    assert all(each.steps or each.document or each.unread for each in found)
