"""The embedded engine does what each step means, whatever stands beside it, and keeps no column too long."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from huiqi.columns.batch import Batch
from huiqi.columns.frames import Frames
from huiqi.columns.polars_engine import PolarsEngine
from huiqi.columns.program import ENTERPRISE, Program
from tests.columns.stepping import make_batch, make_program, meaning


def run(program: Program, places: list[int], batch: Batch, size: int = 7) -> dict[int, list[Any]]:
    """The columns of some places, asked for in groups."""
    groups = [places[first : first + size] for first in range(0, len(places), size)]
    found: dict[int, list[Any]] = {}
    for group, columns in zip(groups, PolarsEngine(program, groups).run(Frames(batch)), strict=True):
        assert set(columns) <= set(group)
        found |= {place: column.to_list() for place, column in columns.items()}
    return found


@pytest.mark.parametrize("rows", [0, 1, 50])
@pytest.mark.parametrize("seed", range(12))
def test_programs_made_at_random(seed: int, rows: int) -> None:
    program, batch = make_program(seed), make_batch(seed, rows)
    expected = meaning(program, batch)
    varying = [place for place in range(len(program.steps)) if program.constant_of(place) is None]
    for size in (1, 7, len(varying)):
        assert run(program, varying, batch, size) == {place: expected[place] for place in varying}


def test_what_is_the_same_everywhere_is_left_out() -> None:
    program = Program()
    column = program.load("true", "是", ENTERPRISE)
    assert set(run(program, [program.truth(True), column, program.whole(3)], make_batch(1, 5))) == {column}


@pytest.mark.parametrize("compare", ["less", "equal"])
@pytest.mark.parametrize("left", [True, False])
def test_a_number_beside_a_choice_that_is_the_same_everywhere(compare: str, left: bool) -> None:
    """Polars 2.1 gives two rows for it when the number stands on the left."""
    program = Program()
    asked = program.load("true", "是", ENTERPRISE)
    number = program.load("low", "数", ENTERPRISE, -9, 9)
    choice = program.select(asked, program.whole(7), number)
    sides = (program.whole(5), choice) if left else (choice, program.whole(5))
    place = getattr(program, compare)(*sides)
    facts = pl.DataFrame({"是": [True] * 5, "数": [1, 2, 3, 4, 5]})
    batch = Batch(pl.Series(["x"] * 5), facts)
    assert run(program, [place], batch) == {place: [compare == "less" and left] * 5}


def test_columns_are_dropped_after_their_last_use(monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program()
    place = program.load("low", "数", ENTERPRISE, -9, 9)
    for step in range(200):  # each is used twice, and so is a column
        place = program.minimum(program.add(place, place), program.whole(step + 1))
    engine = PolarsEngine(program, [[place]])
    held: list[int] = []
    collect = pl.LazyFrame.collect

    def counting(self: pl.LazyFrame, *args: Any, **more: Any) -> Any:
        held.append(len(self.collect_schema()))
        return collect(self, *args, **more)

    monkeypatch.setattr(pl.LazyFrame, "collect", counting)
    (found,) = engine.run(Frames(make_batch(1, 30)))
    assert list(found) == [place]
    dropped = [one for levels in engine._levels for level in levels for one in level.dropped]
    assert len(dropped) == len(set(dropped)) > 100
    assert max(held) <= 3
