"""One's own registration, by the mailed link or in the space: see it, correct it, send a colleague, cancel it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalice import Response

from chalicelib.access.bootstrap import limiter
from chalicelib.decisions import applicants
from chalicelib.kernel import ids
from chalicelib.kernel.clock import iso_minute, paris_day
from chalicelib.kernel.errors import FieldError
from chalicelib.mail.bootstrap import mail_desk
from chalicelib.runtime import config
from chalicelib.trainings.bootstrap import attending, registering, stores
from chalicelib.trainings.cancelling import agreed_terms
from chalicelib.trainings.emails import to_person
from chalicelib.trainings.gate import has_begun
from chalicelib.trainings.model import AlreadyRegistered, Person, Registration, RegistrationUnknown
from chalicelib.trainings.presence_code import presence_path
from chalicelib.trainings.registration_form import person_in, registration_form
from chalicelib.trainings.statuses import Status
from chalicelib.trainings.wording import STATUS_WORDS
from chalicelib.web import pages
from chalicelib.web.fields import Field
from chalicelib.web.forms import Form
from chalicelib.web.requests import first_of

UNPROCESSABLE, CONFLICT = 422, 409
SURE, KEY, REASON = "confirme", "cle", "motif"
NOT_SURE = "Cochez la case pour confirmer l’annulation."
Fields = Mapping[str, list[str]]
REASON_LIMIT = 500
LINKS_PER_HOUR, AN_HOUR = 5, 3600


@dataclass(frozen=True)
class Managed:
    """A registration, where its page is, and who stands before it."""

    registration: Registration
    path: str
    section: str
    who: str


def show(one: Managed, **more: Any) -> Response:
    """Where the registration stands, what comes next, and what may be done."""
    registration, office = one.registration, stores.office()
    session = registering.registration_service().session_of(registration)
    terms = agreed_terms(session.plan, registration.price_cents, office.training_rules)
    rank, waiting = _place_in_queue(registration)
    errors, begun = more.pop("errors", ()), has_begun(session, stores.now())
    return pages.page(
        "trainings/registration.html",
        status=more.pop("status", UNPROCESSABLE if errors else 200),
        section=one.section,
        one=one,
        registration=registration,
        session=session,
        plan=session.plan,
        words=STATUS_WORDS[registration.status],
        rank=rank,
        waiting=waiting,
        terms=terms,
        due=terms.due_cents(registration.status, paris_day(stores.now())),
        question=applicants.pending_question(registration)
        if registration.awaited_step and not begun
        else None,
        history=stores.registrations().list_history(registration),
        key=ids.new_secret(),
        columns=person_columns(),
        errors=errors,
        office=office,
        may_change=registration.is_held and not begun,
        has_begun=begun,
        code=_code(registration),
        **{"typed": {}, "said": "", **more},
    )


def mail_link_again(registration: Registration) -> None:
    """Mail the person a fresh link to their registration; a few within an hour, then nothing is sent."""
    if not limiter().allow("registration-link", registration.id, LINKS_PER_HOUR, AN_HOUR):
        return
    session, now = registering.registration_service().session_of(registration), stores.now()
    occasion = f"again-{iso_minute(now)}"
    mail_desk().enqueue(
        to_person("trainings/fresh_link", session, registration, stores.office(), now, occasion=occasion)
    )


def certificate(one: Managed) -> Response:
    """The certificate, by a link that lives minutes. Raises `RegistrationUnknown` where there is none."""
    made = one.registration.certificate
    if made is None:
        raise RegistrationUnknown
    return pages.lead_to_file(attending.link_to_certificate(one.registration, made))


def cancel(one: Managed, fields: Fields) -> Response:
    """Give the seat or the place back, once the box is ticked: a program that presses buttons ticks none.

    Sent twice, it is done once.
    """
    if one.registration.status is Status.CANCELLED:
        return pages.redirect(one.path)
    if not fields.get(SURE):
        return show(one, errors=[FieldError(SURE, NOT_SURE)])
    reason = first_of(fields, REASON).strip()[:REASON_LIMIT]
    cancelled = registering.registration_service().cancel(one.registration, one.who, reason)
    registering.reconciler().withdraw_stale(cancelled.id)
    return pages.redirect(one.path)


def correct(one: Managed, fields: Fields) -> Response:
    """Other contact details; mistakes are told at their field, and what was typed stays."""
    typed = {name: first_of(fields, name) for name in ("email", "phone", "function")}
    person, errors = person_typed({**vars(one.registration.person), **typed}, ("email", "phone", "function"))
    if errors:
        return show(one, errors=errors, typed=typed)
    registering.registration_service().correct(one.registration, person, one.who)
    return pages.redirect(one.path)


def replace(one: Managed, fields: Fields) -> Response:
    """A colleague comes instead."""
    names = ("first_name", "last_name", "email", "phone", "function")
    typed = {name: first_of(fields, f"remplacant-{name}") for name in names}
    person, errors = person_typed(typed, names)
    errors = [FieldError(f"remplacant-{error.field}", error.message) for error in errors]
    shown = {f"remplacant-{name}": value for name, value in typed.items()}
    if errors:
        return show(one, errors=errors, typed=shown)
    key = first_of(fields, KEY)
    secret = key if ids.is_secret(key) else ids.new_secret()
    try:
        registering.registration_service().replace(one.registration, person, one.who, secret)
    except AlreadyRegistered as already:
        return show(
            one, errors=[FieldError("remplacant-last_name", str(already))], typed=shown, status=CONFLICT
        )
    return pages.redirect(one.path)


def _code(registration: Registration) -> str:
    """The code to show at the door, as a drawing; empty for who has no seat."""
    if registration.status is not Status.CONFIRMED:
        return ""
    from chalicelib.adapters.qr import svg

    return svg(config.base_url() + presence_path(registration), "Code à montrer à l’entrée")


def person_typed(typed: Mapping[str, str], asked: tuple[str, ...]) -> tuple[Person, list[FieldError]]:
    """The person that was typed, in the spelling that is kept, and the mistakes in what was asked."""
    form = registration_form()
    raw = {f"participants-0-{name}": [value] for name, value in typed.items() if value}
    answers = form.parse(raw)
    rows: Any = answers.get("participants") or [{}]
    prefix = "participants-0-"
    wrong = [
        FieldError(error.field.removeprefix(prefix), _own_words(error.message))
        for error in form.errors({"participants": rows}, sections={"participants"})
    ]
    return person_in(rows[0]), [error for error in wrong if error.field in asked]


def _own_words(message: str) -> str:
    """The sentence without the number of the row: here there is one person."""
    said = message.partition("\u00a0: ")[2] if message.startswith("Personne") else message
    return said[:1].upper() + said[1:]


def person_columns() -> dict[str, Field]:
    """The questions about one person, by name."""
    form: Form = registration_form()
    return {column.name: column for column in form.by_name["participants"].columns}


def _place_in_queue(registration: Registration) -> tuple[int, int]:
    """The rank of who waits and how many do; 0 of 0 for everybody else, for whom no seats are read."""
    if registration.status is not Status.WAITING:
        return 0, 0
    seats = stores.registrations().seats(registration.session_id)
    return seats.rank(registration.id), len(seats.waiting)
