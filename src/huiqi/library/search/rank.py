"""How near a passage is to a question: BM25 over title, path and text, with ideas that can be said otherwise.

Full-text search fetches candidates; here they are put in order, the same way for a library of any size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from huiqi.library.search.terms import SAID_OTHERWISE, Terms, pairs
from huiqi.library.store.tokens import count, words

TITLE = PATH = 0.5
"""What a word counts in the title of the document or in the headings above, beside one in the text."""

ANSWERING = 0.2
"""The share by which a passage gains that has the kind of answer which is wanted."""

_K1, _B = 1.2, 0.75  # the usual saturation and length weight of BM25


@dataclass(frozen=True, slots=True)
class Statistics:
    """What is known of the library: how many passages, how long on average, and how many have a word."""

    passages: int
    size: float
    counts: Mapping[str, int]

    def rarity(self, word: str) -> float:
        """What a word tells: the fewer passages have it, the more (BM25's idf; never below 0)."""
        having = self.counts.get(word, 0)
        return math.log(1 + (self.passages - having + 0.5) / (having + 0.5))


class Ranking:
    """Measures passages by one question."""

    def __init__(self, terms: Terms, statistics: Statistics) -> None:
        self._terms = terms
        self._size = statistics.size
        self._rarity = {word: statistics.rarity(word) for word in terms.all}
        self._titles: dict[str, dict[str, int]] = {}

    def score(self, title: str, path: str, text: str, size: int) -> float:
        """How near a passage is: what its words tell, less for each time more and for a longer text.

        ``size`` is how many words the text has.
        """
        if title not in self._titles:
            self._titles[title] = count(title, self._rarity)
        of_title, of_path, of_text = self._titles[title], count(path, self._rarity), count(text, self._rarity)
        length = _K1 * (1 - _B + _B * size / self._size)

        def worth(word: str) -> float:
            weight = TITLE * of_title.get(word, 0) + PATH * of_path.get(word, 0) + of_text.get(word, 0)
            return self._rarity[word] * weight * (_K1 + 1) / (weight + length) if weight else 0.0

        score = sum(map(worth, self._terms.plain | self._terms.links))
        for idea in self._terms.ideas:
            once = sum(self._rarity[word] for word in idea.own) * (_K1 + 1) / (1 + length)
            others = [sum(map(worth, term)) for _, term in idea.otherwise if pairs(term) <= of_text.keys()]
            score += max(sum(map(worth, idea.own)), SAID_OTHERWISE * min(once, max(others, default=0.0)))
        return score

    def told(self, text: str) -> float:
        """What those words of the question tell, taken once each, that a text has."""
        return sum(self._rarity[word] for word in self._terms.all.intersection(words(text)))

    def coverage(self, title: str, path: str, text: str) -> float:
        """The share of the question, its pairs counted by what they tell, that a passage has.

        An idea counts as one, and is there when it is said in any of its ways.
        """
        present = frozenset(words(" ".join((title, path, text))))
        plain = pairs(self._terms.plain)
        whole = sum(self._rarity[word] for word in plain)
        covered = sum(self._rarity[word] for word in plain & present)
        for idea in self._terms.ideas:
            told = sum(self._rarity[word] for word in pairs(idea.own))
            whole += told
            if any(pairs(way) <= present for way in (idea.own, *(term for _, term in idea.otherwise))):
                covered += told
        return covered / whole if whole else 0.0
