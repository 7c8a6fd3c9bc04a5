"""A batch as the machine reads it: where its columns stand in memory, in blocks of enterprises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any as Anything

import numpy as np
import numpy.typing as npt
import polars as pl

from huiqi.columns.frames import Frames
from huiqi.columns.machine.steps import Source
from huiqi.columns.program import ENTERPRISE, Space

Longs = npt.NDArray[np.int64]

BLOCK = 4096
"""Enterprises in a block, and times ``SPREAD`` the most items: what is at work stays in the cache."""
SPREAD = 8


@dataclass(slots=True)
class Sources:
    """The columns read: addresses of numbers, and for truth values where each begins in ``maps``, in bits.

    ``held`` keeps what the addresses point to.
    """

    columns: Longs
    widths: list[int]
    maps: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.uint64]
    held: list[object] = field(default_factory=list)


def sources_of(frames: Frames, wanted: Sequence[Source]) -> Sources:
    """Find the columns; nothing is copied but the bits."""
    columns, widths, held = np.zeros(len(wanted), np.int64), [0] * len(wanted), []
    bits: list[tuple[npt.NDArray[np.uint8] | None, int, int]] = []
    arrays: dict[tuple[Space, str], Anything] = {}
    for number, (what, space, key) in enumerate(wanted):
        if what == "odd":
            odd = np.zeros(len(frames.batch), np.bool_)
            odd[list(frames.batch.odd)] = True
            bits.append((np.packbits(odd, bitorder="little"), 0, len(odd)))
            continue
        if (space, key) not in arrays:
            arrays[space, key] = _column(frames, space, key).to_arrow()
        array = arrays[space, key]
        known, values = array.buffers()
        if what == "numbers":
            held.append(array)
            widths[number] = array.type.bit_width
            columns[number] = values.address + array.offset * widths[number] // 8
            bits.append((None, 0, 0))
            continue
        buffer = known if what == "known" else values
        read = None if buffer is None else np.frombuffer(buffer, np.uint8)
        bits.append((read, array.offset, len(array)))
    sizes = [(offset + length + 63) // 64 + 2 for _, offset, length in bits]
    maps = np.full(sum(sizes) + 1, -1, np.int64).view(np.uint64)
    starts = np.cumsum([0, *sizes])[: len(sizes)].astype(np.int64)
    for (read, offset, length), start in zip(bits, starts, strict=True):
        if read is not None:
            used = (offset + length + 7) // 8
            maps[start:].view(np.uint8)[:used] = read[:used]
    offsets = np.array([offset for _, offset, _ in bits], np.int64)
    return Sources(columns, widths, maps, (starts * 64 + offsets).astype(np.uint64), held)


def _column(frames: Frames, space: Space, key: str) -> pl.Series:
    if space == ENTERPRISE:
        return frames.batch.facts[key]
    collection, _, name = key.partition(".")
    return frames.batch.items[collection][name]


def blocks(rows: Mapping[Space, Longs], number: int, size: int = BLOCK) -> Longs:
    """Where blocks begin among ``number`` enterprises, and where the last ends.

    A block has at most ``size`` enterprises and, unless one alone has more, ``SPREAD`` times that many items.
    """
    edges = list(range(0, number, size))
    found: list[int] = []
    waiting = [(start, min(start + size, number)) for start in reversed(edges)]
    while waiting:
        start, stop = waiting.pop()
        most = max(
            (int(np.subtract(*np.searchsorted(row, (stop, start)))) for row in rows.values()),
            default=0,
        )
        if most > SPREAD * size and stop - start > 1:
            middle = (start + stop) // 2
            waiting += [(middle, stop), (start, middle)]
        else:
            found.append(start)
    return np.array([*found, number], np.int64)


def begins_of(rows: Mapping[Space, Longs], spaces: Sequence[Space], edges: Longs) -> Longs:
    """For each space, where each block begins, and where the last ends."""
    return np.stack([np.searchsorted(rows[space], edges).astype(np.int64) for space in spaces])
