from datetime import date
from pathlib import Path

import pytest

from huiqi.booklet.model import DocumentEntry
from huiqi.library.model import Document, Repeal
from huiqi.library.store import State
from tests.booklet.papers import booklet, paper

OLD = "青禾市旧办法"


def entry(root: Path, *documents: Document, on: date, title: str = OLD) -> DocumentEntry:
    return next(one for one in booklet(root, documents=documents, on=on).documents() if one.title == title)


def old(**more: date | None) -> Document:
    return paper("old", OLD, "青政〔2020〕1号", **{"issued": date(2020, 1, 1), **more})  # type: ignore[arg-type]


def ending(on: date | None, extent: str = "", number: str = "青政〔2020〕1号") -> Document:
    repeals = (Repeal(OLD, number, "main__para_2", extent),)
    return paper("new", "青禾市新办法", "青政〔2024〕9号", issued=on, effective=on, repeals=repeals)


@pytest.mark.parametrize(
    ("on", "state", "words"),
    [
        (date(2020, 2, 29), State.NOT_YET, "2020年3月1日起施行"),
        (date(2020, 3, 1), State.IN_FORCE, "2020年3月1日起施行，2024年12月31日止"),
        (date(2024, 12, 31), State.IN_FORCE, "2020年3月1日起施行，2024年12月31日止"),
        (date(2025, 1, 1), State.ENDED, "2020年3月1日起施行，2024年12月31日已到期"),
    ],
)
def test_both_ends_of_the_period_belong_to_it(tmp_path: Path, on: date, state: State, words: str) -> None:
    found = entry(tmp_path, old(effective=date(2020, 3, 1), expires=date(2024, 12, 31)), on=on)
    assert (found.standing.state, found.standing.words) == (state, words)
    assert [one.words for one in found.standing.references] == ["二"]


def test_a_text_that_says_no_end_is_not_called_in_force(tmp_path: Path) -> None:
    stated = entry(tmp_path / "a", old(effective=date(2020, 3, 1)), on=date(2024, 1, 1)).standing
    assert (stated.state, stated.words) == (State.UNSTATED, "2020年3月1日起施行，没有写终止日")
    unstated = entry(tmp_path / "b", old(), on=date(2024, 1, 1)).standing
    assert (unstated.state, unstated.words) == (State.UNSTATED, "没有写施行日和终止日")
    assert entry(tmp_path / "c", old(), on=date(2019, 12, 31)).standing.state is State.NOT_YET


def test_the_rules_know_the_period_of_their_document(tmp_path: Path) -> None:
    found = entry(tmp_path, on=date(2026, 1, 1), title="某文件").standing
    assert (found.state, found.words) == (State.ENDED, "2023年1月1日起施行，2025年12月31日已到期")


def test_two_readings_of_the_end_are_both_told(tmp_path: Path) -> None:
    other = paper(expires=date(2026, 6, 30))
    found = entry(tmp_path, other, on=date(2024, 1, 1), title="某文件").standing
    assert found.words == "2023年1月1日起施行，2025年12月31日止"
    assert found.remarks == ("程序从原文读出的终止日是2026年6月30日，与规则里写的不同",)


def test_a_document_ends_when_the_one_that_repeals_it_begins(tmp_path: Path) -> None:
    new = ending(date(2024, 5, 1))
    before = entry(tmp_path / "before", old(), new, on=date(2024, 4, 30)).standing
    assert before.state is State.UNSTATED
    assert before.remarks == ("将自2024年5月1日起由《青禾市新办法》（青政〔2024〕9号）废止全文",)
    after = entry(tmp_path / "after", old(), new, on=date(2024, 5, 1)).standing
    assert after.state is State.ENDED
    assert after.words == "自2024年5月1日起被《青禾市新办法》（青政〔2024〕9号）废止"


def test_the_end_of_a_part_is_a_remark(tmp_path: Path) -> None:
    found = entry(tmp_path, old(), ending(date(2024, 5, 1), "第三条"), on=date(2024, 6, 1)).standing
    assert found.state is State.UNSTATED
    assert found.remarks == ("自2024年5月1日起由《青禾市新办法》（青政〔2024〕9号）废止其中的一部分：第三条",)


def test_a_repeal_without_a_day_leaves_the_state_open(tmp_path: Path) -> None:
    bounded = old(effective=date(2020, 1, 1), expires=date(2030, 1, 1))
    found = entry(tmp_path, bounded, ending(None), on=date(2024, 6, 1)).standing
    assert found.state is State.UNSTATED
    assert found.remarks == ("《青禾市新办法》（青政〔2024〕9号）载明废止全文，从哪天起没有写",)


def test_a_document_of_the_rules_alone_can_be_repealed_too(tmp_path: Path) -> None:
    repeals = (Repeal("某文件", "", "main__para_2"),)
    new = paper("new", "青禾市新办法", issued=date(2024, 5, 1), effective=date(2024, 5, 1), repeals=repeals)
    assert entry(tmp_path, new, on=date(2024, 6, 1), title="某文件").standing.state is State.ENDED
