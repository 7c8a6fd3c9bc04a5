"""What a booklet says, before it has a look: documents, their benefits and clauses, indexes, what changed.

Everything that a reader sees is words here already; a renderer knows nothing of rules or of law.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiqi.booklet.manifest import Manifest
from huiqi.library.model import ClauseKind
from huiqi.library.store import State


class Texts(StrEnum):
    """How much of the official text is printed."""

    FULL = "全文"
    CITED = "被引用的条款"
    NONE = "不印原文"


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation as the field writes it, and the anchor of its clause where that is printed here."""

    words: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a document on the day: the dates in words, and the clause that sets them."""

    state: State
    words: str
    references: tuple[Reference, ...] = ()
    remarks: tuple[str, ...] = ()  # what ends a part of it, or where two readings of the dates differ


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition in words; ``parts`` when one of several is enough."""

    name: str
    words: str
    references: tuple[Reference, ...] = ()
    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """How much: the figure for anybody, what it promises, and how it is reckoned.

    ``kind`` is 定额, 不超过 or 按比例; ``parts`` are its 明细; ``limits`` are caps over several grants, each
    with its clause; ``shares`` says which level pays how much.
    """

    worth: str
    kind: str
    how: str
    parts: tuple[tuple[str, str], ...] = ()
    limits: tuple[tuple[str, tuple[Reference, ...]], ...] = ()
    shares: str = ""
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence with the clause that it rests on."""

    words: str
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class BenefitEntry:
    """One benefit as the booklet tells it.

    ``ended`` says why it does not hold on the day, and is empty when it does. ``uncomputable`` says why no
    amount is stated. ``unjudged`` is what no program judges (未编码), ``unconfirmed`` what was used though no
    official source was seen (核实: 否).
    """

    id: str
    anchor: str
    name: str
    summary: str
    form: str
    matching: bool  # 配套: it tops up money of a higher level
    who: tuple[str, ...]
    subject: str
    conditions: tuple[Condition, ...]
    quota: Note | None
    amount: Amount | None
    uncomputable: str
    departments: tuple[str, ...]
    references: tuple[Reference, ...]
    period: Note
    ended: str
    unjudged: tuple[str, ...]
    later: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    together: tuple[Note, ...]
    handling: Note | None
    note: str

    @property
    def worth(self) -> str:
        """How much, in the few words that lists have room for; empty when there is no amount."""
        return self.amount.worth if self.amount else ""

    @property
    def applicants(self) -> str:
        """Who can apply, in words."""
        return "、".join(self.who) if self.who else "文件没有限定"


@dataclass(frozen=True, slots=True)
class ClauseEntry:
    """A clause of the official text, as printed in the booklet.

    ``lines`` are its words as the source broke them, where that matters (a signature, pieces of a table).
    ``benefits`` are anchors and names of the benefits that rest on it; ``remarks`` say what is missing or odd
    here.
    """

    anchor: str
    kind: ClauseKind
    cite: str
    number: str
    heading: str
    body: str
    lines: tuple[str, ...] = ()
    benefits: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Everything it says, number first."""
        return f"{self.number}{self.heading}{self.body}"


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One line of what a document holds: the clause's number and heading."""

    words: str
    depth: int
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """An official document in the booklet: its facts, its benefits, its text.

    ``has_text`` says that the library has it.
    """

    key: str
    anchor: str
    title: str
    number: str
    issuers: tuple[str, ...]
    issued: date | None
    level: str
    cover: str  # the title of the notice that issued it, where it has another
    within: tuple[tuple[str, str], ...]  # anchor and title of the document it is printed in
    standing: Standing
    summary: str
    note: str
    benefits: tuple[BenefitEntry, ...]
    contents: tuple[ContentsLine, ...]
    clauses: tuple[ClauseEntry, ...]
    has_text: bool
    losses: tuple[Note, ...] = ()
    remarks: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The documents of one level."""

    name: str
    anchor: str
    documents: tuple[DocumentEntry, ...]


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One entry of an index: a department, a kind of applicant, a kind of help, with its benefits."""

    name: str
    benefits: tuple[tuple[str, str], ...]  # anchor, name


@dataclass(frozen=True, slots=True)
class Index:
    """One way to find a benefit."""

    name: str
    anchor: str
    lines: tuple[IndexLine, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is different from the last edition; ``anchor`` is empty for what is gone."""

    words: str
    anchor: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the last edition, sorted by what happened."""

    since: date
    title: str
    groups: tuple[tuple[str, tuple[Change, ...]], ...]
    warning: str = ""  # when the two editions do not choose alike

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not self.groups


@dataclass(frozen=True, slots=True)
class Booklet:
    """A whole edition."""

    title: str
    place: str
    issuer: str
    on: date
    texts: Texts
    selection: str  # what was chosen, in words; empty for everything
    parts: tuple[Part, ...]
    indexes: tuple[Index, ...]
    changes: Changes | None
    between: tuple[Note, ...]  # what was lost, and cannot be told of which document
    unconfirmed: tuple[
        tuple[str, str], ...
    ]  # anchor and name of benefits that lean on what was not confirmed
    note: str
    manifest: Manifest

    def documents(self) -> Iterator[DocumentEntry]:
        """Every document, in the order of the booklet."""
        for part in self.parts:
            yield from part.documents

    def benefits(self) -> Iterator[BenefitEntry]:
        """Every benefit, in the order of the booklet."""
        for document in self.documents():
            yield from document.benefits
