"""The booklet as PDF, set by Typst with the fonts that come along.

The file is tagged (PDF/UA-1) and fit to be kept (PDF/A-2a); the same booklet makes the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any as Anything

import typst

from huiqi.booklet.arrange import arrange
from huiqi.booklet.blocks import Block, ClauseBlock, Cover, Heading
from huiqi.booklet.characters import (
    FONTS,
    HEADING_FONT,
    TEXT_FONTS,
    Missing,
    at_hand,
    clean,
    families_for,
    stand_in,
    unshowable,
)
from huiqi.booklet.model import Booklet
from huiqi.clocks import BEIJING

_LAYOUT = Path(__file__).parent / "layout.typ"


@dataclass(frozen=True, slots=True)
class Print:
    """A PDF, the characters that no font has (shown as 〓), and the fonts of the system that were needed."""

    content: bytes
    missing: tuple[Missing, ...] = ()
    borrowed: tuple[str, ...] = ()


def as_pdf(booklet: Booklet, *, system_fonts: bool = True) -> Print:
    """The booklet as A4 pages.

    ``system_fonts`` lets characters that the fonts at hand do not have be looked for in those of the system.
    """
    arranged = arrange(booklet)
    blocks = [_data(block) for block in arranged]
    places: dict[str, dict[str, None]] = {}
    for block, where in zip(blocks, _places(arranged), strict=True):
        for text in _texts(block):
            for character in set(text) - at_hand():
                places.setdefault(character, {})[where] = None
    private = unshowable("".join(places))
    borrowed = families_for(places.keys() - private, _system_faces()) if system_fonts else {}
    lacking = sorted(places.keys() - frozenset().union(*borrowed.values()))
    table = str.maketrans({character: stand_in(character) for character in lacking})
    families = [name for name, _ in TEXT_FONTS] + list(borrowed)
    data = {
        "title": clean(booklet.title).translate(table),
        "issuer": clean(booklet.issuer).translate(table),
        "date": {"year": booklet.on.year, "month": booklet.on.month, "day": booklet.on.day},
        "fonts": {"text": families, "headings": [HEADING_FONT[0], *families]},
        "blocks": [_mapped(block, lambda text: text.translate(table)) for block in blocks],
    }
    content = typst.compile(
        _LAYOUT,
        font_paths=[FONTS],
        ignore_system_fonts=not borrowed,
        sys_inputs={"booklet": json.dumps(data, ensure_ascii=False)},
        timestamp=datetime(booklet.on.year, booklet.on.month, booklet.on.day, tzinfo=BEIJING),
        pdf_standards=["ua-1", "a-2a"],
        format="pdf",
    )
    missing = tuple(Missing(character, tuple(places[character])) for character in lacking)
    return Print(content, missing, tuple(borrowed))


def _data(block: Block) -> dict[str, Anything]:
    """A block as JSON, under the name by which layout.typ knows it, its words fit to be shown."""
    found: dict[str, Anything] = _mapped({"kind": type(block).__name__, **asdict(block)}, clean)
    return found


def _mapped(value: Anything, change: Callable[[str], str]) -> Anything:
    """The same data with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _mapped(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(inner, change) for inner in value]
    return value


def _texts(value: Anything) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _places(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Where each block stands, for a person: the document or section, and the clause."""
    document = section = ""
    for block in blocks:
        if isinstance(block, Cover):
            section = "封面"
        elif isinstance(block, Heading):
            document = block.text if block.level <= 2 else document
            section = block.text
        if isinstance(block, ClauseBlock) and block.cite:
            yield clean(f"{document} {block.cite}")
        else:
            yield clean(section if section == document or not document else f"{document} {section}")


@cache
def _system_faces() -> tuple[tuple[str, Path, int], ...]:
    """Family, file and face of every font of the system, upright ones of ordinary weight first."""
    found = typst.Fonts(include_embedded_fonts=False).fonts()
    ordered = sorted(found, key=lambda one: (one.style != "normal", abs(one.weight - 400), one.family))
    return tuple((one.family, Path(one.path), one.index) for one in ordered if one.path)
