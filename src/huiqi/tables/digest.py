"""A digest of rows as they were read: the same rows have the same one on every machine."""

from __future__ import annotations

import sys
from hashlib import blake2b
from typing import Any as Anything

import numpy as np
import polars as pl

_BYTES = 32


class Digest:
    """Takes in rows, as bytes of a file or as columns, and says their digest."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self._hash = blake2b(digest_size=_BYTES)
        self._text("\0".join(columns))

    def bytes(self, content: bytes) -> None:
        """Take in rows as they stand in a file."""
        self._hash.update(len(content).to_bytes(8, "little"))
        self._hash.update(content)

    def frame(self, frame: pl.DataFrame) -> None:
        """Take in rows as columns: names, types and values, not what lies in memory under a null."""
        for series in frame:
            self._text(series.name)
            self._series(series)

    def hex(self) -> str:
        """The digest so far."""
        return self._hash.hexdigest()

    def _series(self, series: pl.Series) -> None:
        kind = series.dtype
        if isinstance(kind, pl.Categorical | pl.Enum | pl.Decimal | pl.Object):
            series, kind = series.cast(pl.String), pl.String()
        self._text(f"{kind}" if not kind.is_nested() else type(kind).__name__)
        self._hash.update(len(series).to_bytes(8, "little"))
        self._array(np.packbits(series.is_null().to_numpy()))
        if isinstance(kind, pl.Array):
            series, kind = series.arr.to_list(), pl.List(kind.inner)
        if isinstance(kind, pl.List):
            self._array(series.list.len().fill_null(0).to_numpy().astype(np.uint32))
            self._series(series.filter(series.list.len() > 0).explode())
        elif isinstance(kind, pl.Struct):
            self.frame(series.struct.unnest())
        elif isinstance(kind, pl.String | pl.Binary):
            lengths = series.str.len_bytes() if isinstance(kind, pl.String) else series.bin.size()
            self._array(lengths.fill_null(0).to_numpy().astype(np.uint32))
            self._joined(series)
        elif isinstance(kind, pl.Boolean):
            self._array(np.packbits(series.fill_null(False).to_numpy()))
        elif not isinstance(kind, pl.Null):
            physical = series.to_physical()
            self._array(physical.fill_null(0).to_numpy())

    def _joined(self, series: pl.Series) -> None:
        if isinstance(series.dtype, pl.String):
            self._hash.update((series.str.join("").item() or "").encode())
        else:
            self._hash.update(b"".join(one for one in series if one is not None))

    def _text(self, text: str) -> None:
        content = text.encode()
        self._hash.update(len(content).to_bytes(4, "little"))
        self._hash.update(content)

    def _array(self, array: np.ndarray[Anything, Anything]) -> None:
        if sys.byteorder == "big":
            array = array.byteswap()
        self._hash.update(np.ascontiguousarray(array).data)
