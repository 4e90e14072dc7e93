"""The application on tables in memory, with an office that observes, and returns that were asked."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest

from app import app
from chalicelib.access import bootstrap as access_room
from chalicelib.access.guard import SESSION_COOKIE, current_user
from chalicelib.kernel.history import HistoryLine
from chalicelib.links import bootstrap as links_room
from chalicelib.mail import bootstrap as mail_room
from chalicelib.observatory import bootstrap, emails, entry_form
from chalicelib.observatory.model import Establishment, MonthlyReturn
from chalicelib.office import bootstrap as office_room
from chalicelib.office.routes import current_office
from chalicelib.office.territories import with_communes
from chalicelib.web import site
from chalicelib.web.cookies import full_name
from tests.aid import PEOPLE
from tests.factories import office_document
from tests.fakes.clock import FakeClock
from tests.harness.sessions import begin_session
from tests.inprocess import BASE_URL, forget_caches
from tests.integration.access.browser import Answer, Browser
from tests.observatory import HOTEL, a_return, given
from tests.observatory_office import observatory_section

ROOMS = (access_room, links_room, mail_room, office_room, bootstrap)
KEPT_MONTHS = 36
YESTERDAY = datetime(2027, 3, 2, 11, 0, tzinfo=UTC)


@pytest.fixture
def clock(tables, monkeypatch):
    """An office that observes, at noon on 3 March 2027: February is asked for."""
    clock = FakeClock()
    forget_caches()
    for room in ROOMS:
        monkeypatch.setattr(room, "utc_now", clock, raising=False)
    site.set_user_provider(current_user)
    site.set_office_provider(current_office)
    office_room.office_repository().publish(
        with_communes(office_document(people=PEOPLE, observatory=observatory_section()))
    )
    yield clock
    site.set_user_provider(None)
    site.set_office_provider(None)
    forget_caches()


def is_asked(month: str = "2027-02", establishment: Establishment = HOTEL, **more: Any) -> MonthlyReturn:
    """A return that is asked for."""
    asked = a_return(month=month, establishment=establishment, **more)
    line = HistoryLine(asked.asked_at, "Cordée", "Chiffres demandés")
    assert bootstrap.returns().ask(asked, line, None, KEPT_MONTHS)
    return asked


def is_given(month: str, sold: Any, establishment: Establishment = HOTEL, **more: Any) -> MonthlyReturn:
    """The same, with figures; of a month that takes none any more too."""
    asked = is_asked(month, establishment)
    after = replace(given(asked, sold=sold, **more), given_at=YESTERDAY)
    line = HistoryLine(asked.asked_at, "Claire Martin", "Chiffres donnés")
    bootstrap.returns().save(asked, after, line, [], KEPT_MONTHS)
    return after


def link_to(asked: MonthlyReturn, clock: FakeClock) -> str:
    """The path of the link that was mailed for it."""
    request = emails.asked(asked, bootstrap.office(), clock()).link
    assert request
    return links_room.link_service().mint(request).removeprefix(BASE_URL)


def now_of(asked: MonthlyReturn) -> MonthlyReturn:
    """How the return stands."""
    found = bootstrap.returns().find(asked.month, asked.establishment.commune, asked.establishment.id)
    assert found
    return found


@pytest.fixture
def asked(clock):
    """The return of February."""
    return is_asked()


@pytest.fixture
def path(asked, clock):
    """Where its mailed link leads."""
    return link_to(asked, clock)


def form_of(page: Answer) -> dict[str, str]:
    """What stands in the fields of a page, as a browser would send it."""
    inputs = re.findall(r'<input type="(?:text|hidden)"[^>]* name="([^"]+)"[^>]* value="([^"]*)"', page.body)
    return {name: unescape(value) for name, value in inputs}


def filled(page: Answer, asked: MonthlyReturn, **changes: Any) -> dict[str, Any]:
    """The form of that page with nothing sold, and changes."""
    none = {name: "0" for name in entry_form.entry_form(asked).by_name if name.startswith("occupied_")}
    typed = {name: value if isinstance(value, list) else str(value) for name, value in changes.items()}
    return {**form_of(page), **none, **typed}


def at_the_desk(email: str) -> Browser:
    """A browser of somebody of the office."""
    browser = Browser(app)
    browser.cookies[full_name(SESSION_COOKIE)] = begin_session(email, "staff")
    return browser
