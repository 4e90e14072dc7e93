"""What the nearing of a session asks for, worked out from where it stands at that moment: dates move, people leave."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from chalicelib.kernel.clock import paris_day
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.trainings.attendance import was_recorded
from chalicelib.trainings.emails import to_officer, to_person
from chalicelib.trainings.link_mails import trainer_mail
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.statuses import SessionStatus, Status


def reminder_due(first_day: date, today: date, days: Sequence[int]) -> int | None:
    """The reminder whose day has come, by its number of days before; None for none, or when the day itself is there."""
    left = (first_day - today).days
    return min((day for day in days if 0 < left <= day), default=None)


def due_mails(
    session: Session, registrations: Sequence[Registration], office: Office, now: datetime
) -> Iterator[Message]:
    """The reminders of today; each is sent once, so a day that was missed is made up for."""
    first_day, today = session.plan.first_day, paris_day(now)
    if first_day is None or first_day <= today:
        return
    yield from _to_trainer(session, office, today, now)
    seated = [one for one in registrations if one.status is Status.CONFIRMED]
    for one in seated:
        yield from _reminder(session, one, office, today)


def attendance_mails(
    session: Session, registrations: Sequence[Registration], office: Office, now: datetime
) -> list[Message]:
    """What the person in charge is told once, from the day after a session of which nobody noted who came."""
    ends_at = session.plan.ends_at
    if ends_at is None or paris_day(now) <= paris_day(ends_at) or was_recorded(registrations):
        return []
    if not any(one.status is Status.CONFIRMED for one in registrations):
        return []
    return to_officer("trainings/attendance_due", session, office, f"attendance-{paris_day(ends_at)}")


def misses_minimum(session: Session, seats: Seats, office: Office, today: date) -> bool:
    """Whether the office has to choose between keeping the session and cancelling it: one question at a time."""
    plan, rules = session.plan, office.training_rules
    is_asked = session.is_settled or session.asks_about_trainer
    if session.status is not SessionStatus.PUBLISHED or is_asked or plan.first_day is None:
        return False
    is_near = 0 < (plan.first_day - today).days <= rules.minimum_check_days
    return is_near and seats.taken < plan.minimum


def _to_trainer(session: Session, office: Office, today: date, now: datetime) -> Iterator[Message]:
    """The trainer gets the list when the first reminder goes out, and once more when the date has moved."""
    plan, days = session.plan, office.training_rules.reminder_days
    if plan.trainer.email and plan.first_day and days and (plan.first_day - today).days <= max(days):
        yield trainer_mail(session, office, now, f"trainer-{plan.first_day}")


def _reminder(session: Session, one: Registration, office: Office, today: date) -> Iterator[Message]:
    first_day = session.plan.first_day
    days = reminder_due(first_day, today, office.training_rules.reminder_days) if first_day else None
    if first_day is None or days is None or _came_later(one, first_day - timedelta(days=days)):
        return
    yield _mail("trainings/reminder", session, one, office, f"reminder-{first_day}-{days}")


def _came_later(one: Registration, reminded_on: date) -> bool:
    """Whether the confirmation, which says the same, went out on the day of the reminder or after it."""
    return one.confirmed_at is not None and paris_day(one.confirmed_at) >= reminded_on


def _mail(template: str, session: Session, one: Registration, office: Office, occasion: str) -> Message:
    at = one.confirmed_at or one.asked_at
    return to_person(template, session, one, office, at, occasion=occasion)
