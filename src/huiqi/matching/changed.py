"""What a run leaves for the next one, so that only what has changed is judged again (``--changed``).

Beside the results stand the fingerprints of every enterprise and every benefit. An answer whose two
fingerprints are the same as before is taken from the results as they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any as Anything

import polars as pl

from huiqi.matching.parts import Part, drafted, write_whole

_FORMAT = 1


def state_paths(out: Path) -> tuple[Path, Path]:
    """The two files of a state: the enterprises, and the rest."""
    return out.with_name(out.name + ".state.parquet"), out.with_name(out.name + ".state.json")


def file_digest(path: Path) -> str:
    """A fingerprint of a file."""
    found = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()


@dataclass(frozen=True)
class State:
    """What the last run left: the fingerprints of its benefits, and where its results can be read."""

    out: Path
    benefits: Mapping[str, str]
    lengths: Sequence[int]

    def enterprises(self, ids: pl.Series) -> pl.DataFrame:
        """Of these enterprises, those that the last run had: 编号, 指纹 and the part that they stood in."""
        path, _ = state_paths(self.out)
        wanted = pl.LazyFrame([ids.alias("编号")])
        return pl.scan_parquet(path).join(wanted, on="编号", how="semi").collect()

    def results(self, part: int) -> pl.DataFrame:
        """The results of one part of the last run."""
        start = sum(self.lengths[:part])
        return pl.scan_parquet(self.out).slice(start, self.lengths[part]).collect()


def read_state(out: Path, question: Mapping[str, Anything]) -> State | None:
    """The state beside the results, if it is of the same question and of these results."""
    enterprises, rest = state_paths(out)
    if not (out.is_file() and enterprises.is_file() and rest.is_file()):
        return None
    try:
        found = json.loads(rest.read_text(encoding="utf-8"))
    except ValueError:
        return None
    if found.get("format") != _FORMAT or found["question"] != json.loads(json.dumps(question)):
        return None
    if found["results"] != file_digest(out):
        return None
    return State(out, found["benefits"], found["lengths"])


def write_state(
    out: Path, question: Mapping[str, Anything], benefits: Mapping[str, str], parts: Sequence[Part]
) -> None:
    """Leave the state of a finished run. What it says of the results is true only once both files stand."""
    enterprises, rest = state_paths(out)
    rest.unlink(missing_ok=True)
    if not parts:
        enterprises.unlink(missing_ok=True)
        return
    tables = [
        pl.scan_ipc(part.path("state.arrow")).with_columns(pl.lit(place, dtype=pl.UInt32).alias("部分"))
        for place, part in enumerate(parts)
    ]
    with drafted(enterprises) as draft:
        pl.concat(tables).sink_parquet(draft, compression="zstd", maintain_order=True)
    told = {
        "format": _FORMAT,
        "question": dict(question),
        "benefits": dict(benefits),
        "lengths": [part.marker["results"] for part in parts],
        "results": file_digest(out),
    }
    write_whole(rest, json.dumps(told, ensure_ascii=False, indent=1))
