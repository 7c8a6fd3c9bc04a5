"""The real compendium against what a person found in it before any program had: compendium.yaml.

Where program and person differ for a good reason, DIFFERENCES says the reason; nothing is compared loosely.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from huiqi.catalogue.knowledge import load_knowledge
from huiqi.library.blanks import squeeze
from huiqi.library.ingest import read
from huiqi.library.model import Clause, ClauseKind, Document, LineKind, LossKind, Reading, Source
from huiqi.library.structure.lines import lines_of

ROOT = Path(__file__).parents[2]
COMPENDIUM = ROOT.parent / "shared" / "compendium" / "compendium.txt"
GOLD: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("compendium.yaml").read_text(encoding="utf-8"))
DOCUMENTS: dict[str, dict[str, Any]] = {each["key"]: each for each in GOLD["documents"]}

DIFFERENCES: dict[tuple[str, str], str] = {
    ("N02", "附件1"): "编号列在“填表说明”下，程序把这个小标题写进出处",
    ("N02", "附件2"): "编号列在“填表说明”下，程序把这个小标题写进出处",
    ("N06", "附件1"): "编号列在“填报说明”下，程序把这个小标题写进出处",
    ("P04", "附件"): "附件是另一机关的整份通知，程序当作单独的文件（P04a），within 指向 P04",
    ("C07", "headings"): "标题和正文之间没有任何标点，程序不猜标题在哪里结束，整段作正文",
    ("pages", "0"): "第一个页码之前少9页：从哪一页起印不知道，程序不报",
}
"""Where the program says otherwise than the person, and why that is right or cannot be helped."""

pytestmark = pytest.mark.skipif(
    not COMPENDIUM.is_file(), reason="The compendium is not beside this checkout, so it cannot be read."
)


@dataclass(frozen=True)
class Compendium:
    """The reading, and the lines that the notes count: those that are not empty, from 1."""

    reading: Reading
    starts: tuple[int, ...]
    lines: tuple[str, ...]

    def line(self, offset: int) -> int:
        """The number of the line that an offset stands on."""
        return bisect_right(self.starts, offset)

    def extent(self, clauses: Sequence[Clause]) -> list[int]:
        """First and last line of some clauses; empty for none."""
        spans = [span for clause in clauses for span in clause.spans]
        return [self.line(spans[0].start), self.line(spans[-1].end - 1)] if spans else []


@cache
def compendium() -> Compendium:
    text = COMPENDIUM.read_text(encoding="utf-8")
    starts, at = [], 0
    for line in text.split("\n"):
        if line:
            starts.append(at)
        at += len(line) + 1
    source = Source(COMPENDIUM.name, text, "文本", "UTF-8", "")
    reading = read(source, load_knowledge(ROOT / "catalogue"))
    return Compendium(reading, tuple(starts), tuple(line for line in text.split("\n") if line))


@cache
def by_key() -> dict[str, Document]:
    """The documents by the key that the notes give them, found by their first line."""
    first = {compendium().line(each.span.start): each for each in compendium().reading.documents}
    return {key: first[gold["first_line"]] for key, gold in DOCUMENTS.items() if gold["first_line"] in first}


def main(document: Document) -> Clause:
    return next(each for each in document.clauses if each.kind is ClauseKind.MAIN)


def clauses(document: Document, *kinds: ClauseKind) -> list[Clause]:
    """All clauses of these kinds outside attachments."""
    parts = [part for part in document.clauses if part.kind is not ClauseKind.ATTACHMENT]
    return [each for part in parts for each in part.walk() if each.kind in kinds]


def numbered(clause: Clause) -> list[Clause]:
    return [each for each in clause.walk() if each.kind.is_numbered]


every = pytest.mark.parametrize("key", DOCUMENTS)


def with_field(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return pytest.mark.parametrize("key", [key for key, gold in DOCUMENTS.items() if name in gold])


def test_every_document_is_found_and_nothing_else() -> None:
    found = compendium().reading.documents
    assert len(found) == len(DOCUMENTS) == len(by_key())
    outer = [key[0] for key, document in by_key().items() if not document.within]
    assert {part: outer.count(part) for part in "NPC"} == {"N": 14, "P": 19, "C": 8}


def test_a_whole_national_notice_is_printed_within_a_provincial_one() -> None:
    within = {key: document.within for key, document in by_key().items() if document.within}
    assert within == {"P04a": by_key()["P04"].id}


@every
def test_titles(key: str) -> None:
    gold, document = DOCUMENTS[key], by_key()[key]
    accepted = [gold["title"], *gold.get("also_titled", [])]
    assert squeeze(document.title) in [squeeze(each) for each in accepted]
    assert squeeze(document.cover_title) == squeeze(gold.get("cover_title") or "")


@every
def test_numbers_issuers_days_and_levels(key: str) -> None:
    gold, document = DOCUMENTS[key], by_key()[key]
    assert document.number == gold["number"]
    assert list(document.issuers) == gold["issuers"]
    assert document.issued == gold["issued"]
    assert document.level.value == gold["level"]


@every
def test_first_and_last_lines(key: str) -> None:
    gold, document = DOCUMENTS[key], by_key()[key]
    assert compendium().line(document.span.start) == gold["first_line"]
    assert compendium().line(document.span.end - 1) == gold.get("own_last_line", gold["last_line"])


@with_field("main_line")
def test_the_instrument_begins_where_the_notice_ends(key: str) -> None:
    gold, document = DOCUMENTS[key], by_key()[key]
    covered = document.clauses[0].kind is ClauseKind.COVER
    first = main(document) if covered else next(each for each in numbered(main(document)))
    assert compendium().extent(list(first.walk()))[0] >= gold["main_line"]
    if covered:
        assert compendium().extent(list(first.walk()))[0] == gold["main_line"]


@every
def test_addressees(key: str) -> None:
    found = compendium().extent(clauses(by_key()[key], ClauseKind.ADDRESSEE))
    assert found == DOCUMENTS[key].get("addressees", [])


@every
def test_signatures_with_their_remarks(key: str) -> None:
    found = compendium().extent(clauses(by_key()[key], ClauseKind.SIGNATURE, ClauseKind.REMARK))
    assert found == DOCUMENTS[key].get("signature", [])


@every
def test_lists_of_attachments(key: str) -> None:
    found = compendium().extent(clauses(by_key()[key], ClauseKind.ATTACHMENT_LIST))
    assert found == DOCUMENTS[key].get("attachment_list", [])


@every
def test_closing_words_that_no_item_holds(key: str) -> None:
    found = compendium().extent(clauses(by_key()[key], ClauseKind.CLOSING))
    assert found[:1] == ([DOCUMENTS[key]["closing_line"]] if "closing_line" in DOCUMENTS[key] else [])


@with_field("after_list")
def test_words_after_a_list_belong_to_what_holds_the_list(key: str) -> None:
    paragraphs = clauses(by_key()[key], ClauseKind.PARAGRAPH)
    begin = {compendium().line(each.spans[0].start): each.cite for each in paragraphs}
    for holder, line in DOCUMENTS[key]["after_list"].items():
        assert begin[line].startswith(holder)
        assert "（" not in begin[line]


@every
def test_outlines_with_the_line_of_each_number(key: str) -> None:
    gold, found = DOCUMENTS[key], numbered(main(by_key()[key]))
    assert [each.cite for each in found] == gold["outline"]
    assert [compendium().line(each.spans[0].start) for each in found] == gold.get("outline_lines", [])


@with_field("attachments")
def test_attachments_and_their_outlines(key: str) -> None:
    found = {each.cite: each for each in by_key()[key].clauses if each.kind is ClauseKind.ATTACHMENT}
    for gold in DOCUMENTS[key]["attachments"]:
        label = gold["label"]
        if (key, label) == ("P04", "附件"):
            assert by_key()[gold["key"]].within == by_key()[key].id
            continue
        assert (label in found) == gold["present"]
        if label not in found:
            continue
        assert compendium().extent(list(found[label].walk()))[0] == gold["line"]
        got = [each.cite.removeprefix(label).strip() for each in numbered(found[label])]
        if (key, label) in DIFFERENCES:
            heading = next(each.heading for each in found[label].walk() if each.kind is ClauseKind.HEADING)
            assert squeeze(heading) in ("填报说明", "填表说明")
            got = [each.removeprefix(heading) for each in got]
        assert got == gold["outline"]
        if "outline_lines" in gold and len(gold["outline_lines"]) == len(got):
            lines = [compendium().line(each.spans[0].start) for each in numbered(found[label])]
            assert lines == gold["outline_lines"]


@with_field("heading_lines")
def test_headings_that_wrap(key: str) -> None:
    found = {each.cite: each for each in numbered(main(by_key()[key]))}
    for cite, lines in DOCUMENTS[key]["heading_lines"].items():
        first, last = lines
        printed = squeeze("".join(compendium().lines[first - 1 : last]))
        assert found[cite].heading
        assert squeeze(found[cite].number + found[cite].heading) in printed


def test_headings_without_any_mark_are_left_in_the_text() -> None:
    assert DIFFERENCES[("C07", "headings")]
    found = {each.cite: each for each in numbered(main(by_key()["C07"]))}
    for cite, heading in DOCUMENTS["C07"]["headings"].items():
        assert found[cite].heading == ""
        assert found[cite].body.startswith(heading)


@every
def test_force(key: str) -> None:
    document = by_key()[key]
    for name in ("effective", "expires"):
        gold, found = DOCUMENTS[key].get(name), getattr(document, name)
        assert (found is None) == (gold is None)
        if gold is not None:
            assert found.day == gold["day"]
            clause = document.clause(found.clause)
            assert clause is None or clause.cite.startswith(gold["cite"]) or not found.clause


@every
def test_repeals(key: str) -> None:
    gold = DOCUMENTS[key].get("repeals", [])
    found = by_key()[key].repeals
    assert [squeeze(each.title) for each in found] == [squeeze(each["title"]) for each in gold]
    assert [each.number for each in found] == [each["number"] for each in gold]
    assert [bool(each.extent) for each in found] == ["extent" in each for each in gold]


def kinds_of(loss: dict[str, Any]) -> set[str]:
    return {loss["kind"], loss.get("or_kind", loss["kind"])}


@every
def test_losses(key: str) -> None:
    gold = list(DOCUMENTS[key].get("losses", []))
    found = [loss for loss in compendium().reading.losses if loss.document == by_key()[key].id]
    for loss in found:
        match = next((each for each in gold if loss.kind.value in kinds_of(each)), None)
        assert match is not None, f"not lost: {loss}"
        gold.remove(match)
    assert gold == []


@pytest.mark.parametrize(
    ("key", "table"),
    [
        ("N03", "重点事项清单"),
        ("N06", "附件1 传统优势食品产区和地方特色食品产业" + "重点培育名单申请书"),
        ("C01", "附件1 开封市地方立法免予处罚清单"),
        ("C01", "附件2 开封市地方立法减轻处罚事项清单"),
        ("C01", "附件3 开封市地方立法从轻处罚事项清单"),
        ("C01", "附件4 开封市地方立法不予实施行政强制事项清单"),
    ],
)
def test_missing_tables_are_named(key: str, table: str) -> None:
    missing = [
        squeeze(loss.what)
        for loss in compendium().reading.losses
        if loss.document == by_key()[key].id and loss.kind is LossKind.TABLE
    ]
    assert any(squeeze(table) in what for what in missing)


def test_missing_pages() -> None:
    gold = [each for each in GOLD["pages"]["missing"] if each["after"] > 0]
    assert len(GOLD["pages"]["missing"]) - len(gold) == 1
    assert DIFFERENCES[("pages", "0")]
    lost = [each for each in compendium().reading.losses if each.kind is LossKind.PAGES]
    counted = [(each, re.search(r"少(\d+)页", each.what)) for each in lost]
    found = [(int(match[1]), compendium().line(each.at)) for each, match in counted if match]
    assert found == [(each["count"], each["after"]) for each in gold]
    assert [each.what for each, match in counted if not match] == ["印刷第325～329页只剩页码"]


def test_page_marks_and_pages() -> None:
    source = compendium().reading.source
    marks = {compendium().line(each.start): each.mark for each in lines_of(source) if each.mark is not None}
    assert marks == GOLD["pages"]["marks"]
    begun = sum(each.page_start for each in lines_of(source))
    only_a_number = 5  # 325 to 329: a page with nothing on it begins with no line
    assert begun + only_a_number == GOLD["pages"]["count"]


def test_junk() -> None:
    left_out = compendium().reading.left_out
    found = [compendium().line(span.start) for kind, span in left_out if kind is LineKind.JUNK]
    assert found == [line for first, last in GOLD["junk"] for line in range(first, last + 1)]


def test_the_preface_and_the_headings_of_parts_belong_to_no_document() -> None:
    between = compendium().reading.between
    headings = [each for each in between if each.kind is ClauseKind.HEADING]
    first, *parts = GOLD["sections"]
    assert [squeeze(each.text) for each in headings] == [squeeze(each["title"]) for each in parts]
    loose = [each for each in between if each.kind is not ClauseKind.HEADING]
    assert compendium().extent(loose) == [first["first_line"], GOLD["preface"][1]]


@pytest.mark.parametrize("gold", GOLD["false_markers"], ids=lambda gold: f"{gold['line']}")
def test_what_merely_looks_like_a_number_is_none(gold: dict[str, Any]) -> None:
    line = gold["line"]
    start = compendium().starts[line - 1]
    at = start + compendium().lines[line - 1].index(gold["words"])
    begin = {each.spans[0].start for document in by_key().values() for each in numbers_of(document)}
    assert not begin & set(range(at, at + len(gold["words"])))


def numbers_of(document: Document) -> Iterator[Clause]:
    return (each for each in document.walk() if each.kind.is_numbered)


def test_what_the_program_calls_a_slip_is_one() -> None:
    slips = [
        (each["line"], squeeze(each["words"]))
        for gold in DOCUMENTS.values()
        for each in gold.get("slips", [])
    ]
    remarks = [each for each in compendium().reading.remarks if each.by == "程序"]
    assert len(remarks) >= 24
    for remark in remarks:
        assert remark.at is not None
        line = compendium().line(remark.at)
        near = [words for at, words in slips if abs(at - line) <= 1]
        more = [at for at, _ in slips if at == line]
        assert more or any(words in squeeze(remark.words) for words in near), remark


def test_every_difference_is_about_something_noted() -> None:
    assert {key for key, _ in DIFFERENCES} - {"pages"} <= set(DOCUMENTS)
