"""Sessions and registrations made by the application itself in a runner, without the pages that lead there."""

from datetime import timedelta
from typing import Any


def published(**answers: Any) -> str:
    """A published session; its identifier."""
    from chalicelib.kernel import ids
    from chalicelib.kernel.clock import paris_day, utc_now
    from chalicelib.trainings.bootstrap import planning
    from tests.training import session_answers

    on = (paris_day(utc_now()) + timedelta(days=60)).isoformat()
    half_days = [{"on": on, "begins": "09:00", "ends": "12:30"}]
    people = {"in_charge": "lucie-morand", "accessibility": "lucie-morand", "theme": "numerique"}
    service = planning.planning_service()
    draft = service.create(
        ids.new_secret(), session_answers(**{"half_days": half_days, **people, **answers}), "Lucie"
    )
    return service.publish(draft, "Lucie").id


def held_lately(reference: str) -> None:
    """Move a session to a few hours ago: no form takes a day that is over, so staff do it whose clock stood before it.

    A minute of that hour is never two days, as the first minute of this very day could not have ended yet.
    """
    from dataclasses import replace

    from chalicelib.kernel.clock import PARIS, utc_now
    from chalicelib.trainings.bootstrap import planning

    ends = (utc_now() - timedelta(hours=2)).astimezone(PARIS).replace(minute=31)
    row = {"on": f"{ends:%Y-%m-%d}", "begins": f"{ends:%H}:30", "ends": f"{ends:%H}:31"}
    service = replace(planning.planning_service(), clock=lambda: ends - timedelta(hours=1))
    session = service.get_by_reference(reference)
    service.edit(session, {**session.answers, "half_days": [row]}, "Lucie")


def register(session_id: str, name: str, key: str = "") -> tuple[str, str]:
    """Register one person of a structure of their own: where they are put (or what stands against it), and their id."""
    from chalicelib.kernel import ids
    from chalicelib.trainings.bootstrap import planning, registering
    from chalicelib.trainings.gate import Visitor
    from tests.training import a_newcomer, a_structure

    session = planning.planning_service().get(session_id)
    structure = a_structure(name, f"{name.lower().replace(' ', '.')}@example.org")
    (applied,) = registering.registering_service().register(
        session, structure, Visitor(True), [a_newcomer(name, "Durand")], key or ids.new_secret()
    )
    if applied.problem:
        return type(applied.problem).__name__, applied.registration.id if applied.registration else ""
    assert applied.registration
    return applied.registration.status.value, applied.registration.id


def cancel(registration_id: str) -> str:
    """Give a seat or a place back; where the registration stands then."""
    from chalicelib.trainings.bootstrap import registering

    service = registering.registration_service()
    return service.cancel(service.get(registration_id), "Course").status.value


def happens(registration_id: str, event: str) -> str:
    """What an answer to an offer, or silence, makes of a registration."""
    from chalicelib.kernel.clock import utc_now
    from chalicelib.kernel.history import HistoryLine
    from chalicelib.trainings.bootstrap import registering
    from chalicelib.trainings.statuses import Event

    service = registering.registration_service()
    line = HistoryLine(utc_now(), "Course", event)
    return service.record(registration_id, Event(event), line).status.value


def standing(session_id: str) -> dict[str, Any]:
    """The seats as they are counted, the queue, and where each registration stands."""
    from chalicelib.trainings.bootstrap import stores

    seats = stores.registrations().seats(session_id)
    found = stores.registrations().list_of_session(session_id)
    return {
        "capacity": seats.capacity,
        "taken": seats.taken,
        "offered": seats.offered,
        "free": seats.free,
        "waiting": list(seats.waiting),
        "statuses": {one.id: one.status.value for one in found},
        "names": {one.id: one.person.first_name for one in found},
        "mails": sorted(f"{mail.message.template} {one.id}" for one in found for mail in _mails_of(one.id)),
    }


def _mails_of(record: str) -> list[Any]:
    from chalicelib.mail.bootstrap import outbox

    return outbox().list_by_record(record)


def timed_register(session_id: str, name: str) -> tuple[str, float]:
    """Register one person: where they are put, and the seconds it took."""
    import time

    before = time.perf_counter()
    status, _ = register(session_id, name)
    return status, time.perf_counter() - before


def register_in_turn(session_ids: list[str], names: list[str]) -> list[str]:
    """Register these people one after the other, each for the session of the same place; where they are put."""
    return [register(session_id, name)[0] for session_id, name in zip(session_ids, names, strict=True)]


def evening() -> int:
    """The round of questionnaires as it will be done this time tomorrow; how many it sends."""
    from dataclasses import replace

    from chalicelib.kernel.clock import utc_now
    from chalicelib.trainings.bootstrap import attending

    return replace(attending.surveys(), clock=lambda: utc_now() + timedelta(days=1)).send_due()
