"""Unified social credit codes by the column: the checks of ``huiqi.codes.uscc`` on many at once."""

from __future__ import annotations

from typing import Any as Anything

import numpy as np
import polars as pl

from huiqi.codes.uscc import ALPHABET, LENGTH

_SHAPE = f"^[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}$"
# the value of a character in GB 32100, and in GB 11714 (A=10 … Z=35, X alone 10 as a check character)
_VALUES = np.zeros(256, dtype=np.int64)
_VALUES[list(ALPHABET.encode())] = np.arange(len(ALPHABET))
_ORGANISATION_VALUES = np.zeros(256, dtype=np.int64)
_ORGANISATION_VALUES[list(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")] = np.arange(36)
_ORGANISATION_CHECKS = np.frombuffer(b"0123456789X", dtype=np.uint8)
_WEIGHTS = np.array([pow(3, place, 31) for place in range(LENGTH - 1)])
_ORGANISATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])


def are_credit_codes(texts: pl.Series) -> np.ndarray[Anything, np.dtype[np.bool_]]:
    """For each text, whether it is a code as ``uscc.parse`` takes it, nothing to tidy; null is none."""
    good = texts.str.contains(_SHAPE).fill_null(False).to_numpy().copy()
    shaped = "".join(texts.filter(pl.Series(good)).to_list()).encode()
    codes = np.frombuffer(shaped, dtype=np.uint8).reshape(-1, LENGTH)
    outer = -(_VALUES[codes[:, :17]] @ _WEIGHTS) % 31
    inner = -(_ORGANISATION_VALUES[codes[:, 8:16]] @ _ORGANISATION_WEIGHTS) % 11
    good[good] = (outer == _VALUES[codes[:, 17]]) & (_ORGANISATION_CHECKS[inner] == codes[:, 16])
    return good
