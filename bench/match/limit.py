"""What memory allows: the bytes of the columns over the best rate at which this machine reads or copies."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np

SIZE = 256 * 1024 * 1024  # far above any cache but the last; every thread has its part
THREADS = os.cpu_count() or 1


def bandwidth(rounds: int = 7) -> float:
    """The best of several passes over memory, by all cores: bytes a second read, or read and written."""
    numbers = np.ones(SIZE // 8, np.int64)
    copied = np.empty_like(numbers)
    edges = [len(numbers) * part // THREADS for part in range(THREADS + 1)]
    spans = [slice(start, stop) for start, stop in pairwise(edges)]

    def read(span: slice) -> None:
        np.bitwise_or.reduce(numbers[span])

    def copy(span: slice) -> None:
        np.copyto(copied[span], numbers[span])

    best = 0.0
    with ThreadPoolExecutor(THREADS) as pool:
        for _ in range(rounds):
            for work, moved in ((read, 1), (copy, 2)):
                start = time.perf_counter()
                list(pool.map(work, spans))
                best = max(best, moved * numbers.nbytes / (time.perf_counter() - start))
    return best
