"""The official text in the booklet: which clauses are printed, under which anchors, with which remarks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from huiqi.booklet.model import ClauseEntry, ContentsLine, Note, Reference, Texts
from huiqi.language import syntax as s
from huiqi.language.benefit import Benefit
from huiqi.library.citing import Addresses, Citation, Unresolved, parse
from huiqi.library.model import Clause, ClauseKind, Document, Loss, Remark

_CONTENTS_DEPTH = 2
_LINE_BY_LINE = frozenset({ClauseKind.SIGNATURE, ClauseKind.FRAGMENT, ClauseKind.ATTACHMENT_LIST})
_HOLDERS = frozenset({ClauseKind.COVER, ClauseKind.MAIN, ClauseKind.ATTACHMENT})


@dataclass(frozen=True, slots=True)
class Flaws:
    """What a text has lost and what was remarked on it, for all documents."""

    losses: Sequence[Loss] = ()
    remarks: Sequence[Remark] = ()

    def of_clause(self, document: str, clause: str) -> tuple[str, ...]:
        """What a reader of one clause should know."""
        lost = [
            f"{loss.kind.value}：{loss.what}"
            for loss in self.losses
            if loss.document == document and loss.clause == clause
        ]
        noted = [
            remark_words(remark)
            for remark in self.remarks
            if remark.document == document and remark.clause == clause
        ]
        return (*lost, *noted)

    def between(self) -> tuple[Note, ...]:
        """What was lost, and cannot be told of which document."""
        return tuple(Note(loss_words(loss)) for loss in self.losses if not loss.document)


def loss_words(loss: Loss) -> str:
    """A loss with the pages of the source that it stands on."""
    return f"{loss.kind.value}：{loss.what}" + (f"（原书{loss.pages}）" if loss.pages else "")


def remark_words(remark: Remark) -> str:
    """A remark with the characters it is about, and who made it."""
    about = f"“{remark.words}”：" if remark.words else ""
    return f"{about}{remark.note}（{remark.by}）"


class Text:
    """The official text of one document as this edition prints it.

    ``anchor`` is that of the document. Without a document (``None``) there is nothing to print or to link to.
    """

    def __init__(
        self, document: Document | None, anchor: str, benefits: Iterable[Benefit], texts: Texts, flaws: Flaws
    ) -> None:
        self._document, self._anchor, self._flaws = document, anchor, flaws
        self._addresses = Addresses(document) if document is not None else None
        self._opened = dict(_opened_by(document)) if document is not None else {}
        self._resting: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for benefit in benefits:
            for citation in citations_of(benefit):
                for clause in self._cited(citation):
                    self._resting[clause.id].setdefault(benefit_anchor(benefit), benefit.name)
        self.printed: frozenset[str] = frozenset(self._choose(texts))

    def link(self, words: str) -> tuple[Reference, ...]:
        """The references that a citation makes, each with its anchor where its clause is printed.

        Several clauses in one citation (a range) lead to the first.
        """
        found = []
        for citation in parse(words) if words else ():
            clauses = self._cited(citation)
            shown_as = citation.text.removesuffix("、")
            found.append(Reference(shown_as, self._link_of(clauses[0]) if clauses else ""))
        return tuple(found)

    def clauses(self) -> tuple[ClauseEntry, ...]:
        """The clauses to print, in the order of the text."""
        if self._document is None:
            return ()
        return tuple(
            self._entry(clause)
            for clause in self._document.walk()
            if clause.id in self.printed and clause.id not in self._opened and _has_words(clause)
        )

    def contents(self) -> tuple[ContentsLine, ...]:
        """The numbered headings of the first two degrees: what the document holds."""
        if self._document is None:
            return ()
        found = []
        for top in self._document.clauses:
            if top.kind is ClauseKind.ATTACHMENT:
                found.append(ContentsLine(top.text.strip() or top.cite, 0, self._link_of(top)))
            for clause, depth in _with_depth(top, 0):
                if clause.kind.is_numbered and clause.heading and depth < _CONTENTS_DEPTH:
                    found.append(
                        ContentsLine(f"{clause.number}{clause.heading}", depth, self._link_of(clause))
                    )
        return tuple(found)

    def losses(self) -> tuple[Note, ...]:
        """What the document has visibly lost."""
        return tuple(
            Note(loss_words(loss), self._at(loss.clause))
            for loss in self._flaws.losses
            if self._document is not None and loss.document == self._document.id
        )

    def remarks(self) -> tuple[Note, ...]:
        """What was remarked on the document's text."""
        return tuple(
            Note(remark_words(remark), self._at(remark.clause))
            for remark in self._flaws.remarks
            if self._document is not None and remark.document == self._document.id
        )

    def _at(self, identifier: str) -> tuple[Reference, ...]:
        clause = self._document.clause(identifier) if self._document is not None and identifier else None
        return (Reference(clause.cite, self._link_of(clause)),) if clause is not None and clause.cite else ()

    def _cited(self, citation: Citation) -> tuple[Clause, ...]:
        """The clauses of this document that a citation names; none when it names another document."""
        if self._addresses is None or citation.document:
            return ()
        found = self._addresses.follow(citation)
        return () if isinstance(found, Unresolved) else found

    def _choose(self, texts: Texts) -> Iterator[str]:
        if self._document is None or texts is Texts.NONE:
            return
        for top in self._document.clauses:
            yield from _chosen(top, texts is Texts.FULL, self._resting)

    def _entry(self, clause: Clause) -> ClauseEntry:
        assert self._document is not None
        first = clause.children[0] if clause.children else None
        opened = first if first is not None and self._opened.get(first.id) == clause.id else None
        body = opened.text.strip() if opened is not None else clause.body
        both = (clause, opened) if opened is not None else (clause,)
        return ClauseEntry(
            self._anchor_of(clause),
            clause.kind,
            clause.cite,
            clause.text[: clause.number_length].strip(),
            clause.text[clause.number_length : clause.number_length + clause.heading_length].strip(),
            body or ("" if clause.text.strip() else _division_name(clause)),
            _lines(clause) if clause.kind in _LINE_BY_LINE else (),
            tuple({item: None for one in both for item in self._resting.get(one.id, {}).items()}),
            tuple(words for one in both for words in self._flaws.of_clause(self._document.id, one.id)),
        )

    def _anchor_of(self, clause: Clause) -> str:
        """The clause's place; what has no words of its own begins where its first printed words do."""
        seen = next((one for one in clause.walk() if one.id in self.printed and _has_words(one)), clause)
        return f"{self._anchor}--{self._opened.get(seen.id, seen.id)}"

    def _link_of(self, clause: Clause) -> str:
        return self._anchor_of(clause) if clause.id in self.printed else ""


