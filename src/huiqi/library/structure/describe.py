"""A document out of its divisions: title, number, issuers, dates, level, region, and its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huiqi.library.blanks import squeeze
from huiqi.library.knowledge import Knowledge
from huiqi.library.model import Clause, ClauseKind, Document, Span
from huiqi.library.structure.attachments import names_in_list
from huiqi.library.structure.dates import first_date
from huiqi.library.structure.divisions import Draft
from huiqi.library.structure.force import beginning_of, end_of, force_of, repeals_of
from huiqi.library.structure.level import Geography
from huiqi.library.structure.lines import Line
from huiqi.library.structure.metadata import issuers_of, normal_number, number_of, promulgation_of
from huiqi.library.structure.titles import bare, same_name

_LONGEST_NAME = 60


class Describer:
    """Makes documents of one source, each with a name of its own."""

    def __init__(self, source: str, text: str, lines: Sequence[Line], knowledge: Knowledge) -> None:
        self._source = source
        self._text = text
        self._lines = lines
        self._knowledge = knowledge
        self._geography = Geography(knowledge)
        self._names: dict[str, int] = {}

    def document(self, draft: Draft, clauses: tuple[Clause, ...], parent: Document | None) -> Document:
        """The document of a draft; ``parent`` is the one that it is printed in."""
        heads = clauses[0].children
        own_title = _title_of(clauses[0]) or squeeze(self._lines[draft.first].text)[:_LONGEST_NAME]
        title = _without_book_marks(_title(draft, clauses, own_title))
        own = [each for each in clauses if each.kind is not ClauseKind.ATTACHMENT]
        numbers = [each.text for part in own for each in part.children if each.kind is ClauseKind.NUMBER]
        signature = self._signature(own)
        promulgation = promulgation_of(numbers)
        issuers = issuers_of(signature, self._printed_title(draft), self._knowledge)
        if promulgation is not None and promulgation.body and not issuers:
            issuers = (promulgation.body,)
        stated = [promulgation.words] if promulgation is not None else []
        number = number_of([*stated, *numbers], issuers, own_title)
        if parent is not None and number is None:
            number = _number_in_list_of(parent, own_title)
        dates = [first_date(line) for line in signature]
        issued = next((day for day in reversed(dates) if day), promulgation.day if promulgation else None)
        addressees = next((each.text for each in heads if each.kind is ClauseKind.ADDRESSEE), "")
        level, region = self._geography.level_and_region(
            [*issuers[:1], own_title, title, number or "", draft.section, addressees]
        )
        text = [each for part in own for each in part.walk()]
        effective = force_of(text, issued, "".join(numbers)) or beginning_of(text)
        return Document(
            id=self._name(number, title, issuers),
            title=title,
            number=number,
            issuers=issuers,
            issued=issued,
            level=level,
            region=region,
            clauses=clauses,
            span=Span(self._lines[draft.first].start, self._lines[draft.last - 1].end),
            effective=effective,
            expires=end_of(text, effective, issued),
            repeals=repeals_of(text),
            addressees=addressees,
            cover_title="" if bare(own_title) == bare(title) else own_title,
            within=parent.id if parent is not None else "",
            section=draft.section,
            source=self._source,
        )

    def _printed_title(self, draft: Draft) -> str:
        if draft.title is None:
            return ""
        return " ".join(line.text.strip() for line in self._lines[draft.title.first : draft.title.last])

    def _signature(self, clauses: Sequence[Clause]) -> list[str]:
        """The lines of the signatures."""
        return [
            self._text[span.start : span.end]
            for division in clauses
            for clause in division.children
            if clause.kind is ClauseKind.SIGNATURE
            for span in clause.spans
        ]

    def _name(self, number: str | None, title: str, issuers: Sequence[str]) -> str:
        """A name made of what the document says of itself, so that it stays whatever stands around it."""
        if number and "〔" in number:
            name = re.sub(r"[〔〕]", "-", number).removesuffix("号")
        elif number:
            lead = squeeze(issuers[0]) if issuers and not number.startswith(squeeze(issuers[0])) else ""
            name = re.sub(r"年第|第", "-", lead + number).removesuffix("号")
        else:
            name = title
        name = re.sub(r"[^\w-]+", "-", name).strip("-") or "document"
        self._names[name] = self._names.get(name, 0) + 1
        return name if self._names[name] == 1 else f"{name}-{self._names[name]}"


def _title_of(division: Clause) -> str:
    return squeeze("".join(each.text for each in division.children if each.kind is ClauseKind.TITLE))


def _title(draft: Draft, clauses: Sequence[Clause], own_title: str) -> str:
    """The title of the instrument when one is forwarded; of the notice when that is the whole document."""
    if draft.has_instrument:
        main = next(each for each in clauses if each.kind is ClauseKind.MAIN)
        return _title_of(main) or draft.instrument or own_title
    return draft.instrument if draft.instrument and not draft.addressed else own_title


def _without_book_marks(title: str) -> str:
    inner = title[1:-1]
    whole = title.startswith("《") and title.endswith("》") and "《" not in inner and "》" not in inner
    return inner if whole and inner else title


def _number_in_list_of(parent: Document, title: str) -> str | None:
    """The number that the list of attachments of a document gives to one that is printed in it."""
    for clause in parent.walk():
        if clause.kind is ClauseKind.ATTACHMENT_LIST:
            for named in names_in_list(clause.text):
                if named.document_number and (
                    named.title in bare(title) or same_name(named.title, bare(title))
                ):
                    return normal_number(named.document_number)
    return None
