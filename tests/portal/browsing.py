"""Visitors with a real browser, and what is looked at in it."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

SMALLEST: ViewportSize = {"width": 320, "height": 600}
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}


class Watched:
    """A page that remembers everything that went wrong in it."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.address = address
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(f"{said.type}: {said.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))

    def open(self, path: str) -> Page:
        """Open a page of the portal."""
        self.page.goto(self.address + path)
        return self.page

    def complaints_about(self, path: str) -> list[str]:
        """What the console said, without the error status that an error page is meant to have."""
        expected = path.startswith(("/nope", "/?on=never"))
        return [one for one in self.complaints if not (expected and "Failed to load resource" in one)]


def watched(browser: Browser, address: str, viewport: ViewportSize, script: bool = True) -> Iterator[Watched]:
    context = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport=viewport, java_script_enabled=script
    )
    context.set_default_timeout(15_000)
    yield Watched(context, address)
    context.close()


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA, in one line each."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": rules}})
    return [
        f"{one['id']}: {node['html'][:120]} {node['any'][:1]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


def open_everything(page: Page) -> None:
    """Open every fold, so that what is inside is looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")


def press_until(page: Page, name: str, role: str = "button", most: int = 120) -> None:
    """Press Tab until what has the focus is called ``name``; it must be visibly in focus."""
    tags = {"link": "A", "button": "BUTTON", "radio": "INPUT", "searchbox": "INPUT", "summary": "SUMMARY"}
    for _ in range(most):
        page.keyboard.press("Tab")
        tag, text, outline = page.evaluate(
            """() => { const it = document.activeElement;
                 const words = it.labels?.[0]?.innerText ?? it.innerText ?? '';
                 return [it.tagName, words.trim(), getComputedStyle(it).outlineStyle] }"""
        )
        assert outline != "none", f"{text} has the focus and does not show it"
        if tag == tags[role] and text.startswith(name):
            return
    raise AssertionError(f"{name} cannot be reached with the Tab key")
