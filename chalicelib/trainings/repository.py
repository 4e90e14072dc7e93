"""Sessions and registrations in DynamoDB: each change one transaction with its line, its mails and its seats."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pynamodb.exceptions import DoesNotExist
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import committed, held
from chalicelib.adapters.history import LINE, line_from
from chalicelib.adapters.records import POINTER, reference_key
from chalicelib.kernel.clock import iso
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from chalicelib.trainings.items import (
    HEAD,
    LineItem,
    PointerItem,
    SeatsItem,
    StatusIndex,
    TrainingItem,
    session_key,
)
from chalicelib.trainings.mapping import line_item, seats_item, session_from, session_item, status_key
from chalicelib.trainings.model import Session, SessionChange
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.statuses import OPEN, SessionStatus

CHANGED = "Cette session a changé entre-temps\u00a0: rechargez la page."
DRIVEN = (SessionStatus.AWAITING_APPROVAL, *sorted(OPEN), SessionStatus.CANCELLED)


class SessionRepository:
    """The sessions of the deployment."""

    def __init__(self, outbox: OutboxRepository) -> None:
        self.outbox = outbox

    def add(self, session: Session, seats: Seats, line: HistoryLine) -> bool:
        """Keep a new session; False if its identifier or reference is taken."""

        def write(transaction: TransactWrite) -> None:
            transaction.save(session_item(session), condition=TrainingItem.pk.does_not_exist())
            transaction.save(seats_item(seats), condition=SeatsItem.pk.does_not_exist())
            pointer = PointerItem(pk=reference_key(session.reference), record_id=session.id)
            transaction.save(pointer, condition=PointerItem.pk.does_not_exist())
            transaction.save(line_item(session, line), condition=LineItem.pk.does_not_exist())

        return committed(write)

    def find(self, session_id: str) -> Session | None:
        """The session, read strongly, or None."""
        try:
            return session_from(TrainingItem.get(session_key(session_id), HEAD, consistent_read=True))
        except DoesNotExist:
            return None

    def find_by_reference(self, reference: str) -> Session | None:
        """The session with this reference, or None."""
        try:
            pointer = PointerItem.get(reference_key(reference), POINTER, consistent_read=True)
        except DoesNotExist:
            return None
        return self.find(pointer.record_id)

    def find_all(self, session_ids: Iterable[str]) -> dict[str, Session]:
        """The sessions by their identifiers, a hundred at a time."""
        keys = [(session_key(session_id), HEAD) for session_id in dict.fromkeys(session_ids)]
        return {one.id: one for one in map(session_from, TrainingItem.batch_get(keys, consistent_read=True))}

    def save(
        self, change: SessionChange, mails: Sequence[Message], seats: tuple[Seats, Seats] | None = None
    ) -> None:
        """Keep a change, with what it makes of the seats (before, after). Raises `ChangedMeanwhile`."""

        def write(transaction: TransactWrite) -> None:
            unchanged = TrainingItem.version == change.before.version
            transaction.save(session_item(change.after), condition=unchanged)
            transaction.save(line_item(change.after, change.line), condition=LineItem.pk.does_not_exist())
            for mail in mails:
                self.outbox.put_within(transaction, mail, change.line.at)
            if seats:
                write_seats(transaction, *seats)

        if not committed(write):
            raise ChangedMeanwhile(CHANGED)

    def renew_run(self, session: Session) -> Session:
        """Count one more run of the process. Raises `ChangedMeanwhile`."""
        item = TrainingItem(session_key(session.id), HEAD)
        unchanged = (TrainingItem.version == session.version) & (TrainingItem.run == session.run)
        if not held(lambda: item.update([TrainingItem.run.set(session.run + 1)], unchanged)):
            raise ChangedMeanwhile(CHANGED)
        return session_from(item)

    def list_in_status(self, *statuses: SessionStatus) -> list[Session]:
        """The sessions in these statuses; it may lag behind."""
        found = (TrainingItem.by_status.query(status_key(status)) for status in statuses)
        return [session_from(item) for items in found for item in items]

    def list_in_progress(self, unchanged_since: datetime) -> list[str]:
        """The identifiers of the sessions that a run works on, unchanged since; it may lag behind."""
        found: list[Any] = [
            item
            for status in DRIVEN
            for item in TrainingItem.by_status.query(
                status_key(status), StatusIndex.status_since <= iso(unchanged_since)
            )
        ]
        return [session.id for session in map(session_from, found) if session.is_in_progress]

    def list_history(self, session: Session) -> list[HistoryLine]:
        """The lines of one session, oldest first; those of its registrations are theirs."""
        prefix = f"{LINE}{session.reference}#"
        lines = LineItem.query(session_key(session.id), LineItem.sk.startswith(prefix), consistent_read=True)
        return [line_from(item) for item in lines]

    def list_whole_history(self, session_id: str) -> list[tuple[str, HistoryLine]]:
        """The lines of a session and of its registrations, each with the reference of its record, newest first."""
        found = LineItem.query(session_key(session_id), LineItem.sk.startswith(LINE), consistent_read=True)
        told = [(item.sk.split("#")[1], line_from(item)) for item in found]
        return sorted(told, key=lambda one: one[1].at)[::-1]


def write_seats(transaction: TransactWrite, before: Seats, after: Seats) -> None:
    """Add what a change makes of the seats to a transaction, unless somebody changed them meanwhile."""
    item = seats_item(replace(after, version=before.version + 1))
    transaction.save(item, condition=SeatsItem.version == before.version)
