"""The reading of a text as a whole: laws for any text, and what stays when all around it changes."""

import random
from collections.abc import Sequence
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from huiqi.library.ingest import SourceError, read
from huiqi.library.knowledge import Knowledge, Noted
from huiqi.library.model import Document, LineKind, Reading, Source
from tests.library.structure.laws import assert_lawful
from tests.library.texts import (
    MEASURES,
    NOTICE,
    cites,
    only,
    pages,
    printed,
    reading,
    source,
    statute,
    titles,
)

COMPENDIUM = Path(__file__).parents[3] / "shared" / "compendium" / "compendium.txt"

PIECES = [
    *[
        "一、",
        "（一）",
        "1.",
        "1、",
        "（1）",
        "①",
        "第一条",
        "第二条 ",
        "第五条之一",
        "第一章 总则",
        "第一步",
    ],
    *[
        "二、",
        "（二）",
        "2.",
        "填表说明：",
        "姓名",
        "单位",
        "见附件2",
        "附件1",
        "附件",
        "附件：1.申请表 2.名单",
    ],
    *[
        "青禾市人民政府关于印发青禾市若干措施的通知",
        "青禾市若干措施",
        "青政〔2024〕1号",
        "青禾市人民政府文件",
    ],
    *["各县区人民政府：", "2024年1月5日", "0000年1月1日", "二〇二四年一月五日", "青禾市人民政府"],
    *["12", "13", "- 14 -", "（此件公开发布）", "抄送：市委。", "http://a.cn/b", "a/b.docx", "第722号"],
    *[
        "为了发展，制定本办法。",
        "；",
        "。",
        "，",
        "（",
        "）",
        "《",
        "》",
        "“",
        '"',
        "\f",
        "  ",
        "　",
        " ",
        "\ufeff",
    ],
    *["本办法自印发之日起施行，有效期3年。", "有效期至0000年", "自9999年1月1日起施行"],
    *["《某办法》同时废止。", "《某条例》已经通过，现予公布", "中华人民共和国国务院令"],
]


def lawful(given_source: Source) -> None:
    """Read a source, which is either read lawfully or said to be no official text."""
    try:
        found = read(given_source)
    except SourceError:
        return
    assert_lawful(found)


@given(st.text(), st.booleans())
@example("", False)
@example("0", False)
@example("第一条", True)
@example("《》\n一、", False)
def test_any_text_is_read_lawfully(text: str, paragraphs: bool) -> None:
    lawful(source(text, paragraphs=paragraphs))


