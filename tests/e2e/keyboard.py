"""A person who uses the keyboard alone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect


def focused(page: Page) -> dict[str, str]:
    """Name, type, value and text of what has the focus."""
    found: dict[str, str] = page.evaluate(
        "(({name, type, value, textContent}) => ({name, type, value, text: (textContent || '').trim()}))"
        "(document.activeElement)"
    )
    return found


def tab_to(page: Page, wanted: Callable[[dict[str, str]], bool]) -> None:
    """Press Tab until the wanted element has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted(focused(page)):
            return
    raise AssertionError("Tab never came there")


def press_button(page: Page, text: str) -> None:
    """Tab to a button, once its page is there, and press Enter."""
    expect(page.locator("button", has_text=text).first).to_be_visible()
    tab_to(page, lambda at: at["type"] == "submit" and at["text"] == text)
    page.keyboard.press("Enter")
