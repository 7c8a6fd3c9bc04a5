"""The manifest of an edition: what stood in it, by digests, kept as JSON beside the booklet for the next one.

It holds no official text: names, numbers, days, and the first 16 hexadecimal digits of SHA-256.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

FORMAT = 1
_STRICT = ConfigDict(extra="forbid")


class ManifestError(ValueError):
    """A file that is no manifest of an edition; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True, config=_STRICT)
class ClauseRecord:
    """A clause: its id in its document, how it is cited, and a digest of its words."""

    id: str
    cite: str
    digest: str


@dataclass(frozen=True, slots=True, config=_STRICT)
class DocumentRecord:
    """A document; ``key`` is its 文号, or its title where it has none, and stays from edition to edition."""

    key: str
    title: str
    state: str
    digest: str
    clauses: tuple[ClauseRecord, ...]


@dataclass(frozen=True, slots=True, config=_STRICT)
class BenefitRecord:
    """A benefit: whether it held on the day, and a digest of each part of what the booklet says of it."""

    id: str
    name: str
    document: str
    in_force: bool
    parts: dict[str, str]


@dataclass(frozen=True, slots=True, config=_STRICT)
class Manifest:
    """What stood in an edition."""

    title: str
    issuer: str
    on: date
    selection: str
    documents: tuple[DocumentRecord, ...]
    benefits: tuple[BenefitRecord, ...]
    format: int = FORMAT

    def to_json(self) -> str:
        """The file to keep."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, default=date.isoformat) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read a file that ``to_json`` wrote; raises ``ManifestError`` for any other."""
        try:
            found = _ADAPTER.validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "开头"
            raise ManifestError(
                f"这不是惠企汇编的版本清单：{where} 处不对，应是上一期留下的 .json 文件"
            ) from error
        if found.format != FORMAT:
            raise ManifestError(f"版本清单的格式是 {found.format}，这里只认识 {FORMAT}")
        return found


_ADAPTER = TypeAdapter(Manifest)


def digest(parts: Iterable[str]) -> str:
    """A digest of words; blanks at the ends make no difference, the cuts between the parts do."""
    return hashlib.sha256("\x1f".join(part.strip() for part in parts).encode()).hexdigest()[:16]
