"""Where the results of a run go: one file of results, and beside it sums and rejects."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from huiqi.matching.parts import Part
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
    draft = out.with_name(out.name + ".draft")
    paths = [part.path(f"{kind}.arrow") for part in parts]
    if not paths:
        nothing = pl.DataFrame(schema=schema)
        if out.suffix.lower() == ".csv":
            nothing.write_csv(draft, include_bom=True)
        elif out.suffix.lower() == ".arrow":
            nothing.write_ipc(draft)
        else:
            nothing.write_parquet(draft)
        draft.replace(out)
        return
    if out.suffix.lower() == ".csv":
        with draft.open("wb") as file:
            for number, path in enumerate(paths):
                pl.read_ipc(path).write_csv(file, include_header=number == 0, include_bom=number == 0)
    else:
        table = pl.scan_ipc(paths)
        if out.suffix.lower() == ".arrow":
            table.sink_ipc(draft, compression="zstd", maintain_order=True)
        else:
            table.sink_parquet(draft, compression="zstd", maintain_order=True, row_group_size=_ROWS)
    draft.replace(out)


def write_rejects(out: Path, parts: Sequence[Part]) -> Path | None:
    """The rows that were not taken, with the reasons; no file when there are none."""
    path = beside(out, "rejects")
    if not any(part.marker["rejects"] for part in parts):
        path.unlink(missing_ok=True)
        return None
    draft = path.with_name(path.name + ".draft")
    with draft.open("w", encoding="utf-8", newline="") as file:
        file.write(rejects_heading())
        for part in parts:
            with part.path("rejects.csv").open(encoding="utf-8", newline="") as kept:
                file.write(kept.read())
    draft.replace(path)
    return path


def write_sums(out: Path, kind: str, table: pl.DataFrame) -> Path:
    """A table of sums beside the results."""
    path = beside(out, kind)
    draft = path.with_name(path.name + ".draft")
    table.write_csv(draft, include_bom=True)
    draft.replace(path)
    return path
