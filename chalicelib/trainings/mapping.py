"""Sessions, registrations and seats to stored items and back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from chalicelib.adapters.history import line_attributes
from chalicelib.kernel.clock import iso
from chalicelib.kernel.history import HistoryLine
from chalicelib.trainings.items import (
    HEAD,
    LineItem,
    SeatsItem,
    TrainingItem,
    line_key,
    registration_key,
    session_key,
)
from chalicelib.trainings.model import Certificate, Mark, Person, Registration, Session, Structure, session_of
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.statuses import SessionStatus, Status

Json = dict[str, Any]
_IN_ITEM = frozenset({"id", "reference", "status", "status_since", "version", "run"})
_SESSION_MOMENTS = ("created_at", "shown_since")
_MOMENTS = ("asked_at", "offered_until", "confirmed_at")
NOBODY = "-"
"""Sessions are found by where they stand, never by whose they are."""


def status_key(status: SessionStatus | Status) -> str:
    """Where a record stands, as the index knows it: both kinds of records share it."""
    kind = "session" if isinstance(status, SessionStatus) else "registration"
    return f"{kind}#{status.value}"


def session_item(session: Session) -> TrainingItem:
    """The item of a session."""
    stored = {name: value for name, value in vars(session).items() if name not in {*_IN_ITEM, "plan"}}
    return TrainingItem(
        pk=session_key(session.id),
        sk=HEAD,
        reference=session.reference,
        status_key=status_key(session.status),
        status_since=iso(session.status_since),
        holder_key=NOBODY,
        holder_sort=iso(session.created_at),
        file={
            **stored,
            "answers": dict(session.answers),
            "proposed": dict(session.proposed),
            **_moments_of(session),
        },
        version=session.version,
        run=session.run,
    )


def session_from(item: TrainingItem) -> Session:
    """The session that an item holds."""
    stored = dict(item.file)
    return Session(
        id=item.pk.partition("#")[2],
        status=SessionStatus(item.status_key.partition("#")[2]),
        **_head(item),
        **{**stored, **_read_moments(stored, _SESSION_MOMENTS)},
    )


def _moments_of(session: Session) -> Json:
    moments = {name: getattr(session, name) for name in _SESSION_MOMENTS}
    return {name: iso(at) if at else None for name, at in moments.items()}


def _read_moments(stored: Json, names: Iterable[str]) -> Json:
    """The instants of a record; what it has not, it had not yet when it was stored."""
    told = {name: stored.get(name) for name in names}
    return {name: datetime.fromisoformat(at) if at else None for name, at in told.items()}


def registration_item(registration: Registration) -> TrainingItem:
    """The item of a registration."""
    return TrainingItem(
        pk=session_key(registration.session_id),
        sk=registration_key(registration.id),
        reference=registration.reference,
        status_key=status_key(registration.status),
        status_since=iso(registration.status_since),
        holder_key=registration.structure.email,
        holder_sort=iso(registration.asked_at),
        file=_file(registration),
        version=registration.version,
        run=registration.run,
    )


def registration_from(item: TrainingItem) -> Registration:
    """The registration that an item holds."""
    stored: Json = dict(item.file)
    return Registration(
        id=f"{item.pk.partition('#')[2]}-{item.sk.partition('#')[2]}",
        status=Status(item.status_key.partition("#")[2]),
        **_head(item),
        **{
            **stored,
            **_read_moments(stored, _MOMENTS),
            "person": Person(**stored["person"]),
            "structure": Structure(**stored["structure"]),
            "marks": {key: _mark(mark) for key, mark in stored["marks"].items()},
            "certificate": _certificate(stored["certificate"]),
            "withdrawn": {
                code: datetime.fromisoformat(at) for code, at in stored.get("withdrawn", {}).items()
            },
        },
    )


def seats_item(seats: Seats) -> SeatsItem:
    """The item of a session's seats."""
    return SeatsItem(
        pk=session_key(seats.session_id),
        capacity=seats.capacity,
        wanted=seats.wanted,
        taken=seats.taken,
        offered=seats.offered,
        free=seats.free,
        regular=list(seats.regular),
        last=list(seats.last),
        is_open=int(seats.is_open),
        version=seats.version,
    )


def seats_from(item: SeatsItem) -> Seats:
    """The seats that an item holds."""
    return Seats(
        session_id=item.pk.partition("#")[2],
        capacity=int(item.capacity),
        wanted=int(item.wanted),
        taken=int(item.taken),
        offered=int(item.offered),
        regular=tuple(item.regular),
        last=tuple(item.last),
        is_open=bool(item.is_open),
        version=int(item.version),
    )


def line_item(record: Session | Registration, line: HistoryLine) -> LineItem:
    """The line that goes with one version of a record."""
    session_id = record.id if isinstance(record, Session) else session_of(record.id)
    key = line_key(record.reference, record.version)
    return LineItem(pk=session_key(session_id), sk=key, **line_attributes(line))


def _head(item: TrainingItem) -> Json:
    return {
        "reference": item.reference,
        "status_since": datetime.fromisoformat(item.status_since),
        "version": int(item.version),
        "run": int(item.run),
    }


def _file(registration: Registration) -> Json:
    stored = {name: value for name, value in vars(registration).items() if name not in _IN_ITEM}
    made = registration.certificate
    moments = {name: iso(stored[name]) if stored[name] else None for name in _MOMENTS}
    return {
        **stored,
        **moments,
        "answers": dict(registration.answers),
        "person": vars(registration.person),
        "structure": vars(registration.structure),
        "marks": {key: {**vars(mark), "at": iso(mark.at)} for key, mark in registration.marks.items()},
        "certificate": {**vars(made), "made_at": iso(made.made_at)} if made else None,
        "withdrawn": {code: iso(at) for code, at in registration.withdrawn.items()},
    }


def _certificate(stored: Json | None) -> Certificate | None:
    return Certificate(**{**stored, "made_at": datetime.fromisoformat(stored["made_at"])}) if stored else None


def _mark(stored: Json) -> Mark:
    return Mark(**{**stored, "at": datetime.fromisoformat(stored["at"])})