def _lines(clause: Clause) -> tuple[str, ...]:
    """The words as the source broke them: a span ends where a line did."""
    found, at = [], 0
    for span in clause.spans:
        found.append(clause.text[at : at + span.end - span.start].strip())
        at += span.end - span.start
    return tuple(filter(None, found)) if at == len(clause.text) else (clause.text.strip(),)


def _has_words(clause: Clause) -> bool:
    return bool(clause.text.strip()) or bool(_division_name(clause))


def _division_name(clause: Clause) -> str:
    """What a division without words of its own is called in print; the instrument itself has its title."""
    if clause.kind is ClauseKind.COVER:
        return clause.kind.value
    return clause.cite.strip() or clause.kind.value if clause.kind is ClauseKind.ATTACHMENT else ""


def _opened_by(document: Document) -> Iterator[tuple[str, str]]:
    """First paragraphs that their article opens (第三条 and then its 第一款), and that article.

    The number has no line of its own in print.
    """
    for clause in document.walk():
        first = clause.children[0] if clause.children else None
        alone = clause.kind.is_numbered and not clause.heading and not clause.body
        if alone and first is not None and first.kind is ClauseKind.PARAGRAPH:
            yield first.id, clause.id


def _chosen(clause: Clause, whole: bool, cited: Mapping[str, object]) -> list[str]:
    """The clauses of a branch to print: cited ones with all below them, and what they stand in."""
    whole = whole or (clause.id in cited and clause.kind not in _HOLDERS)
    below = [identifier for child in clause.children for identifier in _chosen(child, whole, cited)]
    return [clause.id, *below] if whole or below else []


def _with_depth(clause: Clause, depth: int) -> Iterator[tuple[Clause, int]]:
    yield clause, depth
    inner = depth + 1 if clause.kind.is_numbered else depth
    for child in clause.children:
        yield from _with_depth(child, inner)


def benefit_anchor(benefit: Benefit) -> str:
    """Where a benefit stands in the booklet."""
    return f"benefit--{benefit.id.replace('/', '--')}"


def citations_of(benefit: Benefit) -> tuple[Citation, ...]:
    """Every citation of a benefit, its own first."""
    words = [benefit.cite, benefit.period.cite, *(node.cite for node in s.walk(benefit.condition))]
    if benefit.amount is not None:
        words += [benefit.amount.cite, *(cap.cite for cap in benefit.amount.caps_over)]
    words += [one.cite for one in (benefit.quota, benefit.handling) if one is not None]
    return tuple(citation for each in dict.fromkeys(filter(None, words)) for citation in parse(each))
