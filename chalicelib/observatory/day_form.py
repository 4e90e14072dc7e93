"""The form of a month with a line for each day: what was offered and sold is given by day, all the rest as ever."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.kernel.french import french_long_date
from chalicelib.observatory import entry_form, voice_form
from chalicelib.observatory.checking import mistakes
from chalicelib.observatory.entry_form import TITLE_END, field_name, guests_from, unpaired
from chalicelib.observatory.model import Establishment, MonthlyReturn, Sold
from chalicelib.observatory.slices import Slice, slice_of, slices_of_month
from chalicelib.office.observatory import Season
from chalicelib.web.fields import Answers
from chalicelib.web.forms import Form

BY_DAY, BY_SLICE = ("offered", "occupied"), ("nights", "arrivals")
OF_DAY = "_jour_"
MISSING = {
    "offered": "Indiquez chaque jour ce que vous avez proposé, 0\u00a0si vous étiez fermé.",
    "occupied": "Indiquez chaque jour ce que vous avez vendu, 0\u00a0s’il n’y avait personne.",
}


def day_form(asked: MonthlyReturn, season: Season | None = None) -> Form:
    """The form of one return; it asks how `season` was, that ends in its month."""
    return _by_day(entry_form.entry_form(asked, season), asked.month)


def answers_of(asked: MonthlyReturn) -> Answers:
    """What is known already of each day, or of weeks that say it of their days."""
    answers = from_weeks(entry_form.answers_of(asked), asked)
    for one in slices_of_month(asked.month):
        days = asked.sold[one.id].days if one.id in asked.sold else ()
        for day, both in zip(one.days, days, strict=False):
            answers |= {day_field(figure, day): number for figure, number in zip(BY_DAY, both, strict=True)}
    return answers


def from_weeks(answers: Answers, asked: MonthlyReturn) -> Answers:
    """The same answers by day: weeks all open, closed, full or empty are so on each of their days, others unknown."""
    found = {name: value for name, value in answers.items() if not name.startswith(BY_DAY)}
    units = asked.establishment.units
    for one in slices_of_month(asked.month):
        for figure in BY_DAY:
            number = answers.get(field_name(figure, one))
            if number in (0, units * one.length_days):
                each = units if number else 0
                found |= {day_field(figure, day): each for day in one.days}
    return found


def to_weeks(answers: Answers, asked: MonthlyReturn) -> Answers:
    """The same answers by week: the sums of weeks of which each day is a number."""
    found = {name: value for name, value in answers.items() if OF_DAY not in name}
    for one in slices_of_month(asked.month):
        for figure in BY_DAY:
            numbers = [answers.get(day_field(figure, day)) for day in one.days]
            known = [number for number in numbers if isinstance(number, int)]
            if len(known) == one.length_days:
                found[field_name(figure, one)] = sum(known)
    return found


def sold_from(answers: Mapping[str, Any], month: str) -> dict[str, Sold]:
    """The figures of right answers, by slice."""
    return {one.id: _sold(answers, one) for one in slices_of_month(month)}


def errors(asked: MonthlyReturn, answers: Answers, season: Season | None = None) -> list[FieldError]:
    """Every mistake, with the day or the slice that it is in."""
    form = day_form(asked, season)
    found = list(_once_a_week(form.errors(answers), answers))
    wrong = {error.field for error in found}
    more = [*_untrue(asked.establishment, asked.month, answers, wrong), *voice_form.untrue(asked, answers)]
    return form.in_order(_placed(form, found), _placed(form, more))


def _once_a_week(found: Iterable[FieldError], answers: Answers) -> Iterator[FieldError]:
    """Of the days of a slice that are empty, the first: nobody reads the same sentence seven times."""
    told = set()
    for error in found:
        day, figure = day_of_field(error.field), error.field.partition(OF_DAY)[0]
        if day and error.field not in answers:
            if (figure, slice_of(day)) in told:
                continue
            told.add((figure, slice_of(day)))
        yield error


def _untrue(
    establishment: Establishment, month: str, answers: Answers, wrong: set[str]
) -> Iterator[FieldError]:
    for one in slices_of_month(month):
        of_days = list(_untrue_days(establishment, one, answers, wrong))
        yield from of_days
        if not of_days and not wrong & _names(one):
            yield from _untrue_slice(establishment, one, answers)


def _untrue_days(
    establishment: Establishment, one: Slice, answers: Answers, wrong: set[str]
) -> Iterator[FieldError]:
    for day in one.days:
        if not wrong & {day_field(figure, day) for figure in BY_DAY}:
            for mistake in mistakes(Sold(*_both(answers, day)), 1, establishment):
                yield FieldError(day_field(mistake.figure, day), mistake.sentence)


def _untrue_slice(establishment: Establishment, one: Slice, answers: Answers) -> Iterator[FieldError]:
    if missing := unpaired(answers, one):
        yield missing
        return
    for mistake in mistakes(_sold(answers, one), one.length_days, establishment):
        yield FieldError(field_name(mistake.figure, one), mistake.sentence)


def _placed(form: Form, found: list[FieldError]) -> list[FieldError]:
    """The same, each sentence with its day or its slice before it."""
    return [_with_day(error) or entry_form.placed(form, error) for error in found]


def _with_day(error: FieldError) -> FieldError | None:
    day = day_of_field(error.field)
    return (
        FieldError(error.field, f"{french_long_date(day).capitalize()}{TITLE_END}{error.message}")
        if day
        else None
    )


def _sold(answers: Mapping[str, Any], one: Slice) -> Sold:
    return Sold.by_day((_both(answers, day) for day in one.days), guests_from(answers, one))


def _both(answers: Mapping[str, Any], day: date) -> tuple[int, int]:
    offered, occupied = (answers.get(day_field(figure, day)) or 0 for figure in BY_DAY)
    return offered, occupied


def _names(one: Slice) -> set[str]:
    by_slice = {field_name(figure, one) for figure in BY_SLICE}
    return by_slice | {day_field(figure, day) for day in one.days for figure in BY_DAY}


def day_field(figure: str, day: date) -> str:
    """How the form calls what was offered or occupied on a day: `offered_jour_20270301`."""
    return f"{figure}{OF_DAY}{day:%Y%m%d}"


def day_of_field(name: str) -> date | None:
    """The day that a field is of, if it is of one."""
    _, is_of_day, digits = name.partition(OF_DAY)
    return date.fromisoformat(digits) if is_of_day else None


@lru_cache(maxsize=64)
def _by_day(by_week: Form, month: str) -> Form:
    """The form by week with days in place of what is offered and sold in each of its slices."""
    asked: dict[str, Any] = dict(by_week.schema["properties"])
    properties: dict[str, Any] = {}
    for one in slices_of_month(month):
        weekly = {figure: asked.pop(field_name(figure, one)) for figure in BY_DAY}
        properties |= {
            day_field(figure, day): _on(day, weekly[figure], MISSING[figure])
            for day in one.days
            for figure in BY_DAY
        }
        properties |= {field_name(figure, one): asked.pop(field_name(figure, one)) for figure in BY_SLICE}
    required = [name for name in properties if OF_DAY in name]
    return Form({**by_week.schema, "required": required, "properties": properties | asked})


def _on(day: date, weekly: Mapping[str, Any], missing: str) -> dict[str, Any]:
    title = f"{weekly['title']}, {french_long_date(day).removesuffix(f' {day.year}')}"
    return {**weekly, "title": title, "x-required-message": missing}
