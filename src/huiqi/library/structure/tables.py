"""What is left of tables and forms: their cells, one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huiqi.library.structure.paragraphs import Paragraph, ends_sentence

_PIECE = 8  # a line of at most so many characters may be a cell
_PIECES = 4  # so many in a row are the remains of a table
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[.．、）)]")


def scattered(paragraphs: Sequence[Paragraph]) -> list[tuple[bool, list[Paragraph]]]:
    """The paragraphs in runs: ``True`` with what is left of a table or a form, ``False`` with text."""
    runs: list[tuple[bool, list[Paragraph]]] = []
    at = 0
    while at < len(paragraphs):
        end = at
        while end < len(paragraphs) and _is_piece(paragraphs[end]):
            end += 1
        pieces = sum(len(paragraph.lines) for paragraph in paragraphs[at:end])
        if end - at >= _PIECES or (end > at and pieces >= _PIECES * 2):
            runs.append((True, list(paragraphs[at:end])))
            at = end
            continue
        end = max(end, at + 1)
        if runs and not runs[-1][0]:
            runs[-1][1].extend(paragraphs[at:end])
        else:
            runs.append((False, list(paragraphs[at:end])))
        at = end
    return runs


def _is_piece(paragraph: Paragraph) -> bool:
    if _NUMBERED.match(paragraph.text):
        return False
    return all(len(line.text) <= _PIECE for line in paragraph.lines) and not ends_sentence(paragraph.text)
