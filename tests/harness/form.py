"""The membership form filled in over plain HTTP, page by page."""

from collections.abc import Iterator
from typing import Any

from chalicelib.partners.application_form import membership_form
from tests.harness.http import Site

PAGES = "/adhesion/demande"


def typed_pages(answers: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The path of each page with what a person types there."""
    for section in membership_form().sections:
        given = {field.name: answers[field.name] for field in section.fields if answers.get(field.name)}
        typed = {name: "on" if value is True else value for name, value in given.items()}
        yield f"{PAGES}/{section.key}", typed


def fill_in(site: Site, answers: dict[str, Any]) -> dict[str, str]:
    """Every page saved; the cookies of the browser that did it."""
    browser = site
    for path, typed in typed_pages(answers):
        saved = browser.post(path, typed)
        assert saved.status == 303, saved.text
        browser = browser.with_cookies(saved.cookies) if saved.cookies else browser
    return dict(browser.cookies)
