"""Monthly returns in DynamoDB: one partition for each commune and month, so that a report reads what it is about.

Figures are written on the condition that no report is made of their month.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import committed, expires_epoch
from chalicelib.adapters.history import line_from
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from chalicelib.observatory.covered_repository import check_uncovered, covered_among
from chalicelib.observatory.items import (
    MONTH,
    RETURN,
    LineItem,
    PlaceItem,
    ReturnItem,
    establishment_key,
    line_key,
    month_key,
    return_key,
    return_status_key,
)
from chalicelib.observatory.mapping import line_item, place_item, return_from, return_item
from chalicelib.observatory.model import MonthClosed, MonthlyReturn, Status
from chalicelib.observatory.months import forgotten_on

CHANGED = "Ces chiffres ont changé entre-temps\u00a0: rechargez la page pour les voir."


class ReturnRepository:
    """The returns of the deployment. `kept_months` after a month, what single establishments gave is forgotten."""

    def __init__(self, outbox: OutboxRepository) -> None:
        self.outbox = outbox

    def ask(self, asked: MonthlyReturn, line: HistoryLine, mail: Message | None, kept_months: int) -> bool:
        """Keep that a return is asked, with the mail that asks for it; False if it is asked already."""
        until = _forgotten(asked.month, kept_months)

        def write(transaction: TransactWrite) -> None:
            transaction.save(return_item(asked, until), condition=ReturnItem.pk.does_not_exist())
            transaction.save(place_item(asked, until), condition=PlaceItem.pk.does_not_exist())
            transaction.save(line_item(asked, line, until))
            if mail:
                self.outbox.put_within(transaction, mail, line.at)

        return committed(write)

    def save(
        self,
        before: MonthlyReturn,
        after: MonthlyReturn,
        line: HistoryLine,
        mails: Sequence[Message],
        kept_months: int,
    ) -> None:
        """Keep a change of a return with its line. Raises `ChangedMeanwhile`."""
        until = _forgotten(after.month, kept_months)

        def write(transaction: TransactWrite) -> None:
            transaction.save(return_item(after, until), condition=ReturnItem.version == before.version)
            transaction.save(line_item(after, line, until), condition=LineItem.pk.does_not_exist())
            for mail in mails:
                self.outbox.put_within(transaction, mail, line.at)

        if not committed(write):
            raise ChangedMeanwhile(CHANGED)

    def give(self, before: MonthlyReturn, after: MonthlyReturn, line: HistoryLine, kept_months: int) -> None:
        """Keep figures with their line; `before` has version 0 where nobody was asked.

        Raises `MonthClosed` for a month that a report is made of, `ChangedMeanwhile` for a return that changed.
        """
        until = _forgotten(after.month, kept_months)

        def write(transaction: TransactWrite) -> None:
            check_uncovered(transaction, after.month)
            transaction.save(return_item(after, until), condition=_as_it_was(before))
            transaction.save(line_item(after, line, until), condition=LineItem.pk.does_not_exist())
            if before.is_unasked:
                transaction.save(place_item(after, until), condition=PlaceItem.pk.does_not_exist())

        if not committed(write):
            raise MonthClosed if self.list_covered([after.month]) else ChangedMeanwhile(CHANGED)

    def list_covered(self, months: Iterable[str]) -> set[str]:
        """Which of these months a report is made of, read strongly."""
        return covered_among(months)

    def find(self, month: str, commune: str, establishment_id: str) -> MonthlyReturn | None:
        """The return, read strongly, or None."""
        try:
            item = ReturnItem.get(
                month_key(month, commune), return_key(establishment_id), consistent_read=True
            )
        except DoesNotExist:
            return None
        return return_from(item)

    def list_of(self, month: str, commune: str) -> list[MonthlyReturn]:
        """The returns of a commune for a month, given or not, read strongly: reports are made of them."""
        found = ReturnItem.query(
            month_key(month, commune), ReturnItem.sk.startswith(RETURN), consistent_read=True
        )
        return [return_from(item) for item in found]

    def list_in(self, month: str) -> list[MonthlyReturn]:
        """The returns that were asked for a month in whichever commune; it may lag behind."""
        found: list[Any] = [
            item for status in Status for item in ReturnItem.by_status.query(return_status_key(status, month))
        ]
        return [return_from(item) for item in found]

    def has_figures(self, months: Iterable[str]) -> bool:
        """Whether anybody gave figures for one of these months; it may lag behind."""
        return any(
            ReturnItem.by_status.count(return_status_key(Status.GIVEN, one), limit=1) for one in months
        )

    def list_own(self, establishment_id: str, since: str) -> list[MonthlyReturn]:
        """The returns of an establishment from the month `since` on, in order."""
        places = PlaceItem.query(establishment_key(establishment_id), PlaceItem.sk >= MONTH + since)
        keys = [
            (month_key(place.sk.removeprefix(MONTH), place.commune), return_key(establishment_id))
            for place in places
        ]
        return sorted(map(return_from, ReturnItem.batch_get(keys)), key=lambda one: one.month)

    def list_at(self, places: Iterable[MonthlyReturn], month: str) -> dict[str, MonthlyReturn]:
        """The returns for another month of the establishments of these, where they were then, by establishment."""
        keys = [
            (month_key(month, one.establishment.commune), return_key(one.establishment.id)) for one in places
        ]
        found = map(return_from, ReturnItem.batch_get(keys)) if keys else ()
        return {one.establishment.id: one for one in found}

    def count_late(self, month: str) -> int:
        """How many lodgings gave nothing for a month yet; it may lag behind."""
        return ReturnItem.by_status.count(return_status_key(Status.ASKED, month))

    def list_history(self, given: MonthlyReturn) -> list[HistoryLine]:
        """The lines of a return, oldest first."""
        key = month_key(given.month, given.establishment.commune)
        prefix = line_key(given.establishment.id, 0).rpartition("#")[0] + "#"
        found = LineItem.query(key, LineItem.sk.startswith(prefix), consistent_read=True)
        return [line_from(item) for item in found]


def _as_it_was(before: MonthlyReturn) -> Condition:
    return ReturnItem.pk.does_not_exist() if before.is_unasked else ReturnItem.version == before.version


def _forgotten(month: str, kept_months: int) -> int:
    """When single figures of a month are forgotten: so many months after it."""
    until = forgotten_on(month, kept_months)
    return expires_epoch(datetime(until.year, until.month, until.day, tzinfo=UTC), 0)
