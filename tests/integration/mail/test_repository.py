"""The outbox: one contract, on the fake and on DynamoDB."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.adapters.dynamodb import committed
from chalicelib.kernel.letters import Letter
from chalicelib.links.model import LinkRequest
from chalicelib.mail.items import MailItem
from chalicelib.mail.model import AttachedFile, MailState, Message, OutboxMail
from chalicelib.mail.repository import OutboxRepository
from tests.fakes.clock import NOON
from tests.fakes.mail import FakeOutbox
from tests.harness.entries import an_entry

LINK = LinkRequest("/decisions", "d1", "yann@val.example.org", 3600)
MESSAGE = Message(
    "decisions/request", "yann@val.example.org", "f1", "ask", {"name": "Yann"}, LINK, "a@example.org"
)
LETTER = Letter(MESSAGE.key, MESSAGE.to, "À lire", "Bonjour", "<p>Bonjour</p>")
LATER = NOON + timedelta(hours=1)


@pytest.fixture(params=["fake", "dynamodb"])
def store(request):
    if request.param == "fake":
        return FakeOutbox()
    request.getfixturevalue("tables")
    return OutboxRepository()


@pytest.fixture
def waiting(store):
    assert store.put_once(MESSAGE, NOON)
    return store


@pytest.fixture
def failed(waiting):
    waiting.mark_failed(waiting.claim(MESSAGE.key, NOON), "MessageRejected")
    return waiting


@pytest.fixture
def failed_mail():
    return OutboxMail(MESSAGE.key, MESSAGE, MailState.FAILED, NOON)


class TestOutbox:
    def test_a_mail_is_kept_once_and_whole(self, waiting):
        assert not waiting.put_once(MESSAGE, LATER)
        mail = waiting.find(MESSAGE.key)
        assert (mail.message, mail.state, mail.created_at) == (MESSAGE, MailState.NEW, NOON)
        assert mail.link_subject == "d1"
        assert waiting.find("unknown") is None

    def test_the_files_of_a_mail_are_kept_by_their_keys_until_it_is_sent(self, store):
        attached = replace(
            MESSAGE, attachments=(AttachedFile("awards/f1.pdf", "accord.pdf", "application/pdf"),)
        )
        store.put_once(attached, NOON)
        mail = store.claim(MESSAGE.key, NOON)
        assert mail.message == attached
        store.mark_sent(mail, LETTER, "ses-1", LATER)
        assert store.find(MESSAGE.key).message.attachments == ()

    def test_the_entries_for_calendars_are_kept_as_facts_until_it_is_sent(self, store):
        invited = replace(MESSAGE, calendar=(an_entry(), an_entry(uid="s1-2", sequence=4, is_cancelled=True)))
        store.put_once(invited, NOON)
        mail = store.claim(MESSAGE.key, NOON)
        assert mail.message == invited
        store.mark_sent(mail, LETTER, "ses-1", LATER)
        assert store.find(MESSAGE.key).message.calendar == ()

    def test_one_sender_takes_a_mail(self, waiting):
        taken = waiting.claim(MESSAGE.key, NOON)
        assert (taken.state, taken.attempts, taken.claimed_at) == (MailState.CLAIMED, 1, NOON)
        assert waiting.claim(MESSAGE.key, LATER) is None
        assert waiting.claim("unknown", NOON) is None

    def test_a_mail_put_off_is_taken_again_in_its_time_only(self, waiting):
        waiting.release(waiting.claim(MESSAGE.key, NOON), LATER)
        assert waiting.list_due(NOON) == []
        assert waiting.claim(MESSAGE.key, NOON) is None
        assert [mail.key for mail in waiting.list_due(LATER)] == [MESSAGE.key]
        assert waiting.claim(MESSAGE.key, LATER).attempts == 2

    def test_a_new_mail_is_taken_whatever_the_clock_that_wrote_it(self, store):
        store.put_once(MESSAGE, LATER)
        assert store.claim(MESSAGE.key, NOON)

    def test_a_sent_mail_keeps_its_subject_and_forgets_its_words(self, waiting):
        waiting.mark_sent(waiting.claim(MESSAGE.key, NOON), LETTER, "ses-1", LATER)
        mail = waiting.find(MESSAGE.key)
        assert (mail.state, mail.subject, mail.sent_at) == (MailState.SENT, "À lire", LATER)
        assert (mail.message.to, mail.message.context, mail.message.link) == (MESSAGE.to, {}, None)
        assert (mail.message.template, mail.link_subject) == ("decisions/request", "d1")
        assert waiting.list_due(LATER) == waiting.list_claimed_before(LATER) == []

    def test_a_mail_never_claimed_cannot_be_marked_as_sent(self, waiting):
        waiting.mark_sent(waiting.find(MESSAGE.key), LETTER, "ses-1", LATER)
        assert waiting.find(MESSAGE.key).state is MailState.NEW

    def test_a_claim_without_a_mark_is_listed_then_in_doubt(self, waiting):
        waiting.claim(MESSAGE.key, NOON)
        assert waiting.list_claimed_before(NOON - timedelta(seconds=1)) == []
        (claimed,) = waiting.list_claimed_before(NOON)
        waiting.mark_uncertain(claimed)
        assert [mail.key for mail in waiting.list_in_state(MailState.UNCERTAIN)] == [MESSAGE.key]
        assert waiting.list_claimed_before(LATER) == []

    def test_a_mail_that_was_sent_after_all_is_no_longer_in_doubt(self, waiting):
        claimed = waiting.claim(MESSAGE.key, NOON)
        waiting.mark_uncertain(claimed)
        waiting.mark_sent(claimed, LETTER, "ses-1", LATER)
        assert waiting.find(MESSAGE.key).state is MailState.SENT
        assert waiting.list_in_state(MailState.UNCERTAIN) == []

    def test_only_a_claimed_mail_comes_in_doubt(self, waiting):
        waiting.mark_uncertain(waiting.find(MESSAGE.key))
        assert waiting.find(MESSAGE.key).state is MailState.NEW

    def test_a_failed_mail_is_listed_with_its_reason(self, waiting):
        waiting.mark_failed(waiting.claim(MESSAGE.key, NOON), "MessageRejected")
        (mail,) = waiting.list_in_state(MailState.FAILED)
        assert mail.reason == "MessageRejected"
        assert waiting.list_due(LATER) == []

    @pytest.mark.parametrize("doubt", [MailState.CLAIMED, MailState.UNCERTAIN])
    def test_news_of_a_mail_in_doubt_settle_it_and_its_words_are_forgotten(self, waiting, doubt):
        claimed = waiting.claim(MESSAGE.key, NOON)
        if doubt is MailState.UNCERTAIN:
            waiting.mark_uncertain(claimed)
        mail = waiting.record_event(MESSAGE.key, "delivered", LATER)
        assert (mail.state, mail.delivered_at, mail.message.context) == (MailState.SENT, LATER, {})
        assert waiting.list_in_state(doubt) == []

    def test_a_mark_that_comes_after_the_news_still_completes_the_row(self, waiting):
        claimed = waiting.claim(MESSAGE.key, NOON)
        waiting.record_event(MESSAGE.key, "delivered", NOON)
        waiting.mark_sent(claimed, LETTER, "ses-1", LATER)
        mail = waiting.find(MESSAGE.key)
        assert (mail.subject, mail.sent_at, mail.delivered_at) == ("À lire", LATER, NOON)

    @pytest.mark.parametrize("kind", ["delivered", "bounced", "complained"])
    def test_the_same_news_told_again_changes_nothing(self, waiting, kind):
        first = waiting.record_event(MESSAGE.key, kind, NOON)
        assert waiting.record_event(MESSAGE.key, kind, LATER) == first
        assert getattr(first, f"{kind}_at") == NOON

    def test_news_in_any_order_are_all_kept(self, waiting):
        waiting.record_event(MESSAGE.key, "bounced", LATER)
        mail = waiting.record_event(MESSAGE.key, "delivered", NOON)
        assert (mail.bounced_at, mail.delivered_at) == (LATER, NOON)

    def test_news_of_an_unknown_mail_say_nothing(self, store):
        assert store.record_event("unknown", "bounced", NOON) is None

    def test_a_mail_in_trouble_sent_again_is_as_good_as_new_and_says_by_whom(self, failed):
        assert failed.resend(MESSAGE.key, "Lucie Morand", LATER)
        mail = failed.find(MESSAGE.key)
        assert (mail.state, mail.attempts, mail.reason) == (MailState.NEW, 0, "")
        assert (mail.resent_by, mail.resent_at) == ("Lucie Morand", LATER)
        assert (mail.message, failed.list_in_state(MailState.FAILED)) == (MESSAGE, [])
        assert [one.key for one in failed.list_due(LATER)] == [MESSAGE.key]
        assert failed.claim(MESSAGE.key, LATER).message == MESSAGE

    def test_a_settled_mail_keeps_its_subject_and_forgets_its_words(self, failed):
        assert failed.settle(failed.find(MESSAGE.key), "À lire", "Lucie Morand", LATER)
        mail = failed.find(MESSAGE.key)
        assert (mail.state, mail.subject, mail.message.context) == (MailState.SETTLED, "À lire", {})
        assert (mail.settled_by, mail.settled_at, mail.message.to) == ("Lucie Morand", LATER, MESSAGE.to)
        assert failed.list_in_state(MailState.FAILED) == failed.list_due(LATER) == []

    @pytest.mark.parametrize("state", [MailState.NEW, MailState.CLAIMED, MailState.SENT, MailState.SETTLED])
    def test_a_mail_that_is_in_no_trouble_is_neither_sent_again_nor_settled(self, waiting, state):
        claimed = waiting.claim(MESSAGE.key, NOON) if state is not MailState.NEW else None
        if state is MailState.SENT:
            waiting.mark_sent(claimed, LETTER, "ses-1", NOON)
        if state is MailState.SETTLED:
            waiting.mark_uncertain(claimed)
            waiting.settle(claimed, "À lire", "Lucie Morand", NOON)
        before = waiting.find(MESSAGE.key)
        assert before.state is state
        assert not waiting.resend(MESSAGE.key, "Bruno Veyret", LATER)
        assert not waiting.settle(before, "À lire", "Bruno Veyret", LATER)
        assert waiting.find(MESSAGE.key) == before

    def test_a_mail_that_is_not_there_is_not_made_by_sending_it_again(self, store, failed_mail):
        assert not store.resend(failed_mail.key, "Lucie Morand", LATER)
        assert not store.settle(failed_mail, "À lire", "Lucie Morand", LATER)
        assert store.find(failed_mail.key) is None

    @pytest.mark.parametrize("is_claimed_again", [False, True])
    def test_a_sender_that_comes_late_marks_nothing_of_what_staff_sent_again(self, waiting, is_claimed_again):
        late = waiting.claim(MESSAGE.key, NOON)
        waiting.mark_uncertain(late)
        waiting.resend(MESSAGE.key, "Lucie Morand", LATER)
        if is_claimed_again:
            waiting.claim(MESSAGE.key, LATER)
        before = waiting.find(MESSAGE.key)
        waiting.release(late, LATER)
        waiting.mark_failed(late, "MessageRejected")
        waiting.mark_uncertain(late)
        waiting.mark_sent(late, LETTER, "ses-1", LATER)
        assert waiting.find(MESSAGE.key) == before

    def test_a_late_refusal_does_not_undo_the_news_that_the_mail_arrived(self, waiting):
        claimed = waiting.claim(MESSAGE.key, NOON)
        waiting.record_event(MESSAGE.key, "delivered", NOON)
        waiting.mark_failed(claimed, "MessageRejected")
        assert waiting.find(MESSAGE.key).state is MailState.SENT

    def test_news_of_a_mail_that_staff_sent_again_do_not_keep_it_from_going(self, failed):
        failed.resend(MESSAGE.key, "Lucie Morand", NOON)
        mail = failed.record_event(MESSAGE.key, "delivered", LATER)
        assert (mail.state, mail.delivered_at) == (MailState.NEW, LATER)
        assert failed.claim(MESSAGE.key, LATER)

    def test_news_of_a_settled_mail_are_kept_and_it_stays_settled(self, failed):
        failed.settle(failed.find(MESSAGE.key), "À lire", "Lucie Morand", NOON)
        mail = failed.record_event(MESSAGE.key, "delivered", LATER)
        assert (mail.state, mail.delivered_at) == (MailState.SETTLED, LATER)

    def test_a_withheld_mail_waits_whole_until_it_is_let_go_once(self, waiting):
        waiting.withhold(waiting.claim(MESSAGE.key, NOON))
        (mail,) = waiting.list_withheld()
        assert (mail.state, mail.message, mail.is_in_trouble) == (MailState.WITHHELD, MESSAGE, False)
        assert waiting.claim(MESSAGE.key, LATER) is None
        assert [waiting.let_go(mail, LATER) for _ in range(2)] == [True, False]
        (due,) = waiting.list_due(LATER)
        assert (due.state, due.attempts, waiting.list_withheld()) == (MailState.NEW, 0, [])

    @pytest.mark.parametrize("act", ["resend", "settle"])
    def test_staff_neither_send_nor_settle_what_is_withheld(self, waiting, act):
        mail = waiting.claim(MESSAGE.key, NOON)
        waiting.withhold(mail)
        told = (MESSAGE.key,) if act == "resend" else (mail, "Objet")
        assert not getattr(waiting, act)(*told, "Claire Martin", LATER)

    def test_only_its_own_claim_withholds_a_mail(self, waiting):
        late = waiting.claim(MESSAGE.key, NOON)
        waiting.release(late, NOON)
        waiting.claim(MESSAGE.key, LATER)
        waiting.withhold(late)
        assert waiting.find(MESSAGE.key).state is MailState.CLAIMED

    def test_the_mails_of_a_record_are_listed_in_the_order_of_their_making(self, store):
        for hours, occasion in ((2, "b"), (1, "a")):
            message = Message("partners/receipt", "m@example.fr", "f1", occasion)
            store.put_once(message, NOON + timedelta(hours=hours))
        store.put_once(Message("partners/receipt", "m@example.fr", "f2", "c"), NOON)
        assert [mail.message.occasion for mail in store.list_by_record("f1")] == ["a", "b"]

    def test_lists_longer_than_one_page_of_the_database_are_whole(self, store):
        for number in range(14):
            context = {"text": "x" * 100_000}
            store.put_once(Message("partners/receipt", "m@example.fr", "f1", str(number), context), NOON)
        assert len(store.list_due(NOON)) == len(store.list_by_record("f1")) == 14


def test_a_mail_that_is_there_stops_the_whole_transaction(tables):
    store = OutboxRepository()
    store.put_once(MESSAGE, NOON)
    other = Message("partners/receipt", "m@example.fr", "f1", "x")

    def write(transaction):
        store.put_within(transaction, other, NOON)
        store.put_within(transaction, MESSAGE, NOON)

    assert not committed(write)
    assert store.find(other.key) is None


def test_the_database_may_forget_a_mail_after_its_time(tables):
    OutboxRepository().put_once(MESSAGE, NOON)
    assert MailItem.get(MESSAGE.key).expires_epoch == int((NOON + timedelta(days=400)).timestamp())
