"""One cloud, one browser and one reading of the mailbox for all end-to-end tests; the logs are read at the end."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.cloud import Cloud, cloud
from tests.e2e import seeding
from tests.e2e.attendee import Organiser, Structure
from tests.e2e.browser import chromium, open_page
from tests.e2e.journeys import (
    NETWORK_OFFICER,
    Applicant,
    Approver,
    Post,
    forget_limits,
    let_in,
    new_applicant,
)
from tests.harness.http import Site
from tests.harness.race import Racers
from tests.harness.starts import Work
from tests.people import named

__all__ = ["cloud"]
READ_LAST = ("test_payloads.py", "test_logs.py")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs all that is on the cloud, a file stays on one worker; what is left is judged last.

    First of all hooks: xdist reads the groups in its own.
    """
    ours = [item for item in items if item.path.parent == Path(__file__).parent]
    on_the_cloud = {item.path for item in ours if "cloud" in getattr(item, "fixturenames", ())}
    for item in ours:
        item.add_marker(pytest.mark.xdist_group("cloud" if item.path in on_the_cloud else item.path.stem))
    last = [one for name in READ_LAST for one in items if one.path.name == name]
    if last:
        ends = max(place for place, one in enumerate(items) if one.path.parent == last[0].path.parent)
        others = [one for one in items[: ends + 1] if one not in last]
        items[: ends + 1] = others + last


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """The browser that all tests share."""
    with chromium() as launched:
        yield launched


@pytest.fixture
def open_browser(chrome: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages, each in a browser context of its own; they are closed after the test."""
    opened: list[Page] = []

    def opening(**settings: Any) -> Page:
        opened.append(open_page(chrome, **settings))
        return opened[-1]

    yield opening
    for page in opened:
        page.context.close()


@pytest.fixture
def page(open_browser: Callable[..., Page]) -> Page:
    """One page on a desktop."""
    return open_browser()


@pytest.fixture(scope="module")
def desk(cloud: Cloud, racers: Racers, chrome: Browser) -> Iterator[Page]:
    """A page of the person in charge of memberships, logged in; its browser keeps the style sheets."""
    page = let_in(cloud, racers, open_page(chrome), NETWORK_OFFICER)
    yield page
    page.context.close()


@pytest.fixture(scope="session")
def post(cloud: Cloud) -> Post:
    """All mails."""
    return Post(cloud)


@pytest.fixture(scope="session")
def racers(cloud: Cloud) -> Iterator[Racers]:
    """Ten runners for all races."""
    with Racers(cloud, 10) as started:
        yield started


@pytest.fixture
def site(cloud: Cloud) -> Site:
    """The site without a browser."""
    return Site(cloud.url)


@pytest.fixture
def approver(cloud: Cloud, post: Post) -> Approver:
    """The person in charge of memberships."""
    return Approver(cloud, post)


@pytest.fixture
def an_applicant(cloud: Cloud, post: Post) -> Callable[..., Applicant]:
    """Makes professionals who have not applied yet."""
    forget_limits(cloud)
    return lambda name="Hôtel du Pont", **overrides: new_applicant(cloud, post, name, **overrides)


@pytest.fixture
def structures(cloud: Cloud, racers: Racers, open_browser: Callable[..., Page]) -> Callable[[str], Structure]:
    """Makes active partners, each before a browser of its own."""

    def made(name: str) -> Structure:
        (partner,) = racers.each([Work(seeding.partner, (named(name),))])
        return Structure(cloud, let_in(cloud, racers, open_browser(), partner["email"], "partner"))

    return made


@pytest.fixture
def organiser(cloud: Cloud, racers: Racers, open_browser: Callable[..., Page]) -> Organiser:
    """The person in charge of sessions at the desk, logged in."""
    return Organiser(cloud, let_in(cloud, racers, open_browser(), NETWORK_OFFICER))
