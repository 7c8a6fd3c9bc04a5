"""The rows behind a batch, and what stands for the unknown in the columns that a program loads."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from huiqi.columns.batch import ROW, Batch
from huiqi.columns.frames import Frames
from huiqi.columns.program import ENTERPRISE, INFINITE, Program, Space
from tests.columns.stepping import SPACES, make_batch

PROJECTS, SHOPS = [0, 0, 2], [0, 2, 2]


@pytest.fixture
def frames() -> Frames:
    """Three enterprises: with two 项目 and a 门店, with nothing, with a 项目 and two 门店."""

    def table(rows: list[int], field: str, values: list[int | None]) -> pl.DataFrame:
        return pl.DataFrame([pl.Series(ROW, rows, dtype=pl.UInt32), pl.Series(field, values, dtype=pl.Int64)])

    items = {"项目": table(PROJECTS, "额", [10, None, 30]), "门店": table(SHOPS, "租", [1, 2, 3])}
    facts = pl.DataFrame({"真": [True, False, None], "选": pl.Series([1, None, 0], dtype=pl.Int16)})
    return Frames(Batch(pl.Series(["甲", "乙", "丙"]), facts, items))


@pytest.mark.parametrize(
    ("space", "length", "parents", "innermost"),
    [
        (("项目",), 3, [0, 0, 2], [0, 1, 2]),
        (("项目", "门店"), 4, [0, 1, 2, 2], [0, 0, 1, 2]),
        (("门店", "项目"), 4, [0, 0, 1, 2], [0, 1, 2, 2]),
        (("项目", "项目"), 5, [0, 0, 1, 1, 2], [0, 1, 0, 1, 2]),
    ],
)
def test_pairs_of_items_belong_to_the_item_around_them(
    frames: Frames, space: Space, length: int, parents: list[int], innermost: list[int]
) -> None:
    assert frames.length(space) == length
    assert frames.parent(space).tolist() == parents
    assert frames.aligned(space).tolist() == innermost


def test_a_value_is_spread_to_what_belongs_to_it_and_summed_up_again(frames: Frames) -> None:
    space = ("项目", "门店")
    assert frames.spread(pl.Series([10, 20, 30]), space).to_list() == [10, 20, 30, 30]
    assert frames.align(pl.Series([1, 2, 3]), space).to_list() == [1, 1, 2, 3]
    inner = pl.Series([5, 6, 7, 8])
    assert frames.reduce("sum", inner, space).to_list() == [5, 6, 15]
    assert frames.reduce("most", pl.Series([5, -6, 7]), ("项目",)).to_list() == [5, -INFINITE, 7]
    assert frames.reduce("least", pl.Series([5, -6, 7]), ("项目",)).to_list() == [-6, INFINITE, 7]
    assert frames.reduce("any", pl.Series([False, True, False]), ("项目",)).to_list() == [True, False, False]


@pytest.mark.parametrize("operation", ["any", "sum", "most", "least"])
def test_where_nobody_has_an_item_there_is_nothing_to_sum_up(operation: str) -> None:
    nothing = pl.DataFrame([pl.Series(ROW, [], dtype=pl.UInt32)])
    frames = Frames(Batch(pl.Series(["甲", "乙"]), pl.DataFrame({"项目": [True, None]}), {"项目": nothing}))
    dtype = pl.Boolean if operation == "any" else pl.Int64
    found = frames.reduce(operation, pl.Series([], dtype=dtype), ("项目",))
    assert found.to_list() == [{"any": False, "sum": 0, "most": -INFINITE, "least": INFINITE}[operation]] * 2


@pytest.mark.parametrize(
    ("kind", "key", "space", "expected"),
    [
        ("true", "真", ENTERPRISE, [True, False, False]),
        ("false", "真", ENTERPRISE, [False, True, False]),
        ("given", "真", ENTERPRISE, [True, False, False]),
        ("code", "选", ENTERPRISE, [1, -1, 0]),
        ("low", "项目.额", ("项目",), [10, -5, 30]),
        ("high", "项目.额", ("项目",), [10, 500, 30]),
        ("never", "", ("门店",), [False, False, False]),
    ],
)
def test_what_is_unknown_is_neither_true_nor_false_and_anywhere_in_its_range(
    frames: Frames, kind: str, key: str, space: Space, expected: list[bool | int]
) -> None:
    program = Program()
    step = program.steps[program.load(kind, key, space, -5, 500)]
    assert frames.load(step).to_list() == expected


def test_the_rows_of_a_space_never_fall() -> None:
    made = Frames(make_batch(65, 65))
    assert all((np.diff(made.rows(space)) >= 0).all() for space in SPACES)
