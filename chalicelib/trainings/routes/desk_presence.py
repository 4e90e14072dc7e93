"""What the page of one person at the desk shows of their presence, and until when it may be corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.french import french_long_date
from chalicelib.trainings.attendance import STATE_WORDS, State
from chalicelib.trainings.attendance_corrections import last_day
from chalicelib.trainings.bootstrap import stores
from chalicelib.trainings.half_days import HalfDay
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.statuses import PRESENT_OR_NOT
from chalicelib.trainings.when import hours_of
from chalicelib.web.fields import Choice

NOT_MARKED = "Non relevé"


@dataclass(frozen=True)
class Presence:
    """Rows of a summary, the choices of the form, and the last day on which it may be sent; None once it is past."""

    rows: Sequence[dict[str, str]]
    half_days: Sequence[Choice]
    states: Sequence[Choice]
    until: date | None


def presence_of(session: Session, registration: Registration) -> Presence | None:
    """What is known of somebody whose attendance is closed; None for anybody else."""
    last = last_day(session, stores.office().training_rules)
    if registration.status not in PRESENT_OR_NOT or last is None:
        return None
    half_days = session.plan.half_days
    return Presence(
        rows=[{"label": _named(one), "value": _state(registration, one)} for one in half_days],
        half_days=[Choice(one.key, _named(one)) for one in half_days],
        states=[Choice(state.value, words) for state, words in STATE_WORDS.items()],
        until=last if paris_day(stores.now()) <= last else None,
    )


def _named(half_day: HalfDay) -> str:
    """`Jeudi 4 mars 2027, de 9 h 00 à 12 h 30`."""
    day = french_long_date(half_day.on)
    return f"{day[:1].upper()}{day[1:]}, {hours_of(half_day)}"


def _state(registration: Registration, half_day: HalfDay) -> str:
    mark = registration.marks.get(half_day.key)
    return STATE_WORDS[State(mark.state)] if mark else NOT_MARKED
