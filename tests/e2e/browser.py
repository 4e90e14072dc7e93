"""A real Chromium for the tests: the one that is named, the system's, else the one Playwright installed."""

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from infra.testing import NAMES, VARIABLE

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
RUN_AXE = """standards => axe.run(document, {
    runOnly: {type: 'tag', values: standards}, resultTypes: ['violations'],
}).then(found => found.violations)"""
"""What was looked at without a finding stays in the browser: bringing it here takes longer than finding it."""
NARROW = 360
PHONE = 390
DESKTOP = 1280


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser, closed at the end."""
    path = os.environ.get(VARIABLE) or next(filter(None, map(shutil.which, NAMES)), None)
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
    violations: list[dict[str, Any]] = page.evaluate(RUN_AXE, STANDARDS)
    return [
        f"{finding['id']}: {finding['help']} at {[node['target'] for node in finding['nodes']]}"
        for finding in violations
    ]


def overflows(page: Page) -> bool:
    """Whether the page must be scrolled sideways."""
    root = "document.documentElement"
    return bool(page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"))


def stuck_out(page: Page) -> list[str]:
    """The first words of the boxes that something in them is too wide for, though the page may be wide enough."""
    boxes = "[...document.querySelectorAll('.panel, .notice')]"
    found: list[str] = page.evaluate(
        f"{boxes}.filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText.slice(0, 40))"
    )
    return found


def flaws(page: Page, name: str = "") -> list[str]:
    """What axe finds at both ends of the usual widths, and what is too wide there for its box or for the page."""
    found = []
    for width in (DESKTOP, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px: {finding}" for finding in axe_findings(page)]
        found += [f"{width} px: scrolled sideways"] if overflows(page) else []
        found += [f"{width} px: too wide for its box: {box}" for box in stuck_out(page)]
        keep_picture(page, f"{name}, {width}")
    return found


def keep_picture(page: Page, name: str) -> None:
    """For looking at: `CORDEE_PICTURES=folder make test ARGS="tests/e2e/test_pages.py"`."""
    if folder := os.environ.get("CORDEE_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@lru_cache(maxsize=1)
def _axe_source() -> str:
    # The trailing value keeps Playwright from sending the whole library back.
    return AXE.read_text("utf-8") + "\n;true"
