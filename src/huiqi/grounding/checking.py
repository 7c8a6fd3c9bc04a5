"""One run of grounding: each claim's citation is followed, and what it says is looked for there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from huiqi.catalogue.shape import Text
from huiqi.catalogue.source import error_at, warning_at
from huiqi.grounding import compare, words
from huiqi.grounding.claims import Claim, SaidDay, SaidFigure, SaidWords
from huiqi.grounding.explained import Entry, Explained, unused
from huiqi.grounding.gather import HEAD
from huiqi.grounding.result import Checked, Grounding
from huiqi.grounding.texts import Passage, Texts
from huiqi.language.benefit import Document as PolicyDocument
from huiqi.language.benefit import Period
from huiqi.language.syntax import Span
from huiqi.language.units import Number
from huiqi.library.citing import Citation, documents_of, parse
from huiqi.library.knowledge import Body
from huiqi.library.model import Clause, Document, Level

Stands: TypeAlias = Callable[[Passage], bool]


class Checking:
    """The texts that are cited, and what was found so far."""

    def __init__(self, documents: Sequence[Document], explained: Explained, bodies: Sequence[Body]) -> None:
        self._documents, self._explained, self._bodies = documents, explained, bodies
        self._texts: dict[str, Texts] = {}  # by the catalogue's id of a document
        self._others: dict[str, Texts | None] = {}  # by the name in a citation
        self._periods: dict[str, Period] = {}
        self._found = list(explained.diagnostics)
        self._used: list[Text] = []
        self._unchecked: set[str] = set()
        self._covered: dict[str, list[Passage]] = {}
        self._said: dict[str, set[Number]] = {}
        self._counts: Counter[Checked] = Counter()
        self._outside: Counter[str] = Counter()

    def result(self) -> Grounding:
        """Everything that was found, in the order of the files."""
        needed = (entry for entry in self._explained.entries if entry.where.text not in self._unchecked)
        found = [*self._found, *unused(needed, self._used)]
        found.sort(key=lambda one: (one.file, one.line, one.column))
        return Grounding(tuple(found), {kind: self._counts[kind] for kind in Checked}, dict(self._outside))

    def find(self, policy: PolicyDocument, head: Claim) -> None:
        """The text of a catalogue's document; says so when the library has none, or several."""
        self._periods[policy.id] = policy.period
        fitting = documents_of(policy.title, policy.number, self._documents)
        if len(fitting) == 1:
            self._texts[policy.id] = Texts(fitting[0], self._bodies)
            for what, message in _contradictions(policy, fitting[0]):
                self._report(head, head.at, what, message, "照原文改")
        elif fitting:
            message = f"政策库里不止一份“{policy.title}”"
            hint = f"有 {'、'.join(each.id for each in fitting[:3])}；写上文号就能分开"
            self._found.append(error_at(head.at, message, hint))
        else:
            message = f"政策库里没有“{policy.title}”，它的依据没有核对"
            self._found.append(warning_at(head.at, message, "把原文放进政策库，或看看标题、文号是否写错"))

    def check(self, claim: Claim) -> None:
        """One claim: its citation, then everything that it says."""
        passage = self._passage(claim)
        if passage is None:
            self._counts[Checked.UNSEEN] += len(claim.figures) + len(claim.days) + len(claim.words)
            return
        self._covered.setdefault(claim.owner, []).append(passage)
        self._said.setdefault(claim.owner, set()).update(one.number for one in claim.figures)
        self._counts[Checked.FIGURE] += len(claim.figures)
        self._counts[Checked.DAY] += len(claim.days)
        self._counts[Checked.BODY] += len(claim.bodies)
        self._counts[Checked.WORDS] += len(claim.words)
        for figure in claim.figures:
            if self._figure(claim, figure, passage) and not claim.own_boundaries:
                self._boundary(claim, figure, passage)
        for day in claim.days:
            if not self._bounds_period(claim, day):
                self._day(claim, day, passage)
        for body in claim.bodies:
            self._body(claim, body, passage)
        for wording in claim.words:
            self._wording(claim, wording, passage)

    def check_summary(self, claim: Claim) -> None:
        """The figures that a name and a summary tell: they stand where the benefit rests, or in its rule."""
        covered = [*self._covered.get(claim.owner, ()), *self._covered.get(claim.document, ())]
        if not covered:
            return
        passage, said = Passage.joined(covered), self._said.get(claim.owner, set())
        claim = replace(claim, cite="条款和规则")
        self._counts[Checked.TOLD] += len(claim.figures) + len(claim.days)
        for figure in claim.figures:
            if figure.number not in said:
                self._figure(claim, figure, passage)
        for day in claim.days:
            self._day(claim, day, passage)

    # ---- citations ----

    def _passage(self, claim: Claim) -> Passage | None:
        """What a claim's citation covers; ``None`` when that is outside the library, or cannot be found."""
        texts = self._texts.get(claim.document)
        if texts is None and claim.document:
            self._unchecked.update((claim.owner, claim.document))
            return None
        if texts and claim.name in HEAD:
            return texts.frame()
        if not claim.cite:
            if claim.figures or claim.days or claim.words:
                self._report(claim, claim.at, "依据", f"“{claim.name}”没有写依据", "补上条款，或写进说明")
            return None
        self._counts[Checked.CITATION] += 1
        passages = []
        if texts:
            resolved = texts.resolve(claim.cite)
            for problem in resolved.problems:
                self._wrong_citation(claim, problem.reason, problem.hint)
            if resolved.clauses:
                passages.append(texts.passage(resolved.clauses))
            outside = resolved.outside
        else:
            outside = tuple(one for one in parse(claim.cite) if one.document)
            if not outside:
                self._wrong_citation(claim, "旁边没有 benefits.yaml，要写明是哪份文件的")
        passages += [found for citation in outside if (found := self._elsewhere(claim, citation))]
        return Passage.joined(passages) if passages else None

    def _elsewhere(self, claim: Claim, citation: Citation) -> Passage | None:
        """What another document says, when the library has it; otherwise the citation is outside (库外)."""
        name = citation.document
        if name not in self._others:
            fitting = documents_of(name, None, self._documents)
            self._others[name] = Texts(fitting[0], self._bodies) if len(fitting) == 1 else None
        texts = self._others[name]
        if texts is None:
            self._counts[Checked.OUTSIDE] += 1
            self._outside[name] += 1
            return None
        clauses: Sequence[Clause] = texts.document.clauses
        if citation.steps:
            found = texts.follow(citation)
            if not isinstance(found, tuple):
                self._wrong_citation(claim, found.reason, found.hint)
                return None
            clauses = found
        return texts.passage(clauses)

    def _wrong_citation(self, claim: Claim, reason: str, hint: str = "") -> None:
        message = f"“{claim.name}”的依据“{claim.cite}”不对：{reason}"
        self._report(claim, claim.at, claim.cite, message, hint)

    # ---- what is said ----

    def _figure(self, claim: Claim, said: SaidFigure, passage: Passage) -> bool:
        def stands(place: Passage) -> bool:
            return compare.figure_stands(said, place)

        if stands(passage):
            return True
        message = f"“{claim.name}”的 {said.text} 在“{claim.cite}”里没有"
        self._report(claim, said.at, said.text, message, words.figures_there(said, passage), stands)
        return False

    def _boundary(self, claim: Claim, said: SaidFigure, passage: Passage) -> None:
        found = compare.occurrences(said, passage)
        self._counts[Checked.BOUNDARY] += bool(said.ops and any(one.op for one in found))
        if compare.boundary_agrees(said, found):
            return
        what = f"{said.text} {words.operator(said)}"
        message = f"“{claim.name}”写的是“{words.operator(said)} {said.text}”，与“{claim.cite}”的界限词不合"
        self._report(claim, said.at, what, message, words.boundary_there(found, passage))

    def _day(self, claim: Claim, said: SaidDay, passage: Passage) -> None:
        def stands(place: Passage) -> bool:
            return compare.day_stands(said, place)

        if not stands(passage):
            message = f"“{claim.name}”的 {said.day} 在“{claim.cite or _FRAME}”里没有"
            self._report(claim, said.at, said.day.isoformat(), message, words.days_there(passage), stands)

    def _bounds_period(self, claim: Claim, said: SaidDay) -> bool:
        """Whether a day is the document's first or last (适用期), used as such: it rests on the 适用期."""
        period = self._periods.get(claim.document)
        if period is None or (claim.name == "适用期" and claim.owner == claim.document):
            return False
        begins = said.day == period.start and bool(said.ops & {">=", "<"})
        ends = said.day == period.end and bool(said.ops & {"<=", ">"})
        return begins or ends

    def _body(self, claim: Claim, said: SaidWords, passage: Passage) -> None:
        texts = self._texts[claim.document]

        def stands(place: Passage) -> bool:
            return texts.names_body(said.text, place)

        if not stands(passage):
            there = "、".join(texts.bodies_of(passage))
            message = f"{claim.name}“{said.text}”在“{claim.cite or _FRAME}”里没有"
            self._report(claim, said.at, said.text, message, f"条款写的是 {there}" if there else "", stands)

    def _wording(self, claim: Claim, said: SaidWords, passage: Passage) -> None:
        def stands(place: Passage) -> bool:
            return place.holds(said.text)

        if not stands(passage):
            message = f"“{claim.name}”的字样“{said.text}”在“{claim.cite}”里没有"
            self._report(claim, said.at, said.text, message, words.words_there(said.text, passage), stands)

    def _report(
        self, claim: Claim, at: Span, what: str, message: str, hint: str, stands: Stands | None = None
    ) -> None:
        """A deviation, unless it was explained; an explanation that names a clause is held against it."""
        for entry in self._explained.about(claim, what):
            self._used += [each for each in entry.what if each.text == what]
            if entry.seen is None or self._is_seen(claim, entry, stands):
                self._counts[Checked.EXPLAINED] += 1
                return
            message += f"，说明里写的“{entry.seen}”里也没有"
        self._found.append(error_at(at, message, hint))

    def _is_seen(self, claim: Claim, entry: Entry, stands: Stands | None) -> bool:
        texts = self._texts.get(claim.document)
        if texts is None or stands is None or entry.seen is None:
            return False
        clauses = texts.resolve(entry.seen.text).clauses
        return bool(clauses) and stands(texts.passage(clauses))


_FRAME = "标题、文号、落款"


def _contradictions(policy: PolicyDocument, text: Document) -> list[tuple[str, str]]:
    """Where what a catalogue says of a document differs from the text: what it is about, and the message."""
    found = []
    if policy.number is None and text.number:
        found.append(("文号", f"原文有文号 {text.number}，规则里写的是没有"))
    if policy.issued is None and text.issued:
        found.append(("印发", f"原文写着 {text.issued} 印发，规则里写的是没有"))
    if text.level is not Level.UNKNOWN and policy.level != text.level.value:
        found.append(("级别", f"原文是{text.level.value}的文件，规则里写的是{policy.level}"))
    if text.region and policy.region != text.region:
        found.append(("地区", f"原文的地区是 {text.region}，规则里写的是 {policy.region}"))
    return found
