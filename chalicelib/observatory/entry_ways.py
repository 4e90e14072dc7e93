"""The two ways to give the figures of a month: a line for each week, or for each day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.observatory import day_form, entry_form
from chalicelib.observatory.model import MonthlyReturn, Sold
from chalicelib.office.observatory import Season
from chalicelib.web.fields import Answers
from chalicelib.web.forms import Form

WEEKS, DAYS = "semaine", "jour"


@dataclass(frozen=True)
class Way:
    """What the form is by this way: its questions, what is known, what they say, and what is wrong.

    `from_other` makes answers of those that were given by the other way.
    """

    name: str
    form: Callable[[MonthlyReturn, Season | None], Form]
    answers_of: Callable[[MonthlyReturn], Answers]
    sold_from: Callable[[Mapping[str, Any], str], dict[str, Sold]]
    errors: Callable[[MonthlyReturn, Answers, Season | None], list[FieldError]]
    from_other: Callable[[Answers, MonthlyReturn], Answers]

    @property
    def is_by_day(self) -> bool:
        """Whether there is a line for each day."""
        return self.name == DAYS


BY_WEEK = Way(
    WEEKS,
    entry_form.entry_form,
    entry_form.answers_of,
    entry_form.sold_from,
    entry_form.errors,
    day_form.to_weeks,
)
BY_DAY = Way(
    DAYS, day_form.day_form, day_form.answers_of, day_form.sold_from, day_form.errors, day_form.from_weeks
)


def way_called(name: str) -> Way:
    """The way of that name; by week for any other."""
    return BY_DAY if name == DAYS else BY_WEEK


def way_of(asked: MonthlyReturn) -> Way:
    """The way by which the figures were given."""
    return BY_DAY if asked.is_by_day else BY_WEEK


def other(way: Way) -> Way:
    """The other one of the two."""
    return BY_WEEK if way.is_by_day else BY_DAY
