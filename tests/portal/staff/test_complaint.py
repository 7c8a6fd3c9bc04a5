"""A complaint from receipt to the call back, by the pages alone; each step says what is due."""

from collections.abc import Callable

from huiqi.casework.models import Entry
from tests.portal.staff.conftest import Clock, Desk

Desks = Callable[..., Desk]
DISPATCHED = {"投诉对象": "党委政府部门", "对象层级": "县级", "特别情形": "没有", "承办层级": "县级"}


def test_from_receipt_to_the_call_back(desk: Desks, clock: Clock) -> None:
    centre = desk("甲", "受理机构")
    agency = desk("乙", "调查处理机构")
    county, city, province = (
        desk("丙", "本级主管部门"),
        desk("丁", "上一级主管部门"),
        desk("戊", "省主管部门"),
    )
    case = centre.receive()
    assert "已登记" in centre.words
    assert "最先到期：2025年3月6日，受理" in centre.words
    assert "不用谁来办，自动“视为受理”，转到“已受理”" in centre.words

    clock.set("2025-03-04")
    centre.act(case, "受理", "2025-03-04", facts={"受理情形": "不履约不兑现承诺"})
    assert "已记下：2025年3月4日，受理机构“受理”" in centre.words
    assert "这一步没有期限" in centre.words
    assert "告诉投诉举报人：受理和转办情况" in centre.words

    centre.act(case, "转办", "2025-03-04", facts=DISPATCHED)
    assert "最先到期：2025年3月6日，确认接收" in centre.words
    assert "自动“视为接收”" in centre.words
    assert "确认接收：由调查处理机构" in centre.words

    clock.set("2025-03-05")
    agency.act(case, "确认接收", "2025-03-05")
    assert "最先到期：2025年4月3日，调查处理" in agency.words
    assert "记下“超过办理期限没有作出处理决定”" in agency.words
    assert "2025年9月4日" in agency.words

    clock.set("2025-03-20")
    agency.act(case, "作出处理决定", "2025-03-20")
    agency.act(case, "决定后提请结案", "2025-03-20", facts={"结案情形": "作出处理决定"})
    assert "最先到期：2025年9月4日，六个月" in agency.words
    assert "逐级同意结案：由本级主管部门" in agency.words

    county.act(case, "逐级同意结案", "2025-03-20")
    assert "逐级同意结案：由上一级主管部门" in county.words
    clock.set("2025-03-21")
    city.act(case, "逐级同意结案", "2025-03-21")
    province.act(case, "批准结案", "2025-03-21", facts={"附条件或附期限": "否"})
    assert "已结案" in province.words
    assert "书面告知办理结果还有7天" in province.words
    assert "回访还有17天" in province.words

    clock.set("2025-03-25")
    agency.act(case, "书面告知结果", "2025-03-25")
    centre.act(case, "回访", "2025-03-25", facts={"满意": "是"})
    assert "满意是" in centre.words
    assert [entry.event for entry in Entry.objects.order_by("seq")] == [
        "收到",
        "受理",
        "转办",
        "确认接收",
        "作出处理决定",
        "决定后提请结案",
        "逐级同意结案",
        "逐级同意结案",
        "批准结案",
        "书面告知结果",
        "回访",
    ]


def test_what_ran_out_is_shown_before_it_is_written(desk: Desks, clock: Clock) -> None:
    centre = desk("甲", "受理机构")
    case = centre.receive()
    clock.set("2025-03-10")
    centre.log_in()
    centre.get("/staff/")
    assert "已过4天" in centre.words
    assert "期限已经届满，现在是“已受理”" in centre.words
    centre.get(f"/staff/cases/{case.number}/")
    assert "视为受理" in centre.words
    assert "已经发生，系统随后记下" in centre.words
    centre.act(case, "转办", "2025-03-10", facts=DISPATCHED)
    assert "自行发生" in centre.words
    assert "系统2025年3月10日10:00记下" in centre.words
