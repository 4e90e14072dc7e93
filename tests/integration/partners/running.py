"""One file on its way, on tables in memory, and each function run as Lambda would."""

import pytest

from chalicelib.decisions import bootstrap as decisions_room
from chalicelib.decisions.model import question_id
from chalicelib.mail import bootstrap as mail_room
from chalicelib.office import bootstrap as office_room
from chalicelib.office.territories import with_communes
from chalicelib.partners import bootstrap
from chalicelib.partners.submitting import Submission
from tests.factories import office_document, some_answers
from tests.fakes.clock import FakeClock
from tests.fakes.process import FakeProcess, FakeResumer
from tests.inprocess import forget_caches, handler

ROOMS = (decisions_room, mail_room, office_room, bootstrap)


@pytest.fixture
def clock(tables, monkeypatch):
    clock = FakeClock()
    forget_caches()
    for room in ROOMS:
        monkeypatch.setattr(room, "utc_now", clock)
    yield clock
    forget_caches()


@pytest.fixture
def resumer(clock, monkeypatch):
    resumer = FakeResumer(waiting={"token-1", "token-2"})
    monkeypatch.setattr(decisions_room, "StepFunctionsResumer", lambda: resumer)
    return resumer


@pytest.fixture
def process(resumer, monkeypatch):
    """The office is loaded and a file was sent."""
    process = FakeProcess()
    monkeypatch.setattr(bootstrap, "StepFunctionsProcess", lambda name: process)
    office_room.office_repository().publish(with_communes(office_document()))
    bootstrap.submission_service().submit(Submission("f1", answers(), "1"))
    return process


def answers(**others):
    kept = some_answers(**others)
    return {name: value for name, value in kept.items() if value is not None}


def run(function_id, **event):
    """Run the function as Lambda would."""
    return handler(function_id)(event, None)


def record(event, round_=1, application_id="f1", **more):
    return run("record_application_event", application_id=application_id, event=event, round=round_, **more)


def file():
    return bootstrap.application_service().get("f1")


def question(step, round_=1):
    return decisions_room.decision_repository().find(question_id("f1", step, round_))


def templates(record="f1"):
    return [mail.message.template for mail in mail_room.outbox().list_by_record(record)]


@pytest.fixture
def asked(process):
    record("address_confirmed")
    run("request_membership_decision", application_id="f1", task_token="token-1")
    return question("membership")
