"""Numbers that Word makes by itself stand in the text, counted as Word counts them."""

import pytest

from huiqi.library.model import LossKind
from huiqi.library.sources import read_bytes
from tests.library.sources.making import paragraph, word


def level(index: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def abstract(identifier: int, *inside: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{identifier}">{"".join(inside)}</w:abstractNum>'


def listed(identifier: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def item(text: str, number: int = 1, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


NOTHING = '<w:suff w:val="nothing"/>'
OFFICIAL = abstract(
    0,
    level(0, "chineseCountingThousand", "%1、", NOTHING),
    level(1, "chineseCountingThousand", "（%2）", NOTHING),
    level(2, "decimal", "%3.", NOTHING),
    level(3, "decimalEnclosedCircle", "%4", NOTHING),
)


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    return read_bytes(word(body, numbering=numbering, styles=styles), "a.docx").text.splitlines()


def test_the_numbers_of_an_official_document_are_counted_level_by_level() -> None:
    body = (
        item("总则") + item("目标", level=1) + item("任务", level=1) + item("甲", level=2)
        + item("乙", level=2) + item("细", level=3) + item("保障")
        + item("组织", level=1) + item("丙", level=2) + paragraph("落款")
    )  # fmt: skip
    assert lines(body, OFFICIAL + listed(1, 0)) == [
        "一、总则", "（一）目标", "（二）任务", "1.甲", "2.乙", "①细", "二、保障", "（一）组织", "1.丙",
        "落款",
    ]  # fmt: skip


def test_articles_run_on_through_chapters_when_they_never_restart() -> None:
    numbering = abstract(
        0,
        level(0, "chineseCounting", "第%1章", '<w:suff w:val="space"/>'),
        level(1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>'),
    ) + listed(1, 0)
    body = item("总则") + item("甲", level=1) + item("附则") + item("乙", level=1)
    assert lines(body, numbering) == ["第一章 总则", "第一条 甲", "第二章 附则", "第二条 乙"]


def test_a_level_may_restart_only_after_the_first() -> None:
    numbering = abstract(
        0,
        level(0, "decimal", "%1"),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>'),
    ) + listed(1, 0)
    body = item("a") + item("b", level=1) + item("c", level=2) + item("d", level=1) + item("e", level=2)
    body += item("f") + item("g", level=2)
    assert lines(body, numbering) == ["1 a", "1.1 b", "1) c", "1.2 d", "2) e", "2 f", "1) g"]


def test_a_level_that_was_passed_over_counts_as_begun() -> None:
    numbering = abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")) + listed(1, 0)
    assert lines(item("甲", level=1) + item("乙", level=1), numbering) == ["1.1 甲", "1.2 乙"]


def test_lists_of_one_definition_count_on_and_one_with_its_own_start_begins_anew() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = OFFICIAL + listed(1, 0) + listed(2, 0) + listed(3, 0, override)
    body = item("甲") + item("乙", 2) + item("丙", 3) + item("丁", 3) + item("戊", 1)
    assert lines(body, numbering) == ["一、甲", "二、乙", "五、丙", "六、丁", "七、戊"]


def test_a_list_may_bring_a_level_of_its_own() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1. ", NOTHING, start=3)}</w:lvlOverride>'
    assert lines(item("甲", 2), OFFICIAL + listed(2, 0, override)) == ["III. 甲"]


def test_all_numbers_are_arabic_where_the_level_says_so() -> None:
    numbering = abstract(
        0, level(0, "chineseCounting", "%1、", NOTHING), level(1, "decimal", "%1.%2", NOTHING + "<w:isLgl/>")
    ) + listed(1, 0)
    assert lines(item("甲") + item("乙", level=1), numbering) == ["一、甲", "1.1乙"]


def test_a_style_puts_its_paragraphs_into_a_list() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="normal"/>'
        '<w:style w:type="paragraph" w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="h2"><w:basedOn w:val="h1"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="h1"/></w:style>'
    )
    body = "".join(
        paragraph(text, f'<w:pStyle w:val="{style}"/>{more}')
        for text, style, more in [
            ("甲", "h1", ""),
            ("乙", "h2", ""),
            ("丙", "own", ""),
            ("丁", "h1", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
            ("戊", "h1", '<w:numPr><w:ilvl w:val="2"/></w:numPr>'),
            ("己", "none", ""),
        ]
    )
    assert lines(body, OFFICIAL + listed(1, 0), styles) == [
        "一、甲",
        "（一）乙",
        "二、丙",
        "丁",
        "1.戊",
        "己",
    ]


def test_a_paragraph_without_a_style_has_the_default_one_of_paragraphs() -> None:
    listing = '<w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="p">' + listing.format(1)
        + '<w:style w:type="character" w:default="1" w:styleId="c">' + listing.format(2)
    )  # fmt: skip
    assert lines(paragraph("甲"), OFFICIAL + listed(1, 0), styles) == ["（一）甲"]


def test_a_list_that_ties_a_level_to_a_style_decides_the_level() -> None:
    numbering = abstract(
        0,
        level(0, "decimal", "%1", NOTHING),
        level(1, "chineseCounting", "第%2条", '<w:pStyle w:val="article"/>'),
    ) + listed(1, 0)
    styles = (
        '<w:style w:type="paragraph" w:styleId="article"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    assert lines(paragraph("甲", '<w:pStyle w:val="article"/>'), numbering, styles) == ["第一条 甲"]


def test_a_definition_may_stand_in_a_list_style() -> None:
    numbering = (
        abstract(0, '<w:numStyleLink w:val="official"/>')
        + abstract(1, '<w:styleLink w:val="official"/>', level(0, "decimal", "%1.", NOTHING))
        + listed(1, 0)
    )
    assert lines(item("甲") + item("乙"), numbering) == ["1.甲", "2.乙"]


def test_bullets_and_levels_without_a_number_are_left_out() -> None:
    numbering = abstract(
        0, level(0, "bullet", "\uf06c"), level(1, "none", ""), level(2, "none", "附")
    ) + listed(1, 0)
    body = item("甲") + item("乙", level=1) + item("丙", level=2) + item("丁", level=7) + item("戊", 9)
    assert lines(body, numbering) == ["甲", "乙", "附 丙", "丁", "戊"]


@pytest.mark.parametrize(
    ("form", "number"), [("001, 002, 003, ...", "001"), ("01, 02, 03, ...", "01"), ("whatever", "1")]
)
def test_a_newer_format_is_read_or_replaced_by_the_older_one_beside_it(form: str, number: str) -> None:
    wrapped = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        f'<w:numFmt w:val="custom" w:format="{form}"/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        '</mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>'
    )
    assert lines(item("甲"), abstract(0, wrapped) + listed(1, 0)) == [f"{number} 甲"]


def test_a_format_that_is_not_known_is_reported_and_written_in_arabic() -> None:
    data = word(
        paragraph("前") + item("甲"), numbering=abstract(0, level(0, "hebrew1", "%1.")) + listed(1, 0)
    )
    source = read_bytes(data, "a.docx")
    assert source.text == "前\n1. 甲\n"
    assert [(loss.kind, loss.at) for loss in source.losses] == [(LossKind.NUMBER, 2 + len("1. "))]


def test_a_deleted_paragraph_does_not_count_and_a_joined_one_counts_once() -> None:
    gone = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr>'
    body = item("甲") + paragraph("前半", gone) + item("后半") + item("丙")
    assert lines(body, OFFICIAL + listed(1, 0)) == ["一、甲", "二、前半后半", "三、丙"]


def test_paragraphs_in_cells_and_text_boxes_are_numbered_in_their_turn() -> None:
    table = f"<w:tbl><w:tr><w:tc>{item('乙')}</w:tc><w:tc>{item('丙')}</w:tc></w:tr></w:tbl>"
    assert lines(item("甲") + table + item("丁"), OFFICIAL + listed(1, 0)) == [
        "一、甲",
        "二、乙\t三、丙",
        "四、丁",
    ]


def test_a_number_of_a_level_that_shows_none_is_left_out_of_the_others() -> None:
    numbering = abstract(0, level(0, "none", ""), level(1, "decimal", "%1%2%7)")) + listed(1, 0)
    assert lines(item("甲") + item("乙", level=1), numbering) == ["甲", "1) 乙"]


def test_a_link_to_a_list_style_that_is_not_there_makes_no_numbers() -> None:
    assert lines(item("甲"), abstract(0, '<w:numStyleLink w:val="lost"/>') + listed(1, 0)) == ["甲"]


def test_a_level_without_a_format_is_in_arabic_and_one_without_a_start_begins_at_zero() -> None:
    assert lines(
        item("甲"), abstract(0, '<w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl>') + listed(1, 0)
    ) == ["0. 甲"]


def test_numbering_that_makes_no_sense_is_passed_over() -> None:
    odd = '<w:num w:numId="x"/><w:num w:numId="4"/><w:abstractNum/>' + listed(5, 77)
    body = item("甲", 4) + item("乙", 5) + paragraph("丙", '<w:numPr><w:numId w:val="x"/></w:numPr>')
    assert lines(body, odd) == ["甲", "乙", "丙"]
