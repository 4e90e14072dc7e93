"""The application on tables in memory, with an office that holds trainings, sessions at any point, and people logged in."""

import re
from html import unescape
from typing import Any

import pytest

from app import app
from chalicelib.access import bootstrap as access_room
from chalicelib.access.directory import NoPartners
from chalicelib.access.guard import SESSION_COOKIE, current_user
from chalicelib.decisions import bootstrap as decisions_room
from chalicelib.decisions.model import Addressee, Outcome, Question, Timetable
from chalicelib.mail import bootstrap as mail_room
from chalicelib.office import bootstrap as office_room
from chalicelib.office.routes import current_office
from chalicelib.office.territories import with_communes
from chalicelib.partners import bootstrap as partners_room
from chalicelib.trainings.bootstrap import planning, registering, stores
from chalicelib.trainings.gate import Visitor
from chalicelib.trainings.model import Registration, Session
from chalicelib.web import site
from chalicelib.web.cookies import full_name
from tests.aid import PEOPLE
from tests.factories import office_document
from tests.fakes.clock import FakeClock
from tests.fakes.process import FakeProcess, FakeResumer
from tests.harness.sessions import begin_session
from tests.inprocess import forget_caches
from tests.integration.access.browser import Answer, Browser
from tests.training import a_newcomer, a_structure, session_answers
from tests.training_office import trainings_section

STAFF = {
    "director": "claire.martin@val.example.org", "network_officer": "yann.legoff@val.example.org",
    "quality_officer": "noa.petit@val.example.org", "accounting": "ali.bensaid@val.example.org",
    "president": "odile.ferrand@val.example.org", "inspector": "ines.roux@val.example.org",
    "elected": "jules.favre@val.example.org",
}  # fmt: skip
APPROVALS = {"membership": "network_officer", "payment": "accounting", "training_publication": "director"}
READERS = ("director", "network_officer", "quality_officer")
OTHERS = ("accounting", "president", "inspector", "elected")
ROOMS = (access_room, mail_room, office_room, partners_room, stores, decisions_room)
WHO = "Noa Petit"
DESK = "/bureau/formations"


@pytest.fixture
def empty_house(tables, monkeypatch):
    """The application without an office."""
    clock = FakeClock()
    forget_caches()
    for room in ROOMS:
        monkeypatch.setattr(room, "utc_now", clock, raising=False)
    for room in (planning, registering):
        monkeypatch.setattr(room, "StepFunctionsProcess", FakeProcess)
    monkeypatch.setattr(decisions_room, "StepFunctionsResumer", lambda: FakeResumer({"token"}))
    access_room.register_address_book(partners_room.address_book)
    site.set_user_provider(current_user)
    site.set_office_provider(current_office)
    yield clock
    access_room.register_address_book(NoPartners)
    site.set_user_provider(None)
    site.set_office_provider(None)
    forget_caches()


@pytest.fixture
def clock(empty_house):
    """An office that holds trainings, on an empty day."""
    publish_office(trainings=trainings_section())
    return empty_house


def publish_office(**sections: Any) -> None:
    """Load an office file with these sections."""
    document = office_document(people=PEOPLE, approvals=APPROVALS, **sections)
    office_room.office_repository().publish(with_communes(document))


def as_(who: str = "") -> Browser:
    """A browser of nobody, of staff by their role, or of a partner by address."""
    browser = Browser(app)
    if who:
        kind = "staff" if who in STAFF else "partner"
        browser.cookies[full_name(SESSION_COOKIE)] = begin_session(STAFF.get(who, who), kind)
    return browser


def drafted(secret: str = "s1", **answers: Any) -> Session:
    """A draft with these answers over those of a free workshop of one morning."""
    return planning.planning_service().create(secret, session_answers(**answers), WHO)


def published(secret: str = "s1", **answers: Any) -> Session:
    """The same, published."""
    return planning.planning_service().publish(drafted(secret, **answers), WHO)


def comes(
    session: Session, name: str = "Maëlle Le Goff", structure: str = "Hôtel du Pont", **more: Any
) -> Registration:
    """Somebody who registered for it."""
    first, _, last = name.partition(" ")
    (applied,) = registering.registering_service().register(
        session,
        a_structure(structure),
        Visitor(True),
        [a_newcomer(first, last, **more)],
        f"{name} {structure}",
    )
    assert applied.registration
    return applied.registration


def now_of(record: Session | Registration) -> Any:
    """How a record stands now."""
    if isinstance(record, Session):
        return planning.planning_service().get(record.id)
    return registering.registration_service().get(record.id)


def page_of(session: Session, end: str = "") -> str:
    """The path of its page at the desk, or of one below it."""
    return f"{DESK}/{session.reference}{end}"


def form_of(page: Answer) -> dict[str, str]:
    """What is typed, chosen or ticked in the fields of a page, as a browser would send it."""
    texts = re.findall(
        r'<input type="(?:text|email|tel|url|hidden|date)"[^>]* name="([^"]+)"[^>]* value="([^"]*)"',
        page.body,
    )
    areas = re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n([^<]*)</textarea>', page.body)
    picked = re.findall(
        r'<input type="(?:radio|checkbox)"[^>]* name="([^"]+)" value="([^"]*)" checked', page.body
    )
    return {name: unescape(value) for name, value in [*texts, *areas, *picked, *_selected(page.body)]}


def _selected(body: str) -> list[tuple[str, str]]:
    found = []
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found.append((name, chosen[1] if chosen else ""))
    return found


def asked(record: Session | Registration, role: str) -> str:
    """The question that a record waits for, as its machine would put it; its identifier."""
    question = Question(
        record=record.id, step=record.awaited_step, round=record.round, reference=record.reference, title="question",
        subject_name="Photos", role=role, outcomes=(Outcome("accept", "Oui"), Outcome("refuse", "Non")),
        timetable=Timetable((), 10), mail="decisions/request", reminder_mail="decisions/reminder",
        process="trainings", readers=frozenset(READERS),
    )  # fmt: skip
    person = "claire.martin@val.example.org" if role else record.email
    decisions_room.decision_service().open(question, Addressee("Claire Martin", person), "token")
    return question.decision_id
