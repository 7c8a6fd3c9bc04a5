"""The staff's pages in a real browser at a phone's width: receipt, acceptance, dispatch."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser
playwright_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")

from playwright.sync_api import Page, expect  # noqa: E402

from tests.casework.conftest import COMPLAINTS, SHIPPED  # noqa: E402
from tests.portal.browsing import PHONE, Watched, open_everything, violations, watched  # noqa: E402
from tests.portal.staff.conftest import PASSWORD  # noqa: E402

SERVE = (
    "import sys; from pathlib import Path; from huiqi.portal.serve import run; "
    "run(Path(sys.argv[1]), '127.0.0.1', 0, Path(sys.argv[2]))"
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a portal with the shipped procedures and one account."""
    folder = tmp_path_factory.mktemp("office")
    settings = {**os.environ, "HUIQI_CATALOGUE": str(SHIPPED), "HUIQI_LIBRARY": str(folder / "none")}
    command = ["staff", "add", "zhang", "--post", f"{COMPLAINTS}:受理机构", "--password-stdin"]
    subprocess.run(
        [
            sys.executable,
            "-c",
            "from huiqi.cli import main; main()",
            *command,
            "--data",
            str(folder / "data"),
        ],
        env=settings,
        input=PASSWORD,
        encoding="utf-8",
        check=True,
        stdout=subprocess.DEVNULL,
    )
    process = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", SERVE, str(SHIPPED), str(folder / "data")],
        env=settings,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://[\w.:]+", said)
        assert found, f"the server said {said!r} instead of its address"
        yield found[0]
    finally:
        process.terminate()
        process.wait(timeout=20)
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture
def clerk_on_phone(browser: Any, office: str) -> Iterator[Watched]:
    yield from watched(browser, office, PHONE)


def looked_at(page: Page) -> None:
    """The page as it is, then with everything open: nothing wrong, and nothing beside the screen."""
    assert violations(page) == []
    open_everything(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == []


def form_of(page: Page, event: str) -> Any:
    """The form of an event, opened."""
    form = page.locator("form", has=page.get_by_role("button", name=f"记下：{event}", exact=True))
    if not form.is_visible():
        page.locator("summary", has=page.get_by_role("heading", name=re.compile(f"^{event}"))).click()
    return form


def test_receipt_acceptance_dispatch(clerk_on_phone: Watched) -> None:
    page = clerk_on_phone.open("/staff/")
    looked_at(page)
    page.get_by_label("账号").fill("zhang")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("现在没有在办的案件")).to_be_visible()
    looked_at(page)

    page.get_by_role("link", name="登记新案件").first.click()
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("请写标题")
    looked_at(page)
    page.get_by_label("标题").fill("收了费没有依据")
    page.get_by_label("名字").fill("某商行")
    page.get_by_label("平台窗口热线").check()
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text(f"{COMPLAINTS}-")
    expect(page.locator(".state")).to_have_text("办到哪一步：审查中")
    looked_at(page)

    page.reload()
    form = form_of(page, "受理")
    form.get_by_label("加重企业负担").check()
    form.get_by_role("button").click()
    expect(page.locator(".state")).to_have_text("办到哪一步：已受理")

    form = form_of(page, "转办")
    form.get_by_label("投诉举报的是谁").select_option("功能区")
    form.get_by_role("group", name="被投诉的一方").get_by_label("县级").check()
    form.get_by_role("group", name="承办的调查处理机构").get_by_label("县级").check()
    form.get_by_label("没有（").or_(form.get_by_label("没有", exact=True)).first.check()
    form.get_by_role("button").click()
    expect(page.locator(".state")).to_have_text("办到哪一步：待接收")
    expect(page.locator(".next")).to_contain_text("确认接收")
    looked_at(page)

    page.get_by_role("link", name="在办案件").first.click()
    expect(page.get_by_role("link", name="收了费没有依据")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_text("已经退出")).to_be_visible()
    assert [one for one in clerk_on_phone.complaints if "422" not in one] == []
