"""Sessions for calendars and feed readers: to subscribe to, or one at a time."""

from chalice import Blueprint, Response

from chalicelib.runtime import config
from chalicelib.trainings.bootstrap import stores
from chalicelib.trainings.browsing import to_come
from chalicelib.trainings.entries import public_entries
from chalicelib.trainings.feed import feed
from chalicelib.trainings.model import Session
from chalicelib.trainings.paths import CALENDAR, CATALOGUE, FEED, SESSION, SESSION_CALENDAR
from chalicelib.trainings.routes.catalogue import public_session
from chalicelib.trainings.statuses import OPEN, SessionStatus
from chalicelib.web.urls import absolute
from chalicelib.web.views import view

bp = Blueprint(__name__)

ICS = "text/calendar; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
A_MINUTE = "public, max-age=60"


@bp.route(CALENDAR, methods=["GET"])
@view
def show_calendar() -> Response:
    """All sessions to come, and those that were cancelled, as a calendar to subscribe to."""
    listed = stores.sessions().list_in_status(*sorted(OPEN), SessionStatus.CANCELLED)
    coming = [one for one in listed if one.plan.ends_at and one.plan.ends_at > stores.now()]
    return _calendar(coming, "formations.ics", CATALOGUE)


@bp.route(SESSION_CALENDAR, methods=["GET"])
@view
def show_session_calendar(reference: str) -> Response:
    """One session as a file for a calendar."""
    session = public_session(reference)
    path = SESSION.format(reference=session.reference)
    return _calendar([session], f"{session.reference}.ics", path)


@bp.route(FEED, methods=["GET"])
@view
def show_feed() -> Response:
    """The sessions to come as an Atom feed."""
    coming = to_come(stores.sessions().list_in_status(*sorted(OPEN)), stores.now())
    body = feed(coming, stores.office(), config.base_url(), stores.now())
    return Response(body.decode(), headers={"Content-Type": ATOM, "Cache-Control": A_MINUTE})


def _calendar(sessions: list[Session], name: str, path: str) -> Response:
    from chalicelib.adapters.calendars import published

    office = stores.office()
    entries = [
        entry
        for one in sessions
        for entry in public_entries(one, office, absolute(SESSION.format(reference=one.reference)))
    ]
    body = published(entries, f"Formations, {office.name}", absolute(path))
    headers = {"Content-Type": ICS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body.decode(), headers={**headers, "Cache-Control": A_MINUTE})
