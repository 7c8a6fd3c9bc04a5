"""The loop of the machine: compiled once for all rule books, it walks their code block by block.

A block is some thousand enterprises with all their items. Nothing else may import this file but what has made
sure that Numba is there.
"""

# Numba finds out the types of what it compiles.
# mypy: allow-untyped-defs

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any as Anything

import numpy as np

from huiqi.columns import program
from huiqi.columns.machine import kernels as k
from huiqi.columns.machine import words
from huiqi.columns.machine.words import NOTHING, Op


def _made(stamp: str) -> Anything:
    """The loop. Numba keeps what it compiled for each ``stamp``, since it does not see other files change."""

    @k.njit(nogil=True, error_model="numpy", boundscheck=False, cache=True)
    def run(
        code,
        args,
        numbers,
        bits,
        maps,
        starts,
        columns,
        places,
        groups_of,
        outputs,
        begins,
        compact,
        sums,
        first,
        last,
    ):
        """Walk the code for each block from ``first`` to before ``last``.

        ``starts`` are where the maps of bits begin; ``begins`` has for each space where each block begins;
        ``compact`` for each space of chosen rows the space that they are chosen from, else -1; ``columns``,
        ``places``, ``groups_of`` and ``outputs`` are addresses.
        """
        if len(stamp) == 0:
            return
        spaces = begins.shape[0]
        length, begin = np.zeros(spaces, np.uint64), np.zeros(spaces, np.uint64)
        ends = np.zeros((spaces, 8), np.int64)
        nobody = np.zeros(0, np.int32)
        for block in range(first, last):
            for space in range(spaces):
                if compact[space] < 0:
                    begin[space] = k.uint64(begins[space, block])
                    length[space] = k.uint64(begins[space, block + 1] - begins[space, block])
            at = 0
            while at < code.shape[0]:
                op, space = code[at, 0], code[at, 1]
                d, x, y, z = k.uint64(code[at, 2]), code[at, 3], code[at, 4], code[at, 5]
                s, t = code[at, 6], code[at, 7]
                a, b, c = k.uint64(x), k.uint64(y), k.uint64(z)
                n, start = length[space], begin[space]
                words = (n + k.uint64(63)) >> k.SIX
                padded = words * k.WORD
                at += 1
                if op == Op.AND:
                    k.all_of(bits, d, args, x, y, words)
                elif op == Op.EQUAL:
                    k.equal(bits, d, numbers, a, b, words)
                elif op == Op.EQUAL_TO:
                    k.equal_to(bits, d, numbers, a, s, words)
                elif op == Op.LESS:
                    k.less(bits, d, numbers, a, b, words)
                elif op == Op.LESS_THAN:
                    k.less_than(bits, d, numbers, a, s, words)
                elif op == Op.ADD:
                    k.add(numbers, d, a, b, padded)
                elif op == Op.ADD_TO:
                    k.add_to(numbers, d, a, s, padded)
                elif op == Op.SUBTRACT:
                    k.subtract(numbers, d, a, b, padded)
                elif op == Op.SUBTRACT_FROM:
                    k.subtract_from(numbers, d, a, s, padded)
                elif op == Op.MULTIPLY:
                    k.multiply(numbers, d, a, b, padded)
                elif op == Op.MULTIPLY_BY:
                    k.multiply_by(numbers, d, a, s, padded)
                elif op == Op.DIVIDE:
                    k.divide(numbers, d, a, b, n)
                elif op == Op.DIVIDE_BY:
                    k.divide_by(numbers, d, a, s, n)
                elif op == Op.MINIMUM:
                    k.minimum(numbers, d, a, b, padded)
                elif op == Op.MINIMUM_WITH:
                    k.minimum_with(numbers, d, a, s, padded)
                elif op == Op.MAXIMUM:
                    k.maximum(numbers, d, a, b, padded)
                elif op == Op.MAXIMUM_WITH:
                    k.maximum_with(numbers, d, a, s, padded)
                elif op == Op.SELECT:
                    k.select(numbers, d, bits, c, k.uint64(t), a, b, words)
                elif op == Op.SELECT_OR:
                    k.select_or(numbers, d, bits, c, k.uint64(t), a, s, words)
                elif op == Op.SELECT_OF:
                    k.select_of(numbers, d, bits, c, k.uint64(t), x, s, words)
                elif op == Op.LOAD_64:
                    column = k.carray(k.pointer(columns[x]), (start + n,), np.int64)
                    k.load(numbers, d, column, maps, starts[y], start, s, n)
                elif op == Op.LOAD_32:
                    column_32 = k.carray(k.pointer(columns[x]), (start + n,), np.int32)
                    k.load(numbers, d, column_32, maps, starts[y], start, s, n)
                elif op == Op.LOAD_16:
                    column_16 = k.carray(k.pointer(columns[x]), (start + n,), np.int16)
                    k.load(numbers, d, column_16, maps, starts[y], start, s, n)
                elif op == Op.LOAD_CODE:
                    column_16 = k.carray(k.pointer(columns[x]), (start + n,), np.int16)
                    k.load_code(bits, d, column_16, np.int16(s), maps, starts[y], start, n)
                elif op == Op.LOAD_TRUE:
                    k.load_bits(bits, d, maps, starts[x], starts[y], start, words)
                elif op == Op.LOAD_FALSE:
                    k.load_false(bits, d, maps, starts[x], starts[y], start, words)
                elif op == Op.FILL:
                    k.fill(numbers, d, s, padded)
                elif op == Op.FILL_BITS:
                    k.fill_bits(bits, d, k.EVERY if s else k.ZERO, words)
                elif op == Op.GATHER:
                    k.gather(numbers, d, a, k.longs(places[s], start + n), start, begin[t], n)
                elif op == Op.GATHER_BITS:
                    k.gather_bits(bits, d, a, b, k.longs(places[s], start + n), start, begin[t], n)
                elif op == Op.PICK:
                    k.gather(numbers, d, a, numbers, b, k.ZERO, n)
                elif op == Op.PICK_BITS:
                    k.gather_bits(bits, d, a, k.uint64(t), numbers, b, k.ZERO, n)
                elif op == Op.ANY or op == Op.SUM or op == Op.MOST or op == Op.LEAST:
                    first_item, items = begin[t], length[t]
                    around = k.longs(places[s], first_item + items)
                    if op == Op.ANY:
                        k.any_of(bits, d, a, b, around, first_item, start, items, words)
                    elif op == Op.SUM:
                        k.sum_of(numbers, d, a, around, first_item, start, items, n)
                    elif op == Op.MOST:
                        k.most(numbers, d, a, around, first_item, start, items, n)
                    else:
                        k.least(numbers, d, a, around, first_item, start, items, n)
                elif op == Op.PACK:
                    k.pack(numbers, d, bits, args, x, y, words)
                elif op == Op.CHOOSE:
                    found = k.choose(numbers, d, bits, args, x, y, n, ends[t])
                    length[t], begin[t] = found, start
                    if found == k.ZERO:
                        at = s
                elif op == Op.COUNT or op == Op.TOTAL:
                    of = nobody
                    if groups_of[space] != NOTHING:
                        base = space if compact[space] < 0 else compact[space]
                        of = k.carray(k.pointer(groups_of[space]), (begins[base, -1],), np.int32)
                    if op == Op.COUNT:
                        k.count(bits, a, b, n, start, of, sums, s)
                    else:
                        k.total(numbers, a, b, ends[space], args, z, t, start, of, sums)
                elif op == Op.STORE:
                    k.store(numbers, a, outputs[s], start, n)
                elif op == Op.STORE_BITS:
                    k.store_bits(bits, a, b, outputs[s], start, n)

    return run


_SOURCES = [Path(str(each.__file__)).read_bytes() for each in (k, words, program)]
run = _made(sha256(b"".join(_SOURCES)).hexdigest())
