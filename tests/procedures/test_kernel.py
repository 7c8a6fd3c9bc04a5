"""What happens, what is refused and why, on a small procedure whose days are counted by hand."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from huiqi.clocks import BEIJING, WorkCalendar
from huiqi.procedures import Definition, Event, Refused, apply, clock, expire, fold, route, standing
from tests.procedures.examples import APPLY, CALENDAR, applied, small, street


@pytest.fixture
def stall(tmp_path: Path) -> Definition:
    return small(tmp_path)


@pytest.fixture
def clearing(tmp_path: Path) -> Definition:
    return street(tmp_path)


def at(time: str, day: int = 3) -> datetime:
    """A moment in March 2025; the third is a Monday."""
    return datetime.fromisoformat(f"2025-03-{day:02} {time}").replace(tzinfo=BEIJING)


def seized(size: str, hurt: bool = False) -> tuple[Event, ...]:
    """A case of a size up to the question whether it may be closed."""
    return (
        Event("举报", at("11:00"), "举报人"),
        Event("到场", at("11:30"), "巡查队", {"有伤人": hurt, "档次": size}),
        Event("提请处理", date(2025, 3, 4), "巡查队"),
    )


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


AGREE = Event("同意处理", date(2025, 3, 4), "街道办")
GRANT = Event("批准处理", date(2025, 3, 5), "市城管")
RETURN = Event("退回处理", date(2025, 3, 5), "街道办")


def test_every_level_agrees_in_turn_and_only_then_the_last_grants(clearing: Definition) -> None:
    asked = seized("大")
    district = replace(AGREE, actor="区城管")
    assert "先要街道办「同意处理」（第六条）" in refused(clearing, *asked, GRANT)
    assert "不由「区城管」做，由街道办" in refused(clearing, *asked, district)
    assert "先要区城管" in refused(clearing, *asked, AGREE, GRANT)
    assert "不由「街道办」做，由区城管" in refused(clearing, *asked, AGREE, AGREE)
    assert "各级都已同意，等市城管" in refused(clearing, *asked, AGREE, district, district)
    log = applied(clearing, (), *asked, AGREE, district, GRANT).log
    assert fold(clearing, log).state == "已处理"
    assert not fold(clearing, log).agreed


def test_the_fact_of_the_case_decides_the_levels(clearing: Definition) -> None:
    assert fold(clearing, applied(clearing, (), *seized("小"), GRANT).log).state == "已处理"
    assert "各级都已同意" in refused(clearing, *seized("小"), AGREE)
    assert "先要街道办" in refused(clearing, *seized("中"), GRANT)
    assert fold(clearing, applied(clearing, (), *seized("中"), AGREE, GRANT).log).state == "已处理"
    unsized = replace(seized("小")[1], facts={"有伤人": False})
    assert "要写明「档次」" in refused(clearing, seized("小")[0], unsized)


def test_the_level_whose_turn_it_is_may_return_and_asking_again_begins_anew(clearing: Definition) -> None:
    asked = seized("大")
    last = replace(RETURN, actor="市城管")
    district = replace(AGREE, actor="区城管", when=date(2025, 3, 5))
    assert "不由「市城管」做，由街道办" in refused(clearing, *asked, last)
    assert "轮到的一级不能做" in refused(clearing, *asked, AGREE, RETURN)
    assert "不由「街道办」做，由市城管" in refused(clearing, *asked, AGREE, district, RETURN)
    log = applied(clearing, (), *asked, AGREE, district, last).log
    assert fold(clearing, log).state == "办理中"
    again = replace(asked[2], when=date(2025, 3, 6))
    assert "要在待批" in str(apply(clearing, log, replace(GRANT, when=date(2025, 3, 6)), CALENDAR))
    log = applied(clearing, log, again).log
    assert "先要街道办" in str(apply(clearing, log, replace(GRANT, when=date(2025, 3, 6)), CALENDAR))


def test_standing_names_only_the_level_whose_turn_it_is(clearing: Definition) -> None:
    log = applied(clearing, (), *seized("大")).log
    seen = standing(clearing, log, date(2025, 3, 4), CALENDAR)
    assert {one.event: list(one.who) for one in seen.possible} == {
        "同意处理": ["街道办"],
        "退回处理": ["街道办"],
        "慰问": ["街道办"],
    }
    log = applied(clearing, log, AGREE).log
    seen = standing(clearing, log, date(2025, 3, 4), CALENDAR)
    assert {one.event: list(one.who) for one in seen.possible}["同意处理"] == ["区城管"]
    assert "退回处理" not in {one.event for one in seen.possible}


def test_minutes_are_of_office_time_and_need_a_moment(clearing: Definition) -> None:
    came = Event("举报", at("11:00"), "举报人")
    log = applied(clearing, (), came).log
    (seen,) = standing(clearing, log, at("12:30"), CALENDAR).clocks
    assert (seen.due.ends, seen.status) == (at("14:30"), "在走")
    assert expire(clearing, log, at("14:29"), CALENDAR) == log
    assert [one.clock for one in expire(clearing, log, at("14:30"), CALENDAR)] == ["", "到场"]
    weekend = applied(clearing, (), replace(came, when=at("16:00", 7))).log
    (seen,) = standing(clearing, weekend, at("16:00", 7), CALENDAR).clocks
    assert seen.due.ends == at("09:30", 10)
    assert "写到几点几分" in refused(clearing, replace(came, when=date(2025, 3, 3)))


def test_a_clock_and_a_duty_start_only_when_their_condition_holds(clearing: Definition) -> None:
    for hurt, name, until in (
        (True, "伤人办理", date(2025, 3, 5)),
        (False, "平时办理", date(2025, 3, 10)),
    ):
        log = applied(clearing, (), *seized("小", hurt)[:2]).log
        seen = standing(clearing, log, date(2025, 3, 4), CALENDAR)
        assert [one.name for one in seen.clocks] == ["到场", name]
        assert seen.clocks[1].due.day == until
        assert [one.name for one in seen.duties] == (["慰问"] if hurt else [])
    unsaid = replace(seized("小")[1], facts={"档次": "小"})
    assert "要写明「有伤人」" in refused(clearing, seized("小")[0], unsaid)


def test_a_duty_whose_number_nobody_has_set_is_owed_without_a_date(clearing: Definition) -> None:
    log = applied(clearing, (), *seized("小"), GRANT).log
    seen = standing(clearing, log, date(2026, 3, 4), CALENDAR)
    assert [(one.name, one.who, one.status, one.due) for one in seen.duties] == [
        ("回访", ("巡查队", "街道办"), "待做", None)
    ]


def test_only_a_large_case_owes_the_ledger(clearing: Definition) -> None:
    district = replace(AGREE, actor="区城管")
    log = applied(clearing, (), *seized("大"), AGREE, district, GRANT).log
    names = [one.name for one in standing(clearing, log, date(2025, 3, 6), CALENDAR).duties]
    assert names == ["回访", "列账"]
