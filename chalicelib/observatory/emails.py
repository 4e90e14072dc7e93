"""The mails of the observatory."""

from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.kernel.clock import PARIS, iso_minute
from chalicelib.kernel.french import french_date, french_month, french_of_month
from chalicelib.links.model import LinkRequest
from chalicelib.mail.model import Message
from chalicelib.observatory.doubts import Doubtful
from chalicelib.observatory.model import MonthlyReturn
from chalicelib.observatory.months import first_day, last_day
from chalicelib.observatory.paths import ENTRY_PAGE
from chalicelib.office.model import Office


def asked(one: MonthlyReturn, office: Office, at: datetime) -> Message:
    """Figures are asked for."""
    return _entry("observatory/asked", one, office, at, "asked")


def reminder(one: MonthlyReturn, office: Office, at: datetime) -> Message:
    """They are asked for again."""
    return _entry("observatory/reminder", one, office, at, f"reminder-{one.reminders}")


def question(one: MonthlyReturn, doubtful: Doubtful, office: Office, at: datetime) -> Message:
    """A figure is asked about, once for each doubt."""
    message = _entry("observatory/question", one, office, at, f"question-{doubtful.doubt}")
    return replace(message, context={**message.context, "sentence": doubtful.sentence})


def fresh_link(one: MonthlyReturn, office: Office, at: datetime) -> Message:
    """The link again, for who asks for it; once a minute."""
    return _entry("observatory/asked", one, office, at, f"link-{iso_minute(at)}")


def subject_of(one: MonthlyReturn) -> str:
    """What the link is about: month, commune and establishment."""
    return f"{one.month}#{one.establishment.commune}#{one.establishment.id}"


def _entry(template: str, one: MonthlyReturn, office: Office, at: datetime, occasion: str) -> Message:
    until = last_day(one.month) + timedelta(days=office.observatory_rules.entry_closes_days)
    ends = datetime.combine(until + timedelta(days=1), datetime.min.time(), PARIS)
    link = LinkRequest(
        ENTRY_PAGE, subject_of(one), one.establishment.email, max(0, int((ends - at).total_seconds()))
    )
    context = {
        "establishment": one.establishment.name,
        "month": french_month(first_day(one.month)),
        "of_month": french_of_month(first_day(one.month)),
        "until": french_date(until),
        "is_last": one.reminders >= len(office.observatory_rules.entry_reminder_days),
    }
    return Message(template, one.establishment.email, one.id, occasion, context, link=link)
