"""Several who act at once: one wins, and the others are told so."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TypeVar

import pytest
from django.contrib.auth.models import User
from django.db import connection

from huiqi.casework.models import Case, Command, Entry
from huiqi.casework.services import Act, Done, Opening, Rejected, act_on, open_case
from tests.casework.conftest import COMPLAINTS, at

Clerk = Callable[..., User]
T = TypeVar("T")
TOGETHER = 8

pytestmark = pytest.mark.usefixtures("committed")


def at_once(count: int, do: Callable[[int], T]) -> list[T]:
    """Do something in so many threads, each with a connection of its own."""

    def one(number: int) -> T:
        try:
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def received(user: User, key: str) -> Case:
    facts = {"线索来源": "其他渠道"}
    act = Act("收到", date(2025, 3, 3), "受理机构", key, facts)
    found = open_case(user, Opening(COMPLAINTS, "收费"), act, now=at("2025-03-03"))
    assert isinstance(found, Done), found
    return found.case


def test_of_those_who_saw_the_same_log_one_wins(clerk: Clerk) -> None:
    user = clerk("甲", "受理机构")
    case = received(user, "open")

    def accept(number: int) -> Done | Rejected:
        facts = {"受理情形": "其他损害行为"}
        act = Act("受理", date(2025, 3, 4), "受理机构", f"accept-{number}", facts, seen=1)
        return act_on(user, case.number, act, now=at("2025-03-04"))

    found = at_once(TOGETHER, accept)
    won = [each for each in found if isinstance(each, Done)]
    told = [each for each in found if isinstance(each, Rejected)]
    assert (len(won), len(told)) == (1, TOGETHER - 1)
    assert all(each.late and "慢了一步" in each.reason for each in told)
    assert list(Entry.objects.values_list("seq", "event")) == [(1, "收到"), (2, "受理")]


def test_the_same_request_at_once_is_done_once_and_answered_to_all(clerk: Clerk) -> None:
    user = clerk("甲", "受理机构")
    case = received(user, "open")

    def accept(_: int) -> Done | Rejected:
        act = Act("受理", date(2025, 3, 4), "受理机构", "accept", {"受理情形": "其他损害行为"}, seen=1)
        return act_on(user, case.number, act, now=at("2025-03-04"))

    found = at_once(TOGETHER, accept)
    assert {(type(each).__name__, getattr(each, "seq", None)) for each in found} == {("Done", 2)}
    assert (Entry.objects.count(), Command.objects.count()) == (2, 2)


def test_no_number_is_given_twice_and_none_is_left_out(clerk: Clerk) -> None:
    user = clerk("甲", "受理机构")
    cases = at_once(TOGETHER, lambda number: received(user, f"open-{number}"))
    assert sorted(case.number[-5:] for case in cases) == [f"{n:05d}" for n in range(1, TOGETHER + 1)]


def test_what_has_run_out_is_written_once_by_all_who_come_after(clerk: Clerk) -> None:
    user = clerk("甲", "受理机构")
    case = received(user, "open")

    def dispatch(number: int) -> Done | Rejected:
        facts = {"投诉对象": "工作人员", "对象层级": "市级", "特别情形": "没有", "承办层级": "市级"}
        act = Act("转办", date(2025, 3, 10), "受理机构", f"dispatch-{number}", dict(facts), seen=1)
        return act_on(user, case.number, act, now=at("2025-03-10"))

    found = at_once(TOGETHER, dispatch)
    assert sum(isinstance(each, Done) for each in found) == 1
    events = list(Entry.objects.filter(case=case).values_list("event", flat=True))
    assert events == ["收到", "视为受理", "转办"]
