"""The whole catalogue by columns and one at a time: counted, told where it differs, and tried again alone."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from harness.agreement import CATALOGUE, EVERY, PORTION, main, make, replay, try_all
from huiqi.columns.values import Values
from tests.support import Library, benefit

ON = date(2024, 6, 1)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A catalogue of two benefits, the first with an amount that is rounded."""
    rounded = "金额: {式: '四舍五入(投资额 * 30%, 100元)'}\n全部满足: [{名: 投资, 式: 投资额 > 300万元}]"
    other = "全部满足: [{名: 高新, 式: 高新企业}]\n金额: {定额: 1万元}"
    Library.of(tmp_path, benefit(rounded, "a"), benefit(other, "b")).load()
    return tmp_path


@pytest.fixture
def wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounding goes down."""

    def down(self: Values, mode: str, value: Any, step: Fraction) -> Any:
        return right(self, "舍去", value, step)

    right = Values.round_to
    monkeypatch.setattr(Values, "round_to", down)


def test_a_few_enterprises_are_answered_alike_by_the_whole_catalogue() -> None:
    (found,) = try_all(CATALOGUE, ON, 1, 20, workers=1)
    assert found.differences == []
    assert found.enterprises == 20
    assert found.answers > 20 * 200
    assert found.singly < found.answers * 0.05


def test_a_portion_is_the_same_every_time(small: Path) -> None:
    assert make(small, ON, 1, 0, 30) == make(small, ON, 1, 0, 40)[:30] != make(small, ON, 2, 0, 30)
    largest = {one.get("利润") for one in make(small, ON, 1, EVERY, PORTION)}
    assert largest > {None}


def test_all_portions_are_tried_by_several_workers(small: Path) -> None:
    found = list(try_all(small, ON, 1, PORTION + 20, workers=2))
    assert [one.enterprises for one in found] == [PORTION, 20]


def test_it_says_that_nothing_differs(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", "200", "--catalogue", str(small), "--workers", "1"]) == 0
    assert "200 enterprises, 400 answers" in capsys.readouterr().out


@pytest.mark.usefixtures("wrong")
def test_a_difference_is_counted_told_and_tried_again(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--catalogue", str(small), "--seed", "3"]
    assert main([*arguments, "--count", str(PORTION + 100), "--workers", "1"]) == 1
    told = capsys.readouterr().out
    assert " times xx-2023/a: low" in told
    assert "xx-2023/b" not in told
    differing = [one for found in try_all(small, ON, 3, PORTION + 100, 1) for one in found.differences]
    number = differing[-1].row
    assert number >= PORTION
    facts, again = replay(small, ON, 3, number)
    assert again == [one for one in differing if one.row == number]
    assert main([*arguments, "--replay", str(number)]) == 1
    assert f"投资额: {facts['投资额']}" in capsys.readouterr().out


def test_an_enterprise_that_is_answered_alike_is_shown_too(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--catalogue", str(small), "--replay", "7"]) == 0
    assert "no difference" in capsys.readouterr().out
