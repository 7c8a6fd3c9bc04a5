"""The digest of rows: of what they hold, not of how it lies in memory."""

from datetime import date

import polars as pl
import pytest

from huiqi.tables.digest import Digest


def _digest(frame: pl.DataFrame) -> str:
    digest = Digest(("甲",))
    digest.frame(frame)
    return digest.hex()


_FRAME = pl.DataFrame(
    {
        "数": [1, None, 3],
        "小数": [0.1, None, 2.5],
        "字": ["甲", None, ""],
        "日": [date(2024, 5, 1), None, date(2024, 5, 2)],
        "否": [True, None, False],
        "列": [[{"a": 1, "b": "x"}], None, []],
        "空": [None, None, None],
        "类": pl.Series(["a", None, "b"], dtype=pl.Categorical),
        "字节": [b"a", None, b""],
        "定数": pl.Series(["1.5", None, "2"]).cast(pl.Decimal(10, 2)),
    }
)


def test_it_is_the_same_for_the_same_rows_however_they_came_about() -> None:
    parts = pl.concat([_FRAME.slice(0, 1), _FRAME.slice(1)], rechunk=False)
    hidden = _FRAME.with_columns(
        数=pl.when(pl.col("数").is_not_null()).then(pl.col("数").fill_null(99)),
        字=pl.when(pl.col("字").is_not_null()).then(pl.col("字").fill_null("藏")),
    )
    assert _digest(parts) == _digest(_FRAME) == _digest(hidden)


def test_it_is_the_same_tomorrow() -> None:
    frame = pl.DataFrame({"数": [1, None], "字": ["甲", "乙"], "列": [[{"a": 1.5}], []]})
    assert _digest(frame) == "21b257cd5fca6dbb730730543f7018d9d6a1c11d2c200965927a759b75290be3"


@pytest.mark.parametrize("column", _FRAME.columns)
def test_every_value_counts(column: str) -> None:
    shifted = _FRAME.with_columns(pl.col(column).shift(1))
    changes = column != "空"
    assert (_digest(shifted) != _digest(_FRAME)) == changes
    assert _digest(_FRAME.rename({column: "别名"})) != _digest(_FRAME)


def test_the_border_between_texts_counts() -> None:
    assert _digest(pl.DataFrame({"x": ["ab", "c"]})) != _digest(pl.DataFrame({"x": ["a", "bc"]}))
