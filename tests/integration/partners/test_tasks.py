"""Each task as Lambda would call it: a handler with an event, on tables in memory; every one twice."""

from datetime import datetime, timedelta

import pytest

from chalicelib.adapters import dynamodb
from chalicelib.decisions import bootstrap as decisions_room
from chalicelib.decisions.model import DecisionState
from chalicelib.kernel.clock import PARIS
from chalicelib.mail import bootstrap as mail_room
from chalicelib.partners import bootstrap
from chalicelib.partners.model import STEP_OF, ApplicationUnknown, OutOfStep, Status
from chalicelib.runtime import config
from tests.integration.partners.running import (
    asked,
    clock,
    file,
    process,
    question,
    record,
    resumer,
    run,
    templates,
)
from tests.world import as_addressee

__all__ = ["asked", "clock", "process", "resumer"]

ASKING = {
    "request_address_confirmation": (Status.AWAITING_CONFIRMATION, []),
    "request_membership_decision": (Status.SUBMITTED, ["address_confirmed"]),
    "request_corrections": (Status.CHANGES_REQUESTED, ["address_confirmed", "changes_requested"]),
    "request_payment_confirmation": (Status.AWAITING_PAYMENT, ["address_confirmed", "accepted"]),
}


def test_where_a_file_stands(process):
    standing = {"application_id": "f1", "status": "awaiting_confirmation", "round": 1}
    assert run("look_up_application", application_id="f1") == standing
    assert run("look_up_application", application_id="f1") == standing


@pytest.mark.parametrize("function_id", [*ASKING, "look_up_application", "activate_partner"])
def test_an_unknown_file_is_said_to_be_unknown(process, function_id):
    with pytest.raises(ApplicationUnknown):
        run(function_id, application_id="unknown", task_token="token-1")


@pytest.mark.parametrize("function_id", ASKING)
def test_a_question_is_asked_once_however_often_the_task_runs(process, function_id):
    status, events = ASKING[function_id]
    for event in events:
        record(event)
    for token in ("token-1", "token-1", "token-2"):
        assert run(function_id, application_id="f1", task_token=token) is None
    asked = question(STEP_OF[status])
    assert asked.task_tokens == ("token-1", "token-2")
    assert templates().count(asked.question.mail) == 1


@pytest.mark.parametrize("function_id", ASKING)
def test_a_file_that_has_moved_on_is_not_asked_about(process, function_id):
    status, events = ASKING[function_id]
    for event in events:
        record(event)
    bootstrap.application_service().withdraw(file())
    with pytest.raises(OutOfStep):
        run(function_id, application_id="f1", task_token="token-1")
    assert question(STEP_OF[status]) is None


def test_an_event_is_recorded_once_with_the_person_who_answered(process, resumer):
    record("address_confirmed")
    run("request_membership_decision", application_id="f1", task_token="token-1")
    asked = question("membership")
    decisions_room.decision_service().answer(asked.id, as_addressee(asked), "refuse", "Hors périmètre.")
    for _ in range(2):
        told = record("refused", decision_id=asked.id)
        assert told == {"application_id": "f1", "status": "refused", "round": 1}
    line = bootstrap.applications().list_history("f1")[-1]
    assert (line.who, line.reason) == ("Yann Le Goff", "Hors périmètre.")
    assert templates().count("partners/refused") == 1
    assert resumer.told == [("token-1", "refuse")]


def test_silence_is_recorded_in_the_name_of_the_house(process):
    record("confirmation_expired")
    assert bootstrap.applications().list_history("f1")[-1].who == "Cordée"


def test_an_event_of_an_earlier_round_changes_nothing(process):
    record("address_confirmed")
    record("review_expired")
    bootstrap.application_service().reopen(file(), "Claire Martin", "À reprendre.")
    assert record("review_expired", round_=1)["status"] == "submitted"


def test_recording_closes_the_questions_that_the_file_waits_for_no_more(process, resumer):
    run("request_address_confirmation", application_id="f1", task_token="token-1")
    record("address_confirmed")
    assert question("confirmation").state is DecisionState.WITHDRAWN
    assert resumer.told == [("token-1", "DecisionWithdrawn")]


