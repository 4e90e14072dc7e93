"""A real Chromium for the tests: the system's, else the one Playwright installed."""

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PHONE = 390
DESKTOP = 1280


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser, closed at the end."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    browser = _playwright().chromium.launch(executable_path=path, args=ARGUMENTS)
    try:
        yield browser
    finally:
        browser.close()


@lru_cache(maxsize=1)
def _playwright() -> Playwright:
    """The one Playwright of this process: its synchronous face cannot be opened twice."""
    started = sync_playwright().start()
    atexit.register(started.stop)
    return started


def open_page(browser: Browser, *, width: int = DESKTOP, javascript: bool = True, dark: bool = False) -> Page:
    """A page in a context of its own: no cookie is shared with another."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        java_script_enabled=javascript,
        color_scheme="dark" if dark else "light",
        locale="fr-FR",
        timezone_id="Europe/Paris",
    )
    return context.new_page()


def axe_findings(page: Page) -> list[str]:
    """What axe finds against WCAG 2.1 AA and good practice: rule, sentence, places. Needs JavaScript."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(_axe_source())
    result: dict[str, Any] = page.evaluate(
        "standards => axe.run(document, {runOnly: {type: 'tag', values: standards}})", STANDARDS
    )
    return [
        f"{finding['id']}: {finding['help']} at {[node['target'] for node in finding['nodes']]}"
        for finding in result["violations"]
    ]


def overflows(page: Page) -> bool:
    """Whether the page must be scrolled sideways."""
    root = "document.documentElement"
    return bool(page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"))


@lru_cache(maxsize=1)
def _axe_source() -> str:
    # The trailing value keeps Playwright from sending the whole library back.
    return AXE.read_text("utf-8") + "\n;true"
