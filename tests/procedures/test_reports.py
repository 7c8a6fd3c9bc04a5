"""Reports and samples: a month counted by hand, and laws that hold for every list."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.clocks import BEIJING
from huiqi.procedures import Definition, Event, Log, load_procedure
from huiqi.procedures.reports import Filed, OnLedger, Rate, ReportPeriod, Row, report
from huiqi.procedures.sampling import draw_sample, share
from tests.procedures.examples import APPLY, CALENDAR, COMPLAINTS, applied, small, street

MARCH = ReportPeriod.month(2025, 3)
COMPLAINT_RULES = load_procedure(COMPLAINTS)


@pytest.fixture(scope="module")
def clearing(tmp_path_factory: pytest.TempPathFactory) -> Definition:
    return street(tmp_path_factory.mktemp("street"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2025-{text}").replace(tzinfo=BEIJING)


def on(text: str) -> date:
    return date.fromisoformat(f"2025-{text}")


def came(day: str, size: str = "小", hurt: bool = False, arrived: str = "09:30") -> tuple[Event, ...]:
    """Reported at nine, and somebody came."""
    return (
        Event("举报", at(f"{day} 09:00"), "举报人"),
        Event("到场", at(f"{day} {arrived}"), "巡查队", {"有伤人": hurt, "档次": size}),
    )


def closed(asked: str, granted: str) -> tuple[Event, ...]:
    """A small case that is put forward and granted."""
    return (Event("提请处理", on(asked), "巡查队"), Event("批准处理", on(granted), "市城管"))


def called(day: str, content: bool) -> Event:
    return Event("回访", on(day), "街道办", {"满意": content})


def filed(definition: Definition, number: str, *events: Event, locality: str = "东街") -> Filed:
    log: Log = applied(definition, (), *events).log
    return Filed(number, locality, "巡查队", definition, log)


LARGE = (
    Event("提请处理", on("03-05"), "巡查队"),
    Event("同意处理", on("03-05"), "街道办"),
    Event("同意处理", on("03-06"), "区城管"),
    Event("批准处理", on("03-07"), "市城管"),
)


def march(definition: Definition) -> list[Filed]:
    """Eight cases; what becomes of each in March is said beside it."""
    february = [
        replace(each, when=on(f"02-{day}")) for each, day in zip(LARGE, ("10", "10", "11", "12"), strict=True)
    ]
    return [
        # came, accepted, closed, asked and content
        filed(definition, "甲", *came("03-03"), *closed("03-04", "03-05"), called("03-10", True)),
        # open at the start; comfort due 28 February; two days from 27 February end on Monday 3 March
        filed(
            definition,
            "乙",
            *came("02-27", "大", True, "16:00"),
            Event("慰问", on("03-02"), "街道办"),
            *LARGE,
            Event("列账", on("03-10"), "街道办"),
        ),
        # came and stays open; five working days from Thursday 20 March end on 27 March
        filed(definition, "丙", *came("03-20"), locality="西街"),
        # closed in January, asked only now and not content
        filed(definition, "丁", *came("01-06"), *closed("01-07", "01-08"), called("03-12", False)),
        # came and was withdrawn
        filed(definition, "戊", *came("03-24"), Event("撤案", on("03-25"), "街道办")),
        # not yet there
        filed(definition, "己", *came("04-02")),
        # closed and asked in February, opened again and closed again
        filed(
            definition,
            "庚",
            *came("02-05"),
            *closed("02-06", "02-07"),
            called("02-10", True),
            Event("重查", on("03-17"), "街道办"),
            *closed("03-18", "03-19"),
        ),
        # closed in February, neither asked nor put on the ledger
        filed(definition, "辛", *came("02-07", "大"), *february),
    ]


@pytest.fixture(scope="module")
def marched(clearing: Definition) -> list[Filed]:
    return march(clearing)


def test_a_month_comes_out_as_counted_by_hand(clearing: Definition) -> None:
    seen = report(march(clearing), MARCH, CALENDAR)
    assert seen.received == ("甲", "丙", "戊")
    assert seen.accepted == ("甲", "丙", "戊")
    assert seen.reopened == ("庚",)
    assert seen.closed == ("甲", "乙", "庚")
    assert seen.ended == ("戊",)
    assert seen.open_at_start == ("乙",)
    assert seen.open_at_end == ("丙",)
    assert seen.handled == ("甲", "乙", "丙", "戊", "庚")
    assert (seen.closing.part, seen.closing.whole) == (3, 5)
    assert (seen.satisfaction.part, seen.satisfaction.whole) == (1, 2)
    assert (seen.answered.part, seen.answered.whole) == (2, 5)
    assert seen.tracked == (OnLedger("乙", on("03-10"), None), OnLedger("辛", None, None))
    assert [(one.number, one.clock, one.day, one.outcome, one.still) for one in seen.ran_out] == [
        ("乙", "伤人办理", on("03-04"), "办理晚了", False),
        ("丙", "平时办理", on("03-28"), "办理晚了", True),
    ]
    assert [(one.number, one.duty, one.by, one.done) for one in seen.late] == [
        ("乙", "慰问", on("02-28"), on("03-02"))
    ]
    assert Row("丙", "西街", "巡查队", "办理中") in seen.ledger
    assert [row.number for row in seen.ledger] == ["甲", "乙", "丙", "戊", "庚"]
    assert seen.notes == ("率没有规定算法",)


def test_the_months_around_it_follow(clearing: Definition) -> None:
    cases = march(clearing)
    february = report(cases, ReportPeriod.month(2025, 2), CALENDAR)
    assert (february.closed, february.open_at_start, february.open_at_end) == (("庚", "辛"), (), ("乙",))
    assert [(one.number, one.clock, one.day, one.still) for one in february.ran_out] == [
        ("乙", "到场", on("02-27"), False)
    ]
    assert (february.answered.part, february.answered.whole) == (1, 3)
    april = report(cases, ReportPeriod.month(2025, 4), CALENDAR)
    assert april.open_at_start == report(cases, MARCH, CALENDAR).open_at_end
    assert (april.received, april.open_at_end) == (("己",), ("丙", "己"))
    assert april.tracked == (OnLedger("乙", on("03-10"), None), OnLedger("辛", None, None))
    assert [(one.number, one.still) for one in april.ran_out] == [("丙", True), ("己", True)]


def test_a_year_holds_its_months(clearing: Definition) -> None:
    year = report(march(clearing), ReportPeriod.year(2025), CALENDAR)
    assert year.received == ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛")
    assert year.closed == ("甲", "乙", "丁", "庚", "辛")
    assert (year.closing.part, year.closing.whole) == (5, 8)
    assert (year.satisfaction.part, year.satisfaction.whole) == (2, 3)
    assert year.open_at_start == ()


def test_what_is_written_off_is_listed_once_more_and_then_no_longer(clearing: Definition) -> None:
    cases = [one for one in march(clearing) if one.number == "乙"]
    log = applied(clearing, cases[0].log, Event("销账", on("04-15"), "街道办")).log
    cases = [replace(cases[0], log=log)]
    april, may = (report(cases, ReportPeriod.month(2025, month), CALENDAR) for month in (4, 5))
    assert april.tracked == (OnLedger("乙", on("03-10"), on("04-15")),)
    assert may.tracked == ()
    assert report(cases, MARCH, CALENDAR).tracked == (OnLedger("乙", on("03-10"), None),)


def test_what_is_listed_again_is_on_the_ledger_again(clearing: Definition) -> None:
    again = [Event(name, on(day), "街道办") for name, day in (("销账", "03-11"), ("列账", "03-12"))]
    case = next(one for one in march(clearing) if one.number == "乙")
    case = replace(case, log=applied(clearing, case.log, *again).log)
    assert report([case], ReportPeriod.month(2025, 4), CALENDAR).tracked == (
        OnLedger("乙", on("03-12"), None),
    )


def test_only_what_was_closed_and_not_yet_asked_is_to_be_asked(clearing: Definition) -> None:
    early = (*came("01-06"), *closed("01-07", "01-08"))
    asked = filed(clearing, "甲", *early, called("02-10", True))
    twice = filed(clearing, "乙", *early, called("02-10", True), called("03-10", False))
    opened = filed(clearing, "丙", *early, Event("重查", on("02-10"), "街道办"))
    for case, answers, to_ask in ((asked, 0, 0), (twice, 1, 1), (opened, 0, 0)):
        seen = report([case], MARCH, CALENDAR)
        assert (seen.answered.part, seen.answered.whole) == (answers, to_ask), case.number
    assert report([twice], MARCH, CALENDAR).satisfaction.part == 0


def test_the_first_day_is_of_the_period_and_what_ends_with_the_last_runs_out_after_it(
    clearing: Definition,
) -> None:
    """Five working days from Monday 24 March end with the last day of March."""
    case = filed(clearing, "甲", *came("03-24"))
    assert report([case], MARCH, CALENDAR).ran_out == ()
    assert [one.day for one in report([case], ReportPeriod.month(2025, 4), CALENDAR).ran_out] == [on("04-01")]
    first = filed(clearing, "乙", *came("04-01"))
    seen = report([first], ReportPeriod.month(2025, 4), CALENDAR)
    assert (seen.accepted, seen.open_at_start) == (("乙",), ())


def test_an_overdue_duty_stays_until_it_is_done(clearing: Definition) -> None:
    case = filed(clearing, "壬", *came("03-03", hurt=True))
    assert [(one.by, one.done) for one in report([case], MARCH, CALENDAR).late] == [(on("03-04"), None)]
    log = applied(clearing, case.log, Event("慰问", on("04-02"), "街道办")).log
    for month, expected in ((3, [None]), (4, [on("04-02")]), (5, [])):
        seen = report([replace(case, log=log)], ReportPeriod.month(2025, month), CALENDAR)
        assert [one.done for one in seen.late] == expected


def test_a_minute_of_the_last_day_counts(clearing: Definition) -> None:
    """Ninety minutes from nine on the last day of March end at half past ten."""
    case = filed(clearing, "癸", Event("举报", at("03-31 09:00"), "举报人"))
    seen = report([case], MARCH, CALENDAR)
    assert [one.day for one in seen.ran_out] == [on("03-31")]
    assert (seen.handled, seen.ledger) == ((), (Row("癸", "东街", "巡查队", "待到场"),))


def test_nothing_later_changes_a_report(clearing: Definition) -> None:
    cases = march(clearing)
    before = report(cases, MARCH, CALENDAR)
    later = applied(clearing, cases[2].log, *closed("04-01", "04-02"), called("04-03", True)).log
    cases[2] = replace(cases[2], log=later)
    assert report(cases, MARCH, CALENDAR) == before
    assert report(cases, ReportPeriod.month(2025, 4), CALENDAR).closed == ("丙",)


def test_a_report_is_said_for_people_and_for_machines(clearing: Definition) -> None:
    seen = report(march(clearing), MARCH, CALENDAR)
    text = seen.as_text()
    for words in (
        "结案率 3/5（60.0%）",
        "满意率 1/2（50.0%）",
        "回访率 2/5（40.0%）",
        "期初未结 1 件",
        "辛，应列入而没有列入",
        "丙，平时办理，2025-03-28，办理晚了，至今没有办（第五条）",
        "乙，街道办，慰问，应至 2025-02-28，2025-03-02 才做（第四条）",
        "注：率没有规定算法",
    ):
        assert words in text, words
    data = json.loads(json.dumps(seen.as_data(), ensure_ascii=False))
    assert data["closing"]["denominator"] == 5
    assert data["tracked"][1] == {"number": "辛", "listed": None, "written_off": None}


def test_a_rate_of_nothing_is_none_and_a_half_goes_up() -> None:
    assert Rate(0, 0, "").value is None
    assert Rate(0, 0, "").words == "0/0（没有可以算的）"
    assert Rate(1, 3, "").words == "1/3（33.3%）"
    assert Rate(1, 16, "").words == "1/16（6.3%）"
    assert Rate(7, 7, "").words == "7/7（100.0%）"


def test_periods_end_with_their_last_day() -> None:
    assert ReportPeriod.month(2024, 2).last == date(2024, 2, 29)
    assert ReportPeriod.month(2025, 12).last == date(2025, 12, 31)
    assert at("03-31 23:59") in MARCH
    assert at("04-01 00:00") not in MARCH
    with pytest.raises(ValueError, match="早于"):
        ReportPeriod(on("03-02"), on("03-01"))


def test_what_says_not_what_counts_is_refused(tmp_path: Path, clearing: Definition) -> None:
    stall = small(tmp_path)
    case = Filed("甲", "东街", "街道办", stall, applied(stall, (), APPLY).log)
    with pytest.raises(ValueError, match="没有写「统计」"):
        report([case], MARCH, CALENDAR)
    one = filed(clearing, "乙", *came("03-03"))
    with pytest.raises(ValueError, match="有两件"):
        report([one, one], MARCH, CALENDAR)


def test_a_complaint_that_nobody_looked_at_counts_as_accepted() -> None:
    """Received on Monday 3 March 2025, deemed accepted on the 7th by art. 7 (2); nothing of it was stored."""
    log = applied(
        COMPLAINT_RULES, (), Event("收到", on("03-03"), "受理机构", {"线索来源": "经营主体或群众"})
    ).log
    seen = report([Filed("甲", "开封市", "中心", COMPLAINT_RULES, log)], MARCH, CALENDAR)
    assert seen.accepted == seen.open_at_end == ("甲",)
    assert [(one.clock, one.day, one.outcome, one.still) for one in seen.ran_out] == [
        ("受理", on("03-07"), "视为受理", False)
    ]
    assert "没有规定算法" in seen.notes[0]


def complaint(*events: Event) -> Filed:
    return Filed("甲", "开封市", "中心", COMPLAINT_RULES, applied(COMPLAINT_RULES, (), *events).log)


def test_what_was_extended_after_it_ran_out_has_not_run_out_still() -> None:
    """Thirty days from 2 January 2025 end on 5 February; thirty more, allowed on the 10th, on 3 March."""
    case = complaint(
        Event("收到", date(2024, 12, 30), "受理机构", {"线索来源": "经营主体或群众"}),
        Event("受理", date(2024, 12, 31), "受理机构", {"受理情形": "纾困政策不落实"}),
        Event(
            "转办",
            on("01-02"),
            "受理机构",
            {"投诉对象": "党委政府部门", "对象层级": "市级", "特别情形": "没有", "承办层级": "市级"},
        ),
        Event("确认接收", on("01-03"), "调查处理机构"),
        Event("延长", on("02-10"), "本级主管部门", {"延长情形": "情况特殊"}),
    )
    february, spring = ReportPeriod.month(2025, 2), ReportPeriod(on("02-01"), on("04-30"))
    assert [(one.day, one.still) for one in report([case], february, CALENDAR).ran_out] == [
        (on("02-06"), False)
    ]
    assert [(one.day, one.still) for one in report([case], spring, CALENDAR).ran_out] == [
        (on("02-06"), False),
        (on("03-04"), True),
    ]


def test_nothing_is_late_by_a_calendar_that_is_not_announced() -> None:
    case = complaint(Event("窗口收到", date(2026, 12, 30), "窗口", {"线索来源": "平台窗口热线"}))
    seen = report([case], ReportPeriod.month(2027, 1), CALENDAR)
    assert (seen.late, seen.ran_out) == ((), ())


NUMBERS = st.lists(st.integers(0, 400), max_size=12)


def test_a_share_is_never_less_than_five_percent_and_never_a_case_more() -> None:
    for count in range(2001):
        drawn = share(count, 5)
        assert drawn * 20 >= count
        assert (drawn - 1) * 20 < count or drawn == 0


@given(NUMBERS)
def test_shares_of_strata_together_are_never_less_than_five_percent(counts: list[int]) -> None:
    assert sum(share(count, 5) for count in counts) * 20 >= sum(counts)


def closed_in_march(definition: Definition, sizes: dict[tuple[str, str], int]) -> list[Filed]:
    log = applied(definition, (), *came("03-03"), *closed("03-04", "03-05")).log
    return [
        Filed(f"{place}{who}{number:03}", place, who, definition, log)
        for (place, who), size in sizes.items()
        for number in range(size)
    ]


SIZES = {("东街", "甲队"): 21, ("西街", "甲队"): 20, ("东街", "乙队"): 1}


def test_every_place_and_department_is_drawn_from(clearing: Definition) -> None:
    cases = closed_in_march(clearing, SIZES)
    drawn = draw_sample(cases, MARCH, "种子", calendar=CALENDAR)
    assert {(one.locality, one.department): len(one.drawn) for one in drawn.strata} == {
        ("东街", "甲队"): 2,
        ("西街", "甲队"): 1,
        ("东街", "乙队"): 1,
    }
    assert all(set(one.drawn) <= set(one.closed) for one in drawn.strata)
    assert len(drawn.drawn) * 20 >= len(cases)
    assert [(rule.percent, rule.cite) for rule in drawn.rules] == [(5, "第十一条")]
    assert json.loads(json.dumps(drawn.as_data()))["digest"] == drawn.digest


def test_only_what_was_closed_in_the_period_is_on_the_list(clearing: Definition) -> None:
    drawn = draw_sample(march(clearing), MARCH, "种子", calendar=CALENDAR)
    assert [one.closed for one in drawn.strata] == [("乙", "庚", "甲")]
    assert draw_sample([], MARCH, "种子", calendar=CALENDAR).drawn == ()


def test_a_draw_can_be_drawn_again_and_a_new_one_has_a_new_number(clearing: Definition) -> None:
    cases = closed_in_march(clearing, SIZES)
    first = draw_sample(cases, MARCH, "种子", calendar=CALENDAR)
    assert draw_sample(reversed(cases), MARCH, "种子", calendar=CALENDAR) == first
    second = draw_sample(cases, MARCH, "种子", 2, calendar=CALENDAR)
    assert (second.digest, second.number) == (first.digest, 2)
    assert second.drawn != first.drawn
    assert draw_sample(cases, MARCH, "别的种子", calendar=CALENDAR).drawn != first.drawn
    assert draw_sample(cases[:-1], MARCH, "种子", calendar=CALENDAR).digest != first.digest
    for seed, number in (("", 1), ("种子", 0)):
        with pytest.raises(ValueError, match="种子"):
            draw_sample(cases, MARCH, seed, number, calendar=CALENDAR)


def test_every_case_has_its_turn(clearing: Definition) -> None:
    """Five cases, one drawn, two hundred times: forty each on average."""
    cases = closed_in_march(clearing, {("东街", "甲队"): 5})
    count = Counter(
        number
        for draw in range(1, 201)
        for number in draw_sample(cases, MARCH, "种子", draw, calendar=CALENDAR).drawn
    )
    assert len(count) == 5
    assert min(count.values()) >= 20


def test_a_procedure_without_sampling_is_not_drawn_from(clearing: Definition) -> None:
    assert clearing.statistics
    silent = replace(clearing, statistics=replace(clearing.statistics, sample=None))
    with pytest.raises(ValueError, match="没有写「抽查」"):
        draw_sample(closed_in_march(silent, SIZES), MARCH, "种子", calendar=CALENDAR)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(range(8)), unique=True), st.integers(1, 12))
def test_what_was_open_and_came_is_what_was_closed_and_stays(
    marched: list[Filed], picked: list[int], month: int
) -> None:
    seen = report([marched[each] for each in picked], ReportPeriod.month(2025, month), CALENDAR)
    gone = {*seen.closed, *seen.ended} - set(seen.open_at_end)
    assert set(seen.handled) == gone | set(seen.open_at_end)
    assert set(seen.handled) == {*seen.open_at_start, *seen.accepted, *seen.reopened}
    for rate in (seen.closing, seen.satisfaction, seen.answered):
        assert 0 <= rate.part <= rate.whole