@given(
    st.lists(
        st.tuples(st.sampled_from(PIECES), st.sampled_from(["", "", "\n", "\n", "\n\n", " "])), max_size=60
    ),
    st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_any_mixture_of_numbers_and_titles_is_read_lawfully(
    pieces: Sequence[tuple[str, str]], paragraphs: bool
) -> None:
    lawful(source("".join(piece + after for piece, after in pieces), paragraphs=paragraphs))


@given(st.lists(st.text(alphabet="国一二（）、。1.； 第条章\u3000", max_size=40), max_size=40))
@settings(deadline=None)
def test_any_lines_are_read_lawfully(lines: Sequence[str]) -> None:
    lawful(source("\n".join(["青禾市集市管理办法", "第一条 甲。", *lines])))


@given(st.lists(st.integers(0, len(PIECES) - 1), max_size=12), st.lists(st.integers(0, 200), max_size=6))
@settings(deadline=None)
def test_pages_that_the_medium_knows_may_begin_anywhere(choice: Sequence[int], starts: Sequence[int]) -> None:
    text = "\n".join(["青禾市集市管理办法", *(PIECES[at] for at in choice)])
    lawful(Source("a.pdf", text, "PDF", "", "", page_starts=tuple(sorted(starts))))


def test_the_real_compendium_is_read_lawfully_and_fast() -> None:
    if not COMPENDIUM.is_file():
        pytest.skip("The compendium is not beside this checkout, so it cannot be read.")
    text = COMPENDIUM.read_text(encoding="utf-8")
    began = process_time()
    found = reading(text)
    assert process_time() - began < 3
    assert_lawful(found)


LINES = [
    "附件：1.表\n",
    "附件1\n",
    "1.甲。\n",
    "第一条\n",
    "各县：\n",
    "2024年1月1日\n",
    "http://a.cn/b\n",
    "- 1 -\n",
]
IN_A_LINE = [
    "（一",
    "第一",
    " ",
    "\u3000",
    "一 ",
    "一、",
    "；（一",
    "。（1）",
    "《",
    "《甲》",
    "（",
    "-",
    "1 ",
    "国",
    "同时废止",
    "自",
    "2024年",
    '“甲"',
]


@pytest.mark.parametrize("unit", LINES + IN_A_LINE)
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    """A long line, or many lines, of what patterns look for: four times as long takes about four times."""

    def seconds(length: int) -> float:
        text = "青禾市集市管理办法\n第一条 甲。\n" + unit * (length // len(unit))
        began = process_time()
        lawful(source(text))
        return process_time() - began

    short, long = seconds(25_000), seconds(100_000)
    assert long < 12 * short + 0.5


@pytest.mark.parametrize("unit", ["（一", "第一", " ", "国"])
def test_a_line_of_a_million_characters_is_read(unit: str) -> None:
    began = process_time()
    lawful(source("青禾市集市管理办法\n第一条 甲。\n" + unit * (1_000_000 // len(unit))))
    assert process_time() - began < 20


@pytest.mark.parametrize("text", ["", " \n　\n", "你好", "天气不错\n出去走走", "12\n13\n14"])
def test_what_is_no_official_text_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(SourceError, match=r"某市文件.txt.*不像公文"):
        reading(text)


# what stays


def named(document: Document) -> list[tuple[str, str]]:
    """Ids and addresses of all clauses: what others hold on to."""
    return [(each.id, each.cite) for each in document.walk()]


OTHER = (
    "青禾市水井管理办法",
    "为了管好水井，让大家喝上干净的水，定下这个办法，由水务部门会同各县区一起照办。",
    "一、定期检查。水务部门每季检查一次，把结果贴在井边。",
    "二、坏了就修。接到报修的，两日内派人；修好之前送水上门。",
)


def test_a_document_keeps_its_names_alone_and_among_others() -> None:
    alone = reading(pages(NOTICE, printed(*MEASURES))).documents[0]
    among = reading(pages(printed(*OTHER), NOTICE, printed(*MEASURES), printed(*statute()))).documents[1]
    assert alone.id == among.id == "青政办-2031-7"
    assert named(alone) == named(among)


@given(st.permutations([printed(*OTHER), printed(*statute()), printed(*OTHER[:3])]), st.integers(0, 3))
@settings(deadline=None)
def test_a_document_keeps_its_names_whatever_its_neighbours_are(others: Sequence[str], place: int) -> None:
    texts = [*others[:place], NOTICE, printed(*MEASURES), *others[place:]]
    found = reading(pages(*texts)).documents
    alone = reading(pages(NOTICE, printed(*MEASURES))).documents[0]
    assert [named(each) for each in found if each.id == alone.id] == [named(alone)]


@pytest.mark.parametrize("column", range(18, 42))
def test_outlines_stay_at_any_width_of_the_column(column: int) -> None:
    whole = only("\n".join(statute()), paragraphs=True)
    assert cites(only(printed(*statute(), column=column))) == cites(whole)
    measures = reading(pages(NOTICE, printed(*MEASURES, column=column))).documents[0]
    assert cites(measures) == ["一、", "一、（一）", "一、（二）", "二、", "二、（三）", "二、（四）", "三、"]


@given(st.integers(0, 2**32))
@settings(deadline=None)
def test_outlines_stay_wherever_page_numbers_fall(seed: int) -> None:
    lines = printed(
        *statute(), *(f"第{each}条 摊位每天收摊后要打扫干净，垃圾要放到指定的地方。" for each in "六七八九十")
    ).split("\n")
    expected = cites(only("\n".join(lines)))
    chance = random.Random(seed)
    for number, at in enumerate(sorted(chance.sample(range(9, len(lines), 9), 2)), start=31):
        lines.insert(at + number - 31, str(number))
    found = reading("\n".join(lines))
    assert [kind for kind, _ in found.left_out] == [LineKind.PAGE_MARK] * 2
    assert cites(found.documents[0]) == expected


def compendium_documents() -> tuple[str, Reading]:
    if not COMPENDIUM.is_file():
        pytest.skip("The compendium is not beside this checkout, so it cannot be read.")
    text = COMPENDIUM.read_text(encoding="utf-8")
    return text, reading(text)


def test_real_documents_keep_their_names_when_read_alone() -> None:
    text, found = compendium_documents()
    inner = {each.within for each in found.documents}
    for document in found.documents:
        if document.within or document.id in inner:
            continue
        alone = reading(" " + text[document.span.start : document.span.end]).documents
        assert [named(each) for each in alone] == [named(document)], document.title


# what people note


def test_a_note_of_people_is_put_on_the_clause_with_its_words() -> None:
    noted = Noted("青政办〔2031〕7号", "二、（三）", "三个工作日", "后来改为两个工作日")
    found = reading(pages(NOTICE, printed(*MEASURES)), Knowledge(noted=(noted,)))
    (remark,) = [each for each in found.remarks if each.by == "整理"]
    clause = found.documents[0].clause(remark.clause)
    assert clause is not None
    assert clause.cite == "二、（三）"
    assert remark.note == "后来改为两个工作日"


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "办法.txt"
    path.write_text(printed(*statute()), encoding="utf-8")
    assert titles(read(path)) == ["云岭省集市管理条例"]


def test_a_file_that_is_not_there_is_a_source_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        read(tmp_path / "没有.txt")


def test_reading_the_same_source_twice_gives_the_same() -> None:
    given_source = source(pages(NOTICE, printed(*MEASURES)))
    assert read(given_source) == read(given_source)
