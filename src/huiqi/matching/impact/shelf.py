"""Impact reports that were published: a folder of JSON files, one a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from pydantic import ValidationError

from huiqi.matching.impact.report import ImpactReport
from huiqi.matching.parts import write_whole

FOLDER = "impact"
"""Where they are in the data folder of an installation."""

_NAME = re.compile(r"[0-9a-z-]{1,80}")


@dataclass(frozen=True, slots=True)
class Published:
    """A report and the name by which it is found."""

    name: str
    report: ImpactReport


def publish(report: ImpactReport, data_dir: Path) -> Path:
    """Put a report among those that are published; the same report again is the same file."""
    text = report.model_dump_json(indent=1)
    short = blake2b(text.encode(), digest_size=4).hexdigest()
    path = data_dir / FOLDER / f"{report.on_new.isoformat()}-{short}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text)
    return path


def published(data_dir: Path) -> Iterator[Published]:
    """Every published report that can be read, the one put there last first."""
    folder = data_dir / FOLDER
    paths = [one for one in folder.glob("*.json") if _NAME.fullmatch(one.stem)] if folder.is_dir() else []
    for path in sorted(paths, key=lambda one: (-one.stat().st_mtime, one.name)):
        found = find(data_dir, path.stem)
        if found is not None:
            yield found


def find(data_dir: Path, name: str) -> Published | None:
    """One of them by its name; ``None`` when there is none, or it is no report."""
    if not _NAME.fullmatch(name):
        return None
    try:
        text = (data_dir / FOLDER / f"{name}.json").read_text(encoding="utf-8")
        return Published(name, ImpactReport.model_validate_json(text))
    except (OSError, UnicodeDecodeError, ValidationError):
        return None
