"""What a question is searched by: its own words, and for everyday words the terms of official text.

An everyday word is one idea that can be said in several ways. A passage with one of the other ways, whole,
counts as one with the everyday word, but a little less, and never more: a long term must not weigh more than
the word it is for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from huiqi.library.store.tokens import fold, is_pair, tokens, words

SAID_OTHERWISE = 0.8
"""What a term of official text counts, beside the everyday word that was asked for."""


@dataclass(frozen=True, slots=True)
class Idea:
    """An everyday word of the question: its own words, and those of each term that says the same."""

    said: str
    own: frozenset[str]
    otherwise: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a question: ``plain`` ones stand for themselves, ``ideas`` can be said otherwise.

    ``links`` are pairs at the edge of an everyday word (款贴 in 贷款贴息): a passage that has them says it in
    the same order, but they mean nothing by themselves.
    """

    plain: frozenset[str]
    links: frozenset[str]
    ideas: tuple[Idea, ...]

    @property
    def own(self) -> frozenset[str]:
        """The words of the question itself."""
        return self.plain.union(self.links, *(idea.own for idea in self.ideas))

    @property
    def all(self) -> frozenset[str]:
        """Every word that is searched for."""
        return self.own.union(*(term for idea in self.ideas for _, term in idea.otherwise))


def terms_of(pieces: Iterable[str], synonyms: Mapping[str, Sequence[str]]) -> Terms:
    """The words of the pieces of a question. The longest everyday words are taken first, and none twice."""
    known = {fold(word): tuple(terms) for word, terms in synonyms.items() if len(word) > 1}
    plain: set[str] = set()
    links: set[str] = set()
    ideas: dict[str, Idea] = {}
    for piece in pieces:
        found = _everyday_words(piece, known)
        for start, end in found:
            word = piece[start:end]
            otherwise = tuple((term, frozenset(words(term))) for term in known[word])
            ideas[word] = Idea(word, frozenset(words(word)), otherwise)
        for token in tokens(piece):
            apart = all(token.end <= start or end <= token.start for start, end in found)
            (plain if apart else links).add(token.word)
    inside = frozenset[str]().union(*(idea.own for idea in ideas.values()))
    return Terms(frozenset(plain) - inside, frozenset(links) - plain - inside, tuple(ideas.values()))


def pairs(found: Iterable[str]) -> frozenset[str]:
    """Those words that are more than one Chinese character; all of them when there is no such word."""
    found = frozenset(found)
    return frozenset(word for word in found if is_pair(word)) or found


def _everyday_words(piece: str, known: Mapping[str, Sequence[str]]) -> list[tuple[int, int]]:
    """Where the piece has everyday words, not overlapping."""
    taken: list[tuple[int, int]] = []
    for word in sorted((each for each in known if each in piece), key=len, reverse=True):
        at = piece.find(word)
        while at >= 0:
            end = at + len(word)
            apart = all(end <= start or stop <= at for start, stop in taken)
            if apart and not (_inside_a_run(piece, at) or _inside_a_run(piece, end)):
                taken.append((at, end))
            at = piece.find(word, end)
    return sorted(taken)


def _inside_a_run(piece: str, at: int) -> bool:
    """Whether a run of Latin letters or digits, which is one token, goes on across a place."""
    around = piece[at - 1 : at + 1] if at else ""
    return len(around) == 2 and around.isascii() and around.isalnum()
