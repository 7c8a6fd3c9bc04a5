"""The boundary word that stands with a figure in a text, as the operator that it asks for.

A word before a figure (不超过, 达到) also holds for those listed after it, and a word after one (以上) for
those listed before it. Which words there are, `huiqi.language.boundary` says; a few more are read here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from huiqi.grounding.figures import FOLD, Figure
from huiqi.language.boundary import operator_in

_AFTER = re.compile(
    r"(?:人民币)?(?:\((?:含|不含)[^()]{0,6}\))?(?:及|或|\(含\)|含)?"
    r"(?P<word>以上|以下|以内|以外|之前|之内|内(?![部容资地外设])|止|封顶|为上限|为限)"
)
_MORE_AFTER = frozenset({"之内", "内", "止", "封顶", "为上限", "为限"})
_MORE_BEFORE: Mapping[str, str] = {
    "最高": "<=", "最多": "<=", "至多": "<=", "最长": "<=", "上限": "<=", "限额": "<=", "封顶": "<=",
    "最低": ">=", "至少": ">=", "下限": ">=", "满": ">=", "达": ">=",
}  # fmt: skip
_NO_WORDS = re.compile("以[上下内外]|之前|[发到直送]达|完满|圆满|满足|满意|充满|表达|达标")
"""What stands before a figure and says nothing about it."""
_STOPS = "，。；：、,;:\n\0"
_BRACKETS = re.compile(r"\([^()]*\)")
_REACH = 18  # characters before a figure, in the same phrase, in which its word stands
_LISTED = re.compile("[、,和或及至到—~～-]+")


def operators(text: str, figures: Sequence[Figure]) -> tuple[str | None, ...]:
    """For each figure of a text what the word beside it asks for, ``None`` when there is no word."""
    folded = text.translate(FOLD)
    ends = [0, *(figure.end for figure in figures)]
    before = [_before(folded[end : figure.start]) for end, figure in zip(ends, figures, strict=False)]
    after = [_after(folded[figure.end :]) for figure in figures]
    listed = [False, *(_listed(folded, *pair) for pair in pairwise(figures))]
    for place in range(1, len(figures)):
        if listed[place] and before[place] is None and after[place] is None:
            before[place] = before[place - 1]
    for place in range(len(figures) - 2, -1, -1):
        if listed[place + 1] and before[place] is None and after[place] is None:
            after[place] = after[place + 1]
    return tuple(right or left for left, right in zip(before, after, strict=True))


def _listed(text: str, left: Figure, right: Figure) -> bool:
    """Whether a figure follows another in a list of the same kind."""
    return bool(_LISTED.fullmatch(text[left.end : right.start])) and left.dimension == right.dimension


def _before(words: str) -> str | None:
    """What the last boundary word of the phrase before a figure asks for."""
    window = _BRACKETS.sub("", words[-2 * _REACH :])
    window = window[max(window.rfind(stop) for stop in _STOPS) + 1 :][-_REACH:]
    window = _NO_WORDS.sub("…", window)
    for length in range(1, len(window) + 1):
        op = _word(window[-length:])
        if op is not None:
            # the word that was found may be the end of a longer one: 超过 of 不得超过
            longer = (_word(window[-more:]) for more in range(min(length + 2, len(window)), length, -1))
            return next((each for each in longer if each is not None), op)
    return None


def _word(words: str) -> str | None:
    """The operator that a few characters ask for."""
    op = operator_in(words)
    return op or next((op for word, op in _MORE_BEFORE.items() if word in words), None)


def _after(words: str) -> str | None:
    match = _AFTER.match(words[:14])
    if match is None:
        return None
    return "<=" if match["word"] in _MORE_AFTER else operator_in(match["word"])
