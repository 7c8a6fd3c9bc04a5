"""Titles and document numbers as they are compared: brackets, blanks and quotes are written in many ways."""

from __future__ import annotations

import re

from huiqi.library.store.tokens import fold

_BRACKETS = str.maketrans("〔〕【】()", "[][][]")
_UNHEARD = re.compile(r"[\s《》〈〉“”\"'‘’「」『』·,，、。.:：;；\-—_]+")


def name_key(name: str) -> str:
    """A title or number without blanks, quotes and points, and with one kind of brackets.

    ``云政 [2023] 1 号`` and ``云政〔2023〕1号`` have the same key.
    """
    return _UNHEARD.sub("", fold(name).translate(_BRACKETS))
