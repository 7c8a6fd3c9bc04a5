"""What must hold of every count, whatever the calendar."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from huiqi.clocks import (
    GENERAL,
    NO_ROLL,
    CountingRule,
    Due,
    Extension,
    Pause,
    Unit,
    WorkCalendar,
    due,
    recompute,
)
from huiqi.clocks.calendar import UNSETTLED_FROM
from tests.clocks.examples import OFFICIAL, calendars, lengths, moments, pauses, rules, starts, years

EVER = date.max


def reached(found: Due) -> date:
    """The due day, with never as the latest of all."""
    return found.day or EVER


@given(st.data())
def test_a_later_start_never_ends_earlier(data: st.DataObject) -> None:
    calendar, rule, first = data.draw(calendars()), data.draw(rules), data.draw(starts)
    length, unit = data.draw(lengths())
    paused = data.draw(pauses(first))
    later = first + timedelta(days=data.draw(st.integers(0, 40)))
    early = due(first, length, unit, calendar=calendar, pauses=paused, rule=rule)
    late = due(later, length, unit, calendar=calendar, pauses=paused, rule=rule)
    assert reached(early) <= reached(late)


@given(st.data())
def test_a_longer_period_never_ends_earlier(data: st.DataObject) -> None:
    calendar, rule, start = data.draw(calendars()), data.draw(rules), data.draw(starts)
    length, unit = data.draw(lengths())
    paused = data.draw(pauses(start))
    short = due(start, length, unit, calendar=calendar, pauses=paused, rule=rule)
    long = due(start, length + 1, unit, calendar=calendar, pauses=paused, rule=rule)
    assert reached(short) <= reached(long)


@given(st.data())
def test_one_more_pause_never_makes_it_earlier(data: st.DataObject) -> None:
    calendar, rule, start = data.draw(calendars()), data.draw(rules), data.draw(starts)
    length, unit = data.draw(lengths())
    paused = data.draw(pauses(start))
    begin = data.draw(moments(start))
    more = Pause(begin, begin + timedelta(days=data.draw(st.integers(0, 20))))
    without = due(start, length, unit, calendar=calendar, pauses=paused, rule=rule)
    with_it = due(start, length, unit, calendar=calendar, pauses=[*paused, more], rule=rule)
    assert reached(without) <= reached(with_it)


@given(st.data())
def test_the_order_of_pauses_does_not_matter(data: st.DataObject) -> None:
    start, (length, unit) = data.draw(starts), data.draw(lengths())
    paused = data.draw(pauses(start))
    shuffled = data.draw(st.permutations(paused))
    one = due(start, length, unit, calendar=OFFICIAL, pauses=paused)
    other = due(start, length, unit, calendar=OFFICIAL, pauses=shuffled)
    assert (one.day, one.ends, one.left) == (other.day, other.ends, other.left)


@given(st.data())
def test_a_pause_after_the_last_day_or_ended_by_the_start_changes_nothing(data: st.DataObject) -> None:
    calendar, start, (length, unit) = data.draw(calendars()), data.draw(starts), data.draw(lengths())
    plain = due(start, length, unit, calendar=calendar)
    assert plain.day is not None
    after = Pause(plain.day + timedelta(days=data.draw(st.integers(1, 30))))
    before = Pause(start - timedelta(days=data.draw(st.integers(0, 30))), start)
    again = due(start, length, unit, calendar=calendar, pauses=[after, before])
    assert (again.day, again.days) == (plain.day, plain.days)


@given(st.data(), st.sampled_from([Unit.WORKING_DAY, Unit.DAY]))
def test_two_periods_in_a_row_are_one_as_long_as_both(data: st.DataObject, unit: Unit) -> None:
    calendar, start = data.draw(calendars()), data.draw(starts)
    first, second = data.draw(st.integers(1, 60)), data.draw(st.integers(1, 60))
    middle = due(start, first, unit, calendar=calendar, rule=NO_ROLL).day
    assert middle is not None
    in_steps = due(middle, second, unit, calendar=calendar, rule=NO_ROLL).day
    assert in_steps == due(start, first + second, unit, calendar=calendar, rule=NO_ROLL).day


@given(st.data())
def test_an_extension_is_a_longer_period_from_the_same_start(data: st.DataObject) -> None:
    calendar, rule, start = data.draw(calendars()), data.draw(rules), data.draw(starts)
    (length, unit), more = data.draw(lengths()), data.draw(st.integers(0, 30))
    paused = data.draw(pauses(start))
    extended = due(
        start, length, unit, calendar=calendar, pauses=paused, extensions=[Extension(more, unit)], rule=rule
    )
    longer = due(start, length + more, unit, calendar=calendar, pauses=paused, rule=rule)
    assert (extended.day, extended.days) == (longer.day, longer.days)


@given(st.data())
def test_the_explanation_has_every_day_once_and_counts_to_the_length(data: st.DataObject) -> None:
    calendar, rule, start = data.draw(calendars()), data.draw(rules), data.draw(starts)
    length, unit = data.draw(lengths())
    found = due(start, length, unit, calendar=calendar, pauses=data.draw(pauses(start)), rule=rule)
    assume(found.day is not None)
    assert found.day is not None
    assert found.days[-1].day == found.day
    assert all(later.day - one.day == timedelta(days=1) for one, later in pairwise(found.days))
    numbers = [each.number for each in found.days if each.counted]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all((each.number is not None) == each.counted and each.why for each in found.days)
    if unit in (Unit.WORKING_DAY, Unit.DAY):
        assert len(numbers) == length
    if unit is Unit.WORKING_DAY:
        assert all(calendar.is_working(each.day) for each in found.days if each.counted)


@given(st.data())
def test_a_certain_date_stays_whatever_the_coming_notices_say(data: st.DataObject) -> None:
    calendar, rule, start = data.draw(calendars()), data.draw(rules), data.draw(starts)
    length, unit = data.draw(lengths())
    paused = data.draw(pauses(start))
    found = due(start, length, unit, calendar=calendar, pauses=paused, rule=rule)
    assume(found.certain)
    later = recompute(found, data.draw(announced(calendar)))
    assert not later.moved
    assert later.after.days[-1].day == found.day


@given(st.data())
def test_the_same_calendar_moves_nothing(data: st.DataObject) -> None:
    calendar, start, (length, unit) = data.draw(calendars()), data.draw(starts), data.draw(lengths())
    found = due(start, length, unit, calendar=calendar, pauses=data.draw(pauses(start)))
    again = recompute(found, calendar)
    assert again.after == found
    assert not again.moved


@given(st.data())
def test_a_last_day_that_rolls_is_a_working_day_and_the_first_one(data: st.DataObject) -> None:
    calendar, start, (length, unit) = data.draw(calendars()), data.draw(starts), data.draw(lengths())
    found = due(start, length, unit, calendar=calendar, pauses=data.draw(pauses(start)), rule=GENERAL)
    assume(found.day is not None)
    assert found.day is not None
    assert found.unrolled is not None
    assert found.day == calendar.working_from(found.unrolled)


@given(st.data())
def test_minutes_add_up_and_never_end_outside_office_hours(data: st.DataObject) -> None:
    calendar, day = data.draw(calendars()), data.draw(starts)
    start = due(day, 0, Unit.WORKING_DAY, calendar=calendar).ends
    assert start is not None
    first, second = data.draw(st.integers(1, 900)), data.draw(st.integers(1, 900))
    middle = due(start, first, Unit.MINUTE, calendar=calendar).ends
    assert middle is not None
    end = due(middle, second, Unit.MINUTE, calendar=calendar).ends
    assert end == due(start, first + second, Unit.MINUTE, calendar=calendar).ends
    assert end is not None
    assert calendar.is_working(end.date())
    assert any(opens < end.time() <= closes for opens, closes in calendar.hours.spans)
    hours = due(start, 2, Unit.HOUR, calendar=calendar).ends
    assert hours == due(start, 120, Unit.MINUTE, calendar=calendar).ends


@given(st.data())
def test_a_rule_that_ends_at_close_ends_no_later(data: st.DataObject) -> None:
    calendar, start, (length, unit) = data.draw(calendars()), data.draw(starts), data.draw(lengths())
    midnight = due(start, length, unit, calendar=calendar)
    close = due(start, length, unit, calendar=calendar, rule=CountingRule("下班", ends_at_close=True))
    assert close.day == midnight.day
    assert close.ends is not None
    assert midnight.ends is not None
    assert midnight.ends - close.ends == timedelta(hours=7)


@st.composite
def announced(draw: st.DrawFn, calendar: WorkCalendar) -> WorkCalendar:
    """The same calendar after more notices: years it lacked, and the last days of years it had."""
    known = dict(calendar.years)
    for missing in range(2023, 2031):
        if missing in known:
            continue
        known[missing] = draw(years(missing))
        before = calendar.years.get(missing - 1)
        if before is not None:
            tail = [date(missing - 1, 12, day) for day in range(UNSETTLED_FROM[1], 32)]
            off = {day: name for day, name in before.off.items() if day not in tail}
            off |= dict.fromkeys(draw(st.sets(st.sampled_from(tail))), "元旦")
            worked = {day for day in before.worked if day not in tail}
            known[missing - 1] = type(before)(before.year, off, frozenset(worked), before.notices)
    return WorkCalendar.of(known.values(), calendar.hours)
