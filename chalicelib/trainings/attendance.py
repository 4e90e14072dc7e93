"""Who was there, half-day by half-day, and what follows from it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.kernel.errors import RuleBroken
from chalicelib.office.trainings import TrainingRules
from chalicelib.trainings.half_days import HalfDay
from chalicelib.trainings.model import Mark, Registration, Session
from chalicelib.trainings.plan import Plan
from chalicelib.trainings.statuses import Event, Status

BEFORE = timedelta(hours=2)
"""So long before a half-day people may be marked: they come early."""


class State(StrEnum):
    """Whether somebody was there for a half-day."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


STATE_WORDS: Mapping[State, str] = {
    State.PRESENT: "Présent(e)",
    State.ABSENT: "Absent(e)",
    State.EXCUSED: "Excusé(e)",
}


class AttendanceClosed(RuleBroken):
    """Nobody is marked any more, or not yet."""

    def __init__(self, why: str) -> None:
        super().__init__(why)


TOO_EARLY = "Cette demi-journée n’a pas commencé\u00a0: revenez à l’heure, la page sera ouverte."
TOO_LATE = "Les présences de cette session sont closes. Pour une erreur, appelez l’office."


def check_markable(
    session: Session,
    half_day: HalfDay,
    now: datetime,
    rules: TrainingRules,
    people: Callable[[], Iterable[Registration]],
) -> None:
    """Raise `AttendanceClosed` unless somebody may be marked for that half-day at that instant.

    Where nobody was marked in time, the time is not over: staff copy the sheet that was signed, and close by hand.
    """
    if not session.is_open or is_time_over(session.plan, now, rules, people):
        raise AttendanceClosed(TOO_LATE)
    if now < half_day.starts_at - BEFORE:
        raise AttendanceClosed(TOO_EARLY)


def is_time_over(
    plan: Plan, now: datetime, rules: TrainingRules, people: Callable[[], Iterable[Registration]]
) -> bool:
    """Whether the time for marking is over, and somebody was marked in it."""
    end = closes_at(plan, rules)
    return now >= end and was_recorded(people(), before=end)


def closes_at(plan: Plan, rules: TrainingRules) -> datetime:
    """The instant at which attendance closes, some hours after the end."""
    return plan.end + timedelta(hours=rules.attendance_closes_hours)


def present_half_day(plan: Plan, now: datetime) -> HalfDay | None:
    """The half-day that is on, or the next one, or the last one: what a page shows first."""
    return next((one for one in plan.half_days if now < one.ends_at), None) or next(
        reversed(plan.half_days), None
    )


def marked(
    registration: Registration, half_day: HalfDay, state: State, by: str, at: datetime
) -> dict[str, Mark]:
    """The marks with one more."""
    return {**registration.marks, half_day.key: Mark(state.value, by, at)}


def attended(registration: Registration, plan: Plan) -> tuple[HalfDay, ...]:
    """The half-days that the person was there for."""
    return tuple(one for one in plan.half_days if _state(registration, one) == State.PRESENT)


def was_recorded(registrations: Iterable[Registration], before: datetime | None = None) -> bool:
    """Whether anybody was marked, before an instant where one is given: if not, nothing is known of anybody."""
    marks = (mark for one in registrations for mark in one.marks.values())
    return any(before is None or mark.at < before for mark in marks)


def is_at_rest(
    registrations: Iterable[Registration], plan: Plan, rules: TrainingRules, now: datetime
) -> bool:
    """Whether a session may be closed by itself: who marks people late has as many hours as after the end for all."""
    marks = [mark.at for one in registrations for mark in one.marks.values()]
    late = [at for at in marks if at >= closes_at(plan, rules)]
    return not late or now >= max(late) + timedelta(hours=rules.attendance_closes_hours)


def outcome(registration: Registration, plan: Plan) -> Event:
    """What a person's marks come to when attendance closes; who has no mark was not there.

    Who has no seat was given none, or was never answered.
    """
    if registration.status is not Status.CONFIRMED:
        return Event.APPROVAL_EXPIRED if registration.status is Status.PENDING else Event.ENDED
    states = {_state(registration, one) for one in plan.half_days}
    if State.PRESENT in states:
        return Event.FOUND_PRESENT
    return Event.FOUND_EXCUSED if State.EXCUSED in states else Event.FOUND_ABSENT


def counts(registrations: Sequence[Registration], half_day: HalfDay) -> dict[State, int]:
    """How many are in each state for a half-day."""
    return {state: sum(_state(one, half_day) == state for one in registrations) for state in State}


def _state(registration: Registration, half_day: HalfDay) -> str:
    mark = registration.marks.get(half_day.key)
    return mark.state if mark else ""
