"""What the form of a month shows beside each figure: that of the year before, and the one that stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from chalicelib.kernel.errors import FieldError
from chalicelib.kernel.french import french_integer, french_period
from chalicelib.observatory.day_form import day_of_field
from chalicelib.observatory.entry_form import TITLE_END, field_name, figures_of
from chalicelib.observatory.model import MonthlyReturn, Sold
from chalicelib.observatory.slices import Slice, slice_of, slices_of_month
from chalicelib.web.fields import Answers, Section
from chalicelib.web.form_text import display, typed
from chalicelib.web.form_view import ShownField
from chalicelib.web.forms import Form

A_YEAR_OF_WEEKS = timedelta(days=364)
"""The same days of the week a year before."""
SHORT_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
THE_WEEK = "semaine"


@dataclass(frozen=True)
class ShownLine:
    """A line of a week: its day, `lun. 1er`, or all of the week, and what is asked of it."""

    title: str
    cells: tuple[ShownField, ...]


@dataclass(frozen=True)
class ShownWeek:
    """A part of the form: its title, what it says first, and its fields, or its lines where days are asked of."""

    title: str
    intro: str
    fields: tuple[ShownField, ...]
    lines: tuple[ShownLine, ...] = ()

    @property
    def is_in_a_row(self) -> bool:
        """Whether its fields are short: they stand beside each other where there is room."""
        return all(row.field.kind == "number" for row in self.fields)


def weeks_of_page(
    form: Form,
    answers: Answers,
    errors: Iterable[FieldError],
    own: Sequence[MonthlyReturn],
    standing: Answers,
) -> list[ShownWeek]:
    """The parts of the form with what was typed; `own` are earlier returns, `standing` what somebody gave meanwhile."""
    given = {key: sold for one in own if one.is_given for key, sold in one.sold.items()}
    found = list(map(_at_its_field, errors))
    return [_week(form, section, answers, found, given, standing) for section in form.sections]


def year_before(one: Slice) -> Slice:
    """The slice of the year before that has the same day of the week in its middle."""
    return slice_of(one.middle - A_YEAR_OF_WEEKS)


def _at_its_field(error: FieldError) -> FieldError:
    """There the legend says which week it is; only the list above the form has to."""
    return FieldError(error.field, error.message.split(TITLE_END, 1)[-1])


def _week(
    form: Form,
    section: Section,
    answers: Answers,
    errors: list[FieldError],
    given: dict[str, Sold],
    standing: Answers,
) -> ShownWeek:
    shown = [row for group in form.shown(section, answers, errors) for row in group.rows]
    before, intro = _year_before(section.key, given)
    fields = tuple(_beside(row, before, standing) for row in shown)
    lines = tuple(_lines(fields))
    return ShownWeek(section.title, section.intro or intro, () if lines else fields, lines)


def _lines(fields: Sequence[ShownField]) -> Iterator[ShownLine]:
    """A line for each day, and one for the whole week; none where nothing is asked of days."""
    if not any(day_of_field(row.field.name) for row in fields):
        return
    for day, cells in groupby(fields, lambda row: day_of_field(row.field.name)):
        yield ShownLine(_short(day) if day else THE_WEEK, tuple(cells))


def _short(day: date) -> str:
    return f"{SHORT_DAYS[day.weekday()]}\u00a0{'1er' if day.day == 1 else day.day}"


def _year_before(key: str, given: dict[str, Sold]) -> tuple[dict[str, int], str]:
    """The figures of the year before by the names of the fields, and which days they are of."""
    own = {one.id: one for one in slices_of_month(key[:7])} if key[:1].isdigit() else {}
    if key not in own:
        return {}, ""
    before = year_before(own[key])
    sold = given.get(before.id)
    if sold is None:
        return {}, ""
    named = {field_name(figure, own[key]): number for figure, number in figures_of(sold).items()}
    return named, f"En gris, vos chiffres {french_period(before.first, before.last)}."


def _beside(row: ShownField, before: dict[str, int], standing: Answers) -> ShownField:
    told = [*_standing(row, standing), *_before(row, before)]
    return replace(row, field=replace(row.field, hint=" ".join(told))) if told else row


def _standing(row: ShownField, standing: Answers) -> Iterable[str]:
    kept = standing.get(row.field.name)
    if standing and typed(row.field, kept) != row.value:
        yield f"Enregistré\u00a0: {'rien' if kept is None else display(row.field, kept, {})}."


def _before(row: ShownField, before: dict[str, int]) -> Iterable[str]:
    if row.field.name in before:
        yield f"L’an dernier\u00a0: {french_integer(before[row.field.name])}"
