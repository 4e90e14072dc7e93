"""The functions that send mails, as Lambda would call them: each mail once, whatever happens on the way."""

import pytest

from chalicelib.mail import bootstrap as mail_room
from chalicelib.mail import tasks as mail_tasks
from chalicelib.mail.model import MailState
from tests.inprocess import handler
from tests.integration.partners.running import (
    asked,
    clock,
    process,
    resumer,
    run,
)

__all__ = ["asked", "clock", "process", "resumer"]


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
