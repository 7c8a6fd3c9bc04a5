"""The program and a second one, written from the rules alone, give the same answers."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from huiqi.clocks import CountingRule, Pause, Unit, due
from tests.clocks.examples import at, calendars, lengths, moments, pauses, rules, starts
from tests.clocks.written_rules import last_day, last_moment


@given(st.data())
def test_days_counted_two_ways_agree(data: st.DataObject) -> None:
    calendar, rule = data.draw(calendars()), data.draw(rules)
    around = data.draw(starts)
    start = data.draw(moments(around, reach=10))
    length, unit = data.draw(lengths())
    paused = data.draw(pauses(around))
    found = due(start, length, unit, calendar=calendar, pauses=paused, rule=rule)
    assert (found.day, found.left) == last_day(start, length, unit, paused, calendar, rule)


@given(st.data())
def test_minutes_counted_two_ways_agree(data: st.DataObject) -> None:
    calendar, office = data.draw(calendars()), data.draw(st.booleans())
    day = data.draw(starts)
    start = at(f"{day}T{data.draw(st.integers(0, 23)):02}:{data.draw(st.integers(0, 59)):02}")
    length = data.draw(st.integers(0, 1000))
    paused = []
    for _ in range(data.draw(st.integers(0, 3))):
        stopped = start + timedelta(minutes=data.draw(st.integers(-600, 5000)))
        lasts = data.draw(st.integers(0, 3000) | st.none())
        paused.append(Pause(stopped, None if lasts is None else stopped + timedelta(minutes=lasts)))
    rule = CountingRule("试", office_time=office)
    found = due(start, length, Unit.MINUTE, calendar=calendar, pauses=paused, rule=rule)
    again = last_moment(start, length, paused, calendar, office)
    assert found.ends == again
    assert (found.left is None) == (again is not None)
