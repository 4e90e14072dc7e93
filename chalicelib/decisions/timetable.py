"""What is due on a pending question today, computed from its state at the moment of asking."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from chalicelib.decisions.model import Timetable
from chalicelib.kernel.clock import PARIS

AddWorkingDays = Callable[[date, int], date]


class Due(StrEnum):
    """What a pending question may need."""

    REMINDER = "reminder"
    ESCALATION = "escalation"


@dataclass(frozen=True)
class DueStep:
    """A reminder or an escalation whose day `on` has come; `days` after the question."""

    kind: Due
    days: int
    on: date

    @property
    def occasion(self) -> str:
        """The name of the occasion: each is mailed and noted once."""
        return f"{self.kind}-{self.days}"


@dataclass(frozen=True)
class Calendar:
    """Counts days from the question, in Paris, on working days where the timetable says so."""

    add_working_days: AddWorkingDays

    def day(self, timetable: Timetable, asked_on: date, days: int) -> date:
        """The day that comes `days` after `asked_on`."""
        if timetable.working_days:
            return self.add_working_days(asked_on, days)
        return asked_on + timedelta(days=days)

    def expires_at(self, timetable: Timetable, asked_at: datetime) -> datetime:
        """The exact end where there is one, else that of the last day for an answer: midnight in Paris after it."""
        if timetable.is_exact:
            return datetime.fromisoformat(timetable.expires_at)
        last = self.day(timetable, asked_at.astimezone(PARIS).date(), timetable.expiry_days)
        return datetime.combine(last + timedelta(days=1), datetime.min.time(), PARIS)

    def due_steps(self, timetable: Timetable, asked_at: datetime, today: date) -> list[DueStep]:
        """The latest reminder whose day has come, and the escalation if its day has."""
        asked_on = asked_at.astimezone(PARIS).date()
        reminders = [self._step(Due.REMINDER, timetable, asked_on, days) for days in timetable.reminder_days]
        come = [step for step in reminders if step.on <= today]
        steps = [max(come, key=lambda step: step.days)] if come else []
        if timetable.escalation_days is not None:
            passed_on = self._step(Due.ESCALATION, timetable, asked_on, timetable.escalation_days)
            steps += [passed_on] if passed_on.on <= today else []
        return steps

    def _step(self, kind: Due, timetable: Timetable, asked_on: date, days: int) -> DueStep:
        return DueStep(kind, days, self.day(timetable, asked_on, days))
