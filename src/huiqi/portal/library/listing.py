"""Every document that there is something of: its text in the library, its rules in the catalogue, or both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from huiqi.language.benefit import Document as Policy
from huiqi.library.store import DocumentInfo, DocumentState
from huiqi.portal.library.citations import policies_of, text_of
from huiqi.portal.library.shelf import Shelf, shelf
from huiqi.portal.library.states import state_of
from huiqi.portal.policies import selectors


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as the list shows it.

    ``text`` is its listing in the library, ``policy`` what the catalogue has of it; one of the two may be
    missing. ``inner`` are the documents that are printed within it. ``benefits`` counts those that are worked
    out, ``in_force`` those of them that apply on the day.
    """

    text: DocumentInfo | None
    policy: Policy | None
    state: DocumentState
    benefits: int = 0
    in_force: int = 0
    inner: tuple[Listed, ...] = ()

    @property
    def title(self) -> str:
        """Its title, as printed if its text is there."""
        return self._said.title

    @property
    def number(self) -> str:
        """Its number; empty when it has none."""
        return (self.text and self.text.number) or (self.policy and self.policy.number) or ""

    @property
    def issuers(self) -> tuple[str, ...]:
        """Who issued it."""
        return (self.text and self.text.issuers) or (self.policy.issuers if self.policy else ())

    @property
    def issued(self) -> date | None:
        """When it was issued, if that is known."""
        return (self.text and self.text.issued) or (self.policy and self.policy.issued) or None

    @property
    def level(self) -> str:
        """国家, 省, 市, 县区, or 未知."""
        return str(self._said.level)

    @property
    def region(self) -> str:
        """The code of the region that it is for; empty when it cannot be told."""
        return self._said.region

    @property
    def _said(self) -> DocumentInfo | Policy:
        said = self.text or self.policy
        assert said is not None
        return said


def listing(day: date, now: Shelf | None) -> list[Listed]:
    """All documents: those of a library in its order, each under the one it is printed in, then the others.

    Raises ``LibraryError`` when the library cannot be read.
    """
    texts = [listed(info, day) for info in now.infos.values()] if now else []
    inner: dict[str, list[Listed]] = {}
    for row in texts:
        inner.setdefault(_outermost(row, now), []).append(row)
    top = [
        replace(first, inner=tuple(each for each in rows if each is not first))
        for identifier, rows in inner.items()
        for first in rows
        if first.text is not None and first.text.id == identifier
    ]
    alone = [policy for policy in selectors.catalogue().documents if now is None or text_of(policy) is None]
    return [*top, *(_row(None, (one,), day) for one in alone)]


def document_count() -> int:
    """How many documents there are, in the library or in the catalogue alone."""
    now = shelf()
    alone = [one for one in selectors.catalogue().documents if text_of(one) is None]
    return (len(now.infos) if now else 0) + len(alone)


def listed(info: DocumentInfo, day: date) -> Listed:
    """One document of the library."""
    return _row(info, policies_of(info.id), day)


def state_of_text(info: DocumentInfo, day: date) -> DocumentState:
    """The state of one document of the library, by its text and by what the catalogue has of it."""
    now, policies = shelf(), policies_of(info.id)
    read = now.states(day).get(info.id) if now else None
    return state_of(read, policies[0] if policies else None, day)


def _row(info: DocumentInfo | None, policies: tuple[Policy, ...], day: date) -> Listed:
    policy = policies[0] if policies else None
    state = state_of_text(info, day) if info is not None else state_of(None, policy, day)
    own = selectors.listed([one for each in policies for one in selectors.benefits_of(each)], day)
    return Listed(info, policy, state, len(own), sum(each.in_force for each in own))


def _outermost(row: Listed, now: Shelf | None) -> str:
    """The id of the document that one is printed in, directly or within another; its own when in none."""
    info, passed = row.text, set[str]()
    while now is not None and info is not None and info.within in now.infos and info.id not in passed:
        passed.add(info.id)
        info = now.infos[info.within]
    return info.id if info is not None else ""
