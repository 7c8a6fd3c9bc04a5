"""The original of a document as a page shows it: every word as printed, and what stands beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from huiqi.evaluate.result import Verdict
from huiqi.language.benefit import LaterLaw
from huiqi.library.model import Clause, ClauseKind, Document, Loss, Pages, Remark
from huiqi.portal.library.citations import Resting, resting_on
from huiqi.portal.library.knowledge import said_role
from huiqi.portal.library.shelf import Shelf
from huiqi.portal.pages.public.presenting.navigation import DIVISIONS, Entry, contents, label_of
from huiqi.portal.policies import selectors

_LINES = (ClauseKind.SIGNATURE, ClauseKind.ATTACHMENT_LIST)
_NEW_LINE = re.compile(r"\s*(?:附件|\d+\s*[.．、])")
_DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Rested:
    """A benefit that rests on a clause, as lists show it, and where the visitor stands, if that is known."""

    row: selectors.Listed
    mine: Verdict | None


@dataclass(frozen=True, slots=True)
class Note:
    """A remark of the library on a place of the text, with the number that it has on the page."""

    number: int
    remark: Remark

    @property
    def by(self) -> str:
        """Who noted it, in words."""
        return "程序注" if self.remark.by == "程序" else "整理注"


@dataclass(frozen=True, slots=True)
class Part:
    """Characters of a clause that look alike.

    ``role`` is ``number``, ``heading`` or nothing; ``marked`` when a remark is about them; ``notes`` are the
    remarks that end here.
    """

    text: str
    role: str = ""
    marked: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A clause with its own words, without those below it.

    ``heading`` is the level of the heading that it is, 0 when it is a paragraph. ``label`` is our own word
    for a division (印发通知, 附件1), where there are several. ``page`` is the printed page where a new one
    begins. ``losses`` are what is missing here.
    """

    clause: Clause
    lines: tuple[tuple[Part, ...], ...]
    heading: int = 0
    label: str = ""
    page: str = ""
    role: str = ""
    notes: tuple[Note, ...] = ()
    losses: tuple[Loss, ...] = ()
    gives: tuple[Rested, ...] = ()
    also: tuple[Rested, ...] = ()

    @property
    def look(self) -> str:
        """How its words are set, by what it is in a document."""
        return _LOOKS.get(self.clause.kind, "body")

    @property
    def tag(self) -> str:
        """The element that its words are."""
        return f"h{self.heading}" if self.heading and not self.label else "p"

    @property
    def has_number(self) -> bool:
        """Whether it has a printed number, which can be its link."""
        return bool(self.clause.number)

    @property
    def is_text(self) -> bool:
        """Whether it is worth an address beside it."""
        return self.clause.kind.is_text

    @property
    def later_laws(self) -> tuple[LaterLaw, ...]:
        """Later laws on the benefits that it gives, each once."""
        return tuple(dict.fromkeys(law for one in self.gives for law in one.row.benefit.later_laws))

    @property
    def has_aside(self) -> bool:
        """Whether something stands beside it."""
        return bool(self.notes or self.gives or self.also or self.later_laws)


_LOOKS = {
    ClauseKind.TITLE: "title",
    ClauseKind.NUMBER: "number",
    ClauseKind.ADDRESSEE: "addressee",
    ClauseKind.ATTACHMENT_LIST: "list",
    ClauseKind.SIGNATURE: "signature",
    ClauseKind.REMARK: "remark",
    ClauseKind.FRAGMENT: "fragment",
    ClauseKind.PART: "chapter",
    ClauseKind.CHAPTER: "chapter",
    ClauseKind.SECTION: "chapter",
}


@dataclass(frozen=True, slots=True)
class Original:
    """A document as a page shows it. ``losses`` are those of which the place is not known."""

    document: Document
    blocks: tuple[Block, ...]
    contents: tuple[Entry, ...]
    losses: tuple[Loss, ...]


@dataclass
class _Setting:
    """Sets one document, clause by clause, in the order of its text."""

    document: Document
    roles: Mapping[str, str]
    resting: Mapping[str, Resting]
    remarks: Mapping[str, Sequence[Remark]]
    losses: Mapping[str, Sequence[Loss]]
    rested: Mapping[str, Rested]
    count: int = 0
    page: Pages | None = None
    blocks: list[Block] = field(default_factory=list)

    def set(self, clause: Clause, under: int, labelled: bool) -> None:
        """``under`` is the level of the heading above."""
        notes = tuple(
            Note(self.count + n, remark) for n, remark in enumerate(self.remarks.get(clause.id, ()), 1)
        )
        self.count += len(notes)
        label = label_of(clause) if labelled and clause.kind in DIVISIONS else ""
        heading = under + 1 if label or _is_heading(clause) else 0
        level = heading or under
        resting = self.resting.get(clause.id, Resting())
        lines = tuple(_lines(clause, notes)) if clause.text else ()
        if lines or label or notes or self.losses.get(clause.id) or resting.gives or resting.also:
            page = str(clause.pages) if clause.pages and clause.pages != self.page and lines else ""
            self.page = clause.pages if page else self.page
            self.blocks.append(
                Block(
                    clause=clause,
                    lines=lines,
                    heading=min(heading, _DEEPEST_HEADING),
                    label=label,
                    page=page,
                    role=said_role(self.roles.get(clause.id, "")),
                    notes=notes,
                    losses=tuple(self.losses.get(clause.id, ())),
                    gives=tuple(self.rested[one.id] for one in resting.gives),
                    also=tuple(self.rested[one.id] for one in resting.also),
                )
            )
        for child in clause.children:
            self.set(child, level, labelled)


