"""A holiday notice comes in while cases run: what moves is worked out, kept and told."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from huiqi.casework import book
from huiqi.casework.models import Entry, MovedDate
from huiqi.casework.services import Act, Done, Opening, act_on, fire_expired, open_case
from huiqi.casework.upkeep import Moved, recompute, would_move
from huiqi.clocks import load_calendar
from huiqi.procedures.log import Value
from tests.casework.conftest import COMPLAINTS, SHIPPED, at

Clerk = Callable[..., User]


def without_2026(folder: Path) -> Path:
    """A catalogue as it was before the notice of 2026 came."""
    root = folder / "catalogue"
    shutil.copytree(SHIPPED / "henan" / "complaints-2024", root / "henan" / "complaints-2024")
    shutil.copytree(SHIPPED / "calendars", root / "calendars")
    (root / "calendars" / "2026.yaml").unlink()
    return root


def test_a_year_that_another_process_put_in_is_used(settings: Any, tmp_path: Path) -> None:
    settings.CATALOGUE_ROOT = without_2026(tmp_path)
    assert 2026 not in book.calendar().covers
    assert book.calendar() is book.calendar()
    folder = settings.CATALOGUE_ROOT / "calendars"
    shutil.copy(SHIPPED / "calendars" / "2026.yaml", folder / "draft")
    (folder / "draft").replace(folder / "2026.yaml")
    assert 2026 in book.calendar().covers


def test_what_ran_out_and_waits_for_a_person_stays_due(clerk: Clerk) -> None:
    user = clerk("甲", "受理机构")
    act = Act("收到", date(2025, 3, 3), "受理机构", "open", {"线索来源": "其他渠道"})
    found = open_case(user, Opening(COMPLAINTS, "收费"), act, now=at("2025-03-03"))
    assert isinstance(found, Done), found
    facts: dict[str, Value] = {"补正情形": "缺少重要内容", "补正期至": date(2025, 3, 10)}
    asks = Act("下达补正通知", date(2025, 3, 4), "受理机构", "ask", facts, ("补正通知书",))
    assert isinstance(act_on(user, found.case.number, asks, now=at("2025-03-04")), Done)
    (case,) = fire_expired(now=at("2025-03-20")).cases
    assert Entry.objects.get(clock="补正").event == ""
    assert (case.next_due, case.next_what) == (date(2025, 3, 10), "补正")


def test_a_due_date_that_a_notice_moves_is_told_and_only_then_fires(
    clerk: Clerk, settings: Any, tmp_path: Path
) -> None:
    settings.CATALOGUE_ROOT = without_2026(tmp_path)
    book.forget()
    user = clerk("甲", "受理机构")
    act = Act("收到", date(2025, 12, 29), "受理机构", "open", {"线索来源": "其他渠道"})
    found = open_case(user, Opening(COMPLAINTS, "收费"), act, now=at("2025-12-29"))
    assert isinstance(found, Done), found
    case = found.case
    assert fire_expired(now=at("2026-01-20")).cases == []
    before = load_calendar(settings.CATALOGUE_ROOT / "calendars")
    shutil.copy(SHIPPED / "calendars" / "2026.yaml", settings.CATALOGUE_ROOT / "calendars")
    after = load_calendar(settings.CATALOGUE_ROOT / "calendars")
    was = case.next_due
    expected = would_move(before, after)
    moved = recompute(before, after, "国办发明电〔2025〕7号")
    case.refresh_from_db()
    # until then the earliest day that it could be; then 12-30, 12-31 and Sunday 01-04, which is worked
    assert (was, case.next_due) == (date(2026, 1, 1), date(2026, 1, 4))
    assert expected == moved
    assert moved == [Moved(case.number, "受理", date(2026, 1, 1), date(2026, 1, 4))]
    assert [(each.was, each.now) for each in MovedDate.objects.all()] == [(m.was, m.now) for m in moved]
    assert fire_expired(now=at("2026-01-20")).cases == [case]
    assert Entry.objects.get(clock="受理").happened[:10] == "2026-01-05"
    assert recompute(before, after, "再来一次") == []
