"""The words under which text is indexed: each Chinese character, each two in a row, other runs whole.

Nothing is segmented, so there is no dictionary to keep up. Text is folded first: compatibility forms (NFKC),
lower case, traditional characters. A blank between two Chinese characters is not a boundary, because print
sets words apart and cuts them (总 则).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import add

from huiqi.library.store.traditional import SIMPLIFIED

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(
    rf"(?P<han>[{_HAN}](?:[ \t]*[{_HAN}])*)"
    r"|\d+\.\d{1,3}(?!\d)"  # a decimal, not the number of a point before a year (1.2025年)
    rf"|(?:(?![{_HAN}])[^\W_])+"
)
_ONE = re.compile(f"[{_HAN}]")
_PRINTED_GAP = re.compile(rf"(?<=[{_HAN}])[ \t]+(?=[{_HAN}])")


class _Folding(dict[int, str]):
    """What a character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = "".join(SIMPLIFIED.get(one, one) for one in unicodedata.normalize("NFKC", chr(code)).lower())
        self[code] = folded
        return folded


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, and which characters of it, ``start`` to ``end`` (excluded), it stands for."""

    word: str
    start: int
    end: int


def fold(text: str) -> str:
    """The text as it is compared: forms, case and traditional characters made equal."""
    return text.translate(_FOLDING)


def words(text: str) -> list[str]:
    """The words of a text in order: of a Chinese run its characters, then its pairs."""
    found: list[str] = []
    for run in _RUN.finditer(fold(text)):
        if run["han"]:
            characters = "".join(run.group().split())
            found.extend(characters)
            found.extend(map(add, characters, characters[1:]))
        else:
            found.append(run.group())
    return found


def count(text: str, asked: Iterable[str]) -> dict[str, int]:
    """How often a text has each of these words: what counting `words` would give, sooner for a few words."""
    folded = _PRINTED_GAP.sub("", fold(text))
    runs: Counter[str] | None = None
    found = {}
    for word in asked:
        if not is_han(word[0]):
            if runs is None:
                runs = Counter(run.group() for run in _RUN.finditer(folded) if not run["han"])
            times = runs[word]
        elif word[0] == word[-1] and len(word) > 1:  # 人人人 has 人人 twice
            times = len(re.findall(f"(?={word})", folded))
        else:
            times = folded.count(word)
        if times:
            found[word] = times
    return found


def tokens(text: str) -> list[Token]:
    """The same words as `words`, each with its place in the text."""
    folded, origins = _folded_with_origins(text)
    return list(_tokens(folded, origins))


def is_pair(word: str) -> bool:
    """Whether a word is two Chinese characters or a whole run, rather than one Chinese character."""
    return len(word) > 1 or not is_han(word)


@cache
def is_han(character: str) -> bool:
    """Whether one character is Chinese."""
    return _ONE.fullmatch(character) is not None


def _folded_with_origins(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index of the one it came from."""
    folded = [(one, at) for at, character in enumerate(text) for one in fold(character)]
    return "".join(one for one, _ in folded), [at for _, at in folded]


def _tokens(folded: str, origins: list[int]) -> Iterator[Token]:
    for run in _RUN.finditer(folded):
        if not run["han"]:
            yield Token(run.group(), origins[run.start()], origins[run.end() - 1] + 1)
            continue
        places = [at for at in range(run.start(), run.end()) if not folded[at].isspace()]
        for at in places:
            yield Token(folded[at], origins[at], origins[at] + 1)
        for at, after in pairwise(places):
            yield Token(folded[at] + folded[after], origins[at], origins[after] + 1)
