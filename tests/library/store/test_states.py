"""What is known of a document on a day, boundary by boundary."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.library.model import Dated, Level
from huiqi.library.store import DocumentInfo, Ending, State, state_on

ISSUED = date(2030, 1, 10)
START = date(2030, 2, 1)
LAST = date(2031, 12, 31)
ENDED = date(2031, 6, 1)


def info(
    issued: date | None = ISSUED, effective: Dated | None = None, expires: Dated | None = None
) -> DocumentInfo:
    return DocumentInfo(
        "d", "某办法", None, (), issued, Level.CITY, "", effective, expires, "", "", "", "s", 0, 0
    )


FROM = Dated(START, "c", "自2030年2月1日起施行")
UNTIL = Dated(LAST, "c", "有效期至2031年12月31日")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (START - timedelta(1), State.NOT_YET),
        (START, State.IN_FORCE),
        (LAST, State.IN_FORCE),
        (LAST + timedelta(1), State.ENDED),
    ],
)
def test_both_ends_of_a_period_belong_to_it(day: date, expected: State) -> None:
    assert state_on(info(effective=FROM, expires=UNTIL), day).state is expected


def test_without_a_first_day_it_holds_from_the_day_of_issue() -> None:
    assert state_on(info(expires=UNTIL), ISSUED).state is State.IN_FORCE
    before = state_on(info(expires=UNTIL), ISSUED - timedelta(1))
    assert str(before) == "未生效：2030-01-10印发"


def test_a_first_day_before_the_day_of_issue_counts() -> None:
    early = Dated(date(2029, 7, 1), "c")
    assert state_on(info(effective=early, expires=UNTIL), date(2029, 7, 1)).state is State.IN_FORCE


def test_a_document_that_sets_no_end_is_not_said_to_be_in_force() -> None:
    assert str(state_on(info(effective=FROM), START)) == "未载明：未载明有效期"


def test_an_end_that_cannot_be_worked_out_is_told_in_the_words_of_the_text() -> None:
    unknown = state_on(info(expires=Dated(None, "c", "有效期三年")), START)
    assert unknown.state is State.UNSTATED
    assert "有效期三年" in unknown.words


def test_another_document_ends_it_from_its_own_first_day() -> None:
    ending = [Ending("e", "废止决定", ENDED)]
    assert state_on(info(expires=UNTIL), ENDED - timedelta(1), ending).state is State.IN_FORCE
    after = state_on(info(expires=UNTIL), ENDED, ending)
    assert str(after) == "已失效：自2031-06-01起被《废止决定》废止"


def test_an_ending_without_a_day_leaves_the_state_open() -> None:
    found = state_on(info(expires=UNTIL), ENDED, [Ending("e", "废止决定", None)])
    assert found.state is State.UNSTATED
    assert "起始日不明" in found.words


def test_the_end_of_a_part_is_told_and_ends_nothing_else() -> None:
    found = state_on(info(expires=UNTIL), ENDED, [Ending("e", "废止决定", ENDED, "附件2")])
    assert found.state is State.IN_FORCE
    assert "“附件2”被《废止决定》废止" in found.words
    earlier = state_on(info(expires=UNTIL), ENDED - timedelta(1), [Ending("e", "废止决定", ENDED, "附件2")])
    assert "附件2" not in earlier.words


days = st.dates(date(2029, 1, 1), date(2033, 1, 1))


@given(days, days, st.none() | days, st.none() | days)
def test_what_has_ended_does_not_come_back(
    one: date, other: date, last: date | None, by: date | None
) -> None:
    earlier, later = sorted((one, other))
    endings = [Ending("e", "废止决定", by)] if by else []
    of = info(expires=Dated(last, "c") if last else None)
    order = [State.NOT_YET, State.IN_FORCE, State.ENDED]
    states = [state_on(of, day, endings).state for day in (earlier, later)]
    ranks = [order.index(State.IN_FORCE if state is State.UNSTATED else state) for state in states]
    assert ranks == sorted(ranks)
