"""The figures of a month at the desk: who answered, who is late, what is strange; figures that come on the phone."""

import re

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.observatory import bootstrap
from chalicelib.observatory.model import MonthlyReturn, ReturnUnknown
from chalicelib.observatory.months import first_day
from chalicelib.observatory.overview import Overview
from chalicelib.observatory.paths import DESK_ENTRY, DESK_PAGE, key_of
from chalicelib.observatory.readers import READERS
from chalicelib.observatory.routes import entering
from chalicelib.observatory.routes.entering import Entry
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

MONTH, DOUBT, ASKED = "mois", "doute", "demande"
"""The names of the fields, and what an address says after a question was put."""
KEY = re.compile(r"\d{4}-(0[1-9]|1[0-2])_[0-9AB]{5}_[\w-]{1,64}", re.ASCII)


@bp.route(DESK_PAGE, methods=["GET"])
@view
@staff_only(*READERS)
def show_figures(user: User) -> Response:
    """The month that is asked for, or `?mois=2027-02`."""
    office, query = bootstrap.office(), bp.current_request.query_params or {}
    if office.observatory is None:
        return pages.page("observatory/none_at_the_desk.html", section="bureau", office=office)
    reading = bootstrap.looking_after()
    months = reading.months()
    month = query.get(MONTH, "") if query.get(MONTH, "") in months else months[0]
    return _figures(reading.overview(month), months, is_asked=ASKED in query)


@bp.route(DESK_ENTRY, methods=["GET"])
@view
@staff_only(*READERS)
def show_return(user: User, entry: str) -> Response:
    """The figures of one establishment, in the form that it has itself."""
    return entering.show(_entry(entry, user), bp.current_request.query_params or {})


@bp.route(DESK_ENTRY, methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def submit_return(user: User, entry: str) -> Response:
    """Figures that somebody says on the phone; history tells who typed them for whom."""
    return entering.take(_entry(entry, user), form_fields(bp.current_request))


@bp.route(DESK_ENTRY + "/courbe.svg", methods=["GET"])
@view
@staff_only(*READERS)
def draw_return(user: User, entry: str) -> Response:
    """The curve of one establishment."""
    return entering.draw(_entry(entry, user), bp.current_request.query_params or {})


@bp.route(DESK_ENTRY + "/question", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def send_question(user: User, entry: str) -> Response:
    """Ask the establishment about one of its figures, once."""
    given, told = return_called(entry), ""
    chosen = first_of(form_fields(bp.current_request), DOUBT)
    for doubtful in bootstrap.looking_after().doubts_of(given):
        if doubtful.doubt == chosen:
            bootstrap.gathering().question(given, doubtful, user.name)
            told = f"&{ASKED}=1"
    return pages.redirect(f"{DESK_PAGE}?{MONTH}={given.month}{told}")


@bp.route(DESK_ENTRY + "/confirmation", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def confirm_return(user: User, entry: str) -> Response:
    """The establishment says on the phone that its figures are right."""
    return entering.confirm(_entry(entry, user))


def return_called(key: str) -> MonthlyReturn:
    """The return that an address calls so. Raises `ReturnUnknown`."""
    if not KEY.fullmatch(key):
        raise ReturnUnknown
    month, commune, establishment_id = key.split("_", 2)
    return bootstrap.gathering().get(month, commune, establishment_id)


def _entry(key: str, user: User) -> Entry:
    one = return_called(key)
    return Entry(one, DESK_ENTRY.format(entry=key), "bureau", f"{user.name} pour {one.establishment.name}")


def _figures(overview: Overview, months: tuple[str, ...], *, is_asked: bool) -> Response:
    return pages.page(
        "observatory/figures.html",
        section="bureau",
        overview=overview,
        month=first_day(overview.month),
        months=[(month, first_day(month)) for month in months],
        late=[_late(one, phone) for one, phone in _with_phones(overview.late)],
        strange=[(one, DESK_ENTRY.format(entry=key_of(one.given))) for one in overview.strange],
        is_asked=is_asked,
        is_open=bootstrap.gathering().is_month_open(overview.month),
    )


def _with_phones(late: tuple[MonthlyReturn, ...]) -> list[tuple[MonthlyReturn, str]]:
    phones = bootstrap.lodgings().list_phones() if late else {}
    return [(one, phones.get(one.establishment.id, "")) for one in late]


def _late(one: MonthlyReturn, phone: str) -> dict[str, object]:
    return {"one": one, "phone": phone, "path": DESK_ENTRY.format(entry=key_of(one))}
