"""Which months reports are made of, in DynamoDB: an item in each month's name, for the conditions of a transaction."""

from collections.abc import Iterable

from pynamodb.transactions import TransactWrite

from chalicelib.observatory.items import COVERED, CoveredItem, covered_key
from chalicelib.observatory.reports import Report


def cover(transaction: TransactWrite, report: Report) -> None:
    """From this transaction on the months of a report take no figures."""
    for month in report.covered:
        transaction.update(CoveredItem(covered_key(month), COVERED), [CoveredItem.reports.add({report.id})])


def uncover(transaction: TransactWrite, report: Report) -> None:
    """A report that is given up holds its months no more; another one may still do."""
    for month in report.covered:
        transaction.update(
            CoveredItem(covered_key(month), COVERED), [CoveredItem.reports.delete({report.id})]
        )


def check_uncovered(transaction: TransactWrite, month: str) -> None:
    """This transaction is for a month that no report is made of: DynamoDB drops an empty set."""
    free = CoveredItem.reports.does_not_exist()
    transaction.condition_check(CoveredItem, covered_key(month), COVERED, condition=free)


def covered_among(months: Iterable[str]) -> set[str]:
    """Which of these months a report is made of, read strongly."""
    keys = [(covered_key(month), COVERED) for month in months]
    found = CoveredItem.batch_get(keys, consistent_read=True) if keys else ()
    return {item.pk.partition("#")[2] for item in found if item.reports}
