"""The application on tables in memory, with an office that aids, partners, files at any point, and people logged in."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app import app
from chalicelib.access import bootstrap as access_room
from chalicelib.access.directory import NoPartners
from chalicelib.access.guard import SESSION_COOKIE, current_user
from chalicelib.mail import bootstrap as mail_room
from chalicelib.office import bootstrap as office_room
from chalicelib.office.routes import current_office
from chalicelib.partners import bootstrap as partners_room
from chalicelib.partners.mapping import application_item
from chalicelib.partners.model import Application, Fee
from chalicelib.partners.model import Status as PartnerStatus
from chalicelib.subsidies.amounts import Amount
from chalicelib.subsidies.bootstrap import stores
from chalicelib.subsidies.classification import Classification
from chalicelib.subsidies.items import EnvelopeItem, PointerItem, QueueItem, reference_key
from chalicelib.subsidies.mapping import subsidy_item
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.statuses import Status
from chalicelib.web import site
from chalicelib.web.cookies import full_name
from tests.aid import office_file, proof_answers
from tests.factories import some_answers
from tests.fakes.clock import NOON, FakeClock
from tests.harness.sessions import begin_session
from tests.inprocess import forget_caches
from tests.integration.access.browser import Browser
from tests.integration.subsidies.test_repository import a_file

STAFF = {
    "director": "claire.martin@val.example.org", "network_officer": "yann.legoff@val.example.org",
    "quality_officer": "noa.petit@val.example.org", "accounting": "ali.bensaid@val.example.org",
    "president": "odile.ferrand@val.example.org", "inspector": "ines.roux@val.example.org",
    "elected": "jules.favre@val.example.org",
}  # fmt: skip
ROOMS = (access_room, mail_room, office_room, partners_room, stores)


@pytest.fixture
def clock(tables, monkeypatch):
    """An office that aids, on an empty day."""
    clock = FakeClock()
    forget_caches()
    for room in ROOMS:
        monkeypatch.setattr(room, "utc_now", clock)
    access_room.register_address_book(partners_room.address_book)
    site.set_user_provider(current_user)
    site.set_office_provider(current_office)
    office_room.office_repository().publish(office_file())
    yield clock
    access_room.register_address_book(NoPartners)
    site.set_user_provider(None)
    site.set_office_provider(None)
    forget_caches()


def as_(who: str = "") -> Browser:
    """A browser of nobody, of staff by their role, or of a partner by address."""
    browser = Browser(app)
    if who:
        kind = "staff" if who in STAFF else "partner"
        browser.cookies[full_name(SESSION_COOKIE)] = begin_session(STAFF.get(who, who), kind)
    return browser


def partner(key: str = "p1", **answers: Any) -> Application:
    """An active partner with a classified hotel."""
    told = {name: value for name, value in some_answers(**answers).items() if value is not None}
    file = Application(
        id=key, reference=f"ADH-{key}", status=PartnerStatus.ACTIVE, status_since=NOON, answers=told, fee=Fee(0),
        created_at=NOON, office_version=1, form_version="1", active_until=date(2035, 12, 31),
    )  # fmt: skip
    application_item(file).save()
    return file


def awarded(key: str, status: Status = Status.GRANTED, cents: int = 24_000, **changes: Any) -> Subsidy:
    """A file whose money was granted in 2027, as it stands: the envelope is told by `money`."""
    version = office_room.office_repository().current().version
    known = {
        "granted_on": date(2027, 3, 3), "envelope_year": 2027, "notified_on": date(2027, 3, 4),
        "lapses_on": date(2028, 3, 4), "complete_on": date(2027, 3, 1), "accepted_at": NOON,
    }  # fmt: skip
    file = a_file(key, status, cents, office_version=version, **{**known, **changes})
    subsidy_item(file).save()
    PointerItem(pk=reference_key(file.reference), subsidy_id=file.id).save()
    return file


def paid(key: str, cents: int = 24_000, level: int = 3, **changes: Any) -> Subsidy:
    """A file that was paid on 1 July 2027, with its classification."""
    known: dict[str, Any] = {
        "payable": Amount(cents, ()), "paid_on": date(2027, 7, 1), "proofs": proof_answers(),
        "classification": Classification("C-1", date(2027, 6, 20), level, 6, date(2032, 6, 20)),
    }  # fmt: skip
    return awarded(key, changes.pop("status", Status.PAID), **{**known, **changes})


def told(file: Subsidy, **answers: Any) -> Subsidy:
    """The file with other answers."""
    changed = replace(file, answers={**file.answers, **answers})
    subsidy_item(changed).save()
    return changed


def money(free: int, reserved: int, consumed: int, waiting: int = 0, cents: int = 0) -> None:
    """The envelope of 2027 and the queue as they would stand."""
    budget = free + reserved + consumed
    EnvelopeItem(sk="YEAR#2027", budget=budget, free=free, reserved=reserved, consumed=consumed).save()
    QueueItem(waiting=waiting, cents=cents).save()
