"""A due date as a file for office calendars, by RFC 5545."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.clocks import Pause, PeriodError, Unit, WorkCalendar, as_ics, due
from tests.clocks.examples import OFFICIAL, at

DUE = due(date(2025, 9, 29), 10, Unit.WORKING_DAY, calendar=OFFICIAL)


def properties(ics: bytes) -> dict[str, str]:
    """Unfold the lines and undo the escapes, as section 3.1 and 3.3.11 say."""
    assert ics.endswith(b"\r\n")
    lines = ics.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")
    pairs = (line.split(":", 1) for line in lines)
    return {name: _plain(value) for name, value in pairs}


def _plain(value: str) -> str:
    found, rest = "", iter(value)
    for character in rest:
        if character == "\\":
            following = next(rest)
            character = "\n" if following == "n" else following
        else:
            assert character not in ",;"
        found += character
    return found


def test_an_event_of_one_whole_day() -> None:
    found = properties(as_ics(DUE, "受理审查到期"))
    assert found["DTSTART;VALUE=DATE"] == "20251020"
    assert found["DTEND;VALUE=DATE"] == "20251021"
    assert found["SUMMARY"] == "受理审查到期"
    assert found["DESCRIPTION"] == DUE.words
    assert found["STATUS"] == "CONFIRMED"
    assert found["DTSTAMP"] == "20250928T160000Z"


def test_what_is_not_certain_is_tentative() -> None:
    guessed = due(date(2026, 12, 21), 10, Unit.WORKING_DAY, calendar=OFFICIAL)
    assert properties(as_ics(guessed, "到期"))["STATUS"] == "TENTATIVE"


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=200).filter(str.strip))
def test_any_title_survives_and_no_line_is_too_long(title: str) -> None:
    written = as_ics(DUE, title)
    lines = written.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() is not None for line in lines)
    kept = title.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(each for each in kept if each in "\t\n" or (each >= " " and each != "\x7f"))
    assert properties(written)["SUMMARY"] == kept


def test_the_same_question_keeps_its_uid_when_the_date_moves() -> None:
    weekends_only = due(date(2025, 9, 29), 10, Unit.WORKING_DAY, calendar=WorkCalendar.of([]))
    assert weekends_only.day != DUE.day
    one, other = properties(as_ics(DUE, "到期")), properties(as_ics(weekends_only, "到期"))
    assert one["UID"] == other["UID"]
    assert properties(as_ics(DUE, "别的"))["UID"] != one["UID"]
    assert properties(as_ics(DUE, "到期", uid="case-7@example.org"))["UID"] == "case-7@example.org"


def test_equal_answers_are_equal_bytes_and_the_stamp_can_be_set() -> None:
    assert as_ics(DUE, "到期") == as_ics(DUE, "到期")
    stamped = properties(as_ics(DUE, "到期", stamp=at("2025-09-29T10:00")))
    assert stamped["DTSTAMP"] == "20250929T020000Z"


def test_without_a_date_or_a_title_there_is_no_event() -> None:
    paused = due(
        date(2025, 9, 29), 10, Unit.WORKING_DAY, calendar=OFFICIAL, pauses=[Pause(date(2025, 9, 30))]
    )
    with pytest.raises(PeriodError, match="期限中止，还没有到期日"):
        as_ics(paused, "到期")
    with pytest.raises(PeriodError, match="要有名称"):
        as_ics(DUE, " ")
