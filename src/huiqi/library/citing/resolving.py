"""Which clause of a document a citation is: found, missing with the nearest addresses, or ambiguous."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from huiqi.library.blanks import squeeze
from huiqi.library.citing.grammar import Citation, Step, address, parse
from huiqi.library.model import Clause, ClauseKind, Document
from huiqi.library.structure.numerals import read_number


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A citation that leads to no clause, or to several; ``nearest`` are addresses that exist."""

    citation: Citation
    reason: str
    nearest: tuple[str, ...] = ()

    @property
    def hint(self) -> str:
        """The addresses that exist, for people; empty when none is near."""
        quoted = "".join(f"“{each}”" for each in self.nearest)
        return f"最近的是{quoted}" if quoted else ""

    def __str__(self) -> str:
        return f"{self.reason}（{self.hint}）" if self.hint else self.reason


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a text cites: clauses in the order cited, other documents (``outside``, 库外), and problems.

    A clause may come without its later paragraphs, when only its first (第一款) is cited.
    """

    text: str
    clauses: tuple[Clause, ...] = ()
    outside: tuple[Citation, ...] = ()
    problems: tuple[Unresolved, ...] = ()


def resolve(document: Document, text: str) -> Resolved:
    """The clauses of ``document`` that ``text`` cites. Never raises: see the problems."""
    return Addresses(document).resolve(text)


_AS_WRITTEN: Mapping[ClauseKind, tuple[ClauseKind, ...]] = {
    # texts that are not divided into articles are cited as if they were: 第十三条 of 十三、
    ClauseKind.ARTICLE: (ClauseKind.ITEM, ClauseKind.POINT),
    ClauseKind.SUBITEM: (ClauseKind.ITEM, ClauseKind.POINT, ClauseKind.SUBPOINT),
    ClauseKind.POINT: (ClauseKind.SUBPOINT, ClauseKind.DETAIL),
}
_FOLD = str.maketrans("(),.０１２３４５６７８９．", "（），.0123456789.")
_NEAREST = 3


class Addresses:
    """The addresses of one document, kept so that many citations of it are resolved quickly."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._all = tuple(document.walk())
        self._kinds = frozenset(clause.kind for clause in self._all)
        self._printed: dict[str, list[Clause]] = {}
        for clause in self._all:
            self._printed.setdefault(_folded(clause.cite), []).append(clause)

    def resolve(self, text: str) -> Resolved:
        """The clauses that a text cites."""
        exact = self._printed.get(_folded(text), [])
        if len(exact) == 1:
            return Resolved(text, (exact[0],))
        clauses: dict[str, Clause] = {}
        outside: list[Citation] = []
        problems: list[Unresolved] = []
        for citation in parse(text):
            if citation.document:
                outside.append(citation)
                continue
            found = self.follow(citation)
            if isinstance(found, Unresolved):
                problems.append(found)
            else:
                clauses.update((clause.id, clause) for clause in found)
        return Resolved(text, tuple(clauses.values()), tuple(outside), tuple(problems))

    def follow(self, citation: Citation) -> tuple[Clause, ...] | Unresolved:
        """The clauses of one citation, whatever document it names."""
        if citation.unread:
            return Unresolved(citation, f"看不懂依据“{citation.unread}”")
        printed = self._printed.get(_folded(citation.text), [])
        if len(printed) == 1 and all(step.last == step.number for step in citation.steps):
            return (printed[0],)
        under: tuple[Clause, ...] = self._start(citation.steps[0])
        for at, step in enumerate(citation.steps):
            # a range is the end of a citation; what is above it must be one clause
            found = self._step(under, step)
            if not found:
                return self._missing(citation, citation.steps[: at + 1], under)
            if len(found) > 1 and not _is_range(step) and not _are_one(found):
                several = tuple(clause.cite for clause in found)
                return Unresolved(
                    citation, f"“{address(citation.steps[: at + 1])}”不止一处", several[:_NEAREST]
                )
            under = found
        return under

    def _start(self, step: Step) -> tuple[Clause, ...]:
        """Where the first step begins: the instrument itself, unless it names another division."""
        if step.kind in _DIVISIONS:
            return self.document.clauses
        return tuple(clause for clause in self.document.clauses if clause.kind is ClauseKind.MAIN)

    def _step(self, under: Sequence[Clause], step: Step) -> tuple[Clause, ...]:
        match step.kind:
            case kind if kind in _DIVISIONS:
                return tuple(_divisions(under, step))
            case ClauseKind.PARAGRAPH:
                return _paragraphs(under, step)
            case ClauseKind.HEADING:
                return tuple(
                    clause
                    for clause in _below(under)
                    if clause.kind is ClauseKind.HEADING and _folded(clause.heading) == _folded(step.name)
                )
            case _ if step.number:
                return self._numbered(under, step)
            case _:
                return self._place(under, step.kind)

    def _numbered(self, under: Sequence[Clause], step: Step) -> tuple[Clause, ...]:
        kinds = [step.kind]
        if step.kind not in self._kinds:
            kinds = [kind for kind in _AS_WRITTEN.get(step.kind, ()) if kind in self._kinds]
        numbers = range(step.number, step.last + 1)
        for kind in kinds:
            found = tuple(_shallowest(under, kind, numbers))
            if found and (not _is_range(step) or [number_of(each) for each in found] == list(numbers)):
                return found
        return ()

    def _place(self, under: Sequence[Clause], kind: ClauseKind) -> tuple[Clause, ...]:
        """A place of the frame; the covering notice has it when the instrument has none."""
        found = tuple(clause for clause in _below(under) if clause.kind is kind)
        if not found:
            others = (one for one in self.document.clauses if one.kind is not ClauseKind.ATTACHMENT)
            found = tuple(clause for clause in _below(tuple(others)) if clause.kind is kind)
        if not found and kind is ClauseKind.SIGNATURE:  # （2024年4月8日…公布） under the title
            found = tuple(clause for clause in self._all if clause.kind is ClauseKind.NUMBER)
        if not found and kind is ClauseKind.PREAMBLE:
            # without one, what stands before the first number
            for division in under:
                front = takewhile(lambda clause: not clause.kind.is_numbered, division.children)
                found += tuple(clause for clause in front if clause.kind not in _HEAD)
        if not found and kind is ClauseKind.CLOSING:
            for division in under:
                last = [clause for clause in division.children if clause.kind.is_text][-1:]
                found += tuple(clause for clause in last if not clause.kind.is_numbered)
        return found

    def _missing(self, citation: Citation, steps: Sequence[Step], under: Sequence[Clause]) -> Unresolved:
        step = steps[-1]
        parent = address(steps[:-1])
        if _is_range(step):
            reason = f"“{address(steps)}”不全，或不止一处"
        elif parent:
            reason = f"“{parent}”下面没有“{address(steps).removeprefix(parent).strip()}”"
        else:
            reason = f"没有“{address(steps)}”"
        return Unresolved(citation, reason, tuple(self._nearest(step, under))[:_NEAREST])

    def _nearest(self, step: Step, under: Sequence[Clause]) -> Iterator[str]:
        """The same number elsewhere, then the closest numbers under the same parent."""
        if step.kind in _DIVISIONS or not step.number:
            yield from (one.cite for one in self.document.clauses)
            return
        same = [one for one in self._all if one.kind is step.kind and number_of(one) == step.number]
        inside = [one for one in _below(under) if one.kind is step.kind]
        inside.sort(key=lambda one: abs((number_of(one) or 0) - step.number))
        seen = dict.fromkeys(one.cite for one in (*same, *inside))
        yield from seen or dict.fromkeys(one.cite for one in _below(under) if one.kind.is_numbered)


