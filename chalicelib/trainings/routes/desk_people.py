"""One person of a session at the desk: their registration, its place in the queue, and how staff cancel it."""

from typing import Any

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.decisions import applicants
from chalicelib.decisions.bootstrap import decision_repository
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import FieldError
from chalicelib.mail.bootstrap import outbox, refusal_desk, subject_of
from chalicelib.mail.wording import mail_row
from chalicelib.trainings.bootstrap import registering, stores
from chalicelib.trainings.cancelling import terms_of
from chalicelib.trainings.gate import has_begun
from chalicelib.trainings.model import Registration, RegistrationUnknown, Session
from chalicelib.trainings.paths import DESK_REGISTRATION, DESK_SESSION, desk_registration_path
from chalicelib.trainings.readers import READERS
from chalicelib.trainings.routes import managing
from chalicelib.trainings.routes.desk_presence import presence_of
from chalicelib.trainings.routes.desk_session import seats_of, session_at, session_page
from chalicelib.trainings.routes.desk_ways import to_session
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.statuses import MOVES, Event, Status
from chalicelib.trainings.wording import STAFF_NEXT, STATUS_WORDS
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE = 422
WHO, RANK, WHY, REASON = "personne", "rang", "raison", "motif"
NO_PERSON = "Choisissez une personne de la liste d’attente."
NO_RANK = "Indiquez un rang entre 1 et {last}."
NO_WHY = "Indiquez pourquoi le rang change\u00a0: les autres personnes qui attendent peuvent le demander."
NO_REASON = "Indiquez pourquoi cette inscription est annulée\u00a0: la personne lit ce motif."


@bp.route(DESK_REGISTRATION, methods=["GET"])
@view
@staff_only(*READERS)
def show_desk_registration(user: User, reference: str, registration: str) -> Response:
    """One registration with all that is known about it, but for what the person needs."""
    return registration_page(*registration_at(reference, registration))


@bp.route(DESK_REGISTRATION + "/annulation", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def cancel_desk_registration(user: User, reference: str, registration: str) -> Response:
    """Cancel a registration for the person, with a reason; sent twice, it is done once."""
    session, found = registration_at(reference, registration)
    if _may_be_cancelled(session, found):
        reason = _typed(REASON)
        if not reason:
            return registration_page(session, found, [FieldError(REASON, NO_REASON)])
        registering.registration_service().cancel(found, user.name, reason)
        registering.reconciler().withdraw_stale(found.id)
    return to_registration(session, found)


@bp.route(DESK_REGISTRATION + "/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def send_link_again(user: User, reference: str, registration: str) -> Response:
    """Mail the person the link of the offered seat once more, or that of the registration where none is offered."""
    session, found = registration_at(reference, registration)
    if question := applicants.pending_question(found):
        applicants.mail_again(question)
    elif _may_have_link(found):
        managing.mail_link_again(found)
    return to_registration(session, found)


@bp.route(DESK_SESSION + "/rang", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def move_in_waitlist(user: User, reference: str) -> Response:
    """Put who waits at another place, with a reason; sent twice, it is done once."""
    session = session_at(reference)
    seats, typed = seats_of(session), {name: _typed(name) for name in (WHO, RANK, WHY)}
    found = _waiting(seats, typed[WHO])
    errors = _mistakes(found, typed, len(seats.waiting))
    if found is None or errors:
        return session_page(user, session, errors=errors, typed=typed)
    if seats.rank(found.id) != int(typed[RANK]):
        registering.registration_service().move(found, int(typed[RANK]), user.name, typed[WHY])
    return to_session(session, "rang")


def _mistakes(found: Registration | None, typed: dict[str, str], last: int) -> list[FieldError]:
    is_rank = typed[RANK].isdecimal() and len(typed[RANK]) < 5 and 1 <= int(typed[RANK]) <= last
    wrong = (
        (found is None, FieldError(WHO, NO_PERSON)),
        (not is_rank, FieldError(RANK, NO_RANK.format(last=last))),
        (not typed[WHY], FieldError(WHY, NO_WHY)),
    )
    return [error for is_wrong, error in wrong if is_wrong]


def _waiting(seats: Seats, reference: str) -> Registration | None:
    """Who waits for one of these seats under that reference, or None."""
    found = stores.registrations().find_by_reference(reference.upper()) if reference else None
    return found if found and seats.rank(found.id) else None


def registration_at(reference: str, registration: str) -> tuple[Session, Registration]:
    """A session and a registration for it. Raises `RegistrationUnknown` for one of another session too."""
    session = session_at(reference)
    found = registering.registration_service().get_by_reference(registration)
    if found.session_id != session.id:
        raise RegistrationUnknown
    return session, found


def registration_page(
    session: Session, found: Registration, errors: list[FieldError] | tuple[()] = (), **more: Any
) -> Response:
    """The page of a registration; `errors` are what is wrong with a form in it, `typed` is what was typed there."""
    return pages.page(
        "trainings/desk_registration.html",
        status=more.pop("status", UNPROCESSABLE if errors else 200),
        section="bureau",
        session=session,
        registration=found,
        words=STATUS_WORDS[found.status],
        next_step=STAFF_NEXT[found.status],
        rank=seats_of(session).rank(found.id) if found.status is Status.WAITING else 0,
        due_cents=_due(session, found),
        answers=registering.describe(found),
        decisions=decision_repository().list_by_record(found.id),
        history=stores.registrations().list_history(found),
        mails=[mail_row(mail, subject_of(mail)) for mail in outbox().list_by_record(found.id)],
        may_have_link=_may_have_link(found),
        may_cancel=_may_be_cancelled(session, found),
        may_be_excused=_may_be_excused(session, found),
        refuses_mail=refusal_desk().refuses(found.email),
        columns=managing.person_columns(),
        may_correct=(found.status, Event.CORRECTED) in MOVES,
        presence=presence_of(session, found),
        errors=errors,
        **{"typed": {}, **more},
    )


def _may_be_cancelled(session: Session, registration: Registration) -> bool:
    return registration.is_held and not has_begun(session, stores.now())


def _may_be_excused(session: Session, registration: Registration) -> bool:
    """Whether an absence is noted on the list at the door: nobody cancels any more."""
    has_seat = registration.status is Status.CONFIRMED
    return has_seat and session.is_open and has_begun(session, stores.now())


def _may_have_link(registration: Registration) -> bool:
    """Whether a fresh link leads to anything: a seat, a rank, or a certificate."""
    return (registration.is_held and registration.status is not Status.OFFERED) or (
        registration.certificate is not None
    )


def _due(session: Session, registration: Registration) -> int:
    """What cancelling today would cost the person."""
    terms = terms_of(session.plan, stores.office().training_rules)
    return terms.due_cents(registration.status, paris_day(stores.now()))


def to_registration(session: Session, registration: Registration) -> Response:
    """303 to its page."""
    path = desk_registration_path(session.reference, registration.reference)
    return pages.redirect(path)


def _typed(name: str) -> str:
    return first_of(form_fields(bp.current_request), name).strip()
