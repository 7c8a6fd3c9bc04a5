"""Acting on a case by its page: once, in turn, with the reason where it cannot be; and opening one."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from huiqi.casework.models import Case, Document, Entry, Identity, IdentitySeen, MovedDate, Notice, Post
from tests.portal.staff.conftest import COMPLAINTS, Clock, Desk

Desks = Callable[..., Desk]
REFUSE = {"不予受理情形": "不可抗力"}


def test_a_form_that_is_sent_twice_is_done_once(desk: Desks) -> None:
    one = desk("甲", "受理机构")
    case = one.receive()
    one.get(f"/staff/cases/{case.number}/")
    data = {**one.form("提请不予受理"), "day": "2025-03-03", "fact:不予受理情形": "不可抗力"}
    for _ in range(2):
        one.post(f"/staff/cases/{case.number}/act/", data)
        assert one.status == 200
        assert "已记下：2025年3月3日，受理机构“提请不予受理”" in one.words
    assert Entry.objects.filter(event="提请不予受理").count() == 1


def test_a_new_case_that_is_sent_twice_is_one(desk: Desks) -> None:
    one = desk("甲", "受理机构")
    one.get("/staff/cases/new/")
    form = {**one.form("收到"), "procedure": COMPLAINTS, "title": "一", "day": "2025-03-03"}
    for _ in range(2):
        one.post("/staff/cases/new/", {**form, "fact:线索来源": "其他渠道"})
    assert Case.objects.count() == 1


def test_who_was_slower_sees_who_did_what_and_keeps_what_was_typed(desk: Desks) -> None:
    slow, fast = desk("甲", "受理机构"), desk("乙", "受理机构")
    case = slow.receive()
    slow.get(f"/staff/cases/{case.number}/")
    fast.act(case, "督办", "2025-03-03")
    late = {"facts": {"受理情形": "加重企业负担"}}
    slow.send(case, "受理", "2025-03-03", **late)
    assert slow.status == 409
    assert "受理机构已先「督办」" in slow.words
    assert "您填的还在" in slow.words
    assert 'value="加重企业负担" checked' in slow.page
    slow.send(case, "受理", "2025-03-03", **late)
    assert slow.status == 200
    assert Entry.objects.get(event="受理").by == slow.user


def test_what_was_typed_is_kept_when_it_can_no_longer_be_done(desk: Desks) -> None:
    slow, fast = desk("甲", "受理机构"), desk("乙", "受理机构")
    case = slow.receive()
    slow.get(f"/staff/cases/{case.number}/")
    fast.act(case, "受理", "2025-03-03", facts={"受理情形": "加重企业负担"})
    slow.send(case, "提请不予受理", "2025-03-03", facts=REFUSE)
    assert slow.status == 409
    assert "您刚才填的：" in slow.words
    assert "不予受理情形：不可抗力" in slow.words
    assert "办到哪一步：已受理从2025年3月3日起" in slow.words


@pytest.mark.parametrize(
    ("day", "facts", "said"),
    [
        ("2025-03-03", {}, "要写明「受理情形」"),
        ("2025-03-03", {"受理情形": "别的"}, "「受理情形」要写"),
        ("2025-02-30", {"受理情形": "加重企业负担"}, "“2025-02-30”不是一个日期"),
        ("", {"受理情形": "加重企业负担"}, "请写上是哪一天的事"),
        ("2025-03-04", {"受理情形": "加重企业负担"}, "还没有到，不能先记"),
        ("2025-03-01", {"受理情形": "加重企业负担"}, "记录只能往后加"),
        ("1025-03-01", {"受理情形": "加重企业负担"}, "1025年不对"),
        ("2025-03-03", {"受理情形": "加重企业负担", "满意": "也许"}, "请选“是”或者“否”"),
    ],
)
def test_what_is_wrong_is_said_at_the_form_and_nothing_is_lost(
    desk: Desks, day: str, facts: dict[str, str], said: str
) -> None:
    one = desk("甲", "受理机构")
    case = one.receive()
    one.act(case, "受理", day, facts=facts)
    assert one.status == 422
    assert said in one.words
    assert "填过的都还在" in one.words
    if facts.get("受理情形") == "加重企业负担":
        assert 'value="加重企业负担" checked' in one.page
    if day:
        assert f'value="{day}"' in one.page
    assert Entry.objects.count() == 1


def test_a_material_that_must_come_is_asked_for(desk: Desks) -> None:
    one = desk("甲", "受理机构")
    case = one.receive()
    facts = {"补正情形": "缺少重要内容", "补正期至": "2025-03-14"}
    one.act(case, "下达补正通知", "2025-03-03", facts=facts)
    assert "缺「补正通知书」" in one.words
    assert "必须有，缺了不能办" in one.words
    one.send(case, "下达补正通知", "2025-03-03", facts=facts, paper="补正通知书")
    assert "最先到期：2025年3月14日，补正" in one.words
    assert "受理暂停" in one.words
    assert "由受理机构决定，不会自动发生" in one.words


def test_papers_that_may_come_later_are_missed_until_they_come(desk: Desks) -> None:
    one = desk("甲", "受理机构", "投诉举报人")
    case = one.receive(**{"fact:名义": "单位", "fact:口头陈述": "否", "paper": ["投诉举报书"]})
    assert "还缺2样材料，可以后补：证明资料（第十条（二））营业执照" in one.words
    assert "没有说清要不要的材料2样" in one.words
    assert "授权委托书：委托代理是“是”时要有" in one.words
    one.act(case, "督办", "2025-03-03", paper=["营业执照", "不认识的纸"])
    assert "还缺1样材料，可以后补：证明资料" in one.words
    assert "材料：营业执照" in one.words
    assert "不认识的纸" not in one.words


def test_an_event_that_ends_the_case_says_so(desk: Desks, clock: Clock) -> None:
    one = desk("甲", "受理机构")
    case = one.receive()
    facts = {"补正情形": "缺少重要内容", "补正期至": "2025-03-05"}
    one.act(case, "下达补正通知", "2025-03-03", facts=facts, paper="补正通知书")
    assert "记下以后案件就办完了" not in one.words
    clock.set("2025-03-07")
    one.log_in()
    one.get(f"/staff/cases/{case.number}/")
    assert "记下以后案件就办完了（已放弃），不能再改回来" in one.words
    one.send(case, "视为放弃", "2025-03-07", facts={"有正当理由": "是"})
    assert "要是否，现为是" in one.words
    one.send(case, "视为放弃", "2025-03-07", facts={"有正当理由": "否"})
    assert "已放弃已经办完" in one.words
    assert "已放弃" in one.get("/staff/", over="1")


def test_what_one_may_not_do_is_said_with_who_may(desk: Desks) -> None:
    centre, province = desk("甲", "受理机构"), desk("戊", "省主管部门")
    case = centre.receive()
    province.get(f"/staff/cases/{case.number}/")
    assert "受理：由受理机构" in province.words
    assert "案件在「审查中」，「转办」要在已受理" in province.words
    with pytest.raises(AssertionError, match="no form"):
        province.form("受理")
    form = {**province.form("督办"), "event": "受理", "day": "2025-03-03", "actor": "受理机构"}
    province.post(f"/staff/cases/{case.number}/act/", {**form, "fact:受理情形": "加重企业负担"})
    assert province.status == 422
    assert "没有「受理机构」的岗位" in province.words
    assert Entry.objects.count() == 1


def test_nobody_approves_what_they_asked_for(desk: Desks) -> None:
    both = desk("乙", "受理机构", "调查处理机构", "本级主管部门", "省主管部门")
    case = both.receive()
    both.act(case, "受理", "2025-03-03", facts={"受理情形": "其他损害行为"})
    sent = {"投诉对象": "功能区", "对象层级": "县级", "特别情形": "没有", "承办层级": "县级"}
    both.act(case, "转办", "2025-03-03", facts=sent)
    both.act(case, "确认接收", "2025-03-03")
    both.act(case, "其他提请结案", "2025-03-03", facts={"结案情形": "调解和解"})
    assert "岗位可以，您本人不可以的" in both.words
    assert "逐级同意结案：「其他提请结案」是本人提请的" in both.words


@pytest.mark.parametrize("broken", [{"key": ""}, {"key": "x" * 200}, {"seen": "-1"}, {"event": "无此事"}])
def test_a_form_that_is_not_ours_is_refused(desk: Desks, broken: dict[str, str]) -> None:
    one = desk("甲", "受理机构")
    case = one.receive()
    one.get(f"/staff/cases/{case.number}/")
    one.post(f"/staff/cases/{case.number}/act/", {**one.form("督办"), "day": "2025-03-03", **broken})
    assert one.status == 400
    assert Entry.objects.count() == 1


def test_a_link_to_a_form_leads_to_the_case(desk: Desks) -> None:
    one = desk("甲", "受理机构")
    case = one.receive()
    for path in ("act/", "identity/", "notices/1/"):
        one.get(f"/staff/cases/{case.number}/{path}")
        assert one.status == 302


def test_a_notice_is_served_with_day_and_proof(desk: Desks) -> None:
    one = desk("甲", "受理机构")
    case = one.receive()
    one.act(case, "受理", "2025-03-03", facts={"受理情形": "加重企业负担"})
    notice = Notice.objects.get()
    path = f"/staff/cases/{case.number}/notices/{notice.pk}/"
    for data, said in (
        ({"day": "2025-03-03", "proof": " "}, "要写凭什么"),
        ({"day": "昨天", "proof": "回执"}, "不是一个日期"),
        ({"day": "2025-03-04", "proof": "回执"}, "送达日"),
        ({"day": "2025-03-03", "proof": "长" * 121}, "最多写120个字"),
    ):
        one.post(path, data)
        assert one.status == 422
        assert said in one.words
    one.post(path, {"day": "2025-03-03", "proof": "回执"})
    assert "2025年3月3日送达，凭回执" in one.words
    one.post(f"/staff/cases/{case.number}/notices/{notice.pk + 1}/", {"day": "2025-03-03", "proof": "回执"})
    assert one.status == 404


def test_who_complained_is_seen_with_a_purpose_by_whom_it_may_be(desk: Desks) -> None:
    centre, agency = desk("甲", "受理机构"), desk("乙", "调查处理机构")
    case = centre.receive()
    assert Identity.objects.count() == 1
    path = f"/staff/cases/{case.number}/identity/"
    for one in (centre, agency):
        assert "某商行" not in one.get(f"/staff/cases/{case.number}/")
        assert "某商行" not in one.get("/staff/")
    assert "您看不到：「投诉举报人」的身份只给受理机构看（第八条）" in _words(agency, case)
    agency.post(path, {"actor": "投诉举报人", "purpose": "调查"})
    assert agency.status == 422
    assert "第八条" in agency.words
    centre.post(path, {"actor": "投诉举报人", "purpose": " "})
    assert "要写为什么看" in centre.words
    assert not IdentitySeen.objects.exists()
    centre.post(path, {"actor": "投诉举报人", "purpose": "送达告知书"})
    assert "名字某商行" in centre.words
    assert IdentitySeen.objects.get().purpose == "送达告知书"
    assert "某商行" not in centre.get(f"/staff/cases/{case.number}/")


def _words(one: Desk, case: Case) -> str:
    one.get(f"/staff/cases/{case.number}/")
    return one.words


def test_a_new_case_keeps_what_was_typed_when_something_is_wrong(desk: Desks) -> None:
    one = desk("甲", "受理机构", "窗口")
    one.get("/staff/cases/new/")
    assert "营商环境投诉举报：窗口收到" in one.words
    one.get("/staff/cases/new/", opening=f"{COMPLAINTS}:窗口收到")
    form = {**one.form("窗口收到"), "procedure": COMPLAINTS, "day": "2025-03-03"}
    one.post("/staff/cases/new/", {**form, "title": "长" * 121, "new-person0-name": "某商行"})
    assert one.status == 422
    assert "标题最多120个字，现在有121个" in one.words
    assert 'value="某商行"' in one.page
    one.post("/staff/cases/new/", {**form, "title": "一"})
    assert "要写明「线索来源」" in one.words
    one.post("/staff/cases/new/", {**form, "title": "一", "day": "2025-03-04", "fact:线索来源": "其他渠道"})
    assert "还没有到" in one.words
    one.post("/staff/cases/new/", {**form, "title": "一", "day": "2020-03-04", "fact:线索来源": "其他渠道"})
    assert "没有施行中的" in one.words
    assert not Case.objects.exists()
    one.get("/staff/cases/new/", opening=f"{COMPLAINTS}:收到", day="2020-03-04")
    assert one.status == 422
    one.post("/staff/cases/new/", {**form, "event": "受理", "title": "一"})
    assert one.status == 403


def test_where_minutes_count_the_time_of_day_is_asked_for(desk: Desks) -> None:
    one, name = desk("甲"), "kaifeng-deregistration-precheck"
    Post.objects.create(user=one.user, procedure=name, actor="申请人")
    one.get("/staff/cases/new/", day="2025-03-03")
    form = {**one.form("申请预检"), "procedure": name, "day": "2025-03-03", "title": "一", "time": ""}
    one.post("/staff/cases/new/", form)
    assert one.status == 422
    assert "请把几点几分也写上" in one.words
    one.post("/staff/cases/new/", {**form, "time": "25:00"})
    assert "“25:00”不是一个时刻" in one.words
    facts = {"fact:在开封市": "是", "fact:上市股份公司": "否"}
    one.post("/staff/cases/new/", {**form, "time": "09:30", **facts})
    assert one.status == 200
    assert "2025年3月3日09:30申请预检" in one.words
    assert "待做，最后一天2025年3月3日1" in one.words


def test_a_moved_date_is_told(desk: Desks) -> None:
    one = desk("甲", "受理机构")
    case = one.receive()
    MovedDate.objects.create(
        case=case, clock="受理", was="2025-03-05", now="2025-03-06", notice="某通知", at=datetime.now(UTC)
    )
    assert "受理：从2025年3月5日变到2025年3月6日（某通知" in _words(one, case)


def test_a_paper_is_given_out_as_it_is_kept(desk: Desks) -> None:
    one, stranger = desk("甲", "受理机构"), desk("外人")
    case = one.receive()
    number = "投诉补字〔2025〕1号"
    Document.objects.create(
        case=case,
        entry=case.entries.get(),
        kind="补正通知书",
        number=number,
        data={},
        digest="",
        word=b"PK word",
        pdf=b"%PDF paper",
        made=datetime.now(UTC),
    )
    assert f"补正通知书{number}" in _words(one, case)
    for format, content, kind in (
        ("word", b"PK word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("pdf", b"%PDF paper", "application/pdf"),
    ):
        path = f"/staff/documents/{number}/{format}/"
        response = one.client.get(path)
        assert (response.content, response.headers["Content-Type"]) == (content, kind)
        assert "no-store" in response.headers["Cache-Control"]
        assert "filename*=UTF-8''%E8%A1%A5" in response.headers["Content-Disposition"]
        assert stranger.client.get(path).status_code == 404
    assert one.client.get(f"/staff/documents/{number}/exe/").status_code == 404


def test_a_paper_is_made_once_and_then_there_to_be_fetched(desk: Desks) -> None:
    one = desk("甲", "受理机构")
    case = one.receive()
    one.act(case, "受理", "2025-03-03", facts={"受理情形": "加重企业负担"})
    assert "可以做：受理告知书" in _words(one, case)
    path = f"/staff/cases/{case.number}/papers/"
    one.post(path, {"seq": "2", "kind": "受理告知书", "remark": "长" * 2001})
    assert (one.status, "说明最多写2000个字" in one.words) == (422, True)
    one.post(path, {"seq": "1", "kind": "受理告知书", "remark": ""})
    assert (one.status, "没有「受理告知书」这种文书" in one.words) == (422, True)
    one.post(path, {"seq": "二", "kind": "受理告知书", "remark": ""})
    assert one.status == 400
    for _ in range(2):
        one.post(path, {"seq": "2", "kind": "受理告知书", "remark": ""})
        assert "已做成：受理告知书" in one.words
    made = Document.objects.get()
    assert f"受理告知书{made.number}" in one.words
    assert "可以做：受理告知书" not in _words(one, case)
    assert one.client.get(f"/staff/documents/{made.number}/pdf/").content.startswith(b"%PDF")
