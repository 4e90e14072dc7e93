"""The questions about a file: to whom, with which answers, until when."""

import json
from dataclasses import replace

import pytest

from chalicelib.partners.model import STEP_OF, Status
from chalicelib.partners.questions import Questions
from chalicelib.web.form_text import NOT_ANSWERED
from tests.world import World

ASKING = list(STEP_OF)


@pytest.fixture
def world():
    return World()


@pytest.mark.parametrize("status", ASKING)
def test_each_status_that_waits_has_its_question_of_this_round(world, status):
    file = replace(world.file_in(status), round=3)
    question = world.asked(file).question
    assert (question.record, question.step, question.round) == (file.id, STEP_OF[status], 3)
    assert question.decision_id == world.asked(file).question.decision_id
    assert question.decision_id != world.asked(replace(file, round=4)).question.decision_id


@pytest.mark.parametrize(
    ("status", "codes"),
    [
        (Status.AWAITING_CONFIRMATION, {"confirm": False}),
        (Status.SUBMITTED, {"accept": False, "request_changes": True, "refuse": True}),
        (Status.CHANGES_REQUESTED, {"resubmit": False}),
        (Status.AWAITING_PAYMENT, {"confirm": False, "cancel": True}),
    ],
)
def test_the_answers_and_whether_they_need_a_reason(world, status, codes):
    outcomes = world.asked(world.file_in(status)).question.outcomes
    assert {outcome.code: outcome.needs_reason for outcome in outcomes} == codes


def test_applicants_are_asked_at_their_address_and_nobody_else_may_answer(world):
    for status in (Status.AWAITING_CONFIRMATION, Status.CHANGES_REQUESTED):
        asked = world.asked(world.file_in(status, status.value, email=f"{status.value}@example.fr", siret=""))
        assert asked.addressee.email == f"{status.value}@example.fr"
        assert asked.question.role == ""


@pytest.mark.parametrize(
    ("status", "role", "name"),
    [
        (Status.SUBMITTED, "network_officer", "Yann Le Goff"),
        (Status.AWAITING_PAYMENT, "accounting", "Noa Petit"),
    ],
)
def test_staff_are_asked_by_their_role(world, status, role, name):
    asked = world.asked(world.file_in(status))
    assert (asked.question.role, asked.addressee.name) == (role, name)
    assert "maelle@hotel.example.fr" in asked.question.excluded


def test_an_approver_never_decides_their_own_file(world):
    file = world.file_in(Status.SUBMITTED, email="Yann.LeGoff@val.example.org")
    assert world.asked(file).addressee.email != "yann.legoff@val.example.org"


def test_a_deputy_is_asked_in_the_name_of_whom_they_replace(world):
    file = world.file_in(Status.SUBMITTED)
    world.clock.at = world.clock.at.replace(month=8)
    addressee = world.asked(file).addressee
    assert (addressee.name, addressee.on_behalf_of) == ("Noa Petit", "Yann Le Goff")


@pytest.mark.parametrize(
    ("status", "reminders", "expiry", "working_days"),
    [
        (Status.AWAITING_CONFIRMATION, (3, 6), 7, False),
        (Status.SUBMITTED, (3, 6), 20, True),
        (Status.CHANGES_REQUESTED, (10, 20), 30, False),
        (Status.AWAITING_PAYMENT, (15, 30), 45, False),
    ],
)
def test_the_timetable_comes_from_the_office_file(world, status, reminders, expiry, working_days):
    timetable = world.asked(world.file_in(status)).question.timetable
    assert (timetable.reminder_days, timetable.expiry_days) == (reminders, expiry)
    assert timetable.working_days is working_days
    assert timetable.escalation_days == (8 if status is Status.SUBMITTED else None)


def test_what_staff_read_is_plain_json_and_stays_small_after_many_rounds(world):
    file = world.file_in(Status.SUBMITTED)
    line = world.applications.list_history("f1")[0]
    reason = "x" * 4000
    world.applications.lines["f1"] = {n: replace(line, reason=reason) for n in range(1, 16)}
    text = json.dumps(world.asked(file).question.dossier)
    assert len(text.encode()) < 100_000


def test_what_was_not_answered_is_one_line_at_the_end_of_its_section(world):
    file = world.file_in(Status.SUBMITTED)
    described = [("Activité", [("Catégorie", "Hôtel"), ("Unités", NOT_ANSWERED), ("Labels", NOT_ANSWERED)])]
    section, *_ = Questions(lambda *_: described).dossier(world.case(file))["sections"]
    assert section["rows"] == [
        {"label": "Catégorie", "value": "Hôtel"},
        {"label": "Non renseigné", "value": "Unités, Labels"},
    ]
