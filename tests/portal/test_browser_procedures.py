"""Procedures in a real browser: counting without JavaScript, wrong input, the picture, small screens."""

import pytest

pytestmark = pytest.mark.browser
playwright_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")

from playwright.sync_api import expect  # noqa: E402

from tests.portal.addresses import DAY  # noqa: E402
from tests.portal.browsing import SMALLEST, Watched, open_everything, press_until, violations  # noqa: E402

PAGE = f"/procedures/shop-aid/?{DAY}"
WRONG = f"{PAGE}&start=2025-02-30&to1=2025-03-01&table=1&c1=月球"


def test_from_the_menu_to_a_due_date_without_javascript(plain: Watched) -> None:
    page = plain.open(f"/?{DAY}")
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="办事程序").click()
    page.get_by_role("link", name="小店岗位补贴申领").click()
    page.get_by_label("从哪一天开始", exact=True).fill("2025-09-29")
    page.get_by_role("button", name="算一算").click()
    expect(page.locator(".due__day")).to_have_text("2025年10月13日")
    page.get_by_text("中间有不算的时间").click()
    page.get_by_label("第 1 段从哪天", exact=True).fill("2025-09-30")
    page.get_by_label("第 1 段到哪天", exact=True).fill("2025-10-09")
    page.get_by_role("button", name="扣掉再算").click()
    expect(page.locator(".due__day")).to_have_text("2025年10月14日")
    page.get_by_label("算哪个期限").select_option("提醒")
    page.get_by_role("button", name="算一算").click()
    expect(page.get_by_role("heading", name="最后一天是哪天")).to_be_in_viewport()
    page.get_by_label("店开在哪里").select_option("城区")
    page.get_by_label("招用的人属于哪一种").select_option("失业人员")
    page.get_by_role("button", name="看归谁").click()
    expect(page.get_by_text("归 区人社局")).to_be_in_viewport()
    assert plain.complaints == []


def test_a_due_date_by_keyboard(desk: Watched) -> None:
    page = desk.open(PAGE)
    press_until(page, "算一算")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="最后一天是哪天")).to_be_in_viewport()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="放进日历").click()
    assert downloading.value.suggested_filename == "due.ics"


def test_what_is_wrong_is_accessible_too(desk: Watched, phone: Watched) -> None:
    for visitor in (desk, phone):
        page = visitor.open(WRONG)
        assert page.locator('[aria-invalid="true"]').count() == 4
        expect(page.get_by_text("“2025-02-30”不是一个日期")).to_be_visible()
        expect(page.get_by_text("写了到哪天，也要写从哪天")).to_be_visible()
        open_everything(page)
        assert violations(page) == []


def test_the_picture_is_drawn_with_its_style(desk: Watched) -> None:
    page = desk.open(PAGE)
    picture = page.locator(".picture")
    picture.scroll_into_view_if_needed()
    picture.evaluate("image => image.decode()")
    assert picture.evaluate("image => image.naturalWidth") > 300
    picture.click()
    expect(page.locator("svg")).to_be_visible()
    expect(page.locator("rect.box").first).to_have_css("stroke-width", "1.5px")
    assert desk.complaints == []


@pytest.mark.parametrize("path", [PAGE, WRONG, f"/procedures/?{DAY}"])
def test_the_smallest_screen_is_wide_enough(smallest: Watched, path: str) -> None:
    page = smallest.open(path)
    open_everything(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]


def test_a_table_is_a_list_on_a_phone(phone: Watched) -> None:
    page = phone.open(PAGE)
    row = page.get_by_role("region", name="各项期限").locator("tbody tr").first
    cells = [cell.bounding_box() for cell in row.locator("td").all()]
    assert len({box["x"] for box in cells if box is not None}) == 1
