"""Corrected attendance in DynamoDB: the registration, its line, its mails and what the person missed, or nothing."""

from collections.abc import Mapping, Sequence
from datetime import date

from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import committed
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from chalicelib.trainings.items import LineItem, TrainingItem
from chalicelib.trainings.mapping import line_item, registration_item
from chalicelib.trainings.missed_repository import missed_item
from chalicelib.trainings.model import Change, Registration
from chalicelib.trainings.registration_repository import CHANGED


class CorrectionRepository:
    """Nobody's seat or place depends on it: the session is over."""

    def __init__(self, outbox: OutboxRepository) -> None:
        self.outbox = outbox

    def save(self, change: Change, mails: Sequence[Message], missed: Mapping[date, bool]) -> None:
        """Keep it, with the days that the person missed (True) or did not. Raises `ChangedMeanwhile`."""
        before, after = change.before or change.after, change.after

        def write(transaction: TransactWrite) -> None:
            unchanged = TrainingItem.version == before.version
            transaction.save(registration_item(after), condition=unchanged)
            transaction.save(line_item(after, change.line), condition=LineItem.pk.does_not_exist())
            for mail in mails:
                self.outbox.put_within(transaction, mail, change.line.at)
            _write_missed(transaction, after, missed)

        if not committed(write):
            raise ChangedMeanwhile(CHANGED)


def _write_missed(
    transaction: TransactWrite, registration: Registration, missed: Mapping[date, bool]
) -> None:
    for on, is_missed in missed.items():
        item = missed_item(registration.person_key, registration.session_id, on)
        if is_missed:
            transaction.save(item)
        else:
            transaction.delete(item)
