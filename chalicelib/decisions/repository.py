"""Decisions in DynamoDB: each change one transaction with its line and its mail."""

from datetime import datetime
from typing import Any

from pynamodb.expressions.condition import size
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import committed, held
from chalicelib.adapters.history import LINE, line_from
from chalicelib.decisions.items import HEAD, UNDELIVERED, DecisionItem, DecisionLineItem, OpenIndex
from chalicelib.decisions.mapping import answer_to_json, decision_from, decision_item, line_item
from chalicelib.decisions.model import Addressee, Decision, DecisionState
from chalicelib.kernel.clock import iso
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository


class DecisionRepository:
    """The decisions of the deployment."""

    def __init__(self, outbox: OutboxRepository) -> None:
        self.outbox = outbox

    def add(self, decision: Decision, line: HistoryLine, mails: list[Message]) -> bool:
        """Keep a new decision with its first line and mails; False if it is there already."""

        def write(transaction: TransactWrite) -> None:
            transaction.save(decision_item(decision), condition=DecisionItem.pk.does_not_exist())
            transaction.save(line_item(decision.id, line, "asked"))
            for mail in mails:
                self.outbox.put_within(transaction, mail, line.at)

        return committed(write)

    def find(self, decision_id: str) -> Decision | None:
        """The decision, read strongly, or None."""
        try:
            return decision_from(DecisionItem.get(decision_id, HEAD, consistent_read=True))
        except DecisionItem.DoesNotExist:
            return None

    def add_token(self, decision_id: str, task_token: str) -> None:
        """Another state waits for the answer too; a settled decision takes no more."""
        more = DecisionItem.task_tokens.set(DecisionItem.task_tokens.append([task_token]))
        waits = DecisionItem.state == DecisionState.PENDING
        is_new = ~DecisionItem.task_tokens.contains(task_token)
        held(lambda: DecisionItem(decision_id, HEAD).update([more], waits & is_new))

    def settle(self, decision: Decision, line: HistoryLine) -> bool:
        """Pending becomes what `decision` says, to be delivered.

        False if it was not pending, or if other states wait for it than those that `decision` names.
        """
        actions: list[Any] = [
            DecisionItem.state.set(decision.state),
            DecisionItem.open_key.set(UNDELIVERED),
            DecisionItem.open_since.set(iso(line.at)),
        ]
        if decision.answer:
            actions.append(DecisionItem.answer.set(answer_to_json(decision.answer)))
        # Tokens are only ever added, and to pending ones: who waits now is known without another read.
        unchanged = (DecisionItem.state == DecisionState.PENDING) & (
            size(DecisionItem.task_tokens) == len(decision.task_tokens)
        )

        def write(transaction: TransactWrite) -> None:
            transaction.update(DecisionItem(decision.id, HEAD), actions=actions, condition=unchanged)
            transaction.save(line_item(decision.id, line, "settled"))

        return committed(write)

    def mark_delivered(self, decision_id: str, at: datetime) -> None:
        """The process knows: nothing is open any more."""
        actions: list[Any] = [
            DecisionItem.is_delivered.set(1),
            DecisionItem.delivered_at.set(at),
            DecisionItem.open_key.remove(),
            DecisionItem.open_since.remove(),
        ]
        DecisionItem(decision_id, HEAD).update(actions, DecisionItem.state != DecisionState.PENDING)

    def add_addressee(
        self, decision: Decision, addressee: Addressee, occasion: str, line: HistoryLine, mail: Message
    ) -> bool:
        """Put a pending question to one more person, once per occasion; False if it changed meanwhile."""
        people = [vars(one) for one in (*decision.addressees, addressee)]
        unchanged = (DecisionItem.state == DecisionState.PENDING) & (
            DecisionItem.addressee_count == len(decision.addressees)
        )

        def write(transaction: TransactWrite) -> None:
            transaction.update(
                DecisionItem(decision.id, HEAD),
                actions=[
                    DecisionItem.addressees.set(people),
                    DecisionItem.addressee_count.set(len(people)),
                ],
                condition=unchanged,
            )
            told = line_item(decision.id, line, f"to#{occasion}")
            transaction.save(told, condition=DecisionLineItem.pk.does_not_exist())
            self.outbox.put_within(transaction, mail, line.at)

        return committed(write)

    def note(self, decision_id: str, occasion: str, line: HistoryLine, mail: Message) -> bool:
        """Write a line and its mail once per occasion, while the question is pending."""

        def write(transaction: TransactWrite) -> None:
            transaction.condition_check(
                DecisionItem, decision_id, HEAD, condition=DecisionItem.state == DecisionState.PENDING
            )
            item = line_item(decision_id, line, occasion)
            transaction.save(item, condition=DecisionLineItem.pk.does_not_exist())
            self.outbox.put_within(transaction, mail, line.at)

        return committed(write)

    def list_pending(self) -> list[Decision]:
        """All the pending decisions, oldest first."""
        found = _list_open(DecisionItem.by_open.query(DecisionState.PENDING))
        return [decision for decision in found if decision.state is DecisionState.PENDING]

    def list_undelivered(self, before: datetime) -> list[Decision]:
        """The settled decisions that the process was not told of."""
        found = _list_open(DecisionItem.by_open.query(UNDELIVERED, OpenIndex.open_since <= iso(before)))
        return [decision for decision in found if not decision.is_delivered]

    def list_by_record(self, record: str) -> list[Decision]:
        """The questions about a record, in the order of asking."""
        return [decision_from(item) for item in DecisionItem.by_record.query(record)]

    def list_history(self, decision_id: str) -> list[HistoryLine]:
        """The lines of one decision, oldest first."""
        lines = DecisionLineItem.query(
            decision_id, DecisionLineItem.sk.startswith(LINE), consistent_read=True
        )
        return sorted((line_from(item) for item in lines), key=lambda line: line.at)


def _list_open(found: Any) -> list[Decision]:
    """The decisions as they stand: the index that named them may lag behind."""
    keys = [(item.pk, item.sk) for item in found]
    stored = {item.pk: decision_from(item) for item in DecisionItem.batch_get(keys, consistent_read=True)}
    return [stored[pk] for pk, _ in keys if pk in stored]
