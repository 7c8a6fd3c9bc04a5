"""What the catalogue cites, found in the library: which text a policy has, and which clause a citation means.

Everything the pages know of this comes through here. Where the library has no such text or clause, a citation
stays the words it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar, cast

from huiqi.catalogue.load import Catalogue
from huiqi.grounding import Cited as Link
from huiqi.grounding import cited as links
from huiqi.language.benefit import Benefit
from huiqi.language.benefit import Document as Policy
from huiqi.library.citing import Addresses, document_of, parse
from huiqi.library.model import Document
from huiqi.library.store import DocumentInfo, LibraryError
from huiqi.portal.library.shelf import Shelf, said, shelf
from huiqi.portal.policies import selectors

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation as it is written, and where that is: ids of a document and a clause.

    Both are empty when it is not in the library; a document alone is cited as a whole.
    """

    text: str
    document: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on one clause: the benefits that it gives, and those that it adds something to.

    ``also`` are benefits with a condition, a limit, a period or a way of handling written there.
    """

    gives: tuple[Benefit, ...] = ()
    also: tuple[Benefit, ...] = ()


def cited(policy: Policy, cite: str) -> tuple[Cited, ...]:
    """The citations that a text writes, which names clauses of ``policy`` or other documents."""
    return _asked(lambda it: it.cited(policy.id, cite), (Cited(cite),))


def cited_in(title: str, number: str, cite: str) -> tuple[Cited, ...]:
    """The same for clauses of a document that is known by its title and number, as a procedure's is."""
    return _asked(lambda it: it.cited_in(title, number, cite), (Cited(cite),))


def cited_name(name: str) -> Cited:
    """A document named by its title or number, as later laws are."""
    info = _asked(lambda it: it.named(name), None)
    return Cited(name, info.id if info else "")


def text_of(policy: Policy) -> DocumentInfo | None:
    """The text of a policy, if the library has it."""
    return _asked(lambda it: it.texts.get(policy.id), None)


def text_named(title: str, number: str) -> DocumentInfo | None:
    """The text of a document with a title and, if it has one, a number."""
    return _asked(lambda it: it.entitled(title, number or None), None)


def policies_of(document: str) -> tuple[Policy, ...]:
    """What the catalogue has of a document of the library, by the document's id."""
    return _asked(lambda it: it.policies.get(document, ()), ())


def resting_on(document: str) -> Mapping[str, Resting]:
    """What rests on each clause of a document of the library, by clause id."""
    return _asked(lambda it: it.resting(document), {})


def prepare() -> None:
    """Look everything up, so that the first visitor does not wait for it."""
    resting_on("")


def _asked(question: Callable[[_Grounds], T], otherwise: T) -> T:
    """The answer of the library, or the other where there is none that can be used."""
    now = shelf()
    if now is None:
        return otherwise
    try:
        return question(_made(now, id(selectors.catalogue())))
    except LibraryError as error:
        said(error)
        return otherwise


class _Grounds:
    """One catalogue on one library. Each question is answered once."""

    def __init__(self, now: Shelf, catalogue: Catalogue) -> None:
        self.now, self.catalogue = now, catalogue
        self.texts: dict[str, DocumentInfo] = {}
        self.policies: dict[str, tuple[Policy, ...]] = {}
        for policy in catalogue.documents:
            info = self._document(policy.title, policy.number)
            if info is not None:
                self.texts[policy.id] = info
                self.policies[info.id] = (*self.policies.get(info.id, ()), policy)
        self.cited = lru_cache(None)(self._cited)
        self.cited_in = lru_cache(None)(self._cited_in)
        self.entitled = lru_cache(None)(self._document)
        self.named = lru_cache(None)(lambda name: self._document(name, None))
        self.resting = lru_cache(None)(self._resting)
        self._addresses = lru_cache(None)(self._addresses_of)

    def _document(self, title: str, number: str | None) -> DocumentInfo | None:
        """The one document with a number, or without one with a title, in any form that people give it."""
        exact = self.now.named(number or title)
        if exact is not None:
            return exact
        # only names and issuers are compared, which a listing has as the document itself has
        infos = cast("Iterable[Document]", self.now.infos.values())
        return cast("DocumentInfo | None", document_of(title, number, infos))

    def _cited(self, policy: str, text: str) -> tuple[Cited, ...]:
        return self._within(self.texts.get(policy), text)

    def _cited_in(self, title: str, number: str, text: str) -> tuple[Cited, ...]:
        return self._within(self.entitled(title, number or None), text)

    def _within(self, document: DocumentInfo | None, text: str) -> tuple[Cited, ...]:
        own = self._addresses(document.id) if document is not None else None
        found = own.resolve(text) if own is not None else None
        if own is not None and found is not None and len(found.clauses) == 1 and not found.outside:
            return (Cited(text, own.document.id, found.clauses[0].id),)
        citations = parse(text)
        if len(citations) < 2:
            return (self._one(text, citations[0].document if citations else "", own),)
        return tuple(self._one(each.text, each.document, own) for each in citations)

    def _one(self, text: str, elsewhere: str, own: Addresses | None) -> Cited:
        """One citation; ``elsewhere`` is the other document that it begins with, if it names one."""
        if elsewhere:
            info = self.named(elsewhere)
            own = self._addresses(info.id) if info is not None else None
        if own is None:
            return Cited(text)
        place = text.removeprefix(elsewhere).strip()
        if not place:
            return Cited(text, own.document.id)
        clauses = own.resolve(place).clauses
        return Cited(text, own.document.id, clauses[0].id) if clauses else Cited(text)

    def _addresses_of(self, document: str) -> Addresses | None:
        found = self.now.document(document)
        return Addresses(found) if found is not None else None

    @cached_property
    def _links(self) -> Mapping[str, tuple[Link, ...]]:
        """Everything that each benefit cites in the texts of the catalogue's documents."""
        documents = (self.now.document(info.id) for info in self.texts.values())
        return links(self.catalogue, [one for one in documents if one is not None])

    def _resting(self, document: str) -> Mapping[str, Resting]:
        gives: dict[str, dict[str, Benefit]] = {}
        also: dict[str, dict[str, Benefit]] = {}
        for name, several in self._links.items():
            benefit = self.catalogue.benefits[name]
            for link in several:
                if link.document == document:
                    which = gives if link.cite == benefit.cite else also
                    for clause in link.clauses:
                        which.setdefault(clause, {})[name] = benefit
        return {
            clause: Resting(
                tuple(gives.get(clause, {}).values()),
                tuple(one for name, one in also.get(clause, {}).items() if name not in gives.get(clause, {})),
            )
            for clause in gives.keys() | also.keys()
        }


@lru_cache(maxsize=2)
def _made(now: Shelf, catalogue: int) -> _Grounds:
    """The id tells one catalogue from another: what is made keeps its catalogue, so no other gets the id."""
    return _Grounds(now, selectors.catalogue())
