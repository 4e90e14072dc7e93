"""A transaction that meets another one waits a little, not always the same, and tries again."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from pynamodb.exceptions import CancellationReason, TransactWriteError

from chalicelib.adapters import dynamodb
from chalicelib.adapters.dynamodb import ATTEMPTS, LONG_PAUSE, ConditionBroken, commit, committed


class Cancelled(TransactWriteError):
    """A transaction that DynamoDB did not make."""

    cancellation_reasons: list[CancellationReason | None] = []  # noqa: RUF012 - PynamoDB's property


def cancelled(*codes: str) -> TransactWriteError:
    error = Cancelled("cancelled")
    error.cancellation_reasons = [CancellationReason(code, "") for code in codes]
    return error


@contextmanager
def transactions(*errors: TransactWriteError) -> Iterator[mock.Mock]:
    """Transactions of which the first end with these errors; what was slept."""
    ends = [*errors, None]
    opened = mock.MagicMock()
    opened.return_value.__exit__.side_effect = lambda *_: _raise(ends.pop(0))
    with (
        mock.patch.object(dynamodb, "TransactWrite", opened),
        mock.patch.object(dynamodb, "connection"),
        mock.patch.object(dynamodb, "sleep") as slept,
    ):
        yield slept


def _raise(error: Exception | None) -> None:
    if error:
        raise error


def test_who_meets_another_transaction_waits_and_tries_again() -> None:
    with transactions(*[cancelled("None", "TransactionConflict")] * 3) as slept:
        commit(lambda _: None)
    pauses = [call.args[0] for call in slept.call_args_list]
    assert len(set(pauses)) == len(pauses) == 3
    assert all(0 <= pause <= LONG_PAUSE for pause in pauses)


def test_nobody_tries_for_ever() -> None:
    with (
        transactions(*[cancelled("TransactionConflict")] * ATTEMPTS) as slept,
        pytest.raises(TransactWriteError),
    ):
        commit(lambda _: None)
    assert slept.call_count == ATTEMPTS - 1


def test_a_condition_that_does_not_hold_is_told_at_once() -> None:
    with (
        transactions(cancelled("TransactionConflict", "ConditionalCheckFailed")) as slept,
        pytest.raises(ConditionBroken),
    ):
        commit(lambda _: None)
    with transactions(cancelled("ConditionalCheckFailed")):
        assert committed(lambda _: None) is False
    assert slept.call_count == 0
