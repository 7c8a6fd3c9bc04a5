"""The nearest known terms, for a question that found little: a word misspelt, or said in another way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from huiqi.library.store.tokens import words

_ALIKE = 0.5  # the share of a term's words that the question must have

_MOST = 5


def suggest(
    pieces: Sequence[str], headings: Iterable[str], synonyms: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """Those headings and terms of the synonym list that share most with the question, best first."""
    asked = frozenset(word for piece in pieces for word in words(piece))
    listed = (term for word, terms in synonyms.items() for term in (word, *terms))
    shared = [word for word in asked if len(word) > 1]
    terms = (one for one in dict.fromkeys((*headings, *listed)) if any(word in one for word in shared))
    alike = {term: _likeness(asked, term) for term in terms}
    near = [term for term, likeness in alike.items() if likeness >= _ALIKE and not _is_said(term, pieces)]
    return tuple(sorted(near, key=lambda term: (-alike[term], len(term), term))[:_MOST])


def _likeness(asked: frozenset[str], term: str) -> float:
    own = words(term)
    return sum(word in asked for word in own) / len(own) if len(own) > 1 else 0.0


def _is_said(term: str, pieces: Iterable[str]) -> bool:
    return any(term in piece for piece in pieces)
