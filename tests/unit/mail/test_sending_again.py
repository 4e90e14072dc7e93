"""Staff see to the mails in trouble: each click sends once more at most, whatever crashes and comes late."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from chalicelib.kernel.letters import Letter, MailInDoubt, MailPostponed, MailRefused
from chalicelib.links.model import LinkRequest
from chalicelib.mail.model import UNCERTAIN_AFTER, MailState, MailUnknown, Message
from chalicelib.mail.service import MailService
from chalicelib.mail.troubled import TroubledMails
from tests.fakes.clock import Crash, FakeClock
from tests.fakes.mail import FakeOutbox

MESSAGE = Message(
    "decisions/request",
    "yann@val.example.org",
    record="f1",
    occasion="ask",
    context={"name": "Yann"},
    link=LinkRequest("/decisions", "d1", "yann@val.example.org", 3600 * 24 * 60),
)
KEY = MESSAGE.key
ENDS = {
    "the service takes it": None,
    "the service takes it, then a crash": Crash,
    "a crash": Crash,
    "the service refuses": MailRefused,
    "the service is busy": MailPostponed,
    "the service does not answer": MailInDoubt,
}
TAKEN = ("the service takes it", "the service takes it, then a crash", "the service does not answer")


MARKS = {"mark_sent", "mark_failed", "mark_uncertain", "release"}


class SlowOutbox:
    """The outbox as a sender sees it: its next mark may be held up on the way."""

    def __init__(self, outbox):
        self.outbox, self.is_slow, self.late = outbox, False, []

    def __getattr__(self, name):
        return partial(self._mark, name) if name in MARKS else getattr(self.outbox, name)

    def _mark(self, name, *arguments):
        mark = partial(getattr(self.outbox, name), *arguments)
        if self.is_slow:
            self.is_slow = False
            self.late.append(mark)
        else:
            mark()


class Post:
    """An outbox with one mail, a sender that is interrupted by the `steps` to come, and staff."""

    def __init__(self, steps=()):
        self.outbox, self.clock, self.steps = FakeOutbox(), FakeClock(), iter(steps)
        self.slow = SlowOutbox(self.outbox)
        self.service = MailService(self.slow, self, self.write, self.clock)
        self.staff = TroubledMails(self.outbox, lambda mail: "À décider", self.clock)
        self.clicks, self.sent = 0, []
        self.outbox.put_once(MESSAGE, self.clock())

    def write(self, message, key):
        """Called right after the claim: the letter bears the click that the claim answers."""
        assert message.context, "a mail whose words are forgotten must not go"
        return Letter(key, message.to, str(self.clicks), "Bonjour\n", "<p>Bonjour</p>")

    def send(self, letter):
        """Between claim and mark anything may happen, then this sending ends in one of its ways."""
        end = next((step for step in self.steps if not self.take(step)), "a crash")
        if end in TAKEN:
            self.sent.append(letter.subject)
        if situation := ENDS[end]:
            raise situation("told by the service")
        return "ses-1"

    def take(self, step):
        """Do this step; False if it is no step but the end of a sending."""
        if step not in ENDS:
            with suppress(Crash):
                getattr(self, step.replace(" ", "_"))()
        return step not in ENDS

    def the_stream_comes_again(self):
        self.service.deliver(KEY)

    def the_sweep_comes(self):
        self.clock.wait(minutes=5)
        self.service.sweep()

    def time_goes_by(self):
        self.clock.wait(seconds=UNCERTAIN_AFTER.total_seconds())

    def somebody_sends_it_again(self):
        before = self.row
        self.staff.send_again(KEY, "Lucie Morand")
        self.clicks += self.row != before

    def somebody_settles_it(self):
        self.staff.settle(KEY, "Bruno Veyret")

    def news_come(self):
        self.outbox.record_event(KEY, "delivered", self.clock())

    def the_next_mark_is_held_up(self):
        self.slow.is_slow = True

    def a_late_mark_arrives(self):
        if self.slow.late:
            self.slow.late.pop(0)()

    @property
    def row(self):
        return self.outbox.rows[KEY]


STEPS = [
    "the stream comes again",
    "the sweep comes",
    "time goes by",
    "somebody sends it again",
    "somebody settles it",
    "news come",
    "the next mark is held up",
    "a late mark arrives",
    *ENDS,
]


A_LATE_RELEASE = [
    *("the next mark is held up", "the stream comes again", "the service is busy"),
    *("time goes by", "the sweep comes", "somebody sends it again", "the stream comes again"),
    *("a late mark arrives", "the stream comes again", "the service takes it", "the service takes it"),
]


@given(st.lists(st.sampled_from(STEPS), max_size=40))
@example(A_LATE_RELEASE)
@settings(max_examples=1500, deadline=None)
def test_one_click_sends_once_at_most_whatever_happens_between_claim_and_mark(steps):
    post = Post(steps)
    for step in post.steps:
        post.take(step)
        assert len(set(post.sent)) == len(post.sent), "two sendings from one click"
        assert bool(post.row.message.context) is (
            post.row.state not in (MailState.SENT, MailState.SETTLED)
        ), "words are kept while the mail is open, and no longer"
        if post.row.settled_by:
            assert post.row.state is MailState.SETTLED
    claims, sent = post.row.claims, len(post.sent)
    if post.row.state in (MailState.SENT, MailState.SETTLED):
        post.the_stream_comes_again()
        post.the_sweep_comes()
        assert (post.row.claims, len(post.sent)) == (claims, sent)


@given(st.lists(st.sampled_from(STEPS), max_size=30))
@settings(max_examples=300, deadline=None)
def test_a_mail_that_can_be_sent_again_goes_with_the_next_sweep(steps):
    post = Post(steps)
    for step in post.steps:
        post.take(step)
    for _ in range(2):
        post.clock.wait(hours=3)
        post.take("the sweep comes")
    assume(post.row.is_in_trouble)
    post.slow.is_slow, post.steps = False, iter(["the service takes it"])
    post.somebody_sends_it_again()
    post.the_sweep_comes()
    assert post.row.state is MailState.SENT
    assert post.sent.count(str(post.clicks)) == 1


@pytest.fixture
def post():
    """A mail whose sender died between claim and mark, twenty minutes ago."""
    post = Post()
    post.take("the stream comes again")
    post.clock.wait(minutes=20)
    post.service.sweep()
    assert post.row.state is MailState.UNCERTAIN
    return post


def test_sent_again_then_a_crash_then_the_sweep_is_in_doubt_and_not_sent_a_second_time(post):
    post.somebody_sends_it_again()
    post.steps = iter(["the service takes it, then a crash"])
    post.take("the sweep comes")
    post.clock.wait(minutes=20)
    post.service.sweep()
    post.service.sweep()
    assert (post.sent, post.row.state) == (["1"], MailState.UNCERTAIN)


def test_a_function_that_dies_before_the_sweep_loses_no_click(post):
    post.somebody_sends_it_again()
    post.clock.wait(days=1)
    post.steps = iter(["the service takes it"])
    post.service.sweep()
    post.service.sweep()
    assert (post.sent, post.row.state) == (["1"], MailState.SENT)


def test_a_second_click_before_the_sweep_sends_no_second_mail(post):
    post.somebody_sends_it_again()
    post.somebody_sends_it_again()
    post.somebody_settles_it()
    post.steps = iter(["the service takes it"])
    post.the_sweep_comes()
    assert (post.clicks, post.sent, post.row.settled_by) == (1, ["1"], "")


def test_a_sender_that_wakes_up_late_does_not_give_the_next_ones_row_back(post):
    """It would be taken a second time while the next sender is at work."""
    late = post.row
    post.somebody_sends_it_again()
    claimed = post.outbox.claim(KEY, post.clock())
    post.outbox.release(late, post.clock())
    assert post.outbox.claim(KEY, post.clock() + timedelta(hours=1)) is None
    assert post.row == claimed


def test_a_mail_sent_again_is_tried_as_often_as_a_new_one(post):
    post.somebody_sends_it_again()
    post.steps = iter(["the service is busy"])
    post.the_sweep_comes()
    assert (post.row.state, post.row.attempts) == (MailState.NEW, 1)


def test_a_mail_whose_link_is_to_end_by_now_is_not_sent_again_and_can_be_settled(post):
    post.clock.wait(days=60)
    post.somebody_sends_it_again()
    assert post.row.state is MailState.UNCERTAIN
    post.somebody_settles_it()
    assert (post.row.state, post.row.subject) == (MailState.SETTLED, "À décider")


def test_the_oldest_mail_in_trouble_comes_first_whatever_its_trouble(post):
    failed = replace(MESSAGE, occasion="earlier")
    post.outbox.put_once(failed, post.row.created_at - timedelta(hours=1))
    post.outbox.mark_failed(post.outbox.claim(failed.key, post.clock()), "MessageRejected")
    assert [mail.key for mail in post.staff.list_waiting()] == [failed.key, KEY]


@pytest.mark.parametrize("key", ["unknown", "", "0" * 64, "x" * 3000])
def test_an_unknown_key_is_an_unknown_mail(post, key):
    for do in (lambda: post.staff.send_again(key, "L"), lambda: post.staff.settle(key, "L")):
        with pytest.raises(MailUnknown):
            do()
