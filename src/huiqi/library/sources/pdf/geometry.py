"""Places on a PDF page, as the page is shown: in points, from its lower left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium


class Box(NamedTuple):
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Its extent from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its extent from bottom to top."""
        return self.top - self.bottom

    @property
    def area(self) -> float:
        """Square points."""
        return self.width * self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre, from the left and from below."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Its four corners, each from the left and from below."""
        left, bottom, right, top = self
        return (left, bottom), (right, bottom), (left, top), (right, top)

    @staticmethod
    def around_all(boxes: Sequence[Box]) -> Box:
        """The smallest box that holds all of some."""
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return Box(min(lefts), min(bottoms), max(rights), max(tops))

    def around(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether a point is in it."""
        return self.left <= point[0] <= self.right and self.bottom <= point[1] <= self.top


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page is turned when it is shown: clockwise, by a multiple of 90 degrees."""

    degrees: int
    width: float  # of the page before it is turned
    height: float

    @staticmethod
    def of(page: pdfium.PdfPage) -> Turn:
        """The turn of a page; a page whose rotation makes no sense is not turned."""
        try:
            degrees = int(page.get_rotation())
        except (pdfium.PdfiumError, KeyError):
            degrees = 0
        left, bottom, right, top = page.get_bbox()
        return Turn(degrees, float(right - left), float(top - bottom))

    @property
    def area(self) -> float:
        """Square points of the page."""
        return self.width * self.height

    def shown(self, box: Box) -> Box:
        """Where a box of the page's own coordinates is shown."""
        left, bottom, right, top = box
        match self.degrees:
            case 90:
                return Box(bottom, self.width - right, top, self.width - left)
            case 180:
                return Box(self.width - right, self.height - top, self.width - left, self.height - bottom)
            case 270:
                return Box(self.height - top, left, self.height - bottom, right)
            case _:
                return box
