"""A text put together line by line, with the places where pages begin and where something was lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from huiqi.library.model import Loss, LossKind


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: a source without its name and digest."""

    text: str
    encoding: str = ""
    paragraphs: bool = False
    page_starts: tuple[int, ...] = ()
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that stood before character ``at`` of a line, and is not in its text."""

    at: int
    kind: LossKind
    what: str


@dataclass(slots=True)
class Line:
    """A line on its way into a text; ``page`` says that a page begins with it."""

    text: str = ""
    missing: list[Missing] = field(default_factory=list)
    page: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was there: no text, and nothing missing."""
        return not self.text.strip() and not self.missing

    def add(self, text: str) -> None:
        """Put text at its end."""
        self.text += text

    def lose(self, kind: LossKind, what: str) -> None:
        """Something stood at its end that cannot be read."""
        self.missing.append(Missing(len(self.text), kind, what))

    def put_before(self, text: str) -> None:
        """Put text at its start."""
        self.text = text + self.text
        self.missing = [Missing(each.at + len(text), each.kind, each.what) for each in self.missing]


def row_line(cells: Sequence[Sequence[Line]]) -> Line:
    """A row of a table as one line: tabs between its cells, blanks between the lines of a cell."""
    row = Line(page=any(line.page for cell in cells for line in cell))
    for index, cell in enumerate(cells):
        row.add("\t" if index else "")
        for count, line in enumerate(line for line in cell if not line.is_empty):
            row.add(" " if count else "")
            row.missing.extend(
                Missing(len(row.text) + each.at, each.kind, each.what) for each in line.missing
            )
            row.add(line.text.replace("\t", " "))
    return row


class Assembly:
    """The text of a source while it is read; every line ends with a newline."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self._page_starts: list[int] = []
        self._losses: list[Loss] = []

    def page(self) -> None:
        """The next line begins a page."""
        self._page_starts.append(self._length)

    def line(self, text: str, missing: Iterable[Missing] = ()) -> None:
        """Add a line, and what is missing in it."""
        for each in missing:
            self.lose(each.kind, each.what, self._length + each.at)
        self._lines.append(text)
        self._length += len(text) + 1

    def lose(self, kind: LossKind, what: str, at: int) -> None:
        """Something is missing at an offset of the text."""
        self._losses.append(Loss(kind, what, at))

    @property
    def here(self) -> int:
        """The offset at which the next line will begin."""
        return self._length

    def content(self, encoding: str = "", *, paragraphs: bool) -> Content:
        """All of it; losses in the order of the text."""
        return Content(
            "".join(line + "\n" for line in self._lines),
            encoding,
            paragraphs,
            tuple(self._page_starts),
            tuple(sorted(self._losses, key=lambda loss: loss.at)),
        )
