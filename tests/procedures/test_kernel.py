"""What happens, what is refused and why, on a small procedure whose days are counted by hand."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from huiqi.clocks import BEIJING, WorkCalendar
from huiqi.procedures import Definition, Event, Refused, apply, clock, expire, fold, route, standing
from tests.procedures.examples import APPLY, CALENDAR, applied, small


@pytest.fixture
def stall(tmp_path: Path) -> Definition:
    return small(tmp_path)


def refused(definition: Definition, *events: Event) -> str:
    """Apply events of which only the last is impossible; its reason."""
    log = applied(definition, (), *events[:-1]).log if len(events) > 1 else ()
    outcome = apply(definition, log, events[-1], CALENDAR)
    assert isinstance(outcome, Refused)
    return outcome.reason


def test_what_ran_out_happens_by_itself_on_the_day_after(stall: Definition) -> None:
    log = applied(stall, (), APPLY).log
    assert fold(stall, expire(stall, log, date(2025, 3, 10), CALENDAR)).state == "审查中"
    late = expire(stall, log, date(2025, 3, 11), CALENDAR)
    assert fold(stall, late).state == "已许可"
    assert (late[-1].event, late[-1].clock) == ("视为许可", "审查")
    assert late[-1].when == datetime(2025, 3, 11, tzinfo=BEIJING)


def test_what_ran_out_comes_before_the_event_that_is_too_late(stall: Definition) -> None:
    permit = Event("许可", date(2025, 3, 11), "街道办", {"位置合适": True})
    assert "已到「已许可」" in refused(stall, APPLY, permit)
    in_time = applied(stall, (), APPLY, replace(permit, when=date(2025, 3, 10)))
    assert [notice.to for notice in in_time.notices] == ["摊主"]


def test_a_paper_that_may_follow_is_only_missed(stall: Definition) -> None:
    assert applied(stall, (), APPLY).missing == ("「照片」（第二条）",)
    assert "申请书" in refused(stall, replace(APPLY, materials=()))


def test_reasons_are_for_the_person_who_tried(stall: Definition) -> None:
    day = date(2025, 3, 4)
    assert "是不是「申请」" in refused(stall, replace(APPLY, name="申清"))
    assert "不由「街道办」做" in refused(stall, replace(APPLY, actor="街道办"))
    assert "早于" in refused(stall, APPLY, Event("回访", date(2025, 3, 1), "街道办"))
    assert "不适用这一版" in refused(stall, replace(APPLY, when=date(2024, 12, 31)))
    assert "自行发生" in refused(stall, APPLY, Event("视为许可", day, "期限届满"))
    assert "要在审查中" in refused(stall, Event("延期", day, "街道办", {"加几日": 1}))
    assert "要写明「位置合适」" in refused(stall, APPLY, Event("许可", day, "街道办"))
    assert "现为否" in refused(stall, APPLY, Event("许可", day, "街道办", {"位置合适": False}))
    assert "要写是否" in refused(stall, APPLY, Event("许可", day, "街道办", {"位置合适": "是"}))
    assert "没有「位置合式」" in refused(stall, APPLY, Event("许可", day, "街道办", {"位置合式": True}))
    assert "要写明「答复期至」" in refused(stall, APPLY, Event("询问", day, "街道办"))
    assert "早于 2025-03-04" in refused(
        stall, APPLY, Event("询问", day, "街道办", {"答复期至": date(2025, 3, 3)})
    )
    assert "超过" in refused(stall, APPLY, Event("延期", day, "街道办", {"加几日": 10**9}))


def test_what_is_adverse_is_only_proposed_and_only_when_it_ran_out(stall: Definition) -> None:
    ask = Event("询问", date(2025, 3, 4), "街道办", {"答复期至": date(2025, 3, 8)})
    back = Event("退回", date(2025, 3, 8), "街道办")
    assert "还没有届满" in refused(stall, APPLY, ask, back)
    log = applied(stall, (), APPLY, ask).log
    assert fold(stall, expire(stall, log, date(2025, 3, 20), CALENDAR)).state == "待答复"
    assert fold(stall, applied(stall, log, replace(back, when=date(2025, 3, 9))).log).state == "已退回"


def test_an_extension_counts_from_the_start_and_only_as_often_as_allowed(stall: Definition) -> None:
    longer = Event("延期", date(2025, 3, 4), "街道办", {"加几日": 2})
    log = applied(stall, (), APPLY, longer).log
    (seen, *_) = standing(stall, log, date(2025, 3, 4), CALENDAR).clocks
    assert seen.due.day == date(2025, 3, 12)
    assert "最多 1 次" in refused(stall, APPLY, longer, longer)


def test_a_due_date_that_a_coming_notice_can_move_never_fires(stall: Definition) -> None:
    log = applied(stall, (), replace(APPLY, when=date(2026, 12, 28))).log
    year_on = date(2027, 12, 1)
    assert expire(stall, log, year_on, CALENDAR) == log
    told = WorkCalendar.of(
        [*CALENDAR.years.values(), replace(CALENDAR.years[2026], year=2027, off={}, worked=frozenset())]
    )
    assert fold(stall, expire(stall, log, year_on, told)).state == "已许可"


def test_a_mark_is_written_once_and_changes_nothing_else(stall: Definition) -> None:
    ask = Event("询问", date(2025, 3, 4), "街道办", {"答复期至": date(2025, 6, 30)})
    log = applied(stall, (), APPLY, ask).log
    marked = expire(stall, log, date(2025, 4, 4), CALENDAR)
    assert [entry.clock for entry in marked[len(log) :]] == ["提醒"]
    assert expire(stall, marked, date(2025, 4, 30), CALENDAR) == marked
    assert fold(stall, marked).state == "待答复"


def test_standing_tells_duties_and_what_may_happen_and_why_the_rest_may_not(stall: Definition) -> None:
    log = applied(stall, (), APPLY).log
    seen = standing(stall, log, date(2025, 3, 5), CALENDAR)
    assert [(duty.name, duty.status, duty.due.day if duty.due else None) for duty in seen.duties] == [
        ("回访", "待做", date(2025, 3, 5))
    ]
    assert {one.event: one.needs for one in seen.possible}["许可"] == (
        "要写明「位置合适」（是），依据第四条",
    )
    assert set(seen.impossible) == {"申请", "视为许可", "答复", "退回"}
    assert standing(stall, log, date(2025, 3, 6), CALENDAR).duties[0].status == "逾期未做"
    done = applied(stall, log, Event("回访", date(2025, 3, 6), "街道办")).log
    assert standing(stall, done, date(2025, 3, 6), CALENDAR).duties[0].status == "迟做"


def test_a_moment_within_the_last_day_is_in_time(stall: Definition) -> None:
    log = applied(stall, (), APPLY).log
    last = datetime(2025, 3, 10, 23, 59, tzinfo=BEIJING)
    assert expire(stall, log, last, CALENDAR) == log
    assert len(expire(stall, log, last + timedelta(minutes=1), CALENDAR)) == 2


def test_a_clock_can_be_asked_without_a_case(stall: Definition) -> None:
    assert clock(stall, "审查", date(2025, 3, 3), calendar=CALENDAR).day == date(2025, 3, 10)
    with pytest.raises(ValueError, match="是不是「审查」"):
        clock(stall, "审察", date(2025, 3, 3), calendar=CALENDAR)
    with pytest.raises(ValueError, match="没有固定的长度"):
        clock(stall, "答复", date(2025, 3, 3), calendar=CALENDAR)


def test_a_table_answers_by_its_first_fitting_row_and_refuses_unknown_values(stall: Definition) -> None:
    assert route(stall, "归谁", {"街区": "西街"}).gives == "西街所"
    for facts in ({}, {"街区": "南街"}):
        with pytest.raises(ValueError, match="街区"):
            route(stall, "归谁", facts)
