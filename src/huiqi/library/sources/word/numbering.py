"""The numbers that Word puts before paragraphs by itself: 一、（一）1. stand nowhere in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from huiqi.library.sources.labels import label
from huiqi.library.sources.word.names import Element, below, is_on, name, number, value
from huiqi.library.sources.word.styles import Styles

_PLACE = re.compile("%([1-9])")
_PADDED = {"01,": "decimalZero", "001,": "decimalZero3", "0001,": "decimalZero4", "00001,": "decimalZero5"}
"""Formats that are given by example (``001, 002, 003, ...``), by the first number of the example."""


@dataclass(frozen=True, slots=True)
class Level:
    """How the paragraphs of one level of a list are numbered (ISO/IEC 29500-1, 17.9).

    ``text`` has %1 for the number of the first level, and so on. ``restart`` is 0 when it never begins anew,
    and k when it does after a paragraph of one of the first k levels, otherwise of any higher level.
    ``arabic`` puts all numbers into Arabic digits, ``blank`` a blank or a tab after them.
    """

    start: int
    format: str
    text: str
    restart: int | None
    arabic: bool
    blank: bool
    style: str | None

    def restarts_after(self, own: int, level: int) -> bool:
        """Whether this level, ``own`` in its list, begins anew after a paragraph of another level."""
        return level < (own if self.restart is None else min(self.restart, own))


@dataclass(frozen=True, slots=True)
class _List:
    """A list: what it is counted under (several lists may share one count), its levels, starts of its own."""

    counted: str = ""
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Number:
    """The label of a paragraph with the blank after it, and formats that are not known here."""

    text: str
    unknown: tuple[str, ...] = ()


class Numbering:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._elements: dict[int, Element] = {}
        for element in root.iterchildren() if root is not None else ():
            if element.tag == name("w:abstractNum"):
                self._abstract.setdefault(element.get(name("w:abstractNumId"), ""), element)
            elif element.tag == name("w:num"):
                identifier = number(element.get(name("w:numId")))
                if identifier is not None:
                    self._elements.setdefault(identifier, element)
        self._lists: dict[int, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()

    def next_for(self, properties: Element | None) -> Number | None:
        """Count a paragraph with these properties; ``None`` when it is in no list, or under a mere bullet."""
        place = self._place(properties)
        if place is None:
            return None
        listed, level = place
        found = self._list(listed)
        own = found.levels.get(level)
        if own is None:
            return None
        counts = self._counts.setdefault(found.counted, {})
        if level in found.starts and (listed, level) not in self._begun:
            self._begun.add((listed, level))
            counts[level] = found.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else own.start
        for deeper in [each for each in counts if each > level]:
            if deeper in found.levels and found.levels[deeper].restarts_after(deeper, level):
                del counts[deeper]
        return _shown(own, found.levels, counts)

    def _place(self, properties: Element | None) -> tuple[int, int] | None:
        """The list and the level that a paragraph is in, by itself or by its style."""
        own = number(value(properties, "w:numPr/w:numId"))
        level = number(value(properties, "w:numPr/w:ilvl"))
        if own is not None:
            return (own, level or 0) if own else None
        by_style = self._styles.numbering(value(properties, "w:pStyle"))
        if by_style is None or not by_style[0]:
            return None
        listed, named, style = by_style
        if level is None:
            # The list ties a style to a level; what the style says counts only where it does not.
            tied = (each for each, of in self._list(listed).levels.items() if of.style == style)
            level = next(tied, named or 0)
        return listed, level

    def _list(self, identifier: int) -> _List:
        if identifier not in self._lists:
            self._lists[identifier] = self._read_list(identifier)
        return self._lists[identifier]

    def _read_list(self, identifier: int) -> _List:
        element = self._elements.get(identifier)
        if element is None:
            return _List()
        counted = self._defined(value(element, "w:abstractNumId") or "")
        levels = {}
        abstract = self._abstract.get(counted)
        for each in abstract.iterchildren(name("w:lvl")) if abstract is not None else ():
            levels[_index(each)] = _level(each)
        starts = {}
        for override in element.iterchildren(name("w:lvlOverride")):
            level, other = _index(override), override.find(name("w:lvl"))
            if other is not None:
                levels[level] = _level(other)
            start = number(value(override, "w:startOverride"))
            if start is not None:
                starts[level] = start
                if level in levels:
                    levels[level] = replace(levels[level], start=start)
        return _List(counted, levels, starts)

    def _defined(self, abstract: str) -> str:
        """The definition that has the levels: one may point to a list style, which points to the other."""
        style = value(self._abstract.get(abstract), "w:numStyleLink")
        if style is None:
            return abstract
        for identifier, element in self._abstract.items():
            if value(element, "w:styleLink") == style:
                return identifier
        return abstract


def _index(element: Element) -> int:
    return number(element.get(name("w:ilvl"))) or 0


def _level(element: Element) -> Level:
    start = number(value(element, "w:start"))
    return Level(
        start=0 if start is None else start,
        format=_format(element),
        text=value(element, "w:lvlText") or "",
        restart=number(value(element, "w:lvlRestart")),
        arabic=is_on(element, "w:isLgl"),
        blank=value(element, "w:suff") != "nothing",
        style=value(element, "w:pStyle"),
    )


def _format(element: Element) -> str:
    """The name of a number format. A newer one is wrapped, with an older one beside it to fall back on."""
    found = below(element, "w:numFmt")
    if found is None:
        found = below(element, "mc:AlternateContent/mc:Choice/w:numFmt")
    if found is None:
        return "decimal"
    if value(found) == "custom":
        padded = _PADDED.get(found.get(name("w:format"), "").partition(" ")[0])
        return padded or value(element, "mc:AlternateContent/mc:Fallback/w:numFmt") or "decimal"
    return value(found) or "decimal"


def _shown(own: Level, levels: dict[int, Level], counts: dict[int, int]) -> Number | None:
    if own.format == "bullet":
        return None
    unknown = []

    def number_of(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        level = levels.get(index)
        if level is None or level.format in ("none", "bullet"):
            return ""
        # A level that was passed over counts as begun.
        count = counts.get(index, level.start)
        shown = label(count, "decimal" if own.arabic else level.format)
        if shown is None:
            unknown.append(level.format)
        return str(count) if shown is None else shown

    text = _PLACE.sub(number_of, own.text)
    if not text.strip():
        return None
    return Number(text + (" " if own.blank else ""), tuple(unknown))
