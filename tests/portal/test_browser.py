"""The portal as served, in a real browser: every page and state, by keyboard, without JavaScript, for axe."""

import re
from collections.abc import Callable

import pytest

pytestmark = pytest.mark.browser
playwright_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")

from playwright.sync_api import Page, expect  # noqa: E402

from tests.portal.addresses import DAY, PAGES  # noqa: E402
from tests.portal.browsing import (  # noqa: E402
    PHONE,
    Watched,
    open_everything,
    press_until,
    violations,
)

ids = [f"{place}-{name}" for place, (name, _) in enumerate(PAGES)]


@pytest.mark.parametrize(("name", "path"), PAGES, ids=ids)
def test_every_page_is_accessible_and_quiet(desk: Watched, name: str, path: str) -> None:
    page = desk.open(path)
    assert desk.complaints_about(path) == []
    open_everything(page)
    assert violations(page) == []
    assert page.locator("h1").count() == 1
    assert page.title().endswith("示例市惠企政策规则库")


@pytest.mark.parametrize(("name", "path"), PAGES, ids=ids)
def test_every_page_fits_a_phone_in_both_sizes(phone: Watched, name: str, path: str) -> None:
    for large in (False, True):
        page = phone.open(path)
        if large:
            page.get_by_role("button", name="长辈版大字").click()
            page.wait_for_load_state()
            assert page.evaluate("getComputedStyle(document.body).fontSize") == "20px"
        open_everything(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        small = page.evaluate(
            """[...document.querySelectorAll('body *')].filter(part => part.checkVisibility()
               && [...part.childNodes].some(node => node.nodeType === 3 && node.data.trim())
               && parseFloat(getComputedStyle(part).fontSize) < 16
            ).map(part => part.outerHTML.slice(0, 80))"""
        )
        assert small == []
    assert violations(page) == []


def choose(page: Page, name: str) -> None:
    page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="继续", exact=True).click()


