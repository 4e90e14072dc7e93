"""The form of a monthly return: four figures for each slice of the month, then what nobody has to answer."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.kernel.french import NBSP, capitalised, french_integer, french_period
from chalicelib.observatory import voice_form
from chalicelib.observatory.checking import mistakes
from chalicelib.observatory.figures import Guests
from chalicelib.observatory.model import Establishment, MonthlyReturn, Sold
from chalicelib.observatory.slices import WEEK_DAYS, Slice, slices_of_month
from chalicelib.office.categories import unit_word
from chalicelib.office.observatory import Season
from chalicelib.web.fields import Answers
from chalicelib.web.forms import Form

SCHEMAS = Path(__file__).parent / "schemas"
FIGURES = ("offered", "occupied", "nights", "arrivals")
ORIGINS = "origines"
ONE_DWELLING = {"offered": "Nuits proposées", "occupied": "Nuits louées"}
TITLE_END = f"{NBSP}: "
"""Between the title of a week and a mistake in it."""
BOTH_OR_NONE = "Donnez les nuitées et les arrivées, ou aucune des deux."


def entry_form(asked: MonthlyReturn, season: Season | None = None) -> Form:
    """The form of one return; it asks how `season` was, that ends in its month."""
    place, label = asked.establishment, season.label if season else ""
    return _form(asked.month, place.category, place.units == 1, label)


def counted_in(asked: MonthlyReturn) -> str:
    """How a week is counted, told by what the establishment has; empty for one dwelling, of which nights are asked."""
    units = asked.establishment.units
    if units == 1:
        return ""
    word, week = unit_word(asked.establishment.category, 2), french_integer(units * WEEK_DAYS)
    own = f"{french_integer(units)}{NBSP}{word} pendant {WEEK_DAYS}{NBSP}nuits"
    return f"Comptez en {word} × nuits{NBSP}: {own}, cela fait {week}."


def answers_of(asked: MonthlyReturn) -> Answers:
    """What is known already: what was given, or else that all units were open each night."""
    answers: Answers = {**asked.origins, **voice_form.answers_of(asked.said)}
    for one in slices_of_month(asked.month):
        sold = asked.sold.get(one.id)
        if sold is None:
            answers[field_name("offered", one)] = asked.establishment.units * one.length_days
            continue
        answers |= {field_name(figure, one): number for figure, number in figures_of(sold).items()}
    return answers


def figures_of(sold: Sold) -> dict[str, int]:
    """Those of FIGURES that were said."""
    guests = {"nights": sold.guests.nights, "arrivals": sold.guests.arrivals} if sold.guests else {}
    return {"offered": sold.offered, "occupied": sold.occupied, **guests}


def sold_from(answers: Mapping[str, Any], month: str) -> dict[str, Sold]:
    """The figures of right answers, by slice."""
    return {one.id: _sold(answers, one) for one in slices_of_month(month)}


def origins_from(answers: Mapping[str, Any]) -> dict[str, int]:
    """The arrivals by country; who left a country empty said nothing of it."""
    return {name: answers[name] for name in _schema("monthly_origins")["properties"] if name in answers}


def errors(asked: MonthlyReturn, answers: Answers, season: Season | None = None) -> list[FieldError]:
    """Every mistake, with the slice that it is in; what the schema says first, then what cannot be true."""
    form = entry_form(asked, season)
    found = form.errors(answers)
    wrong = {error.field for error in found}
    more = [*_untrue(asked.establishment, asked.month, answers, wrong), *voice_form.untrue(asked, answers)]
    return form.in_order([placed(form, error) for error in found], [placed(form, error) for error in more])


def _untrue(
    establishment: Establishment, month: str, answers: Answers, wrong: set[str]
) -> Iterator[FieldError]:
    for one in slices_of_month(month):
        names = {figure: field_name(figure, one) for figure in FIGURES}
        if wrong & set(names.values()):
            continue
        if missing := unpaired(answers, one):
            yield missing
            continue
        for mistake in mistakes(_sold(answers, one), one.length_days, establishment):
            yield FieldError(names[mistake.figure], mistake.sentence)


def unpaired(answers: Answers, one: Slice) -> FieldError | None:
    """The mistake of who tells of a slice how many came, or how many nights they stayed, and not both."""
    nights, arrivals = field_name("nights", one), field_name("arrivals", one)
    if (nights in answers) == (arrivals in answers):
        return None
    return FieldError(arrivals if nights in answers else nights, BOTH_OR_NONE)


def placed(form: Form, error: FieldError) -> FieldError:
    """The same, its sentence with its slice before it: in the list above the form nobody sees where it stands."""
    section = form.section(form.section_key(error.field))
    return FieldError(error.field, f"{section.title if section else ''}{TITLE_END}{error.message}")


def _sold(answers: Mapping[str, Any], one: Slice) -> Sold:
    offered, occupied = (answers.get(field_name(figure, one)) for figure in ("offered", "occupied"))
    return Sold(offered or 0, occupied or 0, guests_from(answers, one))


def guests_from(answers: Mapping[str, Any], one: Slice) -> Guests | None:
    """How many people came in a slice, and for how many nights; None where it is not told."""
    nights, arrivals = (answers.get(field_name(figure, one)) for figure in ("nights", "arrivals"))
    return None if nights is None or arrivals is None else Guests(nights, arrivals)


def field_name(figure: str, one: Slice) -> str:
    """How the form calls one of FIGURES of a slice: `offered_20270301`."""
    return f"{figure}_{one.id.replace('-', '')}"


@lru_cache(maxsize=64)
def _form(month: str, category: str, is_one_dwelling: bool, season: str) -> Form:
    origins = _schema("monthly_origins")
    words = ONE_DWELLING if is_one_dwelling else {}
    slices = slices_of_month(month)
    properties = {
        field_name(figure, one): _asked(figure, one, words) for one in slices for figure in FIGURES
    } | origins["properties"]
    unit = "nuits" if is_one_dwelling else f"{unit_word(category, 2)} × nuits"
    properties |= voice_form.properties_of(month, season)
    sections = [
        {"key": one.id, "title": title, "short": title, "intro": "", "order": number}
        for number, (one, title) in enumerate(zip(slices, map(_title, slices), strict=True), 1)
    ]
    last = [origins["x-sections"][0], *voice_form.sections_of(unit, season)]
    sections += [{**one, "order": len(slices) + number} for number, one in enumerate(last, 1)]
    return Form(
        {
            "type": "object",
            "additionalProperties": False,
            "required": [field_name(figure, one) for one in slices for figure in ("offered", "occupied")],
            "x-sections": sections,
            "properties": properties,
        }
    )


def _title(one: Slice) -> str:
    return capitalised(french_period(one.first, one.last))


def _asked(figure: str, one: Slice, words: Mapping[str, str]) -> dict[str, Any]:
    asked: dict[str, Any] = _schema("monthly_slice")["properties"][figure]
    return {**asked, "x-section": one.id, "title": words.get(figure, asked["title"])}


@lru_cache(maxsize=4)
def _schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return found
