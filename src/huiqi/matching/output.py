"""Where the results of a run go: one file of results, and beside it sums and rejects."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from huiqi.matching.parts import Part, drafted
from huiqi.matching.results import SCHEMA
from huiqi.tables import rejects_heading

SUFFIXES = (".parquet", ".csv", ".arrow")
RESULTS = pl.Schema(SCHEMA)
_ROWS = 250_000  # in a row group: what one reader must hold at once


class OutputError(ValueError):
    """The results cannot be written there; the text says what would be right."""


def check_output(out: Path) -> None:
    """Raises ``OutputError`` when results cannot go to this path."""
    if out.suffix.lower() not in SUFFIXES:
        raise OutputError(f"{out}: 结果写成 .parquet、.csv 或 .arrow，看后缀定；这个后缀是“{out.suffix}”")
    if not out.parent.is_dir():
        raise OutputError(f"{out.parent}: 没有这个文件夹，先建好再写结果")
    if out.is_dir():
        raise OutputError(f"{out}: 这是一个文件夹，请写文件名")


def beside(out: Path, kind: str, suffix: str = ".csv") -> Path:
    """A file beside the results: ``result.parquet`` → ``result.rejects.csv``."""
    return out.with_name(f"{out.stem}.{kind}{suffix}")


def write_results(
    out: Path, parts: Sequence[Part], kind: str = "results", schema: pl.Schema = RESULTS
) -> None:
    """All parts as one file, in order; it is there in whole or not at all."""
    suffix, paths = out.suffix.lower(), [part.path(f"{kind}.arrow") for part in parts]
    with drafted(out) as draft:
        if suffix == ".csv":
            with draft.open("wb") as file:
                for number, table in enumerate(map(pl.read_ipc, paths) if paths else (schema.to_frame(),)):
                    table.write_csv(file, include_header=number == 0, include_bom=number == 0)
            return
        whole = pl.scan_ipc(paths) if paths else schema.to_frame().lazy()
        if suffix == ".arrow":
            whole.sink_ipc(draft, compression="zstd", maintain_order=True)
        else:
            whole.sink_parquet(draft, compression="zstd", maintain_order=True, row_group_size=_ROWS)


def write_rejects(out: Path, parts: Sequence[Part]) -> Path | None:
    """The rows that were not taken, with the reasons; no file when there are none."""
    path = beside(out, "rejects")
    if not any(part.marker["rejects"] for part in parts):
        path.unlink(missing_ok=True)
        return None
    with drafted(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        file.write(rejects_heading())
        for part in parts:
            with part.path("rejects.csv").open(encoding="utf-8", newline="") as kept:
                file.write(kept.read())
    return path
