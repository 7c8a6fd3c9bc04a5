# Numba finds out the types of what it compiles.
# mypy: allow-untyped-defs
"""What each operation of the machine does to a register: small loops that become vector instructions.

Numbers of 64 bits stand in one array, truth values in another, 64 to a word; a register is a stretch of one
of them, long enough for the rows of its space. ``d``, ``a``, ``b`` are where registers begin; ``f`` turns
the words that are read (all ones: not). Numba must be there.
"""

from __future__ import annotations

from typing import Any as Anything

import numba
import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils as tools
from numba.extending import intrinsic as numba_intrinsic

from huiqi.columns.program import INFINITE

cgutils: Anything = tools
intrinsic: Anything = numba_intrinsic
njit: Anything = numba.njit
carray: Anything = numba.carray  # type: ignore[attr-defined]
types: Anything = numba.types
uint64: Anything = numba.uint64


def compiled(work: Anything) -> Anything:
    """For a function that Numba compiles when it is first called."""
    return njit(nogil=True, error_model="numpy", boundscheck=False)(work)


_LOW_HALF = (1 << 32) - 1
_EXACT = 1 << 50  # numbers below are exact as floats of 64 bits, with room to spare
EVERY = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
_EIGHT = ir.VectorType(ir.IntType(64), 8)
ONE, ZERO, SIX, WORD = np.uint64(1), np.uint64(0), np.uint64(6), np.uint64(64)


@intrinsic  # type: ignore[untyped-decorator]
def pointer(typing: Anything, address: Anything) -> Anything:
    """An address as a pointer."""

    def build(context: Anything, builder: Anything, signature: Anything, given: Anything) -> Anything:
        return builder.inttoptr(given[0], cgutils.voidptr_t)

    return types.voidptr(types.int64), build


@intrinsic  # type: ignore[untyped-decorator]
def ones(typing: Anything, word: Anything) -> Anything:
    """How many bits of a word are set."""

    def build(context: Anything, builder: Anything, signature: Anything, given: Anything) -> Anything:
        return builder.ctpop(given[0])

    return types.uint64(types.uint64), build


@intrinsic  # type: ignore[untyped-decorator]
def lowest(typing: Anything, word: Anything) -> Anything:
    """Which is the lowest bit set of a word."""

    def build(context: Anything, builder: Anything, signature: Anything, given: Anything) -> Anything:
        return builder.cttz(given[0], cgutils.false_bit)

    return types.uint64(types.uint64), build


@compiled
def longs(address, length):
    """The numbers from an address on."""
    return carray(pointer(address), (length,), np.int64)


# ---- truth values: d, a are where a register begins, f turns what is read (all ones: not) ----


@intrinsic
def and_chunk(typing, bits, d, args, first, count, word):
    """Eight words of all of ``count`` registers at once.

    Written as vectors, which is five times as fast as what the compiler makes of a loop.
    """

    def build(context: Anything, builder: Anything, signature: Anything, given: Anything) -> Anything:
        whole, short = ir.IntType(64), ir.IntType(32)
        nothing = ir.Constant(_EIGHT, ir.Undefined)
        base = builder.gep(context.make_array(bits)(context, builder, given[0]).data, [given[5]])
        table = context.make_array(args)(context, builder, given[2]).data
        line = ir.Constant(whole, 3)
        begin = builder.gep(table, [builder.mul(given[3], line)])
        found = cgutils.alloca_once_value(builder, ir.Constant(_EIGHT, [-1] * 8))
        with cgutils.for_range(builder, given[4]) as loop:
            at = builder.gep(begin, [builder.mul(loop.index, line)])
            words = builder.bitcast(builder.gep(base, [builder.load(at)]), _EIGHT.as_pointer())
            turn = builder.load(builder.gep(at, [ir.Constant(whole, 1)]))
            turns = builder.insert_element(nothing, turn, ir.Constant(short, 0))
            turns = builder.shuffle_vector(turns, nothing, ir.Constant(ir.VectorType(short, 8), [0] * 8))
            read = builder.load(words)
            read.align = 8
            builder.store(builder.and_(builder.load(found), builder.xor(read, turns)), found)
        written = builder.store(
            builder.load(found), builder.bitcast(builder.gep(base, [given[1]]), _EIGHT.as_pointer())
        )
        written.align = 8
        return context.get_dummy_value()

    return types.void(bits, types.uint64, args, types.int64, types.int64, types.uint64), build


