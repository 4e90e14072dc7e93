"""PynamoDB's common ground: where a table is, and a transaction that says plainly what stopped it."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from random import SystemRandom
from time import sleep

from pynamodb.connection import Connection, TableConnection
from pynamodb.exceptions import DeleteError, PutError, TransactWriteError, UpdateError
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from chalicelib.adapters import aws
from chalicelib.runtime import config

ATTEMPTS = 10
SHORT_PAUSE, LONG_PAUSE = 0.02, 1.0
"""Seconds: the most that is waited before the second attempt, and before any."""
CONDITION_FAILED = "ConditionalCheckFailedException"
DAY_SECONDS = 86_400

Write = Callable[[TransactWrite], None]


class ConditionBroken(Exception):
    """A condition of the transaction did not hold: nothing at all was written."""


class TableMeta:
    """What every item class says of its table; subclasses add `table_name`."""

    region = config.region()
    billing_mode = "PAY_PER_REQUEST"


@lru_cache(maxsize=1)
def connection() -> Connection:
    """The one connection of this process."""
    made = Connection(region=config.region())
    made._local.session = aws.session()  # PynamoDB would make another
    return made


class Item(Model):
    """The base of every item: all tables share one client, where PynamoDB makes one for each class."""

    @classmethod
    def _get_connection(cls) -> TableConnection:
        table = super()._get_connection()
        table.connection._client = connection().client
        return table


def commit(write: Write) -> None:
    """Run `write` in one transaction, all or nothing, again when it met another one in flight.

    Raises `ConditionBroken` when one of its conditions is false.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with TransactWrite(connection=connection()) as transaction:
                write(transaction)
        except TransactWriteError as error:
            codes = {reason.code for reason in error.cancellation_reasons if reason}
            if "ConditionalCheckFailed" in codes:
                raise ConditionBroken from error
            if attempt == ATTEMPTS or "TransactionConflict" not in codes:
                raise
            sleep(_pause(attempt))
        else:
            return


def _pause(attempt: int) -> float:
    """Anything up to a limit that doubles: who met in one transaction do not meet again in the next."""
    return SystemRandom().uniform(0, min(LONG_PAUSE, SHORT_PAUSE * 2 ** (attempt - 1)))


def committed(write: Write) -> bool:
    """Like `commit`, with False for a condition that did not hold."""
    try:
        commit(write)
    except ConditionBroken:
        return False
    return True


def held(change: Callable[[], object]) -> bool:
    """Make one conditional change of one item; False if its condition did not hold."""
    try:
        change()
    except (DeleteError, PutError, UpdateError) as error:
        if error.cause_response_code != CONDITION_FAILED:
            raise
        return False
    return True


def expires_epoch(at: datetime, keep_days: int) -> int:
    """When DynamoDB may forget an item: seconds since 1970, `keep_days` after `at`."""
    return int(at.timestamp()) + keep_days * DAY_SECONDS
