"""The metadata of a document in the words of Akoma Ntoso: who, when, which, in force from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from huiqi.library.export.akn.elements import Element, add
from huiqi.library.export.akn.facts import write_document_facts, write_source_facts
from huiqi.library.export.akn.names import (
    COLLECTION,
    NO_DAY,
    Address,
    Names,
    cited_iri,
    concept_iri,
    distinctive,
    genre_of,
    organisation_iri,
)
from huiqi.library.model import Document, LineKind, Loss, Remark, Source, Span

_LANGUAGE = "zho"  # ISO 639-2
_COUNTRY = "cn"  # ISO 3166-1
_FORMAT = "application/akn+xml"  # Akoma Ntoso Media Type 1.0


class Meta:
    """The metadata of one document: its main component first, then those of its other components.

    ``made`` is the day of the export; left out, it is written as unknown, so that the same document always
    gives the same file.
    """

    def __init__(self, document: Document, names: Names, work: str, made: date | None) -> None:
        self._document = document
        self._names = names
        self._work = work
        self._made = made
        self._agent = names.fresh("huiqi")
        self._issuers = [names.fresh(f"org_{at}") for at, _ in enumerate(document.issuers, 1)]
        self._unknown = "" if document.issuers else names.fresh("org_unknown")
        self._original = names.fresh("original")

    def write(
        self,
        parent: Element,
        components: Sequence[tuple[str, str]],
        losses: Sequence[Loss],
        remarks: Sequence[Remark],
    ) -> None:
        """The metadata of the main component; ``components`` are names and titles of the others."""
        document = self._document
        meta = add(parent, "meta")
        self._identification(meta, "main", document.cover_title or document.title)
        if document.issued:
            add(
                meta,
                "publication",
                {
                    "date": document.issued.isoformat(),
                    "name": "印发",
                    "showAs": "印发",
                    "number": document.number,
                },
            )
        force = self._lifecycle(meta)
        repealed = self._repeals(meta)
        concept = self._in_force(meta, force)
        references = add(meta, "references", {"source": f"#{self._agent}"})
        self._references(references, components, repealed, concept)
        write_notes(meta, remarks, self._names, f"#{self._agent}")
        write_document_facts(meta, document, losses, f"#{self._agent}")

    def write_component(self, parent: Element, component: str, title: str) -> None:
        """The metadata of another component: what it is called; the rest is said by the main one."""
        self._identification(add(parent, "meta"), component, title)

    def _identification(self, meta: Element, component: str, title: str) -> None:
        document = self._document
        write_identification(
            meta,
            Address(self._work, component),
            title,
            day=document.issued,
            day_name="印发",
            made=self._made,
            genre=genre_of(document.cover_title or document.title),
            number=document.number,
            name=None if document.number else distinctive(document),
            authors=[f"#{issuer}" for issuer in self._issuers] or [f"#{self._unknown}"],
            agent=f"#{self._agent}",
        )

    def _lifecycle(self, meta: Element) -> dict[str, str]:
        """The days of issue, of coming into force and of ending; gives the events of the last two."""
        document = self._document
        days: list[tuple[str, date, dict[str, str | None]]] = []
        if document.issued:
            days.append(("issued", document.issued, {"type": "generation", "originatingExpression": "true"}))
        for label, dated in (("effective", document.effective), ("expires", document.expires)):
            if dated is not None and dated.day is not None:
                by = {"href": self._names.to(dated.clause), "hq:words": dated.words or None}
                days.append((label, dated.day, by))
        if not days:
            return {}
        lifecycle = add(meta, "lifecycle", {"source": f"#{self._agent}"})
        events = {}
        for label, day, more in days:
            events[label] = self._names.fresh(f"eref_{label}")
            known = {"eId": events[label], "date": day.isoformat(), "source": f"#{self._original}"}
            add(lifecycle, "eventRef", {**known, **more})
        return events

    def _repeals(self, meta: Element) -> list[str]:
        """What the document ends, as modifications it makes; gives the address of each."""
        repeals = self._document.repeals
        if not repeals:
            return []
        modifications = add(add(meta, "analysis", {"source": f"#{self._agent}"}), "activeModifications")
        addresses = []
        for at, repeal in enumerate(repeals, 1):
            addresses.append(cited_iri(repeal.number, repeal.title))
            modification = add(
                modifications,
                "textualMod",
                {
                    "type": "repeal",
                    "eId": self._names.fresh(f"textualMod_{at}"),
                    "incomplete": "true" if repeal.extent else None,
                    "hq:extent": repeal.extent or None,
                },
            )
            add(modification, "source", {"href": self._names.to(repeal.clause)})
            add(modification, "destination", {"href": addresses[-1]})
        return addresses

    def _in_force(self, meta: Element, events: dict[str, str]) -> str | None:
        """The time in force between its two events; gives the concept it refers to."""
        ends = {
            end: f"#{events[label]}"
            for end, label in (("start", "effective"), ("end", "expires"))
            if label in events
        }
        if not ends:
            return None
        concept = self._names.fresh("inForce")
        temporal = add(meta, "temporalData", {"source": f"#{self._agent}"})
        group = add(temporal, "temporalGroup", {"eId": self._names.fresh("tmpg_1")})
        add(group, "timeInterval", {**ends, "refersTo": f"#{concept}"})
        return concept

    def _references(
        self,
        references: Element,
        components: Sequence[tuple[str, str]],
        repealed: Sequence[str],
        concept: str | None,
    ) -> None:
        document = self._document
        _reference(references, "original", self._original, self._work, document.cover_title or document.title)
        for at, (address, repeal) in enumerate(zip(repealed, document.repeals, strict=True), 1):
            _reference(references, "activeRef", self._names.fresh(f"activeRef_{at}"), address, repeal.title)
        for at, (component, title) in enumerate(components, 1):
            _reference(
                references, "hasAttachment", self._names.fresh(f"hasAttachment_{at}"), f"!{component}", title
            )
        for eid, issuer in zip(self._issuers, document.issuers, strict=True):
            _reference(references, "TLCOrganization", eid, organisation_iri(issuer), issuer)
        if self._unknown:
            write_unknown_author(references, self._unknown)
        write_agent(references, self._agent)
        if concept:
            _reference(references, "TLCConcept", concept, concept_iri("inForce"), "施行期间")


def write_collection_meta(
    parent: Element,
    names: Names,
    work: str,
    source: Source | None,
    left_out: Sequence[tuple[LineKind, Span]],
    losses: Sequence[Loss],
    remarks: Sequence[Remark],
    made: date | None,
) -> None:
    """The metadata of a collection: its source, and what belongs to none of its documents."""
    agent, author = names.fresh("huiqi"), names.fresh("org_unknown")
    title = source.name if source else COLLECTION
    meta = add(parent, "meta")
    write_identification(
        meta,
        Address(work),
        title,
        day=None,
        day_name="unknown",
        made=made,
        genre=COLLECTION,
        number=None,
        name=title or "nn",
        authors=[f"#{author}"],
        agent=f"#{agent}",
    )
    references = add(meta, "references", {"source": f"#{agent}"})
    write_unknown_author(references, author)
    write_agent(references, agent)
    write_notes(meta, remarks, names, f"#{agent}")
    write_source_facts(meta, source, left_out, losses, f"#{agent}")


def write_identification(
    meta: Element,
    address: Address,
    title: str,
    *,
    day: date | None,
    day_name: str,
    made: date | None,
    genre: str,
    number: str | None,
    name: str | None,
    authors: Sequence[str],
    agent: str,
) -> None:
    """Who made which document when, on the three levels: the work, its Chinese text, this file."""
    identification = add(meta, "identification", {"source": agent})

    work = add(identification, "FRBRWork")
    _core(work, address.this_work, address.work, title, day, day_name, authors)
    add(work, "FRBRcountry", {"value": _COUNTRY})
    add(work, "FRBRsubtype", {"value": genre})
    if number:
        add(work, "FRBRnumber", {"value": number})
    if name:
        add(work, "FRBRname", {"value": name})

    expression = add(identification, "FRBRExpression")
    _core(expression, address.this_expression, address.expression, "", day, day_name, authors)
    add(
        expression, "FRBRauthoritative", {"value": "false"}
    )  # the official text decides, not this reading of it
    add(expression, "FRBRlanguage", {"language": _LANGUAGE})

    manifestation = add(identification, "FRBRManifestation")
    _core(manifestation, address.this_manifestation, address.manifestation, "", made, "导出", [agent])
    add(manifestation, "FRBRformat", {"value": _FORMAT})


def _core(
    level: Element, this: str, uri: str, title: str, day: date | None, day_name: str, authors: Sequence[str]
) -> None:
    add(level, "FRBRthis", {"value": this})
    add(level, "FRBRuri", {"value": uri})
    if title:
        add(level, "FRBRalias", {"name": "title", "value": title})
    add(level, "FRBRdate", {"date": (day or NO_DAY).isoformat(), "name": day_name if day else "unknown"})
    for author in authors:
        add(level, "FRBRauthor", {"href": author})


def write_notes(meta: Element, remarks: Sequence[Remark], names: Names, agent: str) -> None:
    """Remarks as editorial notes on the clauses they are about."""
    if not remarks:
        return
    notes = add(meta, "notes", {"source": agent})
    for at, remark in enumerate(remarks, 1):
        note = add(
            notes,
            "note",
            {
                "eId": names.fresh(f"note_{at}"),
                "placementBase": names.to(remark.clause),
                "hq:document": remark.document or None,
                "hq:clause": remark.clause or None,
                "hq:words": remark.words or None,
                "hq:by": remark.by or None,
                "hq:at": None if remark.at is None else str(remark.at),
            },
        )
        add(note, "p", text=remark.note)


def write_agent(references: Element, eid: str) -> None:
    """Who read the text and made the file."""
    _reference(references, "TLCOrganization", eid, organisation_iri("huiqi"), "惠企")


def write_unknown_author(references: Element, eid: str) -> None:
    """Stands for an author that is not known, because Akoma Ntoso demands one."""
    _reference(references, "TLCOrganization", eid, organisation_iri("unknown"), "机关不详")


def _reference(references: Element, name: str, eid: str, href: str, shown: str) -> None:
    add(references, name, {"eId": eid, "href": href, "showAs": shown})
