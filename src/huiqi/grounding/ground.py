"""Grounding: everything that a catalogue says, held against the documents that it cites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from huiqi.catalogue.load import Catalogue
from huiqi.grounding.checking import Checking
from huiqi.grounding.claims import Claim
from huiqi.grounding.explained import Explained
from huiqi.grounding.gather import SUMMARY, claims_of
from huiqi.grounding.result import Grounding
from huiqi.library.knowledge import Body
from huiqi.library.model import Document

NOTHING_EXPLAINED = Explained()


def ground(
    catalogue: Catalogue,
    documents: Iterable[Document],
    explained: Explained = NOTHING_EXPLAINED,
    bodies: Sequence[Body] = (),
) -> Grounding:
    """Hold everything that a catalogue says against the documents that it cites.

    ``explained`` are the deviations that were accepted, ``bodies`` the names of departments as texts write
    them. The files of the catalogue are read again, for their lines.
    """
    return ground_claims(claims_of(catalogue.root), catalogue, documents, explained, bodies)


def ground_claims(
    claims: Iterable[Claim],
    catalogue: Catalogue,
    documents: Iterable[Document],
    explained: Explained = NOTHING_EXPLAINED,
    bodies: Sequence[Body] = (),
) -> Grounding:
    """As `ground`, for claims that were gathered before."""
    claims = tuple(claims)
    checking = Checking(tuple(documents), explained, bodies)
    heads = {claim.document: claim for claim in reversed(claims) if claim.owner == claim.document}
    for policy in catalogue.documents:
        if policy.id in heads:
            checking.find(policy, heads[policy.id])
    for claim in claims:
        if claim.name != SUMMARY:
            checking.check(claim)
    for claim in claims:
        if claim.name == SUMMARY:
            checking.check_summary(claim)
    return checking.result()
