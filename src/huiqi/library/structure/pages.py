"""Printed page numbers: what the page marks say of every page, and where pages are missing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from huiqi.library.model import LineKind, Loss, LossKind, Pages
from huiqi.library.structure.lines import Line


@dataclass(frozen=True, slots=True)
class _Mark:
    """A page mark: the ``page``-th page of the text is printed page ``number``."""

    page: int
    number: int
    at: int


def number_pages(lines: Sequence[Line]) -> tuple[list[Pages | None], list[Loss]]:
    """The printed page of each line, and pages that are missing.

    A page mark closes its page. Between two marks there are as many pages as the difference of their numbers;
    where fewer begin, the rest is missing, and the pages between are known only within bounds.
    """
    page = 0
    page_of: list[int] = []
    marks: list[_Mark] = []
    empty: list[_Mark] = []  # pages of which only the number is left
    for line in lines:
        if line.mark is not None:
            if marks and marks[-1].page == page and line.mark == marks[-1].number + 1:
                page += 1
                empty.append(_Mark(page, line.mark, line.start))
            marks.append(_Mark(page, line.mark, line.start))
        elif line.page_start and line.kind is not LineKind.PAGE_MARK:
            page += 1
        page_of.append(page)
    if not marks:
        return [None] * len(lines), []
    ordinals = [mark.page for mark in marks]
    numbers = {each: _bounds(each, marks, ordinals) for each in set(page_of)}
    losses = [*_missing(marks), *_empty(empty)]
    return [numbers[each] for each in page_of], sorted(losses, key=lambda loss: loss.at)


def _bounds(page: int, marks: Sequence[_Mark], ordinals: Sequence[int]) -> Pages:
    """The numbers that a page can have, from the last mark up to it and the first from it on."""
    before, after = bisect_right(ordinals, page) - 1, bisect_left(ordinals, page)
    low = marks[before].number + page - marks[before].page if before >= 0 else max(1, page)
    high = marks[after].number - (marks[after].page - page) if after < len(marks) else low
    return Pages(min(low, high), max(low, high))


def _missing(marks: Sequence[_Mark]) -> Iterator[Loss]:
    for mark, following in pairwise(marks):
        lost = (following.number - mark.number) - (following.page - mark.page)
        if lost > 0:
            first, last = mark.number + 1, following.number
            what = f"印刷页{first}～{last}之间少{lost}页"
            yield Loss(LossKind.PAGES, what, mark.at, pages=Pages(first, last))


def _empty(marks: Sequence[_Mark]) -> Iterator[Loss]:
    """Pages of which only the number is left, taken together where they follow one another."""
    start = 0
    for at in range(1, len(marks) + 1):
        if at == len(marks) or marks[at].number != marks[at - 1].number + 1:
            pages = Pages(marks[start].number, marks[at - 1].number)
            yield Loss(LossKind.PAGES, f"印刷{pages}只剩页码", marks[start].at, pages=pages)
            start = at
