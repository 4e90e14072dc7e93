"""Asking a person, recording one answer, resuming the process that waits for it."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from chalicelib.decisions.messages import request_mail
from chalicelib.decisions.model import (
    Addressee,
    AlreadyDecided,
    Answer,
    Decision,
    DecisionExpired,
    DecisionState,
    DecisionUnknown,
    DecisionWithdrawn,
    NotYours,
    Question,
    Visitor,
    as_of,
    check_answer,
    decided,
    may_answer,
)
from chalicelib.decisions.timetable import Calendar
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import ChangedMeanwhile, RuleBroken
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.ports import Resumer, TaskSettled
from chalicelib.mail.model import Message

ATTEMPTS = 5
SILENCE: dict[DecisionState, type[RuleBroken]] = {
    DecisionState.EXPIRED: DecisionExpired,
    DecisionState.WITHDRAWN: DecisionWithdrawn,
}
"""What the machine catches when a question ended without an answer."""


class DecisionStore(Protocol):
    """The decisions; every change is one transaction with its history line and its mails."""

    def add(self, decision: Decision, line: HistoryLine, mails: list[Message]) -> bool:
        """Keep a new decision; False if it is there already."""

    def find(self, decision_id: str) -> Decision | None:
        """The decision, read strongly, or None."""

    def add_token(self, decision_id: str, task_token: str) -> None:
        """Another state of the process waits for the same answer; nothing happens once it is settled."""

    def settle(self, decision: Decision, line: HistoryLine) -> bool:
        """Pending becomes what `decision` says, to be delivered.

        False if it was not pending, or if other states wait for it than those that `decision` names.
        """

    def mark_delivered(self, decision_id: str, at: datetime) -> None:
        """The process knows since then."""

    def add_addressee(
        self, decision: Decision, addressee: Addressee, occasion: str, line: HistoryLine, mail: Message
    ) -> bool:
        """Put a pending question to one more person, once per occasion.

        False if that was done, if the question was put to somebody else meanwhile or is settled.
        """

    def note(self, decision_id: str, occasion: str, line: HistoryLine, mail: Message) -> bool:
        """Write a line and its mail once per occasion; False if that was done."""

    def list_pending(self) -> list[Decision]:
        """All the pending decisions, oldest first."""

    def list_undelivered(self, before: datetime) -> list[Decision]:
        """The settled decisions that the process was not told of, settled before that instant."""

    def list_history(self, decision_id: str) -> list[HistoryLine]:
        """The lines of one decision, oldest first."""


@dataclass(frozen=True)
class DecisionService:
    """Questions to people, for any process."""

    decisions: DecisionStore
    resumer: Resumer
    calendar: Calendar
    clock: Clock

    def open(self, question: Question, addressee: Addressee, task_token: str) -> Decision:
        """Put the question; asked again by a retry or a new run, it is the same one.

        A question that is settled already answers the new run at once.
        """
        now = self.clock()
        decision = Decision(
            question=question,
            state=DecisionState.PENDING,
            addressees=(addressee,),
            asked_at=now,
            expires_at=self.calendar.expires_at(question.timetable, now),
            task_tokens=(task_token,),
        )
        line = HistoryLine(
            now, "Cordée", f"Question posée à {addressee.name}", on_behalf_of=addressee.on_behalf_of
        )
        # One that is put too late is for the round to close: nobody is asked what does not count.
        mails = [] if decision.is_too_late(now) else [request_mail(decision, addressee, now, occasion="ask")]
        # Without the mail when it is there and the question is not: its link leads to this one too.
        if self.decisions.add(decision, line, mails) or self._add_again(decision, line):
            return decision
        self.decisions.add_token(decision.id, task_token)
        known = self.get(decision.id)
        if known.state is not DecisionState.PENDING:
            # All of them: the answer may have been kept from an older state by a crash.
            self._tell(known, (*known.task_tokens, task_token))
        return known

    def get(self, decision_id: str) -> Decision:
        """The decision. Raises `DecisionUnknown`."""
        decision = self.decisions.find(decision_id)
        if decision is None:
            raise DecisionUnknown
        return decision

    def answer(self, decision_id: str, visitor: Visitor, outcome: str, reason: str) -> Decision:
        """Like `record`, for a decision that was not read yet."""
        return self.record(self.get(decision_id), visitor, outcome, reason)

    def record(self, decision: Decision, visitor: Visitor, outcome: str, reason: str) -> Decision:
        """Record the answer of a person, once, and resume the process.

        Raises `AlreadyDecided` with what is recorded, `NotYours`, `ChoiceMissing` or `ReasonMissing`. An answer after
        an exact end closes the question instead, and is told so by `AlreadyDecided`.
        """
        now = self.clock()
        if decision.state is not DecisionState.PENDING:
            raise AlreadyDecided(decision)
        if decision.is_too_late(now):
            raise AlreadyDecided(self.expire(decision))
        if not may_answer(decision, visitor):
            raise NotYours
        check_answer(decision, outcome, reason)
        answer = _answer(decision, visitor, outcome, reason.strip(), now)
        return self.settle(decided(decision, answer), _answer_line(decision, answer))

    def expire(self, decision: Decision) -> Decision:
        """Close a pending question that nobody answered in time. Raises `AlreadyDecided`."""
        expired = replace(decision, state=DecisionState.EXPIRED)
        return self.settle(expired, HistoryLine(self.clock(), "Cordée", "Question close sans réponse"))

    def is_open(self, decision: Decision) -> bool:
        """Whether an answer would still count."""
        return self.as_shown(decision).state is DecisionState.PENDING

    def as_shown(self, decision: Decision) -> Decision:
        """The decision as people see it now: closed by its exact end even before anybody has noted so."""
        return as_of(decision, self.clock())

    def withdraw(self, decision_id: str, why: str) -> None:
        """Close a pending question because its file moved on without it."""
        decision = self.get(decision_id)
        withdrawn = replace(decision, state=DecisionState.WITHDRAWN)
        with suppress(AlreadyDecided):
            self.settle(withdrawn, HistoryLine(self.clock(), "Cordée", "Question retirée", why))

    def settle(self, decision: Decision, line: HistoryLine) -> Decision:
        """Pending becomes what `decision` says, and its process is told. Raises `AlreadyDecided`.

        Another run may have begun to wait since the decision was read: then it is told as well.
        """
        for _ in range(ATTEMPTS):
            if self.decisions.settle(decision, line):
                self._tell(decision, decision.task_tokens)
                return decision
            known = self.get(decision.id)
            if known.state is not DecisionState.PENDING:
                raise AlreadyDecided(known)
            decision = replace(decision, task_tokens=known.task_tokens)
        raise ChangedMeanwhile("Cette question change sans cesse. Réessayez dans un instant.")

    def deliver(self, decision_id: str) -> None:
        """Tell every state that waits what was settled; telling twice changes nothing."""
        decision = self.get(decision_id)
        self._tell(decision, decision.task_tokens)

    def history(self, decision_id: str) -> list[HistoryLine]:
        """What happened to the question, oldest first."""
        return self.decisions.list_history(decision_id)

    def _add_again(self, decision: Decision, line: HistoryLine) -> bool:
        return self.decisions.find(decision.id) is None and self.decisions.add(decision, line, [])

    def _tell(self, decision: Decision, task_tokens: tuple[str, ...]) -> None:
        """A state that waits no more was answered before, or its run is gone.

        In that case the record's reconciler starts another run, which asks this question again
        and is answered at once.
        """
        for task_token in task_tokens:
            with suppress(TaskSettled):
                self._tell_one(decision, task_token)
        self.decisions.mark_delivered(decision.id, self.clock())

    def _tell_one(self, decision: Decision, task_token: str) -> None:
        if decision.answer is None:
            self.resumer.fail(task_token, SILENCE[decision.state].__name__, "Sans réponse.")
        else:
            output = {"decision_id": decision.id, "outcome": decision.answer.outcome}
            self.resumer.succeed(task_token, output)


def _answer(decision: Decision, visitor: Visitor, outcome: str, reason: str, at: datetime) -> Answer:
    addressee = decision.addressee(visitor.email)
    return Answer(
        outcome=outcome,
        reason=reason,
        by_name=addressee.name if addressee else visitor.name,
        by_email=visitor.email.lower(),
        at=at,
        via=visitor.via,
        on_behalf_of=addressee.on_behalf_of if addressee else "",
    )


def _answer_line(decision: Decision, answer: Answer) -> HistoryLine:
    outcome = decision.outcome(answer.outcome)
    label = outcome.label if outcome else answer.outcome
    return HistoryLine(
        answer.at, answer.by_name, f"Réponse\u00a0: {label}", answer.reason, answer.on_behalf_of
    )
