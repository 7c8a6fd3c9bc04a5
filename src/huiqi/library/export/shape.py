"""The shape of the library's JSON, field by field: what ``--json`` prints.

Fields are named as in the model and stay as they are; new ones may be added. Lone surrogates, which no JSON
file can hold, are written as U+FFFD, one for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from huiqi.library.model import (
    Clause,
    ClauseKind,
    Dated,
    Document,
    Level,
    LineKind,
    Loss,
    LossKind,
    Pages,
    Reading,
    Remark,
    Repeal,
    Source,
    Span,
)

_SURROGATE = re.compile("[\ud800-\udfff]")


def _writable(value: object) -> object:
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_writable)]
Day = Annotated[date, Field(strict=False)]
Pair = Annotated[tuple[int, int], Field(strict=False)]
"""``[start, end]`` of a span, the end excluded; ``[first, last]`` of pages, both included."""


class Shape(BaseModel):
    """Part of the JSON: no keys but these, and no value of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ClauseShape(Shape):
    """A clause with all below it."""

    id: Text = Field(description="Unique in its document; also its eId in Akoma Ntoso.")
    kind: ClauseKind = Field(description="What it is.", strict=False)
    cite: Text = Field(description="How it is cited.")
    number: Text = Field(description="Its number as printed, out of text; empty when it has none.")
    heading: Text = Field(
        description="Its heading without the full stop, out of text; empty when it has none."
    )
    text: Text = Field(description="Its own words: number, heading and first paragraph.")
    number_length: int = Field(description="The first characters of text that are the number.")
    heading_length: int = Field(description="The characters after the number that are the heading.")
    spans: list[Pair] = Field(
        description="Where its own words stand in the source, as [start, end), in characters."
    )
    pages: Pair | None = Field(
        description="[first, last] printed page it begins on; they differ when pages are lost."
    )
    children: list[ClauseShape] = Field(description="The clauses below it, in order.")

    @classmethod
    def of(cls, clause: Clause) -> ClauseShape:
        """The shape of a clause."""
        return cls(
            id=clause.id,
            kind=clause.kind,
            cite=clause.cite,
            number=clause.number,
            heading=clause.heading,
            text=clause.text,
            number_length=clause.number_length,
            heading_length=clause.heading_length,
            spans=[(span.start, span.end) for span in clause.spans],
            pages=_pages(clause.pages),
            children=[cls.of(child) for child in clause.children],
        )

    def clause(self) -> Clause:
        """The clause of this shape."""
        return Clause(
            id=self.id,
            kind=self.kind,
            cite=self.cite,
            text=self.text,
            spans=tuple(Span(*span) for span in self.spans),
            number_length=self.number_length,
            heading_length=self.heading_length,
            pages=Pages(*self.pages) if self.pages else None,
            children=tuple(child.clause() for child in self.children),
        )


class DatedShape(Shape):
    """A day that a document sets for itself."""

    day: Day | None = Field(description="null when the text says it only by reference to another day.")
    clause: Text = Field(
        description="Id of the clause that says so; empty when it follows from the day of issue."
    )
    words: Text = Field(description="The few characters that say it.")

    @classmethod
    def of(cls, dated: Dated | None) -> DatedShape | None:
        """The shape of a day, of none when there is none."""
        return None if dated is None else cls(day=dated.day, clause=dated.clause, words=dated.words)

    def dated(self) -> Dated:
        """The day of this shape."""
        return Dated(self.day, self.clause, self.words)


class RepealShape(Shape):
    """Another document, or a part of one, that this one ends."""

    title: Text
    number: Text
    clause: Text = Field(description="Id of the clause that says so.")
    extent: Text = Field(description="What of it ends, when not the whole.")

    @classmethod
    def of(cls, repeal: Repeal) -> RepealShape:
        """The shape of a repeal."""
        return cls(title=repeal.title, number=repeal.number, clause=repeal.clause, extent=repeal.extent)

    def repeal(self) -> Repeal:
        """The repeal of this shape."""
        return Repeal(self.title, self.number, self.clause, self.extent)


class LossShape(Shape):
    """Something that is visibly missing."""

    kind: LossKind = Field(strict=False)
    what: Text
    at: int = Field(description="Offset into the source.")
    document: Text = Field(description="Id of the document; empty when it is of none.")
    clause: Text = Field(description="Id of the clause; empty when it is of none.")
    pages: Pair | None

    @classmethod
    def of(cls, loss: Loss) -> LossShape:
        """The shape of a loss."""
        return cls(
            kind=loss.kind,
            what=loss.what,
            at=loss.at,
            document=loss.document,
            clause=loss.clause,
            pages=_pages(loss.pages),
        )


class RemarkShape(Shape):
    """A note on a place of the text."""

    document: Text
    clause: Text
    words: Text = Field(description="The characters it is about, as printed.")
    note: Text
    by: Text = Field(description="程序 when the reader of the text found it, 整理 when people noted it.")
    at: int | None = Field(description="Offset into the source.")

    @classmethod
    def of(cls, remark: Remark) -> RemarkShape:
        """The shape of a remark."""
        return cls(
            document=remark.document,
            clause=remark.clause,
            words=remark.words,
            note=remark.note,
            by=remark.by,
            at=remark.at,
        )


