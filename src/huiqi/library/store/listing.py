"""What a library tells of its sources and documents without reading them whole, and of what was put."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiqi.library.model import Dated, Level


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A source of the library, with the length of its text and how many documents stand under it."""

    name: str
    medium: str
    encoding: str
    digest: str
    characters: int
    documents: int


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document as it is listed: everything but its clauses. Fields are those of `model.Document`.

    ``clauses`` counts its clauses, ``characters`` the characters of their texts; ``source`` is the source
    that it stands in.
    """

    id: str
    title: str
    number: str | None
    issuers: tuple[str, ...]
    issued: date | None
    level: Level
    region: str
    effective: Dated | None
    expires: Dated | None
    cover_title: str
    within: str
    section: str
    source: str
    clauses: int
    characters: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A document that was not put, because another source has it."""

    document: str
    title: str
    source: str  # where it stands


@dataclass(frozen=True, slots=True)
class Put:
    """What putting a reading came to; documents are named by their ids.

    ``moved`` were taken over from other sources; ``gone`` were in the source before and are no longer.
    """

    source: str
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    moved: tuple[Kept, ...]
    kept: tuple[Kept, ...]
    gone: tuple[str, ...]

    def __str__(self) -> str:
        counts = [
            f"{word}{len(some)}件"
            for word, some in (("新增", self.added), ("替换", self.replaced), ("去掉", self.gone))
            if some
        ]
        lines = [f"来源“{self.source}”：{'，'.join(counts) or '没有变化'}"]
        lines += [f"  移入：{each.title}（原在来源“{each.source}”）" for each in self.moved]
        lines += [f"  未动：{each.title}（已在来源“{each.source}”，没有要求替换）" for each in self.kept]
        return "\n".join(lines)
