"""Populations in files: the same bytes each time, whole or not at all, however many are asked for."""

from pathlib import Path

import polars as pl
import pytest

from huiqi.population.draw import BLOCK
from huiqi.population.plan import Plan
from huiqi.population.read import read_plan
from huiqi.population.write import tables, write_csv, write_file
from tests.support import Library, benefit


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return read_plan(Library.of(tmp_path_factory.mktemp("catalogue"), benefit()).load())


def quiet(rows: int) -> None:
    """Nobody watches."""


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".CSV"])
def test_the_same_seed_and_number_make_the_same_bytes(plan: Plan, tmp_path: Path, suffix: str) -> None:
    files = [tmp_path / f"{name}{suffix}" for name in "abc"]
    for file, seed in zip(files, (3, 3, 4), strict=True):
        write_file(plan, seed, BLOCK + 7, file, quiet)
    first, second, other = (file.read_bytes() for file in files)
    assert first == second
    assert first != other
    assert sorted(tmp_path.iterdir()) == files


def test_who_stands_where_does_not_depend_on_how_many_are_asked_for(plan: Plan) -> None:
    many = pl.concat(tables(plan, 1, 2 * BLOCK + 100))
    assert len(many) == 2 * BLOCK + 100
    for count in (1, 50, BLOCK, BLOCK + 1):
        assert pl.concat(tables(plan, 1, count)).equals(many.head(count))


def test_parquet_holds_the_tables_and_progress_adds_up(plan: Plan, tmp_path: Path) -> None:
    made: list[int] = []
    file = tmp_path / "new" / "p.parquet"
    write_file(plan, 1, BLOCK + 5, file, made.append)
    assert pl.read_parquet(file).equals(pl.concat(tables(plan, 1, BLOCK + 5)))
    assert made == [BLOCK, 5]


def test_csv_comes_in_pieces_with_one_heading(plan: Plan) -> None:
    pieces: list[bytes] = []
    write_csv(plan, 1, BLOCK + 5, pieces.append, quiet)
    assert [piece.count(b"\n") for piece in pieces] == [BLOCK + 1, 5]
    assert b"".join(pieces).count("编号".encode()) == 1


def test_a_file_that_fails_halfway_is_not_there_and_the_old_one_is(plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("old")

    def stop(rows: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_file(plan, 1, 5, file, stop)
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]
