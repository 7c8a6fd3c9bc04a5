"""What the reader of official text is told by the catalogue: places, bodies, everyday words, remarks.

The code knows no city. Everything here is content that another district replaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiqi.codes.regions import Regions


@dataclass(frozen=True, slots=True)
class Body:
    """责任主体: a body of government under its full name, with the short names that texts use."""

    name: str
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """整理: what people noted on a document's text; ``cite`` or ``words`` say where."""

    document: str  # 文号 or title
    cite: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """复核: the class that a reviewer gave a clause, against what the extractor says."""

    document: str
    cite: str
    role: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the catalogue tells the library. Empty, it still reads; levels and bodies are then less sure."""

    regions: Regions | None = None
    region: str = ""  # the catalogue's own region, which short names (我市, 市财政局) refer to
    bodies: tuple[Body, ...] = ()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    noted: tuple[Noted, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()
