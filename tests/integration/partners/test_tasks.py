"""Each task as Lambda would call it: a handler with an event, on tables in memory; every one twice."""

from datetime import datetime, timedelta

import pytest

from chalicelib.adapters import dynamodb
from chalicelib.decisions import bootstrap as decisions_room
from chalicelib.decisions.model import DecisionState, question_id
from chalicelib.kernel.clock import PARIS
from chalicelib.mail import bootstrap as mail_room
from chalicelib.mail import tasks as mail_tasks
from chalicelib.mail.model import MailState
from chalicelib.office import bootstrap as office_room
from chalicelib.office.territories import with_communes
from chalicelib.partners import bootstrap
from chalicelib.partners.model import STEP_OF, ApplicationUnknown, OutOfStep, Status
from chalicelib.partners.submitting import Submission
from chalicelib.runtime import config
from tests.factories import office_document, some_answers
from tests.fakes.clock import FakeClock
from tests.fakes.process import FakeProcess, FakeResumer
from tests.inprocess import forget_caches, handler
from tests.world import as_addressee

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


@pytest.fixture
def asked(process):
    record("address_confirmed")
    run("request_membership_decision", application_id="f1", task_token="token-1")
    return question("membership")


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


@pytest.fixture
def sender(clock, monkeypatch):
    """The mail service: takes letters, or does as told."""

    class Sender:
        sent, trouble = [], None

        def send(self, letter):
            if self.trouble:
                raise self.trouble
            self.sent.append(letter)
            return f"ses-{len(self.sent)}"

    sender = Sender()
    sender.sent = []
    monkeypatch.setattr(mail_room, "SesSender", lambda *settings: sender)
    return sender


def stream(*keys):
    return [
        {"dynamodb": {"Keys": {"pk": {"S": key}}, "SequenceNumber": str(number)}}
        for number, key in enumerate(keys)
    ]


def a_mail():
    return mail_room.outbox().list_by_record("f1")[0]


def test_the_stream_sends_each_mail_once_though_it_comes_twice(asked, sender):
    keys = [mail.key for mail in mail_room.outbox().list_by_record("f1")]
    for _ in range(2):
        assert run("send_mail", Records=stream(*keys, keys[0], "unknown")) == {"batchItemFailures": []}
    assert len(sender.sent) == len(keys) == 2


def test_a_mail_whose_stream_was_lost_is_sent_by_the_sweep(asked, sender):
    assert run("sweep_outbox") == {"touched": 2}
    assert run("sweep_outbox") == {"touched": 0}
    assert len(sender.sent) == 2
    assert {mail.state for mail in mail_room.outbox().list_by_record("f1")} == {MailState.SENT}


def test_a_mail_claimed_and_never_marked_is_in_doubt_listed_and_never_sent_again(asked, sender, clock):
    mail_room.outbox().claim(a_mail().key, clock())
    clock.wait(minutes=14)
    run("sweep_outbox")
    clock.wait(minutes=1)
    run("sweep_outbox")
    assert [mail.key for mail in mail_room.outbox().list_in_state(MailState.UNCERTAIN)] == [a_mail().key]
    assert a_mail().key not in {letter.key for letter in sender.sent}


def test_the_news_that_a_doubtful_mail_arrived_settles_it(asked, sender, clock):
    import json

    key = a_mail().key
    mail_room.outbox().claim(key, clock())
    clock.wait(minutes=20)
    run("sweep_outbox")
    told = {"eventType": "Delivery", "mail": {"tags": {"mail": [key]}}}
    for _ in range(2):
        assert run("record_mail_event", Records=[{"Sns": {"Message": json.dumps(told)}}]) == {"recorded": 1}
    assert (a_mail().state, a_mail().delivered_at) == (MailState.SENT, clock())
    assert mail_room.outbox().list_in_state(MailState.UNCERTAIN) == []


def test_a_crash_of_the_function_right_after_the_mail_left_sends_it_no_second_time(asked, sender, clock):
    """The Lambda dies before it marks the row; the stream and the sweep come again."""

    def dies(*_):
        raise MemoryError

    key, mark = a_mail().key, type(mail_room.outbox()).mark_sent
    type(mail_room.outbox()).mark_sent = dies
    try:
        failures = run("send_mail", Records=stream(key))["batchItemFailures"]
    finally:
        type(mail_room.outbox()).mark_sent = mark
    assert len(failures) == 1
    run("send_mail", Records=stream(key))
    clock.wait(minutes=16)
    run("sweep_outbox")
    assert [letter.key for letter in sender.sent].count(key) == 1
    assert a_mail().state is MailState.UNCERTAIN


def test_a_record_that_cannot_be_written_does_not_keep_the_others(asked, sender, monkeypatch):
    first, second = mail_room.outbox().list_by_record("f1")
    write = mail_tasks.mail_service().write

    def broken(message, key):
        if key == first.key:
            raise LookupError
        return write(message, key)

    service = type(mail_tasks.mail_service())
    monkeypatch.setattr(
        mail_tasks, "mail_service", lambda: service(mail_room.outbox(), sender, broken, mail_room.utc_now)
    )
    failed = run("send_mail", Records=stream(first.key, second.key))["batchItemFailures"]
    assert failed == [{"itemIdentifier": "0"}]
    assert [letter.key for letter in sender.sent] == [second.key]
    assert run("send_mail", Records=stream(first.key))["batchItemFailures"] == []
    assert mail_room.outbox().find(first.key).attempts == 1


class TimeRunsOut:
    """The context of a run that has time for one mail."""

    def __init__(self):
        self.milliseconds = iter((29_000, 9_000))

    def get_remaining_time_in_millis(self):
        return next(self.milliseconds)


def test_the_sweep_leaves_a_mail_for_which_too_little_time_is_left_to_the_next(asked, sender):
    assert handler("sweep_outbox")({}, TimeRunsOut()) == {"touched": 1}
    assert [mail.state for mail in mail_room.outbox().list_by_record("f1")].count(MailState.NEW) == 1
    assert run("sweep_outbox") == {"touched": 1}
    assert len({letter.key for letter in sender.sent}) == len(sender.sent) == 2


def test_a_mail_for_which_too_little_time_is_left_stays_new_and_comes_again(asked, sender):
    first, second = mail_room.outbox().list_by_record("f1")
    failed = handler("send_mail")({"Records": stream(first.key, second.key)}, TimeRunsOut())
    assert failed == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    assert [letter.key for letter in sender.sent] == [first.key]
    assert mail_room.outbox().find(second.key).state is MailState.NEW
    assert run("send_mail", Records=stream(second.key)) == {"batchItemFailures": []}
    assert [letter.key for letter in sender.sent] == [first.key, second.key]


def test_the_link_of_a_mail_that_left_opens_its_question(asked, sender):
    from chalicelib.links.bootstrap import link_service

    run("sweep_outbox")
    letter = next(one for one in sender.sent if "/decisions/" in one.text)
    token = letter.text.partition("/decisions/")[2].split()[0]
    assert link_service().open(token, "/decisions").subject == asked.id


def test_a_file_waits_for_nobody_longer_than_the_machine_does(asked, clock):
    """The machine waits 90 days at most: every question ends before."""
    assert asked.expires_at - clock() < timedelta(days=90)
