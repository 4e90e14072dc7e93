"""What a person takes away of a registration."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.kernel.clock import iso
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.portable import portable_instant, portable_line
from chalicelib.trainings.model import Registration, Session


def portable(
    registration: Registration,
    session: Session | None,
    history: Sequence[HistoryLine],
    needs: Mapping[str, str],
) -> dict[str, Any]:
    """The registration as values of JSON; what an erased session was is not known any more."""
    plan = session.plan if session else None
    return {
        "reference": registration.reference,
        "status": registration.status.value,
        "session": plan.title if plan else "",
        "half_days": [one.key for one in plan.half_days] if plan else [],
        "person": vars(registration.person),
        "structure": registration.structure.name,
        "answers": dict(registration.answers),
        "needs": dict(needs),
        "asked_at": iso(registration.asked_at),
        "confirmed_at": portable_instant(registration.confirmed_at),
        "price_cents": registration.price_cents,
        "due_cents": registration.due_cents,
        "attendance": {key: mark.state for key, mark in registration.marks.items()},
        "certificate": registration.certificate.code if registration.certificate else None,
        "history": [portable_line(line) for line in history],
    }
