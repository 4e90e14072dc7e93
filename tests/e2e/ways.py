"""A site in which something of everything has happened, and the ways to put a page of a browser on one of its pages."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, Response

from tests.cloud import Cloud
from tests.e2e.browser import open_page
from tests.e2e.journeys import fill_in

Go = Callable[[Page], Response | None]


@dataclass
class World:
    """A site in which something of everything has happened, and people who are logged in."""

    cloud: Cloud
    browser: Browser
    states: dict[str, dict[str, object]] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    def page(self, who: str, **settings: object) -> Page:
        """A new page as this person sees it."""
        page = open_page(self.browser, **settings)  # type: ignore[arg-type]
        if who in self.states:
            page.context.add_cookies(self.states[who]["cookies"])  # type: ignore[arg-type]
        return page


def at(path: str) -> Callable[[World], Go]:
    """Just go there; a word in braces is an address of the world."""
    return lambda world: lambda page: page.goto(world.cloud.url + path.format(**world.addresses))


def pressing(path: str, button: str, **typed: str) -> Callable[[World], Go]:
    """Go there, fill in what is given, press the button."""

    def ready(world: World) -> Go:
        def go(page: Page) -> Response | None:
            page.goto(world.cloud.url + path.format(**world.addresses))
            for name, value in typed.items():
                fill_in(page, name, value)
            with page.expect_navigation() as landed:
                page.locator("main").get_by_role("button", name=button, exact=True).click()
            return landed.value

        return go

    return ready


def sending(path: str, body: str, *, origin: str = "") -> Callable[[World], Go]:
    """POST by a form of ours that no page has, or of another site."""

    def ready(world: World) -> Go:
        def go(page: Page) -> Response | None:
            target = world.cloud.url + path.format(**world.addresses)
            start = origin or world.cloud.url + "/essai-de-test"
            html = f'<form method="post" action="{target}"><textarea name="text">{body}</textarea></form>'
            page.route(start, lambda route: route.fulfill(content_type="text/html", body=html))
            page.goto(start)
            with page.expect_navigation() as landed:
                page.evaluate("document.forms[0].submit()")
            return landed.value

        return go

    return ready


Shown = dict[str, tuple[Callable[[World], Go], int, str]]
"""By the name of a page: the way there, the status that it answers, who looks at it."""
