"""Days as files write them: 2027-03-09, 09/03/2027, or 03/09/2027 where a whole file shows that months come first."""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?", re.ASCII)
SLASHED = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?: 00:00(?::00)?)?", re.ASCII)
CENTURY = 2000
YEARS = range(1900, 3000)
"""Anything else is a slip: the calendar ends within a week of some of these days."""
MONTHS = 12


class Order(Enum):
    """What comes first in 09/03/2027; unclear where some lines can only be the one, and others the other."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    UNCLEAR = "unclear"


class NoDate(ValueError):
    """The text is no day."""


class UnclearDate(ValueError):
    """The text is one of two days, and the file does not say which."""


def order_of(texts: Iterable[object]) -> Order:
    """The order of the days of a file: French, unless a second number above 12 shows the American one."""
    found = (SLASHED.fullmatch(text.strip()) for text in texts if isinstance(text, str))
    pairs = {(int(parts[1]), int(parts[3])) for parts in found if parts}
    is_american = any(second > MONTHS for _, second in pairs)
    is_french = any(first > MONTHS for first, _ in pairs)
    if is_american:
        return Order.UNCLEAR if is_french else Order.MONTH_FIRST
    return Order.DAY_FIRST


def day_of(cell: object, order: Order) -> date:
    """The day of a cell. Raises `NoDate` or `UnclearDate`."""
    day = _day_of(cell, order)
    if day.year not in YEARS:
        raise NoDate
    return day


def _day_of(cell: object, order: Order) -> date:
    if isinstance(cell, date):
        return cell
    text = cell.strip() if isinstance(cell, str) else ""
    if parts := ISO.fullmatch(text):
        return _date(int(parts[1]), int(parts[2]), int(parts[3]))
    if parts := SLASHED.fullmatch(text):
        year = int(parts[4]) + (CENTURY if len(parts[4]) == 2 else 0)
        return _slashed(int(parts[1]), int(parts[3]), year, order)
    raise NoDate


def _slashed(first: int, second: int, year: int, order: Order) -> date:
    if order is Order.UNCLEAR and first != second and max(first, second) <= MONTHS:
        raise UnclearDate
    month_is_first = order is Order.MONTH_FIRST or (order is Order.UNCLEAR and second > MONTHS)
    return _date(year, first, second) if month_is_first else _date(year, second, first)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoDate from error
