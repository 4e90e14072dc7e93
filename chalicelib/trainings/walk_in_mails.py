"""What somebody is told who was added while a session is on: the days still to come, and nothing of the others."""

from dataclasses import replace
from datetime import datetime

from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.trainings.emails import to_person
from chalicelib.trainings.half_days import Day
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.plan import Plan
from chalicelib.trainings.when import day_in_words


def days_to_come(plan: Plan, now: datetime) -> list[Day]:
    """The days of a session that have not begun at that instant."""
    return [day for day in plan.days if day.starts_at > now]


def walk_in_mails(
    session: Session, registration: Registration, office: Office, at: datetime
) -> list[Message]:
    """The registration with the days to come and their calendar entries; nothing where there are none."""
    to_come = days_to_come(session.plan, at)
    if not to_come:
        return []
    mail = to_person("trainings/added", session, registration, office, at)
    entries = tuple(one for one in mail.calendar if one.starts_at > at)
    context = {**mail.context, "when": [day_in_words(day) for day in to_come]}
    return [replace(mail, calendar=entries, context=context)]
