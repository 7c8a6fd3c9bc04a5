"""The items of a document: what one number holds, with the paragraphs and own lines that belong to it.

A clause and its paragraphs (款) count as one item, its numbered children as items of their own. A line such
as ``责任单位：…`` or ``完成时限：…`` belongs to the item printed above it, wherever it stands in the tree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from huiqi.library.blanks import squeeze
from huiqi.library.model import Clause, Document

OWN_LINE = re.compile(r"(?:责任|牵头|配合|落实|主办|协办|承办)(?:单位|部门)[:：]|完成(?:时限|时间|期限)[:：]")
_MATTER = 24


@dataclass(frozen=True, slots=True)
class Item:
    """One item: the clause whose number it has, and its words, paragraph by paragraph and without blanks.

    ``above`` are the headings that it stands under, the outermost first.
    """

    clause: Clause
    heading: str
    paragraphs: tuple[str, ...]
    above: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Everything it says, one paragraph a line."""
        return "\n".join(filter(None, (self.heading, *self.paragraphs)))

    @property
    def matter(self) -> str:
        """What it is about: the heading, otherwise its first words."""
        if self.heading:
            return self.heading
        first = re.split(r"[，。；：\n]", self.text, maxsplit=1)[0]
        return first if len(first) <= _MATTER else first[:_MATTER] + "…"


@dataclass(slots=True)
class _Open:
    """An item being gathered."""

    clause: Clause
    heading: str
    above: tuple[str, ...]
    paragraphs: list[str] = field(default_factory=list)


def items_of(document: Document) -> tuple[Item, ...]:
    """The items of a document, in the order of its text."""
    found: list[_Open] = []
    for division in document.clauses:
        _gather(division.children, None, found)
    return tuple(
        Item(each.clause, each.heading, tuple(each.paragraphs), each.above)
        for each in found
        if each.heading or each.paragraphs
    )


def _gather(clauses: Sequence[Clause], inside: _Open | None, found: list[_Open]) -> None:
    for clause in clauses:
        if not clause.kind.is_text:
            continue
        own_line = not clause.kind.is_numbered and OWN_LINE.match(squeeze(clause.text))
        if found and own_line:
            found[-1].paragraphs.append(squeeze(clause.text))
        elif inside is not None and not clause.kind.is_numbered:
            inside.paragraphs.append(squeeze(clause.text))
            _gather(clause.children, inside, found)
        else:
            above = (*inside.above, inside.heading) if inside else ()
            item = _Open(clause, squeeze(clause.heading), tuple(filter(None, above)))
            found.append(item)
            if body := squeeze(clause.body):
                item.paragraphs.append(body)
            _gather(clause.children, item, found)
