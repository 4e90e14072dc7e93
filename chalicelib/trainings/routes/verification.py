"""Whether a certificate is genuine: its code is typed, or scanned from the paper."""

from chalice import Blueprint, Response

from chalicelib.access.bootstrap import limiter
from chalicelib.kernel.addresses import machine_behind
from chalicelib.kernel.errors import TooMany
from chalicelib.kernel.french import french_hours
from chalicelib.trainings.attendance import attended
from chalicelib.trainings.bootstrap import registering, stores
from chalicelib.trainings.codes import normalise
from chalicelib.trainings.half_days import days_of, minutes_of
from chalicelib.trainings.kinds import KIND_WORDS
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.paths import VERIFICATION
from chalicelib.trainings.when import day_in_words
from chalicelib.web import pages
from chalicelib.web.requests import client_ip
from chalicelib.web.views import view

bp = Blueprint(__name__)

TRIED, TRIES, AN_HOUR = "verification", 60, 3600
NOT_FOUND, GONE = 404, 410
CODE = "code"


class TooManyCodes(TooMany):
    """Somebody tries codes."""

    def __init__(self) -> None:
        super().__init__(
            "Trop de codes ont été essayés d’ici. Recommencez dans une heure, ou appelez l’office."
        )


@bp.route(VERIFICATION, methods=["GET"])
@view
def ask_for_code() -> Response:
    """A field for the code, `?code=7KQ4-M2XB-9DTR`."""
    typed = (bp.current_request.query_params or {}).get(CODE, "").strip()
    return (
        _answer(typed)
        if typed
        else pages.page("trainings/verification.html", section="", typed="", found=None)
    )


@bp.route(VERIFICATION + "/{code}", methods=["GET"])
@view
def verify_certificate(code: str) -> Response:
    """What the certificate with this code certifies, or that there is none."""
    return _answer(code)


def _answer(typed: str) -> Response:
    code = normalise(typed)
    registration = _certified(code) if code else None
    if registration is None:
        return pages.page(
            "trainings/verification.html", status=NOT_FOUND, section="", typed=typed[:40], found=None
        )
    session = registering.registration_service().session_of(registration)
    if code in registration.withdrawn:
        return _withdrawn(code, registration, session)
    came = attended(registration, session.plan)
    return pages.page(
        "trainings/verification.html",
        section="",
        typed=code,
        found=registration,
        session=session,
        plan=session.plan,
        kind=KIND_WORDS.get(session.plan.kind, ""),
        days=[day_in_words(day) for day in days_of(came)],
        duration=french_hours(minutes_of(came)),
    )


def _withdrawn(code: str, registration: Registration, session: Session) -> Response:
    """That this certificate holds no more since a day, and nothing of whose it was."""
    return pages.page(
        "trainings/verification.html",
        status=GONE,
        section="",
        typed=code,
        found=None,
        withdrawn_at=registration.withdrawn[code],
        is_replaced=bool(attended(registration, session.plan)),
    )


def _certified(code: str) -> Registration | None:
    """The registration of a code, or None. A wrong code is counted: opening a good one writes nothing.

    Raises `TooManyCodes` for whoever tried too many, even with a good one.
    """
    machine = machine_behind(client_ip(bp.current_request))
    if not limiter().has_room(TRIED, machine, TRIES):
        raise TooManyCodes
    registration = stores.registrations().find_by_code(code)
    if registration is None:
        limiter().allow(TRIED, machine, TRIES, AN_HOUR)
    return registration
