"""Reading official text: from a file to documents and clauses, with what was lost on the way.

The stages in order: lines and pages, divisions, frame and outline of each division, names of clauses, what
the document says of itself, losses and remarks. Pure: nothing is written; ``huiqi.library.store`` keeps it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from huiqi.library.knowledge import Knowledge
from huiqi.library.model import Clause, ClauseKind, Document, LineKind, Loss, Pages, Reading, Remark, Source
from huiqi.library.sources import SourceError, read_source
from huiqi.library.structure.closing import name_loose_text
from huiqi.library.structure.describe import Describer
from huiqi.library.structure.divisions import Divided, Division, Draft, divide
from huiqi.library.structure.frame import frame, node
from huiqi.library.structure.identify import named
from huiqi.library.structure.lines import Line, lines_of
from huiqi.library.structure.losses import losses_of, skipped_numbers
from huiqi.library.structure.nodes import Node
from huiqi.library.structure.outline import outline
from huiqi.library.structure.pages import number_pages
from huiqi.library.structure.paragraphs import paragraphs_of
from huiqi.library.structure.slips import slips_of

__all__ = ["SourceError", "read", "read_source"]


def read(given: Path | Source, knowledge: Knowledge | None = None) -> Reading:
    """What an official text says, as documents and clauses.

    Raises ``SourceError`` when the file cannot be read, or is no such text: no title and no numbered clause.
    """
    source = given if isinstance(given, Source) else read_source(given)
    return _Reading(source, knowledge or Knowledge()).run()


class _Reading:
    """The reading of one source: its lines of text, each with its page, and what is found in them."""

    def __init__(self, source: Source, knowledge: Knowledge) -> None:
        self.source = source
        self.knowledge = knowledge
        everything = lines_of(source)
        pages, self.lost_pages = number_pages(everything)
        kept = [each for each in zip(everything, pages, strict=True) if each[0].kind is LineKind.TEXT]
        self.lines: list[Line] = [line for line, _ in kept]
        self.pages: list[Pages | None] = [page for _, page in kept]
        self.left_out = tuple((line.kind, line.span) for line in everything if line.kind is not LineKind.TEXT)

    def run(self) -> Reading:
        divided = divide(self.lines, self.source.paragraphs)
        describer = Describer(self.source.name, self.source.text, self.lines, self.knowledge)
        documents: list[Document] = []
        losses: list[Loss] = []
        for draft in divided.drafts:
            divisions = [
                self._division(division, stem)
                for division, stem in zip(draft.divisions, _stems(draft), strict=True)
            ]
            parent = documents[draft.within] if draft.within is not None else None
            clauses = tuple(clause for clause, _ in divisions)
            documents.append(describer.document(draft, clauses, parent))
            losses += skipped_numbers(documents[-1], [nodes for _, nodes in divisions])
        if not self._is_official(divided, documents):
            raise SourceError("不像公文：没有找到文件标题，也没有一个编号的条款", self.source.name)
        for document, draft in zip(documents, divided.drafts, strict=True):
            embedded = [each.title for each in documents if each.within == document.id]
            losses += losses_of(document, draft, embedded)
        losses += [self._placed(loss, documents) for loss in (*self.source.losses, *self.lost_pages)]
        return Reading(
            source=self.source,
            documents=tuple(documents),
            between=self._between(divided),
            left_out=self.left_out,
            losses=tuple(sorted(losses, key=lambda loss: loss.at)),
            remarks=tuple(remark for document in documents for remark in self._remarks(document)),
        )

    @staticmethod
    def _is_official(divided: Divided, documents: Sequence[Document]) -> bool:
        return any(draft.title is not None for draft in divided.drafts) or any(
            clause.kind.is_numbered for document in documents for clause in document.walk()
        )

    def _division(self, division: Division, stem: str) -> tuple[Clause, list[Node]]:
        """The clause that a division becomes, and the nodes that its children were."""
        parts = frame(self.lines, division)
        paragraphs = paragraphs_of(self.lines, *parts.body, self.source.paragraphs)
        nodes = [*parts.front, *name_loose_text(outline(paragraphs)), *parts.back]
        address = {ClauseKind.COVER: f"{ClauseKind.COVER.value} ", ClauseKind.MAIN: ""}
        return named(
            division.kind, stem, address.get(division.kind, f"{division.label} "), nodes, self.pages
        ), nodes

    def _between(self, divided: Divided) -> tuple[Clause, ...]:
        """The words that belong to no document."""
        loose = [node(ClauseKind.PARAGRAPH, self.lines, *each) for each in divided.preface]
        loose += [node(ClauseKind.HEADING, self.lines, at, at + 1) for at in divided.sections]
        loose.sort(key=lambda each: each.first_line)
        return named(ClauseKind.MAIN, "between", "", loose, self.pages).children

    def _remarks(self, document: Document) -> list[Remark]:
        """What looks wrong in the print, and what people noted."""
        found = list(slips_of(document))
        for noted in self.knowledge.noted:
            if noted.document not in (document.number, document.title, document.id):
                continue
            clause = next(
                (
                    each
                    for each in document.walk()
                    if each.text and noted.words in each.text and noted.cite in ("", each.cite)
                ),
                None,
            )
            if clause is not None:
                found.append(Remark(document.id, clause.id, noted.words, noted.note, "整理"))
        return found

    def _placed(self, loss: Loss, documents: Sequence[Document]) -> Loss:
        """A loss of the medium or of pages, with the document it stands in, or those that it may be of."""
        end = loss.at + 1
        if loss.pages is not None:
            last = Pages(loss.pages.last, loss.pages.last)
            starts = (line.start for line, page in zip(self.lines, self.pages, strict=True) if page == last)
            end = next(starts, end)
        among = [each for each in documents if each.span.start < end and loss.at < each.span.end]
        if len(among) > 1:
            return replace(loss, what=f"{loss.what}（在《{among[0].title}》与《{among[-1].title}》之间）")
        return replace(loss, document=among[0].id) if among else loss


def _stems(draft: Draft) -> list[str]:
    """The ids of the divisions of a document; one that repeats a label gets a number of its own."""
    found: list[str] = []
    times: Counter[str] = Counter()
    for at, division in enumerate(draft.divisions):
        match division.kind:
            case ClauseKind.COVER:
                stem = "cover"
            case ClauseKind.ATTACHMENT:
                stem = f"att_{division.label.removeprefix('附件') or at}"
            case _:
                stem = "main"
        times[stem] += 1
        found.append(stem if times[stem] == 1 else f"{stem}-{times[stem]}")
    return found
