"""The form of a monthly return, whoever fills it in: shown with what is known, told what is wrong, taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chalice import Response

from chalicelib.kernel.clock import iso
from chalicelib.kernel.errors import ChangedMeanwhile, FieldError
from chalicelib.observatory import bootstrap, entry_form
from chalicelib.observatory.entry_page import weeks_of_page
from chalicelib.observatory.model import MonthlyReturn
from chalicelib.observatory.months import first_day, moved
from chalicelib.observatory.own_weeks import in_words
from chalicelib.observatory.wording import DOUBT_WORDS
from chalicelib.web import pages
from chalicelib.web.fields import Answers
from chalicelib.web.requests import first_of

UNPROCESSABLE, CONFLICT = 422, 409
THANKS, CONFIRMED = "merci", "confirme"
SEEN, DESK = "vu", "bureau"
"""The name of the field that says which figures stood on the page when it was opened; the section of staff."""
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


def show(entry: Entry, query: Mapping[str, str]) -> Response:
    """The form, filled in with what is known; nothing is written. `?merci=1` and `?confirme=1` thank."""
    done = next((name for name in (THANKS, CONFIRMED) if name in query), "")
    return _page(entry, entry_form.answers_of(entry.asked), done=done)


def take(entry: Entry, fields: Fields) -> Response:
    """Take the figures, or show what is wrong with them, or what somebody gave since the page was opened."""
    asked = entry.asked
    answers = entry_form.entry_form(asked).parse(fields)
    if errors := entry_form.errors(asked, answers):
        return _page(entry, answers, errors=errors, status=UNPROCESSABLE)
    sold, origins = entry_form.sold_from(answers, asked.month), entry_form.origins_from(answers)
    while first_of(fields, SEEN) == _seen(entry.asked) or entry.asked.says(sold, origins):
        try:
            bootstrap.gathering().give(entry.asked, sold, origins, entry.who)
        except ChangedMeanwhile:
            entry = _read_again(entry)
        else:
            return pages.redirect(f"{entry.path}?{THANKS}=1")
    return _page(entry, answers, is_beside=True, status=CONFLICT)


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
    picture = picture_of_own(bootstrap.own_weeks_of(_own(entry.asked), entry.asked.month), **look)
    return Response(picture, headers={"Content-Type": SVG, "Cache-Control": "no-store"})


def _own(asked: MonthlyReturn) -> list[MonthlyReturn]:
    """What the establishment gave until then, as far back as the page shows."""
    since = moved(asked.month, -OWN_MONTHS)
    found = bootstrap.returns().list_own(asked.establishment.id, since)
    return [one for one in found if one.month <= asked.month]


def _page(
    entry: Entry,
    answers: Answers,
    *,
    errors: Sequence[FieldError] = (),
    status: int = 200,
    done: str = "",
    is_beside: bool = False,
) -> Response:
    asked = entry.asked
    own = _own(asked)
    standing = entry_form.answers_of(asked) if is_beside and asked.is_given else {}
    form = entry_form.entry_form(asked)
    return pages.page(
        "observatory/entry.html",
        status=status,
        section=entry.section,
        asked=asked,
        month=first_day(asked.month),
        weeks=weeks_of_page(form, answers, errors, own, standing),
        counted_in=entry_form.counted_in(asked),
        action=entry.path,
        errors=errors,
        seen=_seen(asked),
        done=done,
        curve=in_words(bootstrap.own_weeks_of(own, asked.month)) if asked.is_given else (),
        is_open=bootstrap.gathering().is_open(asked),
        questions=[DOUBT_WORDS[doubt] for doubt in asked.questioned if asked.awaits_answer(doubt)],
        history=bootstrap.returns().list_history(asked) if entry.section == DESK else (),
        is_beside=is_beside,
    )