@compiled
def all_of(bits, d, args, first, count, words):
    """All of ``count`` registers, each turned as it says."""
    for word in range(ZERO, words, uint64(8)):
        and_chunk(bits, d, args, first, count, word)


@compiled
def fill_bits(bits, d, value, words):
    """The same word everywhere."""
    for i in range(words):
        bits[d + i] = value


@compiled
def word_at(maps, place):
    """The 64 bits from a place on."""
    at, shift = place >> SIX, place & uint64(63)
    word = maps[at] >> shift
    if shift:
        word |= maps[at + ONE] << (WORD - shift)
    return word


@compiled
def load_bits(bits, d, maps, values, known, begin, words):
    """Known and true, of a column of truth values."""
    for i in range(words):
        at = begin + i * WORD
        bits[d + i] = word_at(maps, known + at) & word_at(maps, values + at)


@compiled
def load_false(bits, d, maps, values, known, begin, words):
    """Known and false."""
    for i in range(words):
        at = begin + i * WORD
        bits[d + i] = word_at(maps, known + at) & ~word_at(maps, values + at)


@compiled
def load_code(bits, d, codes, code, maps, known, begin, rows):
    """Known and the one option."""
    for j in range((rows + uint64(63)) >> SIX):
        word = ZERO
        if rows - j * WORD >= WORD:
            for k in range(64):
                word |= uint64(codes[begin + j * WORD + uint64(k)] == code) << uint64(k)
        else:
            for k in range(rows & uint64(63)):
                word |= uint64(codes[begin + j * WORD + uint64(k)] == code) << uint64(k)
        bits[d + j] = word & word_at(maps, known + begin + j * WORD)


def comparing(holds: Anything) -> Anything:
    """The loop for a comparison of two registers, and that for one with the same number everywhere."""
    holds = compiled(holds)

    @compiled
    def two(bits, d, numbers, a, b, words):
        for j in range(words):
            word = ZERO
            for k in range(64):
                i = j * WORD + uint64(k)
                word |= uint64(holds(numbers[a + i], numbers[b + i])) << uint64(k)
            bits[d + j] = word

    @compiled
    def one(bits, d, numbers, a, value, words):
        for j in range(words):
            word = ZERO
            for k in range(64):
                word |= uint64(holds(numbers[a + j * WORD + uint64(k)], value)) << uint64(k)
            bits[d + j] = word

    return two, one


equal, equal_to = comparing(lambda one, other: one == other)
less, less_than = comparing(lambda one, other: one < other)


@compiled
def any_of(bits, d, a, f, around, begin, begin_around, rows, words_around):
    """Whether some item has it; ``around`` gives for each item what it belongs to."""
    for j in range(words_around):
        bits[d + j] = ZERO
    for j in range((rows + uint64(63)) >> SIX):
        word = within(bits[a + j] ^ f, j, rows)
        while word:
            i = j * WORD + lowest(word)
            word &= word - ONE
            at = uint64(around[begin + i]) - begin_around
            bits[d + (at >> SIX)] |= ONE << (at & uint64(63))


@compiled
def within(word, j, rows):
    """A word without what stands after the last row."""
    over = rows - j * WORD
    return word if over >= WORD else word & ((ONE << over) - ONE)


@compiled
def gather_bits(bits, d, a, f, places, first, minus, rows):
    """For each row the value at its place."""
    for j in range((rows + uint64(63)) >> SIX):
        word = ZERO
        for k in range(min(WORD, rows - j * WORD)):
            at = uint64(places[first + j * WORD + k]) - minus
            word |= (((bits[a + (at >> SIX)] ^ f) >> (at & uint64(63))) & ONE) << k
        bits[d + j] = word


# ---- numbers ----


