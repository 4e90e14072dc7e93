"""Sessions and registrations in every state that has a page, made by the application itself in a runner."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from tests.e2e.seats import cancel, happens, held_lately, published, register

A_DAY = 86_400
WHO = "Lucie Morand"
TRAINER = "noa.petit@val.example.org"
SAID = {"overall": "good", "content": "good", "trainer": "very_good", "organisation": "good", "useful": "yes"}


def staged(email: str) -> dict[str, str]:
    """By their names: references of sessions and registrations, and the paths of links; `email` is a partner's."""
    return {**_open(email), **_full(), **_offered(), **_held(email), **_corrected(), **_of_the_desk()}


def certified(registration_id: str) -> str:
    """The code of a certificate that was printed."""
    certificate = _registration(registration_id).certificate
    assert certificate
    return str(certificate.code)


def withdrawn(registration_id: str) -> str:
    """The code of a certificate that was printed and holds no more: the person was excused after all."""
    from chalicelib.trainings.attendance import State
    from chalicelib.trainings.attendance_corrections import Correction
    from chalicelib.trainings.bootstrap import attending

    code, one = certified(registration_id), _registration(registration_id)
    session = _session(one.session_id)
    correction = Correction(session.plan.half_days[0], State.EXCUSED, "Partie avant l’heure.", one.version)
    attending.corrections().correct(session, one, correction, WHO)
    return code


def lapse(registration_id: str) -> str:
    """Nobody answers the offer of a seat; where the registration stands then."""
    from chalicelib.trainings.bootstrap import registering

    status = happens(registration_id, "offer_expired")
    registering.reconciler().withdraw_stale(registration_id)
    return status


def _open(email: str) -> dict[str, str]:
    """Sessions that take registrations, a training action among them, and one person of the partner on the first."""
    some, other, short = (published(seats=6), published(seats=6), published(seats=1, has_waitlist="no"))
    one = _comes(email, some)
    register(short, "Ana Roux")
    return {
        "open": _session(some).reference,
        "other": _session(other).reference,
        "no list": _session(short).reference,
        "action": _session(published(kind="training_action", price_cents=150_00, seats=6)).reference,
        "partners": _session(published(audience="partners", seats=6)).reference,
        "own training": one.reference,
        "confirmed": _link("/formations/gestion", one.id, one.email),
        "old link": _link("/formations/gestion", one.id, one.email, -1),
        "guest": _link("/formations/invitation", other, "invitee@example.org"),
        "trainer early": _link("/formations/emargement", some, TRAINER),
    }


def _full() -> dict[str, str]:
    """A session with one seat, two people who wait, and one who left the list."""
    full = published(seats=1)
    ids = [register(full, name)[1] for name in ("Ana Roux", "Bob Blanc", "Cléo Vit", "Dan Roy")]
    cancel(ids[3])
    seated, waiting, _, gone = map(_registration, ids)
    return {
        "full": _session(full).reference,
        "seated": seated.reference,
        "queued one": waiting.reference,
        "queued": _link("/formations/gestion", waiting.id, waiting.email),
        "ended": _link("/formations/gestion", gone.id, gone.email),
    }


def _offered() -> dict[str, str]:
    """Two seats that were freed and are offered: the identifiers and addresses of whom."""
    from chalicelib.decisions.model import question_id

    found: dict[str, str] = {}
    for name in ("offered", "lapsing"):
        session = published(seats=1, title=f"Place libérée {name}")
        first, second = (register(session, who)[1] for who in ("Ana Roux", f"Lou {name}"))
        cancel(first)
        offered = _registration(second)
        found |= {
            f"{name} id": second,
            f"{name} to": offered.email,
            f"{name} session": _session(session).reference,
            f"{name} one": offered.reference,
            f"{name} registration": _link("/formations/gestion", second, offered.email),
            f"{name} old offer": _link(
                "/formations/place", question_id(second, "offer", offered.round), offered.email, -1
            ),
        }
    return found


def _held(email: str) -> dict[str, str]:
    """A session on whose list people are marked, and one that is closed, each of a few hours ago."""
    door, closed = published(seats=6, title="Au téléphone"), published(seats=6, title="Déjà passée")
    coming, came = _comes(email, door), _comes(email, closed)
    register(door, "Bob Blanc")
    for session in (door, closed):
        held_lately(_session(session).reference)
    _marks(door, coming.id)
    _marks(closed, came.id)
    _close(closed, came.id)
    return {
        "door": _session(door).reference,
        "closed": _session(closed).reference,
        "attended id": came.id,
        "attended one": came.reference,
        "attended": _link("/formations/gestion", came.id, came.email),
        "trainer": _link("/formations/emargement", door, TRAINER),
        "presence": _presence(coming.id),
        "feedback": _link("/formations/avis", f"{came.id}#at_once", came.email),
        "feedback later": _link("/formations/avis", f"{came.id}#later", came.email),
    }


