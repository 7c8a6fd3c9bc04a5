"""Pictures and tables of a PDF are reported, with the place where they stand."""

import pytest

from huiqi.library.model import Loss, LossKind
from huiqi.library.sources import read_bytes
from tests.library.sources.making import pdf, picture, ruled, shown

TABLE = ruled(60, 600, [100, 200, 100], [30, 30])
CELLS = (
    shown(66, 640, "档次")
    + shown(166, 640, "条件")
    + shown(366, 640, "金额")
    + shown(66, 610, "一档")
    + shown(166, 610, "收入过亿元的制造企业")
    + shown(366, 610, "30万元")
)
BEFORE, AFTER = shown(60, 700, "前文，另起。"), shown(60, 500, "后文，完。")


def losses(content: str, **more: str) -> tuple[tuple[Loss, ...], str]:
    source = read_bytes(pdf(content, **more), "a.pdf")  # type: ignore[arg-type]
    return source.losses, source.text


def test_a_ruled_table_is_reported_where_its_text_begins() -> None:
    (loss,), text = losses(BEFORE + TABLE + CELLS + AFTER)
    assert loss.kind is LossKind.SCATTERED
    assert "第 1 页有表格（2 行 3 列）" in loss.what
    assert text[loss.at :].startswith("档次")


def test_cells_are_parted_by_blanks_even_where_they_stand_closely() -> None:
    tight = ruled(60, 600, [33, 33], [30])
    (loss,), text = losses(tight + shown(61, 610, "一档") + shown(94, 610, "二档"))
    assert (loss.kind, text) == (LossKind.SCATTERED, "一档 二档\n")


@pytest.mark.parametrize(
    "rules",
    [
        "60 600 100 30 re 160 600 100 30 re S",  # boxes that are drawn
        # thin bars
        "60 600 .5 30 re 160 600 .5 30 re 260 600 .5 30 re 60 600 200 .5 re 60 629.5 200 .5 re f",
        "q .5 0 0 .5 30 300 cm 60 600 200 60 re 260 600 200 60 re S Q",  # scaled
    ],
)
def test_rules_are_seen_however_they_are_drawn(rules: str) -> None:
    (loss,), _ = losses(rules + "\n" + shown(66, 610, "一档") + shown(166, 610, "二档"))
    assert "（1 行 2 列）" in loss.what


def test_a_table_inside_a_form_is_seen_where_the_form_puts_it() -> None:
    form = ruled(0, 0, [100, 100], [30])
    content = "q 1 0 0 1 10 0 cm /Fm1 Do Q\n" + shown(66, 610, "一档") + shown(166, 610, "二档")
    (loss,), text = losses(content, form=form, form_matrix="1 0 0 1 50 600")
    assert (loss.kind, loss.at, text) == (LossKind.SCATTERED, 0, "一档 二档\n")


@pytest.mark.parametrize(
    "lines",
    [
        "60 690 m 500 690 l S",  # the red line under a head
        "60 600 m 500 600 l S 60 570 m 500 570 l S 60 540 m 500 540 l S",  # lines around who gets a copy
        "60 480 300 40 re S",  # one frame
        "60 480 300 40 re W n 160 480 100 40 re W n",  # a clip draws nothing
        "60 600 m 100 700 l 150 650 l 200 720 l S 60 600 m 60 600 l S",  # a curve
        ruled(60, 200, [50, 50], [30]),  # a grid without a word in it
        ruled(60, 496, [5] * 4, [5] * 4),  # too small for cells: a letter that is drawn
    ],
)
def test_lines_that_make_no_table_are_no_loss(lines: str) -> None:
    found, _ = losses(BEFORE + lines + "\n" + AFTER)
    assert found == ()


def test_two_tables_on_a_page_are_two() -> None:
    second = ruled(60, 400, [50, 50], [30]) + shown(66, 410, "乙")
    found, text = losses(BEFORE + TABLE + CELLS + AFTER + second)
    assert [text[loss.at :][:1] for loss in found] == ["档", "乙"]


def test_a_map_with_thousands_of_lines_is_passed_over() -> None:
    lines = "".join(
        f"{x % 500} {y} m {x % 500 + 60} {y} l S\n" for x in range(0, 4000, 9) for y in range(0, 800, 90)
    )
    found, text = losses(lines + BEFORE)
    assert (found, text) == ((), "前文，另起。\n")


def test_a_sizeable_picture_is_reported_between_the_lines_where_it_stands() -> None:
    (loss,), text = losses(BEFORE + AFTER + picture(60, 530, 400, 150))
    assert loss.kind is LossKind.PICTURE
    assert "第 1 页有图片，约占版面的 12%" in loss.what
    assert text[loss.at :] == "后文，完。\n"


def test_a_picture_under_the_last_line_is_reported_there() -> None:
    (loss,), text = losses(BEFORE + AFTER + picture(60, 100, 400, 150))
    assert text[loss.at :] == "后文，完。\n"


def test_a_seal_is_too_small_to_be_reported() -> None:
    assert losses(BEFORE + picture(300, 450, 113, 113))[0] == ()


def test_a_picture_cut_into_strips_is_one_picture() -> None:
    strips = "".join(picture(60, 530 + 10 * index, 400, 10) for index in range(15))
    (loss,), _ = losses(BEFORE + strips + AFTER)
    assert "约占版面的 12%" in loss.what


def test_pictures_that_stand_apart_are_several() -> None:
    found, _ = losses(BEFORE + picture(60, 530, 400, 150) + picture(60, 300, 400, 150) + AFTER)
    assert len(found) == 2


def test_text_over_a_picture_of_the_whole_page_may_be_recognised_text() -> None:
    (loss,), text = losses(picture(0, 0, 595, 842) + BEFORE)
    assert (loss.kind, loss.at, text) == (LossKind.PICTURE, 0, "前文，另起。\n")
    assert "整页是图片，上面的文字可能是机器识别的" in loss.what


def test_a_picture_inside_a_form_is_seen_where_the_form_puts_it() -> None:
    found, text = losses(
        BEFORE + AFTER + "/Fm1 Do\n", form=picture(0, 0, 200, 75), form_matrix="2 0 0 2 60 530"
    )
    (loss,) = found
    assert "约占版面的 12%" in loss.what
    assert text[loss.at :] == "后文，完。\n"