@compiled
def load(numbers, d, column, maps, known, begin, fill, rows):
    """The values of a column, and ``fill`` where there is none."""
    whole = rows >> SIX
    for j in range(whole):
        word = word_at(maps, known + begin + j * WORD)
        for k in range(64):
            i = j * WORD + uint64(k)
            mask = -np.int64((word >> uint64(k)) & ONE)
            numbers[d + i] = fill ^ (mask & (fill ^ np.int64(column[begin + i])))
    if rows & uint64(63):
        word = word_at(maps, known + begin + whole * WORD)
        for k in range(rows & uint64(63)):
            i = whole * WORD + uint64(k)
            mask = -np.int64((word >> uint64(k)) & ONE)
            numbers[d + i] = fill ^ (mask & (fill ^ np.int64(column[begin + i])))


@compiled
def fill(numbers, d, value, rows):
    """The same number everywhere."""
    for i in range(rows):
        numbers[d + i] = value


def reckoning(work: Anything) -> Anything:
    """The loop for an operation on two registers, and that for one with the same number everywhere."""
    work = compiled(work)

    @compiled
    def two(numbers, d, a, b, rows):
        for i in range(rows):
            numbers[d + i] = work(numbers[a + i], numbers[b + i])

    @compiled
    def one(numbers, d, a, value, rows):
        for i in range(rows):
            numbers[d + i] = work(numbers[a + i], value)

    return two, one


add, add_to = reckoning(lambda one, other: one + other)
subtract, _ = reckoning(lambda one, other: one - other)
_, subtract_from = reckoning(lambda one, other: other - one)
multiply, multiply_by = reckoning(lambda one, other: one * other)
minimum, minimum_with = reckoning(lambda one, other: min(one, other))
maximum, maximum_with = reckoning(lambda one, other: max(one, other))


@compiled
def quotient_of(number, by, part):
    """``number // by`` for any number and a positive one up to INFINITE, whose inverse is ``part``.

    By floats, because they divide in vectors. What the first quotient leaves is at most a little more than
    the divisor, so the second is at most one from the true one, and the rest says which.
    """
    quotient = np.int64(np.float64(number) * part)
    quotient += np.int64(np.float64(number - quotient * by) * part)
    rest = number - quotient * by
    return quotient + np.int64(rest >= by) - np.int64(rest < 0)


@compiled
def divide(numbers, d, a, b, rows):
    """The quotients of two registers, rounded down."""
    for i in range(rows):
        by = numbers[b + i]
        numbers[d + i] = quotient_of(numbers[a + i], by, 1.0 / np.float64(by))


@compiled
def divide_by(numbers, d, a, value, rows):
    """The quotients by a number, rounded down."""
    part, size = 1.0 / np.float64(value), np.int64(0)
    for i in range(rows):
        size |= numbers[a + i] ^ (numbers[a + i] >> 63)
    if size < _EXACT:
        for i in range(rows):
            number = numbers[a + i]
            quotient = np.int64(np.float64(number) * part)  # at most one from the true one already
            rest = number - quotient * value
            numbers[d + i] = quotient + np.int64(rest >= value) - np.int64(rest < 0)
    else:
        for i in range(rows):
            numbers[d + i] = quotient_of(numbers[a + i], value, part)


@compiled
def select(numbers, d, bits, c, f, a, b, words):
    """One number where the truth value holds, the other where not."""
    for j in range(words):
        word = bits[c + j] ^ f
        for k in range(64):
            i = j * WORD + uint64(k)
            mask = -np.int64((word >> uint64(k)) & ONE)
            other = numbers[b + i]
            numbers[d + i] = other ^ (mask & (other ^ numbers[a + i]))


@compiled
def select_or(numbers, d, bits, c, f, a, other, words):
    """The same, with a number for where not."""
    for j in range(words):
        word = bits[c + j] ^ f
        for k in range(64):
            i = j * WORD + uint64(k)
            mask = -np.int64((word >> uint64(k)) & ONE)
            numbers[d + i] = other ^ (mask & (other ^ numbers[a + i]))


@compiled
def select_of(numbers, d, bits, c, f, then, other, words):
    """The same, with two numbers."""
    for j in range(words):
        word = bits[c + j] ^ f
        for k in range(64):
            mask = -np.int64((word >> uint64(k)) & ONE)
            numbers[d + j * WORD + uint64(k)] = other ^ (mask & (other ^ then))


