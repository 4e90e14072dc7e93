"""The office's own calendar at the desk: events of the territory, school holidays abroad."""

from collections.abc import Mapping, Sequence

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.kernel import ids
from chalicelib.kernel.errors import FieldError
from chalicelib.observatory import bootstrap, calendar_form
from chalicelib.observatory.calendar_form import KINDS
from chalicelib.observatory.holidays import OverlappingHolidays
from chalicelib.observatory.kept_calendar import Entry, name_of
from chalicelib.observatory.paths import DESK_CALENDAR, DESK_CALENDAR_ENTRY
from chalicelib.observatory.readers import READERS
from chalicelib.web import pages
from chalicelib.web.fields import Answers
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE, KEY = 422, "cle"
"""The field that makes a form sent twice one."""
LINES = 10
Fields = Mapping[str, list[str]]


@bp.route(DESK_CALENDAR, methods=["GET"])
@view
@staff_only(*READERS)
def show_calendar(user: User) -> Response:
    """All that is kept, and the ways to add to it."""
    return _calendar()


@bp.route(DESK_CALENDAR_ENTRY, methods=["GET"])
@view
@staff_only(*READERS)
def show_calendar_line(user: User, line: str) -> Response:
    """One event, or one stretch of holidays; `evenement` and `vacances` are those that are not kept yet."""
    if line in KINDS:
        return _form(line, line, {})
    entry = bootstrap.calendars().get().entry(line)
    return _form(line, calendar_form.kind_of(entry), calendar_form.answers_of(entry), name=name_of(entry))


@bp.route(DESK_CALENDAR_ENTRY, methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def submit_calendar_line(user: User, line: str) -> Response:
    """Keep it as it is typed; a new one once per key of the page."""
    fields = form_fields(bp.current_request)
    if line in KINDS:
        return _add(line, fields, user.name)
    entry = bootstrap.calendars().get().entry(line)
    kind = calendar_form.kind_of(entry)
    answers, errors = _read(kind, fields)
    errors = errors or _kept(kind, line, answers, user.name, is_new=False)
    if errors:
        return _form(line, kind, answers, errors, name=name_of(entry))
    return pages.redirect(DESK_CALENDAR)


@bp.route(DESK_CALENDAR_ENTRY + "/suppression", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def remove_calendar_line(user: User, line: str) -> Response:
    """Take it away."""
    bootstrap.calendar_keeping().remove(line, user.name)
    return pages.redirect(DESK_CALENDAR)


def _read(kind: str, fields: Fields) -> tuple[Answers, list[FieldError]]:
    form = calendar_form.calendar_form(kind)
    answers = form.parse(fields)
    return answers, calendar_form.errors(form, answers, calendar_form.choices_of(bootstrap.office()))


def _kept(kind: str, entry_id: str, answers: Answers, who: str, *, is_new: bool) -> list[FieldError]:
    """What hinders keeping it: other holidays of the area."""
    keeping = bootstrap.calendar_keeping()
    keep = keeping.add if is_new else keeping.change
    try:
        keep(entry_id, calendar_form.entry_from(kind, entry_id, answers), who)
    except OverlappingHolidays as overlapping:
        return [FieldError("first", str(overlapping))]
    return []


def _add(kind: str, fields: Fields, who: str) -> Response:
    key = first_of(fields, KEY)
    secret = key if ids.is_secret(key) else ids.new_secret()
    answers, errors = _read(kind, fields)
    errors = errors or _kept(kind, ids.id_of(secret), answers, who, is_new=True)
    return _form(kind, kind, answers, errors, key=secret) if errors else pages.redirect(DESK_CALENDAR)


def _calendar() -> Response:
    kept, office = bootstrap.calendars().get(), bootstrap.office()
    return pages.page(
        "observatory/calendar.html",
        section="bureau",
        events=sorted(kept.events.items(), key=_first),
        holidays=sorted(kept.holidays.items(), key=_first),
        areas={area.id: area.label for area in office.observatory_rules.holiday_areas},
        communes={commune.insee: commune.name for commune in office.communes},
        history=bootstrap.calendars().list_history(LINES),
    )


def _form(
    line: str,
    kind: str,
    answers: Answers,
    errors: Sequence[FieldError] = (),
    *,
    name: str = "",
    key: str = "",
) -> Response:
    form = calendar_form.calendar_form(kind)
    return pages.page(
        "observatory/calendar_line.html",
        status=UNPROCESSABLE if errors else 200,
        section="bureau",
        action=DESK_CALENDAR_ENTRY.format(line=line),
        name=name or form.sections[0].title,
        is_new=not name,
        form=form,
        one=form.sections[0],
        choices=calendar_form.choices_of(bootstrap.office()),
        answers=answers,
        errors=errors,
        key=key or ids.new_secret(),
    )


def _first(kept: tuple[str, Entry]) -> tuple[object, str]:
    return kept[1].first, kept[0]
