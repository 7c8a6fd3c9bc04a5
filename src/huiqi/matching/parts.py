"""The working folder of a run: what is done is kept, so that a run that was killed goes on where it was.

Each chunk of the table leaves its files, and last of all a marker that names the digest of the rows it came
from; a chunk without a marker, or whose rows have changed, is done again.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any as Anything

import polars as pl

_MANIFEST = "run.json"


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """Where to write a file that is there in whole or not at all: it takes its place at the end."""
    draft = path.with_name(path.name + ".draft")
    yield draft
    draft.replace(path)


def write_whole(path: Path, text: str) -> None:
    """A text that is there in whole or not at all, also after a power failure."""
    with drafted(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def write_table(table: pl.DataFrame, path: Path) -> None:
    """A table that is there in whole or not at all."""
    with drafted(path) as draft:
        table.write_ipc(draft, compression="lz4")


def write_sheet(table: pl.DataFrame, path: Path) -> Path:
    """A table as CSV that spreadsheets open, there in whole or not at all."""
    with drafted(path) as draft:
        table.write_csv(draft, include_bom=True)
    return path


@dataclass(frozen=True, slots=True)
class Part:
    """One finished chunk: where its files are, and what its marker says."""

    number: int
    folder: Path
    marker: Mapping[str, Anything]

    def path(self, kind: str) -> Path:
        """The file of a kind: ``results.arrow``, ``sums.arrow``, ``state.arrow``, ``rejects.csv``."""
        return self.folder / f"{self.number:06}.{kind}"


class WorkFolder:
    """The parts of one run beside its output. ``manifest`` is everything that the parts depend on.

    Parts of a run with another manifest are thrown away: they answer another question.
    """

    def __init__(self, out: Path, manifest: Mapping[str, Anything]) -> None:
        self.folder = out.with_name(out.name + ".work")
        told = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1)
        kept = self.folder / _MANIFEST
        self.resumed = kept.is_file() and kept.read_text(encoding="utf-8") == told
        if not self.resumed:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            write_whole(kept, told)

    def done(self, number: int, digest: str) -> Part | None:
        """The part of a chunk, if it is finished and its rows are the same."""
        marker = self.folder / f"{number:06}.json"
        if not marker.is_file():
            return None
        found = json.loads(marker.read_text(encoding="utf-8"))
        return Part(number, self.folder, found) if found["digest"] == digest else None

    def write(
        self,
        number: int,
        digest: str,
        tables: Mapping[str, pl.DataFrame],
        rejects: str,
        counts: Mapping[str, int],
    ) -> Part:
        """Finish a chunk: its tables, its rejects as CSV, and the marker."""
        part = Part(number, self.folder, {"digest": digest, **counts})
        for kind, table in tables.items():
            write_table(table, part.path(f"{kind}.arrow"))
        write_whole(part.path("rejects.csv"), rejects)
        write_whole(self.folder / f"{number:06}.json", json.dumps(dict(part.marker)))
        return part

    def remove(self) -> None:
        """The run is finished."""
        shutil.rmtree(self.folder, ignore_errors=True)
