"""What stands in a clause instead, for the person who mends a rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from huiqi.grounding.claims import SaidFigure
from huiqi.grounding.texts import FoundFigure, Passage
from huiqi.language.diagnostics import nearest
from huiqi.library.blanks import squeeze

_MANY = 6
_BEFORE, _AFTER = 8, 4  # characters shown around a figure


def operator(said: SaidFigure) -> str:
    """The operators of a figure for people."""
    return "定额" if said.ops == {"="} else " 或 ".join(sorted(said.ops))


def figures_there(said: SaidFigure, passage: Passage) -> str:
    """The figures of a passage: those of the same kind, or all when there are none."""
    found = [each.figure for each in passage.figures]
    alike = [figure for figure in found if figure.dimension == said.dimension]
    return _there(figure.text for figure in (alike or found))


def days_there(passage: Passage) -> str:
    """The days that a passage names, and those that follow from what it says (有效期一年)."""
    named = {end for day in passage.days for end in (day.first, day.last)}
    following = (day.isoformat() for day in passage.stated if day not in named)
    return _there([*(day.text for day in passage.days), *following])


def boundary_there(found: Sequence[FoundFigure], passage: Passage) -> str:
    """The few characters around a figure, so that its boundary word can be read."""
    for piece in passage.pieces:
        for each in piece.figures:
            if any(each is one for one in found):
                start, end = max(0, each.figure.start - _BEFORE), each.figure.end + _AFTER
                return f"条款写的是 …{piece.text[start:end]}…"
    return ""


def words_there(words: str, passage: Passage) -> str:
    """The stretch of a passage that is most like a few words."""
    wanted = squeeze(words)
    stretches = dict.fromkeys(
        piece.text[at : at + len(wanted)] for piece in passage.pieces for at in range(len(piece.text))
    )
    likely = [stretch for stretch in stretches if wanted[:1] in stretch or wanted[-1:] in stretch]
    found = nearest(wanted, likely)
    return f"最像的是“{found}”" if found else ""


def _there(texts: Iterable[str]) -> str:
    found = list(dict.fromkeys(texts))
    more = "……" if len(found) > _MANY else ""
    return f"条款里有 {'、'.join(found[:_MANY])}{more}" if found else ""
