"""The decisions: one contract, on the fake and on DynamoDB."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.decisions.items import DecisionItem
from chalicelib.decisions.model import (
    Addressee,
    Answer,
    Decision,
    DecisionState,
    Outcome,
    Question,
    Timetable,
    decided,
    until,
)
from chalicelib.decisions.repository import DecisionRepository
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from tests.fakes.clock import NOON
from tests.fakes.decisions import FakeDecisions
from tests.fakes.mail import FakeOutbox

YANN = Addressee("Yann Le Goff", "yann.legoff@val.example.org")
NOA = Addressee("Noa Petit", "noa.petit@val.example.org", "Yann Le Goff", "2027-03-15")
ANSWER = Answer("accept", "Parfait.", YANN.name, YANN.email, NOON + timedelta(hours=1), "link")


@pytest.fixture(params=["fake", "dynamodb"])
def store(request):
    if request.param == "fake":
        return FakeDecisions(FakeOutbox())
    request.getfixturevalue("tables")
    return DecisionRepository(OutboxRepository())


def a_decision(record="f1", hours=0, round_=1, dossier=None):
    question = Question(
        record, "membership", round_, "ADH-1", "adhésion", "Hôtel du Pont", "network_officer",
        (Outcome("accept", "Accepter"), Outcome("refuse", "Refuser", True, "Le motif.")),
        Timetable((3, 6), 20, 8), "decisions/request", "decisions/reminder",
        dossier=dossier or {"sections": [{"title": "Vous", "rows": []}]}, excluded=frozenset({"a@example.fr"}),
    )  # fmt: skip
    at = NOON + timedelta(hours=hours)
    return Decision(question, DecisionState.PENDING, (YANN,), at, at + timedelta(days=30), ("token-1",))


def line(what="Question posée", minutes=0):
    return HistoryLine(NOON + timedelta(minutes=minutes), "Cordée", what)


def mail(occasion="membership-1-ask", to=YANN.email, record="f1"):
    return Message("decisions/request", to, record, occasion)


def mails_of(store, record="f1"):
    return [one.message.occasion for one in store.outbox.list_by_record(record)]


class TestDecisions:
    def added(self, store, **about):
        decision = a_decision(**about)
        assert store.add(decision, line(), [mail(record=decision.question.record)])
        return decision

    def test_what_is_added_is_found_as_it_was_with_its_line_and_its_mail(self, store):
        decision = self.added(store)
        assert store.find(decision.id) == decision
        assert store.list_history(decision.id) == [line()]
        assert mails_of(store) == ["membership-1-ask"]
        assert store.find("unknown") is None

    def test_a_question_that_ends_at_an_instant_is_found_with_it(self, store):
        end = NOON + timedelta(hours=48, microseconds=1)
        asked = a_decision()
        decision = replace(asked, question=replace(asked.question, timetable=until(end)), expires_at=end)
        store.add(decision, line(), [])
        assert store.find(decision.id) == decision
        assert store.list_pending() == [decision]

    def test_the_same_question_is_added_once(self, store):
        decision = self.added(store)
        assert not store.add(replace(decision, task_tokens=("x",)), line("Encore"), [mail("again")])
        assert store.find(decision.id) == decision
        assert mails_of(store) == ["membership-1-ask"]

    def test_each_state_that_waits_is_kept_once_while_the_question_is_pending(self, store):
        decision = self.added(store)
        store.add_token(decision.id, "token-2")
        store.add_token(decision.id, "token-2")
        known = store.find(decision.id)
        assert known.task_tokens == ("token-1", "token-2")
        assert not store.settle(decided(decision, ANSWER), line("Réponse"))
        assert store.settle(decided(known, ANSWER), line("Réponse"))
        store.add_token(decision.id, "token-3")
        assert store.find(decision.id).task_tokens == ("token-1", "token-2")

    @pytest.mark.parametrize("state", [DecisionState.DECIDED, DecisionState.EXPIRED, DecisionState.WITHDRAWN])
    def test_a_question_is_settled_once_and_the_first_stays(self, store, state):
        decision = self.added(store)
        first = replace(decision, state=state, answer=ANSWER if state is DecisionState.DECIDED else None)
        second = decided(decision, replace(ANSWER, outcome="refuse", by_name="Claire Martin"))
        assert store.settle(first, line("Premier", 1))
        assert not store.settle(second, line("Second", 2))
        assert store.find(decision.id) == first
        assert [one.what for one in store.list_history(decision.id)] == ["Question posée", "Premier"]

    def test_a_settled_question_waits_to_be_told_until_it_was(self, store):
        decision = self.added(store)
        assert [one.id for one in store.list_pending()] == [decision.id]
        store.settle(decided(decision, ANSWER), line("Réponse", 10))
        assert store.list_pending() == []
        assert store.list_undelivered(NOON + timedelta(minutes=9)) == []
        (lost,) = store.list_undelivered(NOON + timedelta(minutes=10))
        assert (lost.id, lost.answer, lost.is_delivered) == (decision.id, ANSWER, False)
        store.mark_delivered(decision.id, NOON + timedelta(hours=1))
        assert store.list_undelivered(NOON + timedelta(days=1)) == []
        found = store.find(decision.id)
        assert (found.is_delivered, found.delivered_at) == (True, NOON + timedelta(hours=1))

    def test_one_more_person_is_asked_once_per_occasion(self, store):
        decision = self.added(store)
        asked = store.add_addressee(decision, NOA, "escalation-8", line("Transmise", 1), mail("e", NOA.email))
        assert asked
        now = store.find(decision.id)
        assert now.addressees == (YANN, NOA)
        other = Addressee("Claire Martin", "claire.martin@val.example.org")
        again = store.add_addressee(now, other, "escalation-8", line("Encore", 2), mail("e", other.email))
        assert not again
        assert store.find(decision.id).addressees == (YANN, NOA)
        assert mails_of(store) == ["membership-1-ask", "e"]

    def test_nobody_is_added_to_a_question_that_somebody_else_was_added_to_meanwhile(self, store):
        decision = self.added(store)
        store.add_addressee(decision, NOA, "bounce", line("Transmise", 1), mail("b", NOA.email))
        assert not store.add_addressee(decision, NOA, "escalation-8", line("Encore", 2), mail("e", NOA.email))

    def test_nobody_is_added_to_a_settled_question(self, store):
        decision = self.added(store)
        store.settle(decided(decision, ANSWER), line("Réponse", 1))
        assert not store.add_addressee(
            decision, NOA, "escalation-8", line("Trop tard", 2), mail("e", NOA.email)
        )
        assert len(store.list_history(decision.id)) == 2

    def test_a_reminder_is_noted_and_mailed_once_per_occasion(self, store):
        decision = self.added(store)
        assert store.note(decision.id, "reminder-3", line("Rappel", 1), mail("r3"))
        assert not store.note(decision.id, "reminder-3", line("Rappel", 2), mail("r3"))
        assert not store.note(decision.id, "reminder-3", line("Rappel", 3), mail("another"))
        assert store.note(decision.id, "reminder-6", line("Rappel", 4), mail("r6"))
        assert mails_of(store) == ["membership-1-ask", "r3", "r6"]

    def test_a_settled_question_is_not_reminded_of(self, store):
        decision = self.added(store)
        store.settle(decided(decision, ANSWER), line("Réponse", 1))
        assert not store.note(decision.id, "reminder-3", line("Rappel", 2), mail("r3"))
        assert mails_of(store) == ["membership-1-ask"]

    def test_pending_questions_are_listed_oldest_first_and_by_record(self, store):
        for record, hours, round_ in (("f2", 2, 1), ("f1", 1, 1), ("f2", 3, 2)):
            self.added(store, record=record, hours=hours, round_=round_) if round_ == 1 else store.add(
                a_decision(record, hours, round_), line(), []
            )
        assert [one.question.record for one in store.list_pending()] == ["f1", "f2", "f2"]
        assert [one.question.round for one in store.list_by_record("f2")] == [1, 2]

    def test_lists_longer_than_one_page_of_the_database_are_whole(self, store):
        for number in range(14):
            dossier = {"sections": ["x" * 100_000]}
            store.add(a_decision("f1", number, number, dossier), line(), [])
        assert len(store.list_by_record("f1")) == 14
        assert len(store.list_pending()) == 14


def test_an_index_that_lags_behind_does_not_bring_settled_questions_back(tables, monkeypatch):
    store = DecisionRepository(OutboxRepository())
    decision = a_decision()
    store.add(decision, line(), [])
    stale = list(_index("pending"))
    store.settle(decided(decision, ANSWER), line("Réponse"))
    store.mark_delivered(decision.id, NOON)
    monkeypatch.setattr("chalicelib.decisions.repository.OpenIndex.query", lambda *_, **__: iter(stale))
    assert store.list_pending() == []
    assert store.list_undelivered(NOON + timedelta(days=1)) == []


def _index(key):
    return DecisionItem.by_open.query(key)