def expect_question(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def say(name: str) -> Callable[[Page], None]:
    """Answer by pressing a button."""
    return lambda page: page.get_by_role("button", name=name, exact=True).click()


def pick(name: str) -> Callable[[Page], None]:
    """Answer by ticking a choice."""

    def act(page: Page) -> None:
        page.get_by_label(name, exact=True).check()
        say("继续")(page)

    return act


def write(text: str, unit: str = "") -> Callable[[Page], None]:
    """Answer by typing into the one field, and choosing the unit."""

    def act(page: Page) -> None:
        page.locator("main").get_by_role("textbox").first.fill(text)
        if unit:
            page.get_by_label("单位").select_option(unit)
        say("继续")(page)

    return act


def fill_projects(page: Page) -> None:
    for form, money, listed in zip(page.locator(".item-form").all(), ("1000", "200"), "是否", strict=True):
        form.get_by_label("设备和软件一共投了多少？").fill(money)
        form.get_by_label(listed, exact=True).check()
    say("继续")(page)


def fill_award(page: Page) -> None:
    page.get_by_label("哪一天认定的？").fill("2025-09-10")
    say("继续")(page)


ANSWERS: dict[str, Callable[[Page], None]] = {
    "您是哪一类主体？": pick("企业"),
    "现在在严重失信主体名单上吗？": say("否"),
    "是在本市登记注册的吗？": say("是"),
    "在建设或改造什么项目？": write("甲线\n乙线"),
    "项目：逐项说一说": fill_projects,
    "上一年度营业收入是多少？": write("3", "亿元"),
    "得到过哪些认定？": pick("高新技术企业"),
    "认定：逐项说一说": fill_award,
    "出口占收入多少？": say("不知道，先跳过"),
    "上一年末有多少从业人员？": write("120"),
    "属于哪一型？": say("不知道，先跳过"),
}


def go_through(visitor: Watched) -> Page:
    """The questionnaire, as a firm with an award and two projects answers it, in whatever order it asks."""
    page = visitor.open(f"/questions/?{DAY}")
    asked: list[str] = []
    while (heading := page.get_by_role("heading", level=1).inner_text()) != "您能拿到什么":
        assert heading not in asked, f"asks twice: {heading}"
        asked.append(heading)
        ANSWERS[heading](page)
        expect(page.get_by_role("heading", level=1)).not_to_have_text(heading)
    assert asked[0] == "您是哪一类主体？"
    assert len(asked) >= 9
    return page


def read_results(page: Page) -> None:
    expect(page.locator("#eligible article")).to_have_count(3)
    expect(page.locator("#eligible")).to_contain_text("示范改造项目设备补助（甲线）")
    expect(page.locator("#incomplete")).to_contain_text("出口占比")
    expect(page.get_by_role("table", name="").first).to_contain_text("210万元")


def test_the_questionnaire_with_javascript(desk: Watched) -> None:
    page = go_through(desk)
    read_results(page)
    assert desk.complaints == []
    assert violations(page) == []
    open_everything(page)
    assert violations(page) == []
    page.get_by_role("link", name="出口占比").first.click()
    expect_question(page, "出口占收入多少？")
    page.get_by_label("出口占收入多少？").fill("10")
    page.get_by_role("button", name="继续", exact=True).click()
    expect_question(page, "您能拿到什么")
    page.get_by_text("不符合 ").last.click()
    page.get_by_role("link", name=re.compile("为什么.*出口企业贷款贴息")).click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("不符合")
    expect(page.locator("main")).to_contain_text("差20%")
    assert violations(page) == []


def test_the_questionnaire_without_javascript(plain: Watched) -> None:
    page = go_through(plain)
    read_results(page)
    fold = page.locator("#eligible details").first
    expect(fold.get_by_text("投资达标")).to_be_hidden()
    fold.locator("summary").first.click()
    expect(fold.get_by_text("投资达标")).to_be_visible()
    assert plain.complaints == []


def test_the_questionnaire_on_a_phone(phone: Watched) -> None:
    page = go_through(phone)
    read_results(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == []


def test_the_questionnaire_with_the_keyboard_alone(desk: Watched) -> None:
    page = desk.open(f"/?{DAY}")
    keys = page.keyboard
    keys.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    keys.press("Enter")
    press_until(page, "开始回答", role="link")
    keys.press("Enter")
    expect_question(page, "您是哪一类主体？")
    press_until(page, "企业", role="radio")
    keys.press("Space")
    press_until(page, "继续")
    keys.press("Enter")
    expect_question(page, "现在在严重失信主体名单上吗？")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    press_until(page, "否")
    keys.press("Enter")
    expect_question(page, "是在本市登记注册的吗？")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    press_until(page, "为什么问这个", role="summary")
    keys.press("Enter")
    expect(page.get_by_text("这一问关系到 1 项")).to_be_visible()
    press_until(page, "现在看结果", role="link")
    keys.press("Enter")
    expect_question(page, "您能拿到什么")
    press_until(page, "不符合", role="summary")
    keys.press("Enter")
    expect(page.get_by_role("link", name="重点群体创业税费扣减", exact=True)).to_be_visible()
    press_until(page, "查看、修改或清除我的答案", role="link")
    keys.press("Enter")
    expect_question(page, "我的答案")
    press_until(page, "清除我的全部答案")
    keys.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("已经全部清除")
    assert desk.complaints == []


def test_a_mistake_is_said_and_led_to(desk: Watched) -> None:
    page = desk.open(f"/questions/?{DAY}&ask=营业收入")
    page.get_by_label("上一年度营业收入是多少？").fill("许多")
    page.get_by_role("button", name="继续", exact=True).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("请填一个数")
    expect(page).to_have_title(re.compile("有一处要改"))
    alert.get_by_role("link").click()
    expect(page.get_by_label("上一年度营业收入是多少？")).to_be_focused()
    assert violations(page) == []
    said = [one for one in desk.complaints if "422" not in one]
    assert said == []


def test_back_and_forward_in_the_browser(desk: Watched) -> None:
    page = desk.open(f"/questions/?{DAY}")
    choose(page, "企业")
    expect_question(page, "现在在严重失信主体名单上吗？")
    page.get_by_role("link", name="上一问").click()
    expect_question(page, "您是哪一类主体？")
    expect(page.get_by_label("企业", exact=True)).to_be_checked()
    page.go_back()
    expect_question(page, "现在在严重失信主体名单上吗？")
    expect(page.get_by_role("banner")).to_be_visible()
    assert desk.complaints == []


def test_rows_are_added_and_removed_in_place(desk: Watched) -> None:
    page = desk.open(f"/questions/?{DAY}&ask=项目")
    page.get_by_role("textbox").fill("甲线")
    page.get_by_role("button", name="继续", exact=True).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("在建设或改造什么项目？")
    page = desk.open(f"/questions/?{DAY}&ask=项目")
    page.get_by_text("再加一项").click()
    page.get_by_label("项目叫什么？").fill("乙线")
    page.get_by_role("button", name="加上").click()
    expect(page.locator(".item-form")).to_have_count(2)
    page.get_by_role("button", name="删去“甲线”").click()
    expect(page.locator(".item-form")).to_have_count(1)
    expect(page.locator(".item-form")).to_contain_text("乙线")
    assert violations(page) == []
    assert desk.complaints == []


def test_a_long_checklist_can_be_narrowed(desk: Watched) -> None:
    page = desk.open(f"/questions/?{DAY}&ask=认定")
    page.get_by_text("还有别的").click()
    page.get_by_label("在下面的名单里找").fill("绿色")
    expect(page.get_by_label("高新技术企业")).to_be_hidden()
    expect(page.get_by_label("绿色工厂")).to_be_visible()
    assert desk.complaints == []


def test_searching_while_typing(desk: Watched) -> None:
    page = desk.open(f"/benefits/?{DAY}")
    page.get_by_label("按名字找").press_sequentially("贴息")
    expect(page.locator(".row__name")).to_have_count(1)
    expect(page).to_have_url(re.compile("q=%E8%B4%B4%E6%81%AF"))
    assert violations(page) == []
    assert desk.complaints == []


def test_another_day(desk: Watched) -> None:
    page = desk.open("/benefits/?on=2026-06-01")
    page.get_by_text("换一天").click()
    page.get_by_label("事情发生在哪一天").fill("2025-10-01")
    page.get_by_role("button", name="按这一天查").click()
    expect(page.locator("#found")).to_contain_text("2025年10月1日有效的 8 项")
    page.get_by_role("link", name="示范改造项目设备补助").click()
    expect(page).to_have_url(re.compile(r"on=2025-10-01"))
    assert desk.complaints == []


def test_paper_shows_the_reasons(desk: Watched) -> None:
    page = desk.open(f"/enterprises/machine-maker/?{DAY}")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#eligible").get_by_text("投资达标").first).to_be_visible()
    expect(page.get_by_role("navigation", name="主菜单")).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator("#eligible").get_by_text("投资达标").first).to_be_hidden()
    assert desk.complaints == []
