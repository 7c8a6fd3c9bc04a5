"""From a benefit to the clauses that it rests on, and from a clause to the benefits that rest on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from huiqi.catalogue.load import Catalogue
from huiqi.language import syntax as s
from huiqi.language.benefit import Benefit
from huiqi.library.citing import Addresses, document_of
from huiqi.library.model import Document


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of a benefit, and where it leads: ids of a document of the library and of its clauses."""

    cite: str
    document: str
    clauses: tuple[str, ...]


def cited(catalogue: Catalogue, documents: Iterable[Document]) -> Mapping[str, tuple[Cited, ...]]:
    """For each benefit everything that it cites and that the library has, its own citation first.

    What lies outside the library, or cannot be found, is left out: `ground` tells of it.
    """
    documents = tuple(documents)
    addresses: dict[str, Addresses | None] = {}
    for policy in catalogue.documents:
        found = document_of(policy.title, policy.number, documents)
        addresses[policy.id] = Addresses(found) if found else None
    limits: dict[str, list[str]] = {}
    for rule in catalogue.book.stacking:
        for benefit in rule.benefits:
            limits.setdefault(benefit, []).append(rule.cite)
    return {
        one.id: tuple(_links(addresses[one.document.id], [*_cites(one), *limits.get(one.id, ())]))
        for one in catalogue.benefits.values()
    }


def resting_on(document: Document, links: Mapping[str, Sequence[Cited]]) -> Mapping[str, tuple[str, ...]]:
    """For each clause of a document that is cited, the ids of the benefits that rest on it; by clause id.

    ``links`` are what `cited` gives.
    """
    found: dict[str, dict[str, None]] = {}
    for benefit, several in links.items():
        for link in several:
            if link.document == document.id:
                for clause in link.clauses:
                    found.setdefault(clause, {})[benefit] = None
    return {clause: tuple(benefits) for clause, benefits in found.items()}


def _links(addresses: Addresses | None, cites: Iterable[str]) -> Iterator[Cited]:
    if addresses is None:
        return
    for cite in dict.fromkeys(cites):
        clauses = addresses.resolve(cite).clauses if cite else ()
        if clauses:
            yield Cited(cite, addresses.document.id, tuple(clause.id for clause in clauses))


def _cites(benefit: Benefit) -> Iterator[str]:
    """The citations of a benefit: its own, then those of its parts."""
    yield benefit.cite
    yield benefit.period.cite
    yield from (node.cite for node in s.walk(benefit.condition))
    if benefit.amount:
        yield benefit.amount.cite
        for tree in (benefit.amount.total, *(node for _, node in benefit.amount.parts)):
            yield from (node.cite for node in s.walk(tree))
        yield from (cap.cite for cap in benefit.amount.caps_over)
    yield benefit.quota.cite if benefit.quota else ""
    yield benefit.handling.cite if benefit.handling else ""