@compiled
def pack(numbers, d, bits, args, first, count, words):
    """Truth values as the bits of a number; the third of each is its bit."""
    for i in range(words * WORD):
        numbers[d + i] = 0
    for at in range(first, first + count):
        a, f, bit = uint64(args[at, 0]), uint64(args[at, 1]), uint64(args[at, 2])
        for j in range(words):
            word = bits[a + j] ^ f
            for k in range(64):
                numbers[d + j * WORD + uint64(k)] |= np.int64(((word >> uint64(k)) & ONE) << bit)


@compiled
def gather(numbers, d, a, places, first, minus, rows):
    """For each row the number at its place."""
    for i in range(rows):
        numbers[d + i] = numbers[a + uint64(places[first + i]) - minus]


def reducing(work: Anything, nothing: int) -> Anything:
    """The loop that takes the items of each row together; ``nothing`` is for a row without any."""
    work = compiled(work)

    @compiled
    def loop(numbers, d, a, around, begin, begin_around, rows, rows_around):
        for i in range(rows_around):
            numbers[d + i] = nothing
        for i in range(rows):
            at = d + uint64(around[begin + i]) - begin_around
            numbers[at] = work(numbers[at], numbers[a + i])

    return loop


sum_of = reducing(lambda one, other: one + other, 0)
most = reducing(lambda one, other: max(one, other), -INFINITE)
least = reducing(lambda one, other: min(one, other), INFINITE)


# ---- what comes out ----


@compiled
def choose(numbers, d, bits, args, first, count, rows, ends):
    """The rows of each of several truth values, one list after the other; ``ends`` is where each ends."""
    found = d
    for at in range(count):
        a, f = uint64(args[first + at, 0]), uint64(args[first + at, 1])
        for j in range((rows + uint64(63)) >> SIX):
            word = within(bits[a + j] ^ f, j, rows)
            while word:
                numbers[found] = np.int64(j * WORD + lowest(word))
                found += ONE
                word &= word - ONE
        ends[at] = np.int64(found - d)
    return found - d


@compiled
def count(bits, a, f, rows, begin, groups, sums, slot):
    """How many rows have it, in each group."""
    for j in range((rows + uint64(63)) >> SIX):
        word = within(bits[a + j] ^ f, j, rows)
        if len(groups) == 0:
            sums[0, slot] += np.int64(ones(word))
        else:
            while word:
                sums[groups[begin + j * WORD + lowest(word)], slot] += 1
                word &= word - ONE


@compiled
def total(numbers, a, rows, ends, args, first, count, begin, groups, sums):
    """Sums of each list of chosen rows, in two halves so that none is too large; how many have no bound."""
    start = ZERO
    for at in range(count):
        slot, stop = args[first + at, 0], uint64(ends[at])
        if len(groups) == 0:
            low, high, unbounded = np.int64(0), np.int64(0), np.int64(0)
            for i in range(stop - start):
                value = numbers[a + start + i]
                none = value == INFINITE
                value = 0 if none else value
                unbounded += none
                low += value & _LOW_HALF
                high += value >> 32
            sums[0, slot] += low
            sums[0, slot + 1] += high
            sums[0, slot + 2] += unbounded
        else:
            for i in range(start, stop):
                value, group = numbers[a + i], groups[begin + uint64(numbers[rows + i])]
                if value == INFINITE:
                    sums[group, slot + 2] += 1
                else:
                    sums[group, slot] += value & _LOW_HALF
                    sums[group, slot + 1] += value >> 32
        start = stop


@compiled
def store(numbers, a, address, begin, rows):
    """Write a column."""
    given = longs(address, begin + rows)
    for i in range(rows):
        given[begin + i] = numbers[a + i]


@compiled
def store_bits(bits, a, f, address, begin, rows):
    """Write a column of truth values, one a byte."""
    given = carray(pointer(address), (begin + rows,), np.uint8)
    for i in range(rows):
        given[begin + i] = ((bits[a + (i >> SIX)] ^ f) >> (i & uint64(63))) & ONE
