"""A colleague who comes instead of somebody."""

from dataclasses import replace
from typing import Any

from chalicelib.kernel import ids
from chalicelib.kernel.history import HistoryLine
from chalicelib.trainings.model import Change, Person, Registration, Session
from chalicelib.trainings.statuses import Status


def colleague(
    registration: Registration, session: Session, person: Person, new_id: str, key: str, now: Any
) -> Registration:
    """The registration of who comes instead: the same seat, and nothing of what was said about the other person."""
    return replace(
        registration,
        id=new_id,
        reference=ids.new_reference("INS"),
        status=Status.CONFIRMED,
        status_since=now,
        person=person,
        person_key=key,
        asked_at=now,
        confirmed_at=now,
        presence_code=ids.new_id(),
        answers={},
        is_placed=False,
        note="",
        version=1,
        round=1,
        run=0,
        told_days=len(session.plan.days),
        told_version=session.plan_version,
        replaces=registration.id,
        marks={},
        certificate=None,
    )


def instead(left: Change) -> HistoryLine:
    """The line of who comes, told by the change of who leaves."""
    return replace(left.line, what=f"Vient à la place de {left.after.person.name}")
