"""The form of a monthly return, whoever fills it in: shown with what is known, told what is wrong, taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalice import Response

from chalicelib.kernel.clock import iso
from chalicelib.kernel.errors import ChangedMeanwhile, FieldError
from chalicelib.observatory import bootstrap, entry_form, voice_form
from chalicelib.observatory.entry_page import weeks_of_page
from chalicelib.observatory.entry_ways import Way, other, way_called, way_of
from chalicelib.observatory.model import MonthlyReturn
from chalicelib.observatory.months import first_day, moved
from chalicelib.observatory.own_weeks import in_words
from chalicelib.observatory.wording import DOUBT_WORDS
from chalicelib.office.observatory import Season
from chalicelib.web import pages
from chalicelib.web.fields import Answers
from chalicelib.web.requests import first_of

UNPROCESSABLE, CONFLICT = 422, 409
THANKS, CONFIRMED = "merci", "confirme"
SEEN, DESK = "vu", "bureau"
"""The name of the field that says which figures stood on the page when it was opened; the section of staff."""
WAY, CHANGE = "par", "changer"
"""The name of the field that says which lines the page has, and of the button that asks for the others."""
OWN_MONTHS = 16
"""Three months and those of the year before; their weeks may begin in the month before."""

Fields = Mapping[str, list[str]]


@dataclass(frozen=True)
class Entry:
    """A return, where its form is, and who fills it in, as history says it."""

    asked: MonthlyReturn
    path: str
    section: str
    who: str


@dataclass(frozen=True)
class Filled:
    """What stands in the form: the lines that it has, what is typed, and what `vu` says, if not what stands now."""

    way: Way
    answers: Answers
    seen: str | None = None


def show(entry: Entry, query: Mapping[str, str]) -> Response:
    """The form, filled in with what is known; nothing is written. `?merci=1` and `?confirme=1` thank.

    `?par=jour` has a line for each day, `?par=semaine` for each week; without it there are those that were given.
    """
    done = next((name for name in (THANKS, CONFIRMED) if name in query), "")
    way = way_called(query[WAY]) if WAY in query else way_of(entry.asked)
    return _page(entry, Filled(way, way.answers_of(entry.asked)), done=done)


def take(entry: Entry, fields: Fields) -> Response:
    """Take the figures, or show what is wrong with them, or what somebody gave since the page was opened."""
    asked, season, way = entry.asked, _season(entry.asked), way_called(first_of(fields, WAY))
    answers = way.form(asked, season).parse(fields)
    if first_of(fields, CHANGE):
        return _changed(entry, way, answers, first_of(fields, SEEN))
    errors = way.errors(asked, answers, season)
    wrong = {error.field for error in errors}
    if not all(map(voice_form.is_optional, wrong)):
        return _page(entry, Filled(way, answers), errors=errors, status=UNPROCESSABLE)
    right = {name: value for name, value in answers.items() if name not in wrong}
    sold, origins = way.sold_from(right, asked.month), entry_form.origins_from(right)
    said = voice_form.said_from(right, asked, season)
    while first_of(fields, SEEN) == _seen(entry.asked) or entry.asked.says(sold, origins, said):
        try:
            after = bootstrap.gathering().give(entry.asked, sold, origins, entry.who, said=said)
        except ChangedMeanwhile:
            entry = _read_again(entry)
        else:
            return _taken(replace(entry, asked=after), Filled(way, answers), errors)
    return _page(entry, Filled(way, answers), is_beside=True, status=CONFLICT)


def _changed(entry: Entry, way: Way, answers: Answers, seen: str) -> Response:
    """The other way to give the same figures, with what was typed as far as it says them; nothing is written."""
    after = other(way)
    return _page(entry, Filled(after, after.from_other(answers, entry.asked), seen))


def _taken(entry: Entry, filled: Filled, errors: Sequence[FieldError]) -> Response:
    """Thanks; what nobody has to answer keeps no figures from being taken, and is told when it is wrong."""
    if errors:
        return _page(entry, filled, errors=errors, status=UNPROCESSABLE, done=THANKS)
    return pages.redirect(f"{entry.path}?{THANKS}=1")


def _season(asked: MonthlyReturn) -> Season | None:
    """The season that the form asks about."""
    return voice_form.ending_in(asked.month, bootstrap.office().observatory_rules)


def confirm(entry: Entry) -> Response:
    """The figures are right as they are: what was asked about them is not asked again."""
    bootstrap.gathering().confirm(entry.asked, entry.who)
    return pages.redirect(f"{entry.path}?{CONFIRMED}=1")


def _read_again(entry: Entry) -> Entry:
    """The same entry with the return as it stands now: a reminder went out, or somebody gave figures."""
    place = entry.asked.establishment
    asked = bootstrap.gathering().get(entry.asked.month, place.commune, place.id)
    return replace(entry, asked=asked)


def _seen(asked: MonthlyReturn) -> str:
    """What tells given figures from those given later; reminders change none."""
    return iso(asked.given_at) if asked.given_at else ""


def draw(entry: Entry, query: Mapping[str, str]) -> Response:
    """The curve as SVG, `?largeur=etroite`, `&fond=sombre`."""
    from chalicelib.observatory.pictures import SVG, picture_of_own

    look = {"is_narrow": query.get("largeur") == "etroite", "is_dark": query.get("fond") == "sombre"}
    month = entry.asked.month
    weeks = bootstrap.own_weeks_of(_own(entry.asked), month, bootstrap.beside().of(month))
    picture = picture_of_own(weeks, **look)
    return Response(picture, headers={"Content-Type": SVG, "Cache-Control": "no-store"})


def _own(asked: MonthlyReturn) -> list[MonthlyReturn]:
    """What the establishment gave until then, as far back as the page shows."""
    since = moved(asked.month, -OWN_MONTHS)
    found = bootstrap.returns().list_own(asked.establishment.id, since)
    return [one for one in found if one.month <= asked.month]


def _curve(asked: MonthlyReturn, own: Sequence[MonthlyReturn], way: Way) -> dict[str, Any]:
    """One's own weeks beside published ones, and one's place in the season that was told of last.

    They are on the page by week: with all days, it would be too large for a slow phone.
    """
    if way.is_by_day or not asked.is_given:
        return {"curve": (), "position": None, "published": 0}
    group = bootstrap.beside().of(asked.month)
    weeks = bootstrap.own_weeks_of(own, asked.month, group)
    return {
        "curve": in_words(weeks),
        "position": group.position_of(own, asked.establishment.category),
        "published": sum(week.group is not None for week in weeks),
    }


def _page(
    entry: Entry,
    filled: Filled,
    *,
    errors: Sequence[FieldError] = (),
    status: int = 200,
    done: str = "",
    is_beside: bool = False,
) -> Response:
    asked, way = entry.asked, filled.way
    own = _own(asked)
    standing = way.answers_of(asked) if is_beside and asked.is_given else {}
    form = way.form(asked, _season(asked))
    return pages.page(
        "observatory/entry.html",
        status=status,
        section=entry.section,
        asked=asked,
        month=first_day(asked.month),
        weeks=weeks_of_page(form, filled.answers, errors, own, standing),
        counted_in=entry_form.counted_in(asked),
        way=way,
        other_way=other(way),
        action=entry.path,
        errors=errors,
        seen=_seen(asked) if filled.seen is None else filled.seen,
        done=done,
        **_curve(asked, own, way),
        is_open=bootstrap.gathering().is_open(asked),
        questions=[DOUBT_WORDS[doubt] for doubt in asked.questioned if asked.awaits_answer(doubt)],
        history=bootstrap.returns().list_history(asked) if entry.section == DESK else (),
        is_beside=is_beside,
    )