def original(now: Shelf, document: Document, day: date, mine: Mapping[str, Verdict]) -> Original:
    """A whole document on a day; ``mine`` are the visitor's verdicts by benefit, if anything was answered."""
    placed, unplaced = _placed(now.losses, document)
    resting = resting_on(document.id)
    setting = _Setting(
        document,
        now.roles(document.id),
        resting,
        _by_clause(now.remarks, document),
        placed,
        _rested(resting, day, mine),
    )
    for division in document.clauses:
        setting.set(division, 1, len(document.clauses) > 1)
    return Original(document, tuple(setting.blocks), tuple(contents(document)), unplaced)


def _rested(resting: Mapping[str, Resting], day: date, mine: Mapping[str, Verdict]) -> dict[str, Rested]:
    benefits = {one.id: one for each in resting.values() for one in (*each.gives, *each.also)}
    rows: Iterable[selectors.Listed] = selectors.listed(benefits.values(), day)
    return {row.benefit.id: Rested(row, mine.get(row.benefit.id)) for row in rows}


def excerpt(whole: Original, clause: Clause) -> tuple[Block, ...]:
    """The blocks of one clause and of all below it."""
    inside = {each.id for each in clause.walk()}
    return tuple(block for block in whole.blocks if block.clause.id in inside)


def _is_heading(clause: Clause) -> bool:
    """Whether it is nothing but a heading: what is said stands below it."""
    if clause.kind is ClauseKind.HEADING:
        return True
    return clause.kind.is_numbered and bool(clause.heading) and not clause.body


def _by_clause(remarks: Iterable[Remark], document: Document) -> dict[str, list[Remark]]:
    """The remarks of a document by clause; one whose clause is gone stands at the first."""
    known = {clause.id for clause in document.walk()}
    first = document.clauses[0].id if document.clauses else ""
    found: dict[str, list[Remark]] = {}
    for remark in remarks:
        if remark.document == document.id:
            found.setdefault(remark.clause if remark.clause in known else first, []).append(remark)
    return found


def _placed(losses: Iterable[Loss], document: Document) -> tuple[dict[str, list[Loss]], tuple[Loss, ...]]:
    """The losses of a document by the clause that they stand at, and those that stand nowhere in it."""
    clauses = {clause.id: clause for clause in document.walk()}
    starts = sorted((clause.spans[0].start, clause.id) for clause in clauses.values() if clause.spans)
    placed: dict[str, list[Loss]] = {}
    unplaced: list[Loss] = []
    for loss in losses:
        inside = document.span.start <= loss.at < document.span.end
        if loss.document != document.id and (loss.document or not inside):
            continue
        before = bisect_right(starts, (loss.at, "\uffff"))
        if loss.clause in clauses:
            placed.setdefault(loss.clause, []).append(loss)
        elif inside and before:
            placed.setdefault(starts[before - 1][1], []).append(loss)
        else:
            unplaced.append(loss)
    return placed, tuple(unplaced)


def _lines(clause: Clause, notes: Sequence[Note]) -> Iterator[tuple[Part, ...]]:
    """The words of a clause in lines: one, but for signatures and lists, which are printed in several."""
    number, heading = clause.number_length, clause.number_length + clause.heading_length
    marks = [(place, note) for note in notes if (place := _place_of(note.remark, clause)) is not None]
    lines = _printed_lines(clause) if clause.kind in _LINES else [(0, len(clause.text))]
    edges = {edge for (start, end), _ in marks for edge in (start, end)} | {number, heading}
    for start, end in lines:
        cuts = sorted({start, end} | {edge for edge in edges if start < edge < end})
        parts = []
        for left, right in pairwise(cuts):
            role = "number" if right <= number else "heading" if right <= heading else ""
            marked = any(a <= left and right <= b for (a, b), _ in marks)
            ending = tuple(note for (_, b), note in marks if b == right)
            parts.append(Part(clause.text[left:right], role, marked, ending))
        yield tuple(parts)


def _printed_lines(clause: Clause) -> list[tuple[int, int]]:
    """Where lines begin and end that were lines in print; a list begins a new one with each entry."""
    lengths = [span.end - span.start for span in clause.spans]
    if sum(lengths) != len(clause.text):
        return [(0, len(clause.text))]
    lines: list[tuple[int, int]] = []
    at = 0
    for length in lengths:
        fresh = clause.kind is ClauseKind.SIGNATURE or _NEW_LINE.match(clause.text, at)
        if lines and not fresh:
            lines[-1] = (lines[-1][0], at + length)
        else:
            lines.append((at, at + length))
        at += length
    return lines


def _place_of(remark: Remark, clause: Clause) -> tuple[int, int] | None:
    """Where the words of a remark stand in its clause, blanks aside; ``None`` when they do not."""
    letters = [re.escape(letter) for letter in remark.words if not letter.isspace()]
    if not letters:
        return None
    found = [match.span() for match in re.finditer(r"\s*".join(letters), clause.text)]
    if len(found) > 1 and remark.at is not None:
        meant = _offset(clause, remark.at)
        found.sort(key=lambda place: abs(place[0] - meant))
    return found[0] if found else None


def _offset(clause: Clause, at: int) -> int:
    """The place in a clause's text of a character of the source."""
    passed = 0
    for span in clause.spans:
        if at < span.end:
            return passed + max(0, at - span.start)
        passed += span.end - span.start
    return passed
