"""Each mail leaves once: it is claimed, sent, marked; what goes wrong is told or tried again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.kernel.letters import Letter, MailPostponed, MailRefused
from chalicelib.mail.model import ATTEMPTS, UNCERTAIN_AFTER, MailState, Message
from chalicelib.mail.service import MailDesk, MailService
from tests.fakes.mail import FakeOutbox

NOW = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
MESSAGE = Message("partners/receipt", "maelle@hotel.example.fr", record="f1", occasion="version-2")


class Sender:
    """The mail service: takes letters, or answers as told."""

    def __init__(self):
        self.sent, self.trouble = [], None

    def send(self, letter):
        if self.trouble:
            raise self.trouble
        self.sent.append(letter)
        return f"ses-{len(self.sent)}"


class Post:
    """A mail service with its clock and its fakes."""

    def __init__(self):
        self.outbox, self.sender, self.now = FakeOutbox(), Sender(), NOW
        self.unwritable = False
        self.service = MailService(self.outbox, self.sender, self.write, lambda: self.now)
        MailDesk(self.outbox, lambda: self.now).enqueue(MESSAGE)

    def write(self, message, key):
        if self.unwritable:
            raise LookupError("a variable is missing")
        return Letter(key, message.to, "Bien reçue", "Bonjour\n", "<p>Bonjour</p>")

    def wait(self, **duration):
        self.now += timedelta(**duration)

    @property
    def row(self):
        return self.outbox.rows[MESSAGE.key]


@pytest.fixture
def post():
    return Post()


def test_a_mail_is_sent_and_marked_with_what_was_sent(post):
    post.service.deliver(MESSAGE.key)
    (letter,) = post.sender.sent
    assert (letter.key, letter.to) == (MESSAGE.key, MESSAGE.to)
    assert (post.row.state, post.row.subject, post.row.sent_at) == (MailState.SENT, "Bien reçue", NOW)


def test_a_mail_is_sent_once_however_often_it_is_delivered(post):
    for _ in range(3):
        post.service.deliver(MESSAGE.key)
    post.service.sweep()
    assert len(post.sender.sent) == 1


def test_the_same_words_for_the_same_occasion_are_the_same_mail(post):
    desk = MailDesk(post.outbox, lambda: NOW)
    assert not desk.enqueue(replace(MESSAGE, to="Maelle@Hotel.example.fr", context={"name": "autre"}))
    assert desk.enqueue(replace(MESSAGE, occasion="version-3"))


def test_an_unknown_mail_is_let_be(post):
    post.service.deliver("unknown")
    assert not post.sender.sent


def test_a_mail_claimed_by_another_sender_is_let_be(post):
    post.outbox.claim(MESSAGE.key, NOW)
    post.service.deliver(MESSAGE.key)
    assert not post.sender.sent


def test_a_refused_mail_is_kept_for_staff_with_the_reason(post):
    post.sender.trouble = MailRefused("MessageRejected")
    post.service.deliver(MESSAGE.key)
    assert (post.row.state, post.row.reason) == (MailState.FAILED, "MessageRejected")


def test_a_postponed_mail_waits_twice_as_long_each_time(post):
    post.sender.trouble = MailPostponed("TooManyRequestsException")
    pauses = []
    for _ in range(4):
        post.service.deliver(MESSAGE.key)
        assert post.row.state is MailState.NEW
        pauses.append(post.outbox.due_at[MESSAGE.key] - post.now)
        post.now = post.outbox.due_at[MESSAGE.key]
    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]


def test_a_postponed_mail_is_not_swept_before_its_time_and_goes_after_it(post):
    post.sender.trouble = MailPostponed("TooManyRequestsException")
    post.service.deliver(MESSAGE.key)
    post.sender.trouble = None
    post.wait(seconds=59)
    assert post.service.sweep() == 0
    post.wait(seconds=1)
    assert post.service.sweep() == 1
    assert post.row.state is MailState.SENT


def test_a_mail_postponed_too_often_is_given_up_and_says_why(post):
    post.sender.trouble = MailPostponed("TooManyRequestsException")
    for _ in range(ATTEMPTS):
        post.service.deliver(MESSAGE.key)
        post.wait(days=1)
    assert (post.row.state, post.row.attempts) == (MailState.FAILED, ATTEMPTS)
    assert post.row.reason == "TooManyRequestsException"


def test_a_mail_that_cannot_be_written_goes_back_and_the_error_is_heard(post):
    post.unwritable = True
    with pytest.raises(LookupError):
        post.service.deliver(MESSAGE.key)
    assert post.row.state is MailState.NEW
    assert post.outbox.due_at[MESSAGE.key] == NOW + timedelta(minutes=1)
    post.unwritable = False
    post.wait(minutes=1)
    post.service.sweep()
    assert post.row.state is MailState.SENT


def test_a_crash_between_sending_and_marking_leaves_a_doubt_and_never_a_second_mail(post):
    post.outbox.claim(MESSAGE.key, NOW)
    post.wait(seconds=UNCERTAIN_AFTER.total_seconds() - 1)
    assert post.service.sweep() == 0
    assert post.row.state is MailState.CLAIMED
    post.wait(seconds=1)
    assert post.service.sweep() == 1
    assert post.row.state is MailState.UNCERTAIN
    assert post.service.sweep() == 0
    assert not post.sender.sent


def test_the_sweep_sends_what_the_stream_left_behind(post):
    MailDesk(post.outbox, lambda: NOW).enqueue(replace(MESSAGE, occasion="version-3"))
    assert post.service.sweep() == 2
    assert len(post.sender.sent) == 2


def test_one_mail_that_cannot_be_written_does_not_hold_up_the_others(post):
    """The sweep comes again: the broken one waits its pause, the others go first."""
    post.unwritable = True
    with pytest.raises(LookupError):
        post.service.sweep()
    post.unwritable = False
    MailDesk(post.outbox, lambda: post.now).enqueue(replace(MESSAGE, occasion="version-3"))
    assert post.service.sweep() == 1
    assert len(post.sender.sent) == 1