_DIVISIONS = (ClauseKind.COVER, ClauseKind.MAIN, ClauseKind.ATTACHMENT)
_HEAD = (
    ClauseKind.TITLE,
    ClauseKind.NUMBER,
    ClauseKind.ADDRESSEE,
    ClauseKind.ATTACHMENT_LIST,
    ClauseKind.REMARK,
)


def number_of(clause: Clause) -> int | None:
    """The number that a clause has; ``None`` for one without."""
    return read_number(clause.number.strip("第编章节条步（()）、.． ")) if clause.number else None


def _folded(text: str) -> str:
    return squeeze(text).translate(_FOLD).rstrip("、")


def _is_range(step: Step) -> bool:
    return step.last > step.number


def _are_one(clauses: Sequence[Clause]) -> bool:
    """Whether several clauses are one place: the paragraphs of an end, the lines of a signature."""
    kinds = {clause.kind for clause in clauses}
    return len(kinds) == 1 and not kinds.pop().is_numbered


def _below(under: Iterable[Clause]) -> Iterator[Clause]:
    for clause in under:
        for child in clause.children:
            yield from child.walk()


def _divisions(under: Sequence[Clause], step: Step) -> Iterator[Clause]:
    for clause in under:
        if clause.kind is step.kind and step.number in (0, _attachment_number(clause)):
            yield clause


def _attachment_number(clause: Clause) -> int:
    return read_number(clause.cite.removeprefix("附件")) or 0


def _shallowest(under: Sequence[Clause], kind: ClauseKind, numbers: range) -> Iterator[Clause]:
    """The clauses of a kind and numbers that stand highest below some clauses."""
    level = [child for clause in under for child in clause.children]
    while level:
        found = [clause for clause in level if clause.kind is kind and number_of(clause) in numbers]
        if found:
            yield from found
            return
        level = [child for clause in level for child in clause.children]


def _paragraphs(under: Sequence[Clause], step: Step) -> tuple[Clause, ...]:
    """第二款 of a clause; its first paragraph is its own text, unless that is only a number."""
    found: list[Clause] = []
    numbers = range(step.number, step.last + 1)
    own = [clause for clause in under if clause.kind is ClauseKind.PARAGRAPH or clause.kind.is_numbered]
    places = [clause for clause in under if clause not in own]
    for clause in own:
        paragraphs = [child for child in clause.children if child.kind is ClauseKind.PARAGRAPH]
        first = 1 if not clause.body and clause.kind is ClauseKind.ARTICLE else 2
        if first == 2 and 1 in numbers:
            rest = takewhile(lambda child: child.kind is not ClauseKind.PARAGRAPH, clause.children)
            found.append(clause.with_children(tuple(rest)))
        found += [child for nth, child in enumerate(paragraphs, start=first) if nth in numbers]
    if places and all(clause.children for clause in places):
        places = [
            child for clause in places for child in clause.children if child.kind is ClauseKind.PARAGRAPH
        ]
    found += [clause for nth, clause in enumerate(places, start=1) if nth in numbers]
    return tuple(found) if len(found) == len(numbers) else ()
