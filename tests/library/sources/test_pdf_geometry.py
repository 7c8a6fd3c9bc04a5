"""Boxes of a PDF page, and where they are when the page is shown turned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.sources.pdf.geometry import Box, Turn

coordinate = st.integers(0, 600)
boxes = st.tuples(coordinate, coordinate, coordinate, coordinate).map(
    lambda four: Box(
        min(four[0], four[2]), min(four[1], four[3]), max(four[0], four[2]), max(four[1], four[3])
    )
)
turns = st.sampled_from([Turn(degrees, 600, 800) for degrees in (0, 90, 180, 270)])


@pytest.mark.parametrize(
    ("degrees", "shown"),
    [(0, (10, 20, 60, 50)), (90, (20, 540, 50, 590)), (180, (540, 750, 590, 780)), (270, (750, 10, 780, 60))],
)
def test_a_box_near_the_lower_left_corner_goes_where_the_turned_page_has_that_corner(
    degrees: int, shown: tuple[float, ...]
) -> None:
    assert Turn(degrees, 600, 800).shown(Box(10, 20, 60, 50)) == shown


@given(boxes, turns)
def test_a_turned_box_has_the_same_area_and_is_on_the_page(box: Box, turn: Turn) -> None:
    shown = turn.shown(box)
    wide, high = (turn.height, turn.width) if turn.degrees % 180 else (turn.width, turn.height)
    assert shown.area == box.area
    assert all(Box(0, 0, wide, high).holds(corner) for corner in shown.corners)


@given(st.lists(boxes, min_size=1, max_size=5))
def test_the_box_around_some_holds_all_their_corners_and_is_the_smallest(some: list[Box]) -> None:
    around = Box.around_all(some)
    assert all(around.holds(corner) for box in some for corner in box.corners)
    assert all(any(side == box[index] for box in some) for index, side in enumerate(around))
    assert around == Box.around_all([*some, around])
    together = some[0]
    for box in some:
        together = together.around(box)
    assert together == around


@given(boxes)
def test_a_box_holds_its_middle(box: Box) -> None:
    assert box.holds(box.middle)