class DocumentShape(Shape):
    """A document with its clauses, and what is said about them."""

    id: Text
    title: Text
    number: Text | None = Field(description="文号; null when it has none.")
    issuers: list[Text]
    issued: Day | None = Field(description="The day of issue; null when it is not known.")
    level: Level = Field(strict=False)
    region: Text = Field(description="GB/T 2260; 000000 for the nation, empty when it cannot be told.")
    effective: DatedShape | None
    expires: DatedShape | None
    repeals: list[RepealShape]
    addressees: Text
    cover_title: Text = Field(description="Title of the covering notice; empty when there is none.")
    within: Text = Field(description="Id of the document it is printed in; empty when it stands by itself.")
    section: Text = Field(description="The part of the compendium it stands in.")
    source: Text = Field(description="Name of the source.")
    span: Pair
    clauses: list[ClauseShape] = Field(description="Covering notice, main text and attachments, in order.")
    losses: list[LossShape]
    remarks: list[RemarkShape]

    @classmethod
    def of(cls, document: Document, losses: Iterable[Loss], remarks: Iterable[Remark]) -> DocumentShape:
        """The shape of a document with what is said about it."""
        return cls(
            id=document.id,
            title=document.title,
            number=document.number,
            issuers=list(document.issuers),
            issued=document.issued,
            level=document.level,
            region=document.region,
            effective=DatedShape.of(document.effective),
            expires=DatedShape.of(document.expires),
            repeals=[RepealShape.of(repeal) for repeal in document.repeals],
            addressees=document.addressees,
            cover_title=document.cover_title,
            within=document.within,
            section=document.section,
            source=document.source,
            span=(document.span.start, document.span.end),
            clauses=[ClauseShape.of(clause) for clause in document.clauses],
            losses=[LossShape.of(loss) for loss in losses],
            remarks=[RemarkShape.of(remark) for remark in remarks],
        )

    def document(self) -> Document:
        """The document of this shape."""
        return Document(
            id=self.id,
            title=self.title,
            number=self.number,
            issuers=tuple(self.issuers),
            issued=self.issued,
            level=self.level,
            region=self.region,
            clauses=tuple(clause.clause() for clause in self.clauses),
            span=Span(*self.span),
            effective=self.effective.dated() if self.effective else None,
            expires=self.expires.dated() if self.expires else None,
            repeals=tuple(repeal.repeal() for repeal in self.repeals),
            addressees=self.addressees,
            cover_title=self.cover_title,
            within=self.within,
            section=self.section,
            source=self.source,
        )


class SourceShape(Shape):
    """The source that was read; its text is not repeated, the digest says which it was."""

    name: Text
    medium: Text
    encoding: Text
    digest: Text = Field(description="SHA-256 of the file's bytes.")
    paragraphs: bool = Field(description="Whether a line is a paragraph; otherwise lines are printed lines.")
    page_starts: list[int] = Field(description="Offsets at which the medium says that a page begins.")
    losses: list[LossShape] = Field(description="What the medium has and the text has not.")

    @classmethod
    def of(cls, source: Source) -> SourceShape:
        """The shape of a source."""
        return cls(
            name=source.name,
            medium=source.medium,
            encoding=source.encoding,
            digest=source.digest,
            paragraphs=source.paragraphs,
            page_starts=list(source.page_starts),
            losses=[LossShape.of(loss) for loss in source.losses],
        )


class LeftOutShape(Shape):
    """A line of the source that is no text."""

    kind: LineKind = Field(strict=False)
    span: Pair


class ReadingShape(Shape):
    """What one source was read into."""

    source: SourceShape
    documents: list[DocumentShape]
    between: list[ClauseShape] = Field(description="Words of the source that belong to no document.")
    left_out: list[LeftOutShape] = Field(description="Page marks and junk.")
    losses: list[LossShape] = Field(description="Those of no document.")
    remarks: list[RemarkShape] = Field(description="Those of no document.")

    @classmethod
    def of(cls, reading: Reading) -> ReadingShape:
        """The shape of a reading: losses and remarks stand with the document that they are about."""
        known = {document.id for document in reading.documents}
        return cls(
            source=SourceShape.of(reading.source),
            documents=[
                DocumentShape.of(
                    document,
                    [loss for loss in reading.losses if loss.document == document.id],
                    [remark for remark in reading.remarks if remark.document == document.id],
                )
                for document in reading.documents
            ],
            between=[ClauseShape.of(clause) for clause in reading.between],
            left_out=[
                LeftOutShape(kind=kind, span=(span.start, span.end)) for kind, span in reading.left_out
            ],
            losses=[LossShape.of(loss) for loss in reading.losses if loss.document not in known],
            remarks=[RemarkShape.of(remark) for remark in reading.remarks if remark.document not in known],
        )


def _pages(pages: Pages | None) -> tuple[int, int] | None:
    return None if pages is None else (pages.first, pages.last)
