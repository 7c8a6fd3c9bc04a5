"""The calculator on the page of a procedure: until when, day by day, and what is said of wrong input."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiqi.portal.pages.public.presenting.deadlines import FIELDS
from tests.portal.test_procedures import PAGE, section
from tests.portal.visitor import IN_FORCE, Visitor, heading

COMPLAINTS = "/procedures/henan-complaints/"
ANYTHING = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.dates().map(str),
    st.times().map(str),
    st.sampled_from(["审查", "提醒", "补正", "duty:先行答复"]),
)


def ask(visitor: Visitor, asked: dict[str, str], status: int = 200, path: str = PAGE) -> str:
    """The page of a procedure, or its file for the calendar, when the form is sent with these fields."""
    response = visitor.client.get(path, {"on": IN_FORCE, **asked})
    assert response.status_code == status
    return response.content.decode()


def due(page: str) -> str:
    """The last day, as the page says it."""
    (found,) = re.findall(r'class="due__day">([^<]*)<', section_markup(page))
    return found


def section_markup(page: str) -> str:
    return page.split('aria-labelledby="due"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ({"start": "2025-03-01"}, "2025年3月5日"),
        ({"start": "2025-03-03", "from1": "2025-03-04", "to1": "2025-03-14"}, "2025年3月18日"),
        ({"start": "2025-09-29"}, "2025年10月10日"),
    ],
)
def test_the_complaint_rules(real: Visitor, asked: dict[str, str], day: str) -> None:
    page = ask(real, asked, path=COMPLAINTS)
    assert due(page) == day
    assert "推定" not in section(page, "due")
    assert "自动“视为受理”" in section(page, "due")


def test_a_year_without_a_holiday_notice_is_said_to_be_guessed(real: Visitor) -> None:
    words = section(real.get(COMPLAINTS, start="2026-12-30"), "due")
    assert "这是推定的日子。这里还没有 2027 年的放假安排" in words
    ics = real.client.get(f"{COMPLAINTS}due.ics", {"start": "2026-12-30"}).content.decode()
    assert "STATUS:TENTATIVE" in ics


def test_every_procedure_has_its_page(real: Visitor) -> None:
    from huiqi.portal.procedures import selectors

    assert selectors.procedures()
    for one in selectors.procedures():
        for on in (max(one.since.isoformat(), "2000-01-01"), "2025-10-01"):
            page = real.get(f"/procedures/{one.id}/", on=on)
            assert heading(page) == one.name
            assert len(page.encode()) < 400_000, one.path
        svg = real.client.get(f"/procedures/{one.id}/picture.svg", {"on": on})
        assert svg.status_code == 200
        assert one.name in real.get("/procedures/", on=on)


def test_matters_that_are_joined(real: Visitor) -> None:
    from huiqi.portal.procedures import selectors

    for one in selectors.procedures():
        page = real.get(f"/procedures/{one.id}/", on=max(one.since.isoformat(), "2000-01-01"))
        assert ("合起来办的事" in page) == (one.composite is not None)
        if one.composite is not None:
            for child in one.composite.children:
                assert child.name in section(page, "joined")


def test_the_first_limit_from_today_when_nothing_is_asked(visitor: Visitor) -> None:
    page = visitor.get(PAGE)
    assert 'name="start" value="2026-11-23"' in page
    assert '<option value="审查" selected>审查：5 个工作日</option>' in page
    assert "补正：" not in section_markup(page).split("</select>")[0], "its end is set by a notice"
    assert due(page) == "2026年11月30日"
    assert "2026 年的放假安排" in section(page, "due")


def test_day_by_day(visitor: Visitor) -> None:
    words = section(visitor.get(PAGE, start="2025-09-29"), "due")
    assert "最后一天：2025年10月13日（周一）" in words
    assert "2025年9月29日 周一 不算 开始的当日，不计入" in words
    assert "2025年9月30日 周二 第 1 日 工作日" in words
    assert "2025年10月1日到2025年10月8日 周三到周三 不算 国庆节、中秋节放假" in words
    assert "2025年10月11日 周六 第 4 日 调休上班" in words
    assert "自 2025年9月29日 次日起算" in words
    assert "还可能延长：市人社局可以“延期”" in words


def test_what_the_other_reading_comes_to(visitor: Visitor) -> None:
    words = section(visitor.get(PAGE, start="2025-03-03"), "due")
    assert "最后一天：2025年3月10日" in words
    assert "上面按“工作日”算；按“自然日”算，最后一天是2025年3月8日" not in words, "that is a Saturday"
    assert "五日按工作日还是自然日" not in words, "both end on the same day"
    words = section(visitor.get(PAGE, start="2025-03-04"), "due")
    assert "五日按工作日还是自然日。上面按“工作日”算；按“自然日”算，最后一天是2025年3月10日" in words


def test_pauses(visitor: Visitor) -> None:
    page = visitor.get(PAGE, start="2025-03-03", from1="2025-03-04", to1="2025-03-14")
    assert due(page) == "2025年3月20日"
    assert '<details class="fold" open>' in section_markup(page)
    two = {"from1": "2025-03-04", "to1": "2025-03-05", "from2": "2025-03-06", "to2": "2025-03-07"}
    assert due(ask(visitor, {"start": "2025-03-03", **two})) == "2025年3月12日"
    words = section(visitor.get(PAGE, start="2025-03-03", from1="2025-03-04"), "due")
    assert "还没有结束，恢复以后还有 4 个工作日" in words
    words = section(visitor.get(PAGE, start="2025-03-03", from1="2025-06-04"), "due")
    assert "在到期以后才开始，对结果没有影响" in words
    words = section(visitor.get(PAGE, clock="提醒", start="2025-03-03", from1="2025-03-04"), "due")
    assert "条文没有写这个期限里有哪段时间可以不算" in words


def test_hours_need_a_time_of_day(visitor: Visitor) -> None:
    asked = {"clock": "duty:先行答复", "start": "2025-03-03"}
    assert "请把几点几分也写上" in ask(visitor, asked, 422)
    assert "不是一个时刻" in ask(visitor, {**asked, "start-time": "半夜"}, 422)
    page = ask(visitor, {**asked, "start-time": "16:00"})
    assert "最后一天：2025年3月4日（周二）12:00" in section(page, "due")
    assert "累计" in section(page, "due")


def test_a_day_of_another_version(visitor: Visitor) -> None:
    page = visitor.get(PAGE, start="2020-06-01")
    assert "施行的是另一版（2019年3月1日起）" in page
    assert f'href="{PAGE}?on=2020-06-01&amp;start=2020-06-01#due"' in page
    assert "这个程序不在施行期里" in visitor.get(PAGE, start="2015-06-01")


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ({"start": "2025-02-30"}, "start", "“2025-02-30”不是一个日期"),
        ({"start": "昨天"}, "start", "“昨天”不是一个日期"),
        ({"start": ""}, "start", "请写上从哪一天开始"),
        ({"start": "1900-01-01"}, "start", "只能查 2000 年到 2099 年"),
        ({"start": "2150-01-01"}, "start", "只能查 2000 年到 2099 年"),
        ({"start": "2025-03-03", "from1": "x"}, "from1", "“x”不是一个日期"),
        ({"start": "2025-03-03", "to1": "2025-03-04"}, "from1", "也要写从哪天"),
        ({"start": "2025-03-03", "from1": "2025-03-06", "to1": "2025-03-04"}, "to1", "不能早于这一段的开头"),
        ({"start": "2025-03-03", "from2": "2025-03-01"}, "from2", "不能早于开始的那一天"),
        ({"clock": "月球", "start": "2025-03-03"}, "clock", "没有“月球”这个期限"),
        ({"clock": "补正", "start": "2025-03-03"}, "clock", "到通知写明的那一天为止"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    visitor: Visitor, asked: dict[str, str], field: str, said: str
) -> None:
    page = ask(visitor, asked, 422)
    (error,) = re.findall(rf'class="field-error" id="{field}-error">([^<]*)<', page)
    assert said in error
    assert f'aria-describedby="{field}-error"' in page
    assert "due__day" not in section_markup(page)
    refused = ask(visitor, asked, 400, f"{PAGE}due.ics")
    assert heading(refused) == "看不懂这个请求"
    assert said in refused


def test_a_file_for_the_calendar(visitor: Visitor) -> None:
    page = visitor.get(PAGE, start="2025-03-03", from1="2025-03-04", to1="2025-03-14")
    (address,) = re.findall(r'href="([^"]*due\.ics[^"]*)"', page)
    response = visitor.client.get(address.replace("&amp;", "&"))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="due.ics"' in response.headers["Content-Disposition"]
    text = response.content.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert "DTSTART;VALUE=DATE:20250320\r\n" in text
    assert "SUMMARY:小店岗位补贴申领：审查到期\r\n" in text
    assert "STATUS:CONFIRMED\r\n" in text


def test_no_file_while_a_pause_goes_on(visitor: Visitor) -> None:
    asked = {"start": "2025-03-03", "from1": "2025-03-04"}
    assert "due.ics" not in ask(visitor, asked)
    assert "还没有到期日" in ask(visitor, asked, 400, f"{PAGE}due.ics")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    asked=st.dictionaries(
        st.sampled_from([*FIELDS, "start-time", "from1-time", "to1-time", "table", "c1", "c2"]),
        ANYTHING,
        max_size=6,
    )
)
def test_whatever_is_sent(visitor: Visitor, asked: dict[str, Any]) -> None:
    response = visitor.client.get(PAGE, {"on": IN_FORCE, **asked})
    assert response.status_code in (200, 422)
    assert "<h1" in response.content.decode()
    assert visitor.client.get(f"{PAGE}due.ics", {"on": IN_FORCE, **asked}).status_code in (200, 400)
