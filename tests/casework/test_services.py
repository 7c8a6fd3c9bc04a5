"""Opening a case, acting on it, being told why not."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from huiqi.casework.append_only import TABLES, protect
from huiqi.casework.models import Case, Command, Entry, Identity, IdentitySeen, Notice
from huiqi.casework.selectors import days_left, queue, see, visible
from huiqi.casework.services import (
    Act,
    Done,
    Opening,
    Rejected,
    act_on,
    fire_expired,
    open_case,
    see_identity,
    serve,
)
from tests.casework.conftest import COMPLAINTS, at

Clerk = Callable[..., User]
RECEIVED = date(2025, 3, 3)


def opening(**more: Any) -> Opening:
    return Opening(
        COMPLAINTS,
        "不兑现承诺的奖补",
        statement="去年答应的补贴没有给",
        identities={"投诉举报人": ("某商行", "窗口登记")},
        **more,
    )


def act(event: str, day: str, actor: str, key: str = "", **more: Any) -> Act:
    when = date.fromisoformat(day)
    return Act(event, when, actor, key or f"{event}-{day}-{actor}", **more)


def receive(user: User, key: str = "open") -> Case:
    found = open_case(
        user,
        opening(),
        act("收到", "2025-03-03", "受理机构", key, facts={"线索来源": "经营主体或群众"}),
        now=at("2025-03-03"),
    )
    assert isinstance(found, Done), found
    return found.case


def test_a_case_is_opened_with_a_number_and_its_clock_runs(clerk: Clerk) -> None:
    case = receive(clerk("甲", "受理机构"))
    assert case.number == f"{COMPLAINTS}-2025-00001"
    assert (case.state, case.version, case.over) == ("审查中", date(2024, 11, 11), False)
    assert (case.next_due, case.next_what) == (date(2025, 3, 6), "受理")
    assert days_left(case, date(2025, 3, 8)) == -2
    assert [entry.by.username for entry in Entry.objects.all() if entry.by] == ["甲"]


def test_what_has_run_out_is_written_before_what_is_done(clerk: Clerk) -> None:
    user = clerk("甲", "受理机构")
    case = receive(user)
    found = act_on(user, case.number, act("受理", "2025-03-10", "受理机构"), now=at("2025-03-10"))
    assert isinstance(found, Rejected)
    assert "已受理" in found.reason
    case.refresh_from_db()
    assert case.state == "已受理"
    fired = Entry.objects.get(clock="受理")
    assert (fired.event, fired.happened[:10], fired.by) == ("视为受理", "2025-03-07", None)
    assert Notice.objects.filter(entry=fired).count() == 1


def test_running_the_clocks_late_or_early_writes_the_same(clerk: Clerk) -> None:
    case = receive(clerk("甲", "受理机构"))
    assert fire_expired(now=at("2025-03-06")).cases == []
    assert fire_expired(now=at("2025-05-06")).cases == [case]
    assert fire_expired(now=at("2025-06-06")).cases == []
    assert [entry.happened[:10] for entry in Entry.objects.order_by("seq")] == ["2025-03-03", "2025-03-07"]


def test_the_same_request_is_answered_and_not_done_again(clerk: Clerk) -> None:
    user = clerk("甲", "受理机构")
    case = receive(user)
    wanted = act("提请不予受理", "2025-03-04", "受理机构", facts={"不予受理情形": "不可抗力"})
    first = act_on(user, case.number, wanted, now=at("2025-03-04"))
    again = act_on(user, case.number, wanted, now=at("2025-03-05"))
    assert isinstance(first, Done)
    assert again == first
    assert Entry.objects.filter(event="提请不予受理").count() == 1
    assert receive(user).pk == case.pk
    other = act("受理", "2025-03-04", "受理机构", wanted.key)
    assert "另一件事" in _reason(act_on(user, case.number, other, now=at("2025-03-05")))


def test_who_saw_an_older_log_is_told_who_was_faster(clerk: Clerk) -> None:
    user = clerk("甲", "受理机构")
    case = receive(user)
    seen = see(case, now=at("2025-03-04")).acts
    facts = {"不予受理情形": "不可抗力"}
    act_on(
        user, case.number, act("提请不予受理", "2025-03-04", "受理机构", facts=facts), now=at("2025-03-04")
    )
    late = act_on(
        user,
        case.number,
        act("受理", "2025-03-04", "受理机构", facts={"受理情形": "其他损害行为"}, seen=seen),
        now=at("2025-03-04"),
    )
    assert isinstance(late, Rejected)
    assert late.late
    assert "提请不予受理" in late.reason


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (act("受理", "2025-03-04", "省主管部门"), "没有「省主管部门」的岗位"),
        (act("受理", "2025-03-05", "受理机构"), "还没有到"),
        (act("受理", "2025-03-04", "受理机构"), "受理情形"),
        (act("受理", "2025-03-01", "受理机构", facts={"受理情形": "其他损害行为"}), "早于"),
        (act("结案了", "2025-03-04", "受理机构"), "没有「结案了」这个事件"),
        (act("受理", "2025-03-04", "受理机构", facts={"受理情形": "别的"}), "受理情形"),
    ],
    ids=["post", "future", "fact", "order", "event", "option"],
)
def test_what_may_not_be_is_refused_with_the_reason_and_changes_nothing(
    clerk: Clerk, wanted: Act, words: str
) -> None:
    user = clerk("甲", "受理机构")
    case = receive(user)
    assert words in _reason(act_on(user, case.number, wanted, now=at("2025-03-04")))
    assert (Entry.objects.count(), Command.objects.count()) == (1, 1)


def test_an_unknown_case_an_empty_title_and_a_day_before_the_rules_are_refused(clerk: Clerk) -> None:
    user = clerk("甲", "受理机构")
    assert "没有案件" in _reason(act_on(user, "无此号", act("受理", "2025-03-04", "受理机构")))
    first = act("收到", "2025-03-03", "受理机构", facts={"线索来源": "其他渠道"})
    assert "标题" in _reason(open_case(user, Opening(COMPLAINTS, " "), first))
    before = act("收到", "2024-10-08", "受理机构", facts={"线索来源": "其他渠道"})
    assert "没有施行中" in _reason(open_case(user, opening(), before))
    assert Case.objects.count() == 0


def test_nobody_approves_what_they_asked_for(clerk: Clerk) -> None:
    both = clerk("乙", "受理机构", "调查处理机构", "本级主管部门", "上一级主管部门", "省主管部门")
    case = receive(both)
    steps = [
        act("受理", "2025-03-04", "受理机构", facts={"受理情形": "其他损害行为"}),
        act(
            "转办",
            "2025-03-04",
            "受理机构",
            facts={
                "投诉对象": "党委政府部门",
                "对象层级": "县级",
                "特别情形": "没有",
                "承办层级": "县级",
            },
        ),
        act("确认接收", "2025-03-05", "调查处理机构"),
        act(
            "提请终止",
            "2025-03-10",
            "调查处理机构",
            facts={"终止情形": "自愿撤回"},
            materials=("书面撤回申请",),
        ),
    ]
    for step in steps:
        found = act_on(both, case.number, step, now=at("2025-03-10"))
        assert isinstance(found, Done), found
    first = act("逐级同意终止", "2025-03-11", "本级主管部门")
    assert "本人提请" in _reason(act_on(both, case.number, first, now=at("2025-03-11")))
    other = clerk("丙", "本级主管部门", "上一级主管部门")
    assert isinstance(act_on(other, case.number, first, now=at("2025-03-11")), Done)
    second = act("逐级同意终止", "2025-03-11", "上一级主管部门")
    assert "一级审批" in _reason(act_on(other, case.number, second, now=at("2025-03-11")))
    third = clerk("丁", "上一级主管部门")
    assert isinstance(act_on(third, case.number, second, now=at("2025-03-11")), Done)


def test_who_complained_is_kept_apart_and_shown_only_to_whom_it_may_be(clerk: Clerk) -> None:
    taker, agency = clerk("甲", "受理机构"), clerk("乙", "调查处理机构")
    case = receive(taker)
    stored = str([*Entry.objects.values(), *Case.objects.values(), *Notice.objects.values()])
    assert "某商行" not in stored
    assert "第八条" in _reason(see_identity(agency, case.number, "投诉举报人", "调查"))
    assert "为什么" in _reason(see_identity(taker, case.number, "投诉举报人", " "))
    assert see_identity(taker, case.number, "投诉举报人", "送达通知") == ("某商行", "窗口登记")
    assert [(one.user, one.purpose) for one in IdentitySeen.objects.all()] == [(taker, "送达通知")]
    assert "某商行" not in str(Identity.objects.get())


def test_cases_are_shown_to_those_who_work_on_the_procedure(clerk: Clerk) -> None:
    taker = clerk("甲", "受理机构")
    case = receive(taker)
    assert list(queue(taker)) == [case]
    assert list(visible(clerk("外人"))) == []
    taker.is_active = False
    assert list(visible(taker)) == []


def test_a_notice_is_served_once_with_proof(clerk: Clerk) -> None:
    user = clerk("甲", "受理机构")
    case = receive(user)
    facts = {"受理情形": "其他损害行为"}
    act_on(user, case.number, act("受理", "2025-03-04", "受理机构", facts=facts), now=at("2025-03-04"))
    notice = Notice.objects.get()
    assert "凭什么" in _reason(serve(user, notice.pk, date(2025, 3, 5), ""))
    assert "送达日" in _reason(serve(user, notice.pk, date(2025, 3, 1), "回执"))
    assert "没有岗位" in _reason(serve(clerk("外人"), notice.pk, date(2025, 3, 5), "回执"))
    assert isinstance(serve(user, notice.pk, date(2025, 3, 5), "回执"), Done)
    assert "已记为" in _reason(serve(user, notice.pk, date(2025, 3, 6), "回执"))


def test_the_database_itself_refuses_to_change_the_log(clerk: Clerk) -> None:
    receive(clerk("甲", "受理机构"))
    protect(connection)
    for statement in ("UPDATE casework_entry SET event = 'x'", "DELETE FROM casework_command"):
        with (
            pytest.raises(DatabaseError, match="只增不改"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert len(TABLES) == 7


def _reason(found: object) -> str:
    assert isinstance(found, Rejected), found
    return found.reason