def _corrected() -> dict[str, str]:
    """A session that is closed, whose certificate is to be withdrawn, and one that has begun and has no seat left."""
    corrected, no_seat = published(seats=1, title="Corrigée"), published(seats=1, title="Commencée")
    (_, came), _ = (register(one, "Ana Roux") for one in (corrected, no_seat))
    for session in (corrected, no_seat):
        held_lately(_session(session).reference)
    _marks(corrected, came)
    _close(corrected, came)
    return {
        "corrected": _session(corrected).reference,
        "corrected id": came,
        "corrected one": _registration(came).reference,
        "no seat": _session(no_seat).reference,
    }


def _of_the_desk() -> dict[str, str]:
    """A draft that is incomplete, one that is whole, a session that was called off, one with two seats taken."""
    from chalicelib.trainings.bootstrap import planning

    off, several = published(seats=6, title="Annulée"), published(seats=3)
    planning.planning_service().call_off(_session(off), WHO, "L’intervenante est souffrante.")
    for name in ("Ana Roux", "Bob Blanc"):
        register(several, name)
    return {
        "called off": _session(off).reference,
        "several": _session(several).reference,
        "draft": _draft(half_days=None),
        "whole draft": _draft(trainer_kind="external"),
    }


def _draft(**answers: Any) -> str:
    from chalicelib.kernel import ids
    from chalicelib.trainings.bootstrap import planning
    from tests.training import session_answers

    people = {"in_charge": "lucie-morand", "accessibility": "lucie-morand"}
    days = [{"on": _day(60), "begins": "09:00", "ends": "12:30"}]
    typed = session_answers(**{"half_days": days, **people, **answers})
    return str(planning.planning_service().create(ids.new_secret(), typed, WHO).reference)


def _day(ahead: int) -> str:
    from chalicelib.kernel.clock import paris_day, utc_now

    day: date = paris_day(utc_now()) + timedelta(days=ahead)
    return day.isoformat()


def _comes(email: str, session_id: str) -> Any:
    """Somebody of the partner's structure registers."""
    from chalicelib.kernel import ids
    from chalicelib.trainings.bootstrap import registering, stores
    from tests.training import a_newcomer

    partner = stores.partners().find(email)
    assert partner
    people = [a_newcomer(needs={"needs": "Boucle magnétique."})]
    service = registering.registering_service()
    (made,) = service.register(
        _session(session_id), partner.structure, partner.visitor, people, ids.new_secret()
    )
    assert made.registration, made.problem
    return made.registration


def _marks(session_id: str, registration_id: str) -> None:
    from chalicelib.trainings.attendance import State
    from chalicelib.trainings.bootstrap import attending

    session = _session(session_id)
    (half_day,) = session.plan.half_days
    attending.attending_service().mark(session, registration_id, half_day, State.PRESENT, WHO)


def _close(session_id: str, registration_id: str) -> None:
    """The attendance is closed, and somebody has answered the questionnaire of months later."""
    from chalicelib.trainings.bootstrap import attending
    from chalicelib.trainings.surveying import Survey

    assert attending.attending_service().close(_session(session_id), WHO)
    attended = _registration(registration_id)
    attending.surveys().take(_session(session_id), attended, Survey.AT_ONCE, SAID)


def _session(session_id: str) -> Any:
    from chalicelib.trainings.bootstrap import planning

    return planning.planning_service().get(session_id)


def _registration(registration_id: str) -> Any:
    from chalicelib.trainings.bootstrap import registering

    return registering.registration_service().get(registration_id)


def _presence(registration_id: str) -> str:
    from chalicelib.trainings.presence_code import presence_path

    return str(presence_path(_registration(registration_id)))


def _link(page: str, subject: str, holder: str, seconds: int = A_DAY) -> str:
    """The path of a new link; with less than 0 seconds it has ended."""
    from chalicelib.links.bootstrap import link_service
    from chalicelib.links.model import LinkRequest

    return urlsplit(link_service().mint(LinkRequest(page, subject, holder, seconds))).path
