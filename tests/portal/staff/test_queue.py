"""The queue: what runs out first on top, narrowed, page by page."""

import re
from collections.abc import Callable

from huiqi.casework.models import Case, Post
from tests.portal.staff.conftest import COMPLAINTS, Clock, Desk

Desks = Callable[..., Desk]


def titles(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/staff/cases/[^"]+">([^<]+)</a>', page)


def test_what_runs_out_first_is_on_top(desk: Desks, clock: Clock) -> None:
    one = desk("甲", "受理机构")
    assert "现在没有在办的案件" in one.get("/staff/")
    one.receive(title="初三收的")
    clock.set("2025-03-05")
    one.log_in()
    one.receive(title="初五收的", day="2025-03-05")
    accepted = one.receive(title="受理了的", day="2025-03-05")
    one.act(accepted, "受理", "2025-03-05", facts={"受理情形": "加重企业负担"})
    assert titles(one.get("/staff/")) == ["初三收的", "初五收的", "受理了的"]
    assert "还有1天" in one.words
    assert "还有5天" in one.words
    assert "没有在走的期限" in one.words
    clock.set("2025-03-06")
    one.log_in()
    one.get("/staff/")
    assert "今天到期" in one.words


def test_the_queue_is_narrowed(desk: Desks) -> None:
    one = desk("甲", "受理机构", "窗口")
    first = one.receive(title="收费")
    one.receive(title="检查")
    one.act(first, "受理", "2025-03-03", facts={"受理情形": "加重企业负担"})
    assert titles(one.get("/staff/", q="检")) == ["检查"]
    assert titles(one.get("/staff/", q=first.number)) == ["收费"]
    assert titles(one.get("/staff/", state="已受理")) == ["收费"]
    assert titles(one.get("/staff/", procedure=COMPLAINTS, state="审查中")) == ["检查"]
    assert len(titles(one.get("/staff/", procedure="food-areas", state="没有这个"))) == 2
    assert "没有找到这样的案件" in one.get("/staff/", q="月球")
    assert 'name="procedure"' not in one.page
    Post.objects.create(user=one.user, procedure="food-areas", actor="申请单位")
    assert "没有找到这样的案件" in one.get("/staff/", procedure="food-areas")
    assert 'name="procedure"' in one.page
    assert "还没有办完的案件" in one.get("/staff/", over="1")


def test_fifty_on_a_page(desk: Desks) -> None:
    one = desk("甲", "受理机构")
    one.receive()
    pattern = Case.objects.get()
    for number in range(60):
        pattern.pk, pattern.number, pattern.title = None, f"x-{number:03}", f"第{number}件"
        pattern.save(force_insert=True)
    assert len(titles(one.get("/staff/"))) == 50
    assert "第1页，共2页" in one.words
    assert len(titles(one.get("/staff/", page="2"))) == 11
    assert len(titles(one.get("/staff/", page="99"))) == 11
    assert len(titles(one.get("/staff/", page="x"))) == 50
