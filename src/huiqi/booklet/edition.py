"""Making an edition: from rules and official texts to what the booklet says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from huiqi.booklet import telling
from huiqi.booklet.benefits import benefit_entry, benefit_record
from huiqi.booklet.changes import changes
from huiqi.booklet.indexes import indexes
from huiqi.booklet.manifest import ClauseRecord, DocumentRecord, Manifest, digest
from huiqi.booklet.matching import repeals_of
from huiqi.booklet.matters import Matter, matters
from huiqi.booklet.model import Booklet, DocumentEntry, Part, Texts
from huiqi.booklet.selection import Selection
from huiqi.booklet.standing import Repealed, standing
from huiqi.booklet.texts import Flaws, Text
from huiqi.catalogue.load import Catalogue
from huiqi.entitlements.answer import Advisor
from huiqi.language.words import day_words
from huiqi.library.model import Document, Level, Loss, Remark
from huiqi.library.store import State

_PARTS: Mapping[Level, str] = {
    Level.NATION: "国家文件",
    Level.PROVINCE: "省级文件",
    Level.CITY: "市级文件",
    Level.COUNTY: "县区文件",
    Level.UNKNOWN: "没有写明级别的文件",
}
_EVERYTHING = Selection()


def edition(
    catalogue: Catalogue,
    documents: Sequence[Document],
    on: date,
    *,
    title: str = "惠企政策汇编",
    issuer: str = "",
    selection: Selection = _EVERYTHING,
    texts: Texts = Texts.FULL,
    previous: Manifest | None = None,
    losses: Sequence[Loss] = (),
    remarks: Sequence[Remark] = (),
) -> Booklet:
    """The booklet of a catalogue and of official texts, as of a day.

    ``documents`` may be empty, and may hold documents that the rules do not know. ``losses`` and ``remarks``
    are those of the readings that the documents come from. ``previous`` is the manifest of the last edition.
    """
    # a command line may hand over what is no character
    title, issuer = (words.encode(errors="replace").decode() for words in (title, issuer))
    flaws = Flaws(losses, remarks)
    making = _Making(catalogue, documents, on, texts, flaws)
    results = Advisor(catalogue).results({}, on, trace=False)
    found = matters(catalogue.documents, documents, results, selection)
    places = {one.text.id: (one.anchor, one.title) for one in found if one.text is not None}
    pairs = [(one, making.entry(one, places)) for one in found]
    if selection.in_force:
        pairs = [(one, entry) for one, entry in pairs if entry.benefits or not _is_over(entry)]
    parts = tuple(
        Part(_PARTS[level], f"part-{number}", tuple(entry for one, entry in pairs if one.level is level))
        for number, level in enumerate(_PARTS, 1)
        if any(one.level is level for one, _ in pairs)
    )
    entries = [entry for _, entry in pairs]
    benefits = [benefit for entry in entries for benefit in entry.benefits]
    manifest = Manifest(
        title,
        issuer,
        on,
        selection.words(),
        tuple(_document_record(entry, one.text) for one, entry in pairs),
        tuple(benefit_record(benefit, entry.key) for entry in entries for benefit in entry.benefits),
    )
    anchors = {entry.key: entry.anchor for entry in entries}
    anchors |= {benefit.id: benefit.anchor for benefit in benefits}
    return Booklet(
        title=title,
        place=_place(catalogue, on),
        issuer=issuer,
        on=on,
        texts=texts,
        selection=selection.words(),
        parts=parts,
        indexes=indexes(benefits),
        changes=changes(previous, manifest, anchors) if previous is not None else None,
        between=flaws.between(),
        unconfirmed=tuple((benefit.anchor, benefit.name) for benefit in benefits if benefit.unconfirmed),
        note=" ".join(catalogue.note.split()),
        manifest=manifest,
    )


class _Making:
    """What every entry of an edition is made with."""

    def __init__(
        self, catalogue: Catalogue, documents: Sequence[Document], on: date, texts: Texts, flaws: Flaws
    ) -> None:
        self._catalogue, self._documents, self._on = catalogue, documents, on
        self._texts, self._flaws = texts, flaws

    def entry(self, matter: Matter, places: Mapping[str, tuple[str, str]]) -> DocumentEntry:
        """A document's entry; ``places`` give anchor and title of every document of the library."""
        policy, document, facts = matter.policy, matter.text, matter.facts
        text = Text(
            document, matter.anchor, [one.benefit for one in matter.results], self._texts, self._flaws
        )
        others = [one for one in self._documents if document is None or one.id != document.id]
        repeals = [Repealed(by, repeal) for by, repeal in repeals_of(facts, others)]
        book = self._catalogue.book
        cover = document.cover_title if document is not None else ""
        return DocumentEntry(
            key=matter.key,
            anchor=matter.anchor,
            title=matter.title,
            number=facts.number or "",
            issuers=facts.issuers,
            issued=facts.issued,
            level=matter.level.value,
            cover=cover if cover != matter.title else "",
            within=(places[document.within],) if document is not None and document.within in places else (),
            standing=standing(policy, document, repeals, self._on, text.link),
            summary=_summary(matter),
            note=" ".join(policy.note.split()) if policy is not None else "",
            benefits=tuple(
                benefit_entry(one, book.stacking, book.benefits, text.link) for one in matter.results
            ),
            contents=text.contents(),
            clauses=text.clauses(),
            has_text=document is not None,
            losses=text.losses(),
            remarks=text.remarks(),
        )


def _is_over(entry: DocumentEntry) -> bool:
    return entry.standing.state in (State.ENDED, State.NOT_YET)


def _summary(matter: Matter) -> str:
    """What the document gives, in a sentence made from its benefits."""
    if not matter.results and matter.policy is not None:
        return "这份文件的事项都不在这一版收录的范围里。"
    if not matter.results:
        return "这份文件还没有编成事项，条件和金额请看原文。"
    forms = Counter(result.benefit.form.value for result in matter.results)
    given = "、".join(f"{name}{count}项" for name, count in forms.most_common())
    who = Counter(name for result in matter.results for name in result.benefit.who)
    whom = f"，主要给{'、'.join(name for name, _ in who.most_common(3))}" if who else ""
    over = sum(1 for result in matter.results if telling.ended(result.benefit, result.on))
    ended = f"；当天不在期内的{over}项" if over else ""
    return f"共{len(matter.results)}项支持{whom}：{given}{ended}。"


def _document_record(entry: DocumentEntry, text: Document | None) -> DocumentRecord:
    """What the manifest keeps of a document: its whole text counts, printed or not."""
    clauses = tuple(
        ClauseRecord(one.id, one.cite, digest([one.text]))
        for one in (text.walk() if text is not None else ())
    )
    facts = [entry.title, entry.number, *entry.issuers, day_words(entry.issued)]
    return DocumentRecord(
        entry.key,
        entry.title,
        entry.standing.state.value,
        digest([*facts, *(clause.digest for clause in clauses)]),
        clauses,
    )


def _place(catalogue: Catalogue, on: date) -> str:
    """The region that the catalogue is for, by its names on the day, widest first; empty when not listed."""
    if catalogue.regions is None:
        return ""
    return "".join(region.name for region in catalogue.regions.path(catalogue.region, on))
