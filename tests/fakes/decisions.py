"""The questions and their answers in memory."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.decisions.model import Addressee, Decision, DecisionState
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import (
    Message,
)
from tests.fakes.mail import FakeOutbox


class FakeDecisions:
    """The decisions."""

    def __init__(self, outbox: FakeOutbox) -> None:
        self.outbox = outbox
        self.decisions: dict[str, Decision] = {}
        self.settled_at: dict[str, datetime] = {}
        self.lines: dict[str, dict[str, HistoryLine]] = {}

    def add(self, decision: Decision, line: HistoryLine, mails: list[Message]) -> bool:
        if decision.id in self.decisions or not self.outbox.takes(mails):
            return False
        self.decisions[decision.id] = decision
        self._tell(decision.id, "asked", line, mails)
        return True

    def find(self, decision_id: str) -> Decision | None:
        return self.decisions.get(decision_id)

    def add_token(self, decision_id: str, task_token: str) -> None:
        if self._is_pending(decision_id) and task_token not in self.decisions[decision_id].task_tokens:
            tokens = (*self.decisions[decision_id].task_tokens, task_token)
            self._change(decision_id, task_tokens=tokens)

    def settle(self, decision: Decision, line: HistoryLine) -> bool:
        if not self._is_pending(decision.id):
            return False
        if self.decisions[decision.id].task_tokens != decision.task_tokens:
            return False
        self._change(decision.id, state=decision.state, answer=decision.answer)
        self.settled_at[decision.id] = line.at
        self._tell(decision.id, "settled", line, [])
        return True

    def mark_delivered(self, decision_id: str, at: datetime) -> None:
        assert not self._is_pending(decision_id)
        self._change(decision_id, is_delivered=True, delivered_at=at)

    def add_addressee(
        self, decision: Decision, addressee: Addressee, occasion: str, line: HistoryLine, mail: Message
    ) -> bool:
        known = self.decisions[decision.id].addressees
        key = f"to#{occasion}"
        if not self._may_note(decision.id, key, mail) or len(known) != len(decision.addressees):
            return False
        self._change(decision.id, addressees=(*known, addressee))
        self._tell(decision.id, key, line, [mail])
        return True

    def note(self, decision_id: str, occasion: str, line: HistoryLine, mail: Message) -> bool:
        if not self._may_note(decision_id, occasion, mail):
            return False
        self._tell(decision_id, occasion, line, [mail])
        return True

    def list_pending(self) -> list[Decision]:
        pending = [one for one in self.decisions.values() if one.state is DecisionState.PENDING]
        return sorted(pending, key=lambda one: one.asked_at)

    def list_undelivered(self, before: datetime) -> list[Decision]:
        settled = [self.decisions[key] for key, at in self.settled_at.items() if at <= before]
        return [one for one in settled if not one.is_delivered]

    def list_by_record(self, record: str) -> list[Decision]:
        found = [one for one in self.decisions.values() if one.question.record == record]
        return sorted(found, key=lambda one: one.asked_at)

    def list_history(self, decision_id: str) -> list[HistoryLine]:
        return sorted(self.lines.get(decision_id, {}).values(), key=lambda line: line.at)

    def _is_pending(self, decision_id: str) -> bool:
        found = self.decisions.get(decision_id)
        return found is not None and found.state is DecisionState.PENDING

    def _may_note(self, decision_id: str, key: str, mail: Message) -> bool:
        is_new = key not in self.lines[decision_id]
        return self._is_pending(decision_id) and is_new and self.outbox.takes([mail])

    def _tell(self, decision_id: str, key: str, line: HistoryLine, mails: list[Message]) -> None:
        self.lines.setdefault(decision_id, {})[key] = line
        self.outbox.put_within(mails, line.at)

    def _change(self, decision_id: str, **changes: Any) -> None:
        self.decisions[decision_id] = replace(self.decisions[decision_id], **changes)
