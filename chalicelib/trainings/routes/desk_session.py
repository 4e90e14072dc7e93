"""One session at the desk: where it stands, its people, and what happened to it."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.decisions.bootstrap import decision_repository
from chalicelib.kernel import ids
from chalicelib.kernel.errors import FieldError
from chalicelib.kernel.french import french_hours
from chalicelib.mail.bootstrap import outbox, subject_of
from chalicelib.mail.wording import mail_row
from chalicelib.trainings.bootstrap import planning, stores
from chalicelib.trainings.kinds import KIND_WORDS
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.paths import DESK_SESSION
from chalicelib.trainings.readers import READERS
from chalicelib.trainings.recounting import recounted
from chalicelib.trainings.roll import Roll, roll_of
from chalicelib.trainings.routes.desk_rows import PeopleTable, group_of, link_to, needs_rows, people_in_words
from chalicelib.trainings.routes.desk_ways import filling_of
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.session_form import session_form
from chalicelib.trainings.standing import acts_of, next_step
from chalicelib.trainings.trainers import as_proposed
from chalicelib.trainings.when import when_lines
from chalicelib.trainings.wording import SESSION_WORDS
from chalicelib.web import pages
from chalicelib.web.fields import Choice
from chalicelib.web.paging import PAGE, page_of
from chalicelib.web.urls import url
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE = 422
PEOPLE, HISTORY = DESK_SESSION + "/personnes", DESK_SESSION + "/historique"
LIST = "liste"
LAST_LINES = 6
"""So many lines of history stand on the page of a session; all of them have a page of their own."""
DONE = {
    "publiee": "La session est publiée",
    "demandee": "L’accord est demandé à la direction",
    "modifiee": "La session est modifiée",
    "proposee": "L’accord est demandé à la direction pour l’autre intervenant",
    "annulee": "La session est annulée",
    "rang": "Le rang est modifié",
}
"""What was just done, by the word for it in the address."""


@bp.route(DESK_SESSION, methods=["GET"])
@view
@staff_only(*READERS)
def show_desk_session(user: User, reference: str) -> Response:
    """One session with its people; `?fait=` says what was just done."""
    done = (bp.current_request.query_params or {}).get("fait", "")
    return session_page(user, session_at(reference), done=DONE.get(done, ""))


@bp.route(PEOPLE, methods=["GET"])
@view
@staff_only(*READERS)
def list_session_people(user: User, reference: str) -> Response:
    """One list of a session's people, whole, `?liste=attente&page=2`."""
    session, query = session_at(reference), bp.current_request.query_params or {}
    seats, group = seats_of(session), group_of(query.get(LIST, ""))
    page = page_of(group.people(roll_at(session, seats)), query.get(PAGE, ""))
    here = f"{PEOPLE.format(reference=reference)}?{LIST}={group.key}&{PAGE}="
    return pages.page(
        "trainings/people.html",
        section="bureau",
        session=session,
        group=group,
        rows=PeopleTable(session, seats).rows(page.things),
        page=page,
        count=people_in_words(page.count),
        links={name: url(f"{here}{number}") for name, number in page.around.items()},
    )


@bp.route(HISTORY, methods=["GET"])
@view
@staff_only(*READERS)
def show_session_history(user: User, reference: str) -> Response:
    """All that happened to a session and to its people, newest first, `?page=2`."""
    session = session_at(reference)
    people = {one.reference: one for one in stores.registrations().list_of_session(session.id)}
    query = bp.current_request.query_params or {}
    page = page_of(stores.sessions().list_whole_history(session.id), query.get(PAGE, ""))
    here = f"{HISTORY.format(reference=reference)}?{PAGE}="
    return pages.page(
        "trainings/history.html",
        section="bureau",
        session=session,
        lines=[(_name_of(session, people.get(of)), line) for of, line in page.things],
        page=page,
        links={name: url(f"{here}{number}") for name, number in page.around.items()},
    )


def session_page(
    user: User, session: Session, *, done: str = "", errors: list[FieldError] | tuple[()] = (),
    typed: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """The page of a session; `errors` are what is wrong with the form in it, `typed` is what was typed there."""
    seats, now = seats_of(session), stores.now()
    roll = roll_at(session, seats)
    return pages.page(
        "trainings/desk_session.html",
        status=UNPROCESSABLE if errors else 200,
        section="bureau",
        session=session,
        seats=seats,
        roll=roll,
        lists=PeopleTable(session, seats).shown(roll),
        words=SESSION_WORDS[session.status],
        next_step=next_step(session, seats, now),
        acts=acts_of(session, now),
        needs=_needs(user, session, roll),
        done=done,
        errors=errors,
        typed=typed or {},
        waiting_choices=_choices(roll),
        new_key=ids.new_secret(),
        **_plan(session),
        **_past(session),
    )


def session_at(reference: str) -> Session:
    """The session with this reference. Raises `SessionUnknown`."""
    return planning.planning_service().get_by_reference(reference)


def seats_of(session: Session) -> Seats:
    """Its seats."""
    return stores.registrations().seats(session.id)


def roll_at(session: Session, seats: Seats) -> Roll:
    """Its people."""
    return roll_of(stores.registrations().list_of_session(session.id), seats)


def _plan(session: Session) -> dict[str, Any]:
    """What is planned, in words."""
    plan, office = session.plan, stores.office()
    in_charge = office.staff.person(plan.in_charge)
    return {
        "kind": KIND_WORDS.get(plan.kind, ""),
        "when": when_lines(plan),
        "duration": french_hours(plan.minutes),
        "in_charge": in_charge.name if in_charge else "",
        "proposed": as_proposed(session).plan.trainer.name if session.proposed else "",
        "form": session_form(),
        "pages_done": filling_of(session, session.answers).done,
    }


def _past(session: Session) -> dict[str, Any]:
    """What happened to the session itself."""
    return {
        "decisions": decision_repository().list_by_record(session.id),
        "history": recounted(stores.sessions().list_history(session))[-LAST_LINES:],
        "mails": [mail_row(mail, subject_of(mail)) for mail in outbox().list_by_record(session.id)],
    }


def _needs(user: User, session: Session, roll: Roll) -> list[dict[str, object]] | None:
    """What people need, for the person in charge alone; None for everybody else, who never learn that there is any."""
    if not user.person_id or user.person_id != session.plan.in_charge or not roll.everybody:
        return None
    return needs_rows((*roll.held, *roll.counted), stores.registrations().list_needs(session.id))


def _choices(roll: Roll) -> list[Choice]:
    """Who waits, to be put at another place."""
    ranked = enumerate(roll.waiting, start=1)
    return [Choice(one.reference, f"{rank}. {one.person.name}") for rank, one in ranked]


def _name_of(session: Session, one: Registration | None) -> object:
    return link_to(session, one) if one else ""
