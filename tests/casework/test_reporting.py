"""Reports and samples: a month counted by hand, kept as it was, and drawn from so that nobody can choose."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from huiqi.casework import book
from huiqi.casework.models import Case, Entry, Report, Sample
from huiqi.casework.reporting import Snapshot, draw, make_report, period_name
from huiqi.casework.services import Act, Done, Opening, Rejected, act_on, open_case
from huiqi.procedures.reports import ReportPeriod
from huiqi.procedures.sampling import draw_sample
from tests.casework.conftest import COMPLAINTS, at
from tests.casework.test_concurrency import at_once

Clerk = Callable[..., User]
MARCH, APRIL = ReportPeriod.month(2025, 3), ReportPeriod.month(2025, 4)
IN_APRIL, IN_MAY = at("2025-04-02"), at("2025-05-06")
OFFICE = ("受理机构", "调查处理机构")
DISPATCHED = {"投诉对象": "党委政府部门", "对象层级": "省级", "特别情形": "没有", "承办层级": "省级"}


@pytest.fixture
def office(clerk: Clerk) -> User:
    return clerk("甲", *OFFICE)


@pytest.fixture
def province(clerk: Clerk) -> User:
    return clerk("乙", "省主管部门")


def opened(user: User, day: str, *, locality: str = "", department: str = "", recorded: str = "") -> str:
    """A case received on a day; its number."""
    act = Act(
        "收到", date.fromisoformat(day), "受理机构", f"{day}{locality}{department}", {"线索来源": "其他渠道"}
    )
    opening = Opening(COMPLAINTS, "收费", locality=locality, department=department)
    found = open_case(user, opening, act, now=at(recorded or day))
    assert isinstance(found, Done), found
    return found.case.number


def acted(user: User, number: str, event: str, day: str, actor: str, **facts: Any) -> None:
    act = Act(event, date.fromisoformat(day), actor, f"{number}{event}", facts)
    found = act_on(user, number, act, now=at(day))
    assert isinstance(found, Done), found


def to_its_agency(user: User, number: str, *days: str) -> None:
    accepted, dispatched, confirmed = days
    acted(user, number, "受理", accepted, "受理机构", 受理情形="其他损害行为")
    acted(user, number, "转办", dispatched, "受理机构", **DISPATCHED)
    acted(user, number, "确认接收", confirmed, "调查处理机构")


def closed(office: User, province: User, number: str, asked: str, granted: str, *, tied: bool) -> None:
    acted(office, number, "其他提请结案", asked, "调查处理机构", 结案情形="调解和解")
    acted(province, number, "批准结案", granted, "省主管部门", 附条件或附期限=tied)


@pytest.fixture
def march(office: User, province: User) -> tuple[str, str, str]:
    """Three cases up to the end of March; what becomes of each is said beside it."""
    # open at the start, closed on 5 March with conditions, and then nobody did what was due
    first = opened(office, "2025-02-24", locality="郑州市", department="甲局")
    to_its_agency(office, first, "2025-02-25", "2025-02-26", "2025-02-27")
    # came, was closed, told and asked in time
    second = opened(office, "2025-03-03", locality="郑州市", department="甲局")
    to_its_agency(office, second, "2025-03-04", "2025-03-04", "2025-03-05")
    closed(office, province, first, "2025-03-04", "2025-03-05", tied=True)
    closed(office, province, second, "2025-03-10", "2025-03-12", tied=False)
    acted(office, second, "书面告知结果", "2025-03-13", "调查处理机构")
    acted(office, second, "回访", "2025-03-14", "受理机构", 满意=True)
    # came on Monday 24 March and nobody looked: deemed accepted from the 28th, though nothing says so yet
    third = opened(office, "2025-03-24", locality="洛阳市", department="乙局")
    return first, second, third


def made(period: ReportPeriod, now: Any, user: User | None = None) -> Report:
    found = make_report(user, COMPLAINTS, period, now=now)
    assert isinstance(found, Report), found
    return found


def drawn(user: User | None = None, **more: Any) -> Sample:
    found = draw(user, COMPLAINTS, MARCH, **{"now": IN_APRIL, **more})
    assert isinstance(found, Sample), found
    return found


def test_a_month_comes_out_as_counted_by_hand(office: User, march: tuple[str, str, str]) -> None:
    first, second, third = march
    kept = made(MARCH, IN_APRIL, office)
    data = kept.data
    assert (data["received"], data["accepted"]) == ([second, third], [second, third])
    assert (data["open_at_start"], data["closed"], data["open_at_end"]) == ([first], [first, second], [third])
    assert (data["closing"]["words"], data["satisfaction"]["words"]) == ("2/3（66.7%）", "1/1（100.0%）")
    assert data["answered"]["words"] == "1/2（50.0%）"
    assert data["tracked"] == [{"number": first, "listed": None, "written_off": None}]
    assert [(one["number"], one["clock"], one["day"], one["outcome"]) for one in data["ran_out"]] == [
        (third, "受理", "2025-03-28", "视为受理")
    ]
    assert [(one["number"], one["duty"], one["by"], one["done"]) for one in data["late"]] == [
        (first, "书面告知结果", "2025-03-12", None),
        (first, "回访", "2025-03-19", None),
    ]
    assert data["ledger"][2] == {
        "number": third,
        "locality": "洛阳市",
        "department": "乙局",
        "state": "已受理",
    }
    assert data["became_known"] == []
    assert kept.entries == 6 + 8 + 1
    lasts = [list(case.entries.order_by("seq"))[-1] for case in Case.objects.all()]
    ends = [[last.case.number, last.seq, last.pk] for last in lasts]
    digest = hashlib.sha256(json.dumps(sorted(ends), ensure_ascii=False).encode()).hexdigest()
    assert (kept.digest, kept.seen) == (digest, {first: 6, second: 8, third: 1})
    assert (kept.period, kept.by, kept.made) == ("2025-03", office, IN_APRIL)
    assert kept.text.startswith("营商环境投诉举报 2025-03（")
    for words in ("结案率 2/3（66.7%）", f"据 3 件案件的 15 条记录，摘要 {digest}"):
        assert words in kept.text


def test_a_report_stays_and_what_becomes_known_shows_in_the_next(
    office: User, march: tuple[str, str, str]
) -> None:
    _, _, third = march
    before = made(MARCH, IN_APRIL)
    late = opened(office, "2025-03-31", recorded="2025-04-10")
    acted(office, third, "转办", "2025-03-31", "受理机构", **DISPATCHED)
    again = made(MARCH, IN_MAY, office)
    assert (again.pk, again.text, again.data, again.digest) == (
        before.pk,
        before.text,
        before.data,
        before.digest,
    )
    assert (again.made, again.by) == (IN_APRIL, None)
    april = made(APRIL, IN_MAY)
    # what ran out on 28 March is in the log now too, but the report on March has said it
    assert [(one["number"], one["event"], one["day"]) for one in april.data["became_known"]] == [
        (third, "转办", "2025-03-31"),
        (late, "收到", "2025-03-31"),
    ]
    assert f"补记：{late}，2025-03-31 收到，2025-04-10 才记下，以前的报告里没有" in april.text
    assert late in april.data["open_at_end"]
    assert made(ReportPeriod.month(2025, 5), at("2025-06-03")).data["became_known"] == []
    year = made(ReportPeriod.year(2025), at("2026-01-04"))
    assert (year.period, year.data["became_known"]) == ("2025", [])
    assert late in year.data["received"]


def test_a_period_that_is_not_over_and_what_cannot_be_counted_is_refused(
    clerk: Clerk, march: tuple[str, str, str]
) -> None:
    for user, procedure, period, now, words in (
        (None, COMPLAINTS, MARCH, at("2025-03-31", "23:59"), "还没有完，2025-03-31 过了才能做"),
        (None, COMPLAINTS, ReportPeriod.year(2025), IN_MAY, "还没有完"),
        (None, "no-such", MARCH, IN_APRIL, "没有「no-such」这个程序"),
        (None, COMPLAINTS, ReportPeriod.month(2024, 10), IN_APRIL, "2024-11-11"),
        (clerk("外人"), COMPLAINTS, MARCH, IN_APRIL, "没有岗位"),
    ):
        for ask in (make_report, draw):
            found = ask(user, procedure, period, now=now)
            assert isinstance(found, Rejected), found
            assert words in found.reason
    other = next(one for one in book.procedures() if one.statistics is None and one.since <= MARCH.last)
    found = make_report(None, other.id, MARCH, now=IN_APRIL)
    assert isinstance(found, Rejected)
    assert "统计" in found.reason
    assert not Report.objects.exists()
    assert made(MARCH, at("2025-04-01", "00:00")).period == "2025-03"


def test_a_case_whose_version_is_gone_is_named(march: tuple[str, str, str]) -> None:
    Case.objects.filter(number=march[0]).update(version=date(2020, 1, 1))
    found = make_report(None, COMPLAINTS, MARCH, now=IN_APRIL)
    assert isinstance(found, Rejected)
    assert found.reason.startswith(f"案件 {march[0]} 按")


def copied(number: str, locality: str, department: str, count: int) -> None:
    """So many cases with the same log as another."""
    like = Case.objects.get(number=number)
    log = list(like.entries.all())
    for each in range(count):
        like.pk, like.number = None, f"{locality}-{department}-{each}"
        like.locality, like.department = locality, department
        like.save(force_insert=True)
        for entry in log:
            entry.pk, entry.case = None, like
        Entry.objects.bulk_create(log)


def test_every_place_and_department_is_drawn_from(office: User, march: tuple[str, str, str]) -> None:
    first, second, _ = march
    copied(second, "郑州市", "甲局", 19)  # twenty-one with the two that are there
    copied(second, "郑州市", "乙局", 20)
    copied(second, "洛阳市", "", 1)
    sample = drawn(office)
    strata = {(one["locality"], one["department"]): one for one in sample.data["strata"]}
    assert {where: (len(one["closed"]), len(one["drawn"])) for where, one in strata.items()} == {
        ("郑州市", "甲局"): (21, 2),
        ("郑州市", "乙局"): (20, 1),
        ("洛阳市", ""): (1, 1),
    }
    assert {first, second} <= set(strata["郑州市", "甲局"]["closed"])
    report = made(MARCH, IN_MAY)
    assert (sample.report, sample.number, sample.share, sample.by) == (report, 1, 5, office)
    assert sample.seed == hashlib.sha256(f"{report.digest}1".encode()).hexdigest()
    redone = draw_sample(Snapshot.take(COMPLAINTS).filed(), MARCH, sample.seed, calendar=book.calendar())
    assert (list(redone.drawn), redone.digest) == (sample.drawn, sample.digest)
    assert "抽查第 1 次：办结 42 件，抽 4 件，每地每部门不少于百分之 5（第三十六条）" in sample.text
    assert "洛阳市，没有写部门：办结 1 件，抽 1 件" in sample.text
    again = drawn(reason=" 抽到的有要回避的 ", now=IN_MAY)
    assert (again.number, again.reason, again.digest) == (2, "抽到的有要回避的", sample.digest)
    assert again.seed == hashlib.sha256(f"{report.digest}2".encode()).hexdigest()
    assert again.drawn != sample.drawn
    assert "再抽的理由：抽到的有要回避的" in again.text
    assert drawn(now=IN_MAY) == again
    assert [one.number for one in Sample.objects.all()] == [1, 2]


def test_a_draw_is_asked_for_once_and_another_with_a_reason(march: tuple[str, str, str]) -> None:
    early = draw(None, COMPLAINTS, MARCH, reason="再来", now=IN_APRIL)
    assert isinstance(early, Rejected)
    assert "谈不上再抽" in early.reason
    sample = drawn()
    assert drawn(now=IN_MAY) == sample
    empty = draw(None, COMPLAINTS, MARCH, reason=" ", now=IN_APRIL)
    assert isinstance(empty, Rejected)
    assert "理由" in empty.reason
    assert Sample.objects.count() == 1


def test_of_a_month_without_cases_there_is_a_report_and_an_empty_draw(office: User) -> None:
    assert made(MARCH, IN_APRIL).data["closing"]["words"] == "0/0（没有可以算的）"
    assert (drawn().drawn, drawn().share) == ([], 5)


def test_periods_are_named_as_people_write_them() -> None:
    assert period_name(ReportPeriod.year(2024)) == "2024"
    assert period_name(ReportPeriod(date(2024, 1, 1), date(2024, 6, 30))) == "2024-01-01..2024-06-30"


def test_a_snapshot_is_of_one_moment(committed: None, office: User, march: tuple[str, str, str]) -> None:
    number = march[2]
    writers: list[Thread] = []

    def write() -> None:
        try:
            acted(office, number, "督办", "2025-03-25", "受理机构")
        finally:
            connection.close()

    def between(execute: Any, sql: str, *more: Any) -> Any:
        """Somebody writes after the cases were read and before the logs are."""
        if "casework_entry" in sql and not writers:
            writers.append(Thread(target=write))
            writers[0].start()
            writers[0].join(timeout=2 if connection.vendor == "postgresql" else 0.2)
        return execute(sql, *more)

    with connection.execute_wrapper(between):
        seen = Snapshot.take(COMPLAINTS)
    writers[0].join()
    assert seen.seen[number] == 1
    after = Snapshot.take(COMPLAINTS)
    assert after.seen[number] == 2
    assert after.digest != seen.digest


def test_of_those_who_ask_at_once_all_get_the_same(committed: None, march: tuple[str, str, str]) -> None:
    reports = at_once(4, lambda _: made(MARCH, IN_APRIL).pk)
    assert (len(set(reports)), Report.objects.count()) == (1, 1)
    samples = at_once(4, lambda _: drawn().pk)
    assert (len(set(samples)), Sample.objects.count()) == (1, 1)
    again = at_once(4, lambda _: draw(None, COMPLAINTS, MARCH, reason="再抽", now=IN_APRIL))
    won = [one.number for one in again if isinstance(one, Sample)]
    assert sorted(won) == list(range(2, 2 + len(won)))
    assert all(one.late for one in again if isinstance(one, Rejected))


@pytest.mark.parametrize("table", ["casework_report", "casework_sample"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET text = 'x'", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_what_was_given_out(
    committed: None, march: tuple[str, str, str], table: str, statement: str
) -> None:
    drawn()
    with (
        pytest.raises(DatabaseError, match="只增不改"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_an_installation_from_before_reports_is_brought_up_to_date(
    committed: None, march: tuple[str, str, str]
) -> None:
    call_command("migrate", "casework", "0002", verbosity=0)
    assert "casework_report" not in connection.introspection.table_names()
    call_command("migrate", "casework", verbosity=0)
    assert made(MARCH, IN_APRIL).entries == 15
    for table in ("casework_entry", "casework_report"):
        with pytest.raises(DatabaseError, match="只增不改"), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
