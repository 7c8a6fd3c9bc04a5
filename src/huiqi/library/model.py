"""What the library is made of: sources, documents, clauses, and what is said about them.

A source is a text as it came, character for character. A document is a stretch of it, and a tree of clauses;
every clause knows which characters of the source are its own. Nothing is corrected: a slip gets a remark.
Names follow Akoma Ntoso 1.0 (OASIS, 2018) where it has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (excluded) of a source's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pages:
    """印刷页: the printed page that a clause begins on.

    ``first`` and ``last`` differ when the source lost pages and the number can only be bounded.
    """

    first: int
    last: int

    def __str__(self) -> str:
        return f"第{self.first}页" if self.first == self.last else f"第{self.first}～{self.last}页"


class LineKind(StrEnum):
    """What a physical line of a source is."""

    TEXT = "正文"
    BLANK = "空行"
    PAGE_MARK = "页码"
    JUNK = "杂质"  # file paths, script links: what a copy from a screen left behind


@dataclass(frozen=True, slots=True)
class Source:
    """One official text as it came in.

    ``text`` is exactly what was read (decoded, and line ends made one character; otherwise untouched).
    ``page_starts`` are offsets at which the medium itself says that a page begins (form feeds, PDF pages).
    ``paragraphs`` says that a line is a paragraph (Word, HTML); otherwise lines are printed lines, which cut
    sentences anywhere.
    ``digest`` is the SHA-256 of the file's bytes.
    """

    name: str
    text: str
    medium: str  # 文本 | PDF | Word | 网页
    encoding: str
    digest: str
    paragraphs: bool = False
    page_starts: tuple[int, ...] = ()
    losses: tuple[Loss, ...] = ()  # what the medium has and the text has not: pictures, scanned pages


class ClauseKind(StrEnum):
    """What a clause is. The first group holds others, the second is numbered, the third is not."""

    COVER = "印发通知"
    MAIN = "正文"
    ATTACHMENT = "附件"

    PART = "编"
    CHAPTER = "章"
    SECTION = "节"
    ARTICLE = "条"
    ITEM = "一、"
    SUBITEM = "（一）"
    POINT = "1."
    SUBPOINT = "（1）"
    DETAIL = "①"
    STEP = "步"

    TITLE = "标题"
    NUMBER = "文号"
    ADDRESSEE = "主送"
    PREAMBLE = "前言"
    HEADING = "小标题"  # a heading without a number
    PARAGRAPH = "款"
    CLOSING = "结尾"
    ATTACHMENT_LIST = "附件说明"
    SIGNATURE = "落款"
    REMARK = "附注"  # 此件公开发布, 本文有删减, a contact
    FRAGMENT = "散落文字"  # what is left of a table or a form

    @property
    def is_numbered(self) -> bool:
        """Whether it carries a number of its own."""
        return self in _NUMBERED

    @property
    def is_text(self) -> bool:
        """Whether it says something that can be cited and searched, rather than frame it."""
        return self not in _FRAME


_NUMBERED = frozenset(
    {
        ClauseKind.PART,
        ClauseKind.CHAPTER,
        ClauseKind.SECTION,
        ClauseKind.ARTICLE,
        ClauseKind.ITEM,
        ClauseKind.SUBITEM,
        ClauseKind.POINT,
        ClauseKind.SUBPOINT,
        ClauseKind.DETAIL,
        ClauseKind.STEP,
    }
)
_FRAME = frozenset(
    {
        ClauseKind.COVER,
        ClauseKind.MAIN,
        ClauseKind.ATTACHMENT,
        ClauseKind.TITLE,
        ClauseKind.NUMBER,
        ClauseKind.ADDRESSEE,
        ClauseKind.ATTACHMENT_LIST,
        ClauseKind.SIGNATURE,
        ClauseKind.REMARK,
        ClauseKind.FRAGMENT,
    }
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of a document: its own words, then its children in order.

    ``text`` is what ``spans`` of the source hold, one after the other: number, heading and first paragraph.
    What follows a list inside a clause is a child of its own (款): all texts in order are the document.
    ``id`` is unique in the document and made as an Akoma Ntoso eId (``main__para_1__subpara_2__point_3``);
    ``cite`` is how the field cites it (``一、（二）3.``, ``第七条第二款``, ``附件1 一、``).
    """

    id: str
    kind: ClauseKind
    cite: str
    text: str
    spans: tuple[Span, ...]
    number_length: int = 0  # the first characters of text that are its number
    heading_length: int = 0  # the characters after the number that are its heading
    pages: Pages | None = None
    children: tuple[Clause, ...] = ()

    @property
    def number(self) -> str:
        """Its number as printed, ``（二）``; empty when it has none."""
        return self.text[: self.number_length].strip()

    @property
    def heading(self) -> str:
        """Its heading without the number and the full stop; empty when it has none."""
        return self.text[self.number_length : self.number_length + self.heading_length].strip(" 。：:")

    @property
    def body(self) -> str:
        """Its own words after number and heading."""
        return self.text[self.number_length + self.heading_length :].strip()

    def walk(self) -> Iterator[Clause]:
        """The clause and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def whole_text(self) -> str:
        """Its words and those of all below it."""
        return "".join(clause.text for clause in self.walk())

    def with_children(self, children: tuple[Clause, ...]) -> Clause:
        """The same clause with other children."""
        return replace(self, children=children)


class Level(StrEnum):
    """级别: who issued it."""

    NATION = "国家"
    PROVINCE = "省"
    CITY = "市"
    COUNTY = "县区"
    UNKNOWN = "未知"


@dataclass(frozen=True, slots=True)
class Dated:
    """A day that a document sets for itself, with the clause that says so.

    ``day`` is ``None`` when the text says it only by reference (自印发之日起 without a date of issue).
    """

    day: date | None
    clause: str  # id of the clause; empty when it follows from the date of issue
    words: str = ""  # the few characters that say it


@dataclass(frozen=True, slots=True)
class Repeal:
    """废止: another document, or a part of one, that this one ends."""

    title: str
    number: str
    clause: str
    extent: str = ""  # what of it ends, when not the whole


class LossKind(StrEnum):
    """What a text has visibly lost."""

    TABLE = "表格缺失"
    ATTACHMENT = "附件缺失"
    PAGES = "缺页"
    SCATTERED = "表格散落"
    CUT = "文字中断"
    ABRIDGED = "有删减"
    TITLE = "标题缺失"
    BODY = "正文缺失"
    PICTURE = "图片"
    NUMBER = "编号缺失"
    UNREADABLE = "不能识读"


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that is visibly missing, and where."""

    kind: LossKind
    what: str
    at: int  # offset into the source
    document: str = ""  # id of the document
    clause: str = ""
    pages: Pages | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A note on a place of the text: a slip that is shown and not corrected, or a later law.

    ``by`` is ``程序`` for what the reader of the text found itself, ``整理`` for what people noted.
    """

    document: str
    clause: str
    words: str  # the characters it is about, as printed
    note: str
    by: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An official document with everything that belongs to it: covering notice, instrument, attachments."""

    id: str
    title: str
    number: str | None
    issuers: tuple[str, ...]
    issued: date | None
    level: Level
    region: str  # GB/T 2260, "000000" for the nation, "" when it cannot be told
    clauses: tuple[Clause, ...]  # COVER, MAIN and ATTACHMENT nodes in order; a plain document has MAIN only
    span: Span
    effective: Dated | None = None
    expires: Dated | None = None
    repeals: tuple[Repeal, ...] = ()
    addressees: str = ""
    cover_title: str = ""  # the title of the covering notice, when there is one
    within: str = ""  # id of the document it is printed in, when it is embedded
    section: str = ""  # the part of the compendium it stands in
    source: str = ""

    def walk(self) -> Iterator[Clause]:
        """Every clause, in the order of the text."""
        for clause in self.clauses:
            yield from clause.walk()

    def clause(self, identifier: str) -> Clause | None:
        """The clause with an id."""
        return next((clause for clause in self.walk() if clause.id == identifier), None)

    def whole_text(self) -> str:
        """All its words, without page marks, junk and line breaks."""
        return "".join(clause.text for clause in self.walk())


@dataclass(frozen=True, slots=True)
class Reading:
    """What one source was read into.

    ``between`` are the words of the source that belong to no document: a preface, headings of a compendium.
    ``left_out`` are page marks and junk. Together with the clauses they are the whole source but for line
    breaks and the blanks around them.
    """

    source: Source
    documents: tuple[Document, ...]
    between: tuple[Clause, ...] = ()
    left_out: tuple[tuple[LineKind, Span], ...] = ()
    losses: tuple[Loss, ...] = ()
    remarks: tuple[Remark, ...] = field(default=())
