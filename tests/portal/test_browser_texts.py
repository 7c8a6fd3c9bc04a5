"""The official texts in a real browser: reading, linking, copying, searching, on small screens, on paper."""

import re

import pytest

pytestmark = pytest.mark.browser
playwright_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")

from playwright.sync_api import expect  # noqa: E402

from tests.portal.addresses import DAY  # noqa: E402
from tests.portal.browsing import SMALLEST, Watched, open_everything, press_until, violations  # noqa: E402
from tests.portal.texts import GROWTH  # noqa: E402

TEXT = f"/library/{GROWTH}/?{DAY}"
COPY_CITATION, COPY_ADDRESS = re.compile("复制.*引文"), re.compile("复制.*网址")
CLAUSE = f"/library/{GROWTH}/main__para_1__subpara_1/?{DAY}"


@pytest.mark.parametrize(
    "path", [TEXT, CLAUSE, f"/documents/?{DAY}", f"/search/?{DAY}&q=奖励", f"/library/losses/?{DAY}"]
)
def test_the_smallest_screen_is_wide_enough(smallest: Watched, path: str) -> None:
    page = smallest.open(path)
    for _ in range(2):
        open_everything(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]
        if path != f"/search/?{DAY}&q=奖励":
            box = page.get_by_role("searchbox", name="搜条款").bounding_box()
            assert box is not None
            assert box["width"] >= 150
        page.get_by_role("button", name=re.compile("大字|标准字号")).click()
        page.wait_for_load_state()


def test_contents_stand_beside_the_text_at_a_desk_and_are_folded_on_a_phone(
    desk: Watched,
    phone: Watched,
) -> None:
    wide = desk.open(TEXT)
    contents = wide.get_by_role("navigation", name="目录")
    expect(contents).to_have_count(1)
    contents.get_by_role("link", name="（三）在失信名单上的企业").click()
    expect(wide.locator("#t-main__para_9__subpara_3")).to_be_in_viewport()
    beside = wide.locator("#t-main__para_1__subpara_1 .clause__aside").bounding_box()
    text = wide.locator("#t-main__para_1__subpara_1 .clause__words").bounding_box()
    assert beside is not None
    assert text is not None
    assert beside["x"] >= text["x"] + text["width"]
    assert text["width"] <= 40 * 17

    small = phone.open(TEXT)
    expect(small.get_by_role("navigation", name="目录")).to_have_count(0)
    small.get_by_text("目录（").click()
    small.get_by_role("link", name="二、鼓励创新").click()
    expect(small.locator("#t-main__para_2")).to_be_in_viewport()
    below = small.locator("#t-main__para_1__subpara_1 .clause__aside").bounding_box()
    above = small.locator("#t-main__para_1__subpara_1 .clause__words").bounding_box()
    assert below is not None
    assert above is not None
    assert below["y"] >= above["y"] + above["height"] - 1
    assert desk.complaints + phone.complaints == []


def test_from_a_reason_to_its_clause_and_to_the_whole_text(desk: Watched) -> None:
    page = desk.open(f"/enterprises/machine-maker/why/growth-2023/upgrade/?{DAY}")
    page.get_by_role("link", name="九、（三）").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("九、（三）")
    expect(page.get_by_role("article")).to_contain_text("在失信名单上的企业不适用")
    page.get_by_role("link", name="在全文里看").click()
    expect(page.locator("#t-main__para_9__subpara_3")).to_be_in_viewport()
    marked = page.locator("#t-main__para_9__subpara_3 .clause__words")
    assert marked.evaluate("part => getComputedStyle(part).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.locator("#t-main__para_1__subpara_1").get_by_role("link", name="（一）").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("一、（一）")
    assert desk.complaints == []


def test_a_slip_leads_to_its_note(desk: Watched) -> None:
    page = desk.open(TEXT)
    page.get_by_role("link", name="［注1］").click()
    expect(page.locator("#note-1")).to_be_in_viewport()
    assert desk.complaints == []


def test_a_citation_is_copied(desk: Watched) -> None:
    page = desk.open(CLAUSE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=COPY_CITATION).click()
    expect(page.get_by_text("已经复制。")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "《示例市支持企业成长若干措施》（示政〔2023〕1号）一、（一）"
    page.get_by_role("button", name=COPY_ADDRESS).click()
    address = page.evaluate("navigator.clipboard.readText()")
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("一、（一）")
    assert violations(page) == []
    assert desk.complaints == []


def test_where_copying_is_forbidden_the_words_are_selected(desk: Watched) -> None:
    page = desk.open(CLAUSE)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')) }")
    page.get_by_role("button", name=COPY_CITATION).click()
    expect(page.get_by_text("已经选中")).to_be_visible()
    assert page.evaluate("String(getSelection())").startswith("《示例市支持企业成长若干措施》")


def test_searching_from_any_page_with_the_keyboard(desk: Watched) -> None:
    page = desk.open(f"/about/?{DAY}")
    press_until(page, "搜条款", role="searchbox")
    page.keyboard.type("小店招用失业人员有补贴吗")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("搜条款")
    expect(page).to_have_url(re.compile(f"{DAY}"))
    press_until(page, "云岭省小店经营若干规定 第二条", role="link")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("第二条")
    assert desk.complaints == []


def test_narrowing_a_search_in_place(desk: Watched) -> None:
    page = desk.open(f"/search/?{DAY}&q=申请补贴")
    page.get_by_label("哪一级").select_option("市")
    expect(page).to_have_url(re.compile("level="))
    expect(page.locator(".hit").first).to_contain_text("示例市支持企业成长若干措施")
    assert violations(page) == []
    page.go_back()
    expect(page.get_by_label("哪一级")).to_have_value("")
    assert desk.complaints == []


def test_narrowing_the_documents_while_typing(desk: Watched) -> None:
    page = desk.open(f"/documents/?{DAY}")
    page.get_by_label("题目、文号或机关").press_sequentially("小店")
    expect(page.locator(".row__name")).to_have_count(3)
    page.get_by_label("时效").select_option("已失效")
    expect(page.locator(".row__name")).to_have_count(1)
    assert violations(page) == []
    assert desk.complaints == []


def test_without_javascript(plain: Watched) -> None:
    page = plain.open(f"/documents/?{DAY}")
    page.get_by_label("哪一级").select_option("市")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".row__name")).to_have_count(1)
    page.locator(".row__name").click()
    expect(page.get_by_role("article")).to_contain_text("设备投资300万元以上")
    page.get_by_role("searchbox", name="在本文件里找").fill("失信")
    page.get_by_role("button", name="找", exact=True).click()
    expect(page.locator(".hit").first).to_contain_text("九、（三）")
    page.locator(".hit a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("九、（三）")
    expect(page.get_by_role("button", name=COPY_CITATION)).to_be_hidden()
    expect(page.locator("#address")).to_be_visible()
    assert plain.complaints == []


def test_on_paper_only_the_text_and_what_stands_beside_it(desk: Watched) -> None:
    page = desk.open(TEXT)
    page.emulate_media(media="print")
    expect(page.get_by_role("article")).to_be_visible()
    beside = page.locator("#t-main__para_1__subpara_1")
    expect(beside.get_by_role("link", name="示范改造项目设备补助")).to_be_visible()
    for hidden in (".site-search", ".reader__contents", ".standing .search", ".clause__link"):
        expect(page.locator(hidden).first).to_be_hidden()
    words = page.locator("#t-main__para_1__subpara_1 .clause__words").bounding_box()
    assert words is not None
    assert words["width"] > 300