def test_a_partner_is_activated_once(process):
    for event in ("address_confirmed", "accepted", "payment_confirmed"):
        record(event)
    for _ in range(2):
        assert run("activate_partner", application_id="f1")["status"] == "active"
    assert templates().count("partners/welcome") == 1


def test_the_reconciler_starts_what_was_lost_and_the_second_time_nothing(process, clock):
    process.runs.clear()
    clock.wait(minutes=3)
    assert run("reconcile_onboarding") == {"mended": 1}
    run("request_address_confirmation", application_id="f1", task_token="token-1")
    assert run("reconcile_onboarding") == {"mended": 0}


def test_drafts_are_swept_and_the_second_time_left_alone(process, clock):
    draft = bootstrap.draft_service().begin({"email": "lea@gite.example.fr"})
    clock.wait(hours=3)
    assert [run("sweep_drafts")["touched"] for _ in range(2)] == [1, 0]
    assert templates(draft.id) == ["partners/draft_link"]


def test_a_closed_file_is_purged_in_its_time_counted_and_the_second_time_nothing(process, clock, capsys):
    record("address_confirmed")
    record("changes_requested")
    bootstrap.draft_service().open_corrections(file())
    record("corrections_expired")
    days = bootstrap.office().delays.closed_file_purge_days
    clock.wait(days=days - 1)
    assert run("purge_closed_files") == {"purged": 0}
    clock.wait(days=1)
    capsys.readouterr()
    assert run("purge_closed_files") == {"purged": 1}
    assert '"FilesPurged":[1.0]' in capsys.readouterr().out
    assert run("purge_closed_files") == {"purged": 0}
    stored = dynamodb.connection().scan(config.table_name("partners"))["Items"]
    assert stored == []


@pytest.mark.parametrize(
    ("day", "reminded"),
    [
        ((2027, 3, 6), 0),
        ((2027, 3, 7), 0),
        ((2027, 3, 8), 1),
        ((2027, 3, 28), 0),
        ((2027, 3, 29), 0),
        ((2027, 3, 30), 1),
    ],
)
def test_reminders_go_out_on_working_mornings_only(asked, clock, day, reminded):
    """A Saturday, a Sunday, a Monday; the Easter Sunday on which the clocks change, its Monday, its Tuesday."""
    clock.at = datetime(*day, 8, 30, tzinfo=PARIS)
    assert [run("send_decision_reminders")["reminded"] for _ in range(2)] == [reminded, 0]


def test_late_questions_are_closed_and_lost_answers_delivered_once(asked, clock, resumer):
    clock.at = asked.expires_at
    assert run("sweep_decisions") == {"expired": 1, "repaired": 0, "passed_on": 0}
    assert run("sweep_decisions") == {"expired": 0, "repaired": 0, "passed_on": 0}
    assert resumer.told == [("token-1", "DecisionExpired")]


def test_an_answer_that_the_machine_never_heard_is_delivered_by_the_sweep(asked, clock, resumer, monkeypatch):
    def lost(token, output):
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(resumer, "succeed", lost)
        with pytest.raises(ConnectionError):
            decisions_room.decision_service().answer(asked.id, as_addressee(asked), "accept", "")
    clock.wait(minutes=2)
    assert [run("sweep_decisions")["repaired"] for _ in range(2)] == [1, 0]
    assert resumer.told == [("token-1", "accept")]


def bounce(key):
    import json

    told = {"eventType": "Bounce", "bounce": {"bounceType": "Permanent"}, "mail": {"tags": {"mail": [key]}}}
    return [{"Sns": {"Message": json.dumps(told)}}]


def test_a_bounced_request_goes_to_the_deputy_once(asked):
    (mail,) = [
        one for one in mail_room.outbox().list_by_record("f1") if one.message.template == "decisions/request"
    ]
    counts = [run("pass_on_bounced_request", Records=bounce(mail.key))["passed_on"] for _ in range(2)]
    assert counts == [1, 0]
    assert [one.name for one in question("membership").addressees] == ["Yann Le Goff", "Noa Petit"]


def test_a_file_waits_for_nobody_longer_than_the_machine_does(asked, clock):
    """The machine waits 90 days at most: every question ends before."""
    assert asked.expires_at - clock() < timedelta(days=90)
