"""Which ids were seen before."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as some

from huiqi.tables.seen import Seen


@given(some.lists(some.lists(some.none() | some.integers(0, 40).map(str), max_size=15), max_size=12))
def test_the_second_of_equal_ids_and_all_later_ones_are_repeated(parts: list[list[str | None]]) -> None:
    seen, known = Seen(), set[str]()
    for part in parts:
        expected = []
        for one in part:
            expected.append(one is not None and one in known)
            if one is not None:
                known.add(one)
        assert seen.repeated(pl.Series(part, dtype=pl.String)).tolist() == expected


def test_many_ids_stay_in_few_runs() -> None:
    seen = Seen()
    for start in range(0, 50_000, 1000):
        ids = pl.Series([f"E{one}" for one in range(start, start + 1000)])
        assert not seen.repeated(ids).any()
    assert len(seen._runs) <= 8
    assert sum(map(len, seen._runs)) == 50_000
    assert seen.repeated(pl.Series(["E0", "E49999", "E50000"])).tolist() == [True, True, False]
