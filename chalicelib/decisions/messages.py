"""The mails that carry a question to a person."""

from datetime import datetime, timedelta

from chalicelib.decisions.model import Addressee, Decision
from chalicelib.kernel.french import french_date, french_time
from chalicelib.links.model import LinkRequest
from chalicelib.mail.model import Message

READABLE_AFTER = timedelta(days=60)
"""How long a link still shows the recorded answer after the question has ended."""


def link_request(decision: Decision, addressee: Addressee, now: datetime) -> LinkRequest:
    """The link of one addressee to the page of the question."""
    end = decision.expires_at + READABLE_AFTER
    return LinkRequest(
        path=decision.question.page,
        subject=decision.id,
        holder=addressee.email,
        valid_for_seconds=int((end - now).total_seconds()),
    )


def request_mail(decision: Decision, addressee: Addressee, now: datetime, occasion: str) -> Message:
    """The mail that puts the question, with the link to answer it."""
    return _mail(decision, addressee, now, decision.question.mail, occasion)


def reminder_mail(decision: Decision, addressee: Addressee, now: datetime, occasion: str) -> Message:
    """The mail that puts the question again."""
    return _mail(decision, addressee, now, decision.question.reminder_mail, occasion)


def _mail(decision: Decision, addressee: Addressee, now: datetime, template: str, occasion: str) -> Message:
    question = decision.question
    return Message(
        template=template,
        to=addressee.email,
        record=question.record,
        occasion=f"{question.step}-{question.round}-{occasion}",
        link=link_request(decision, addressee, now),
        context={
            "call": question.call,
            "title": question.title,
            "reference": question.reference,
            "subject_name": question.subject_name,
            "dossier": dict(question.full_dossier),
            "name": addressee.name,
            "on_behalf_of": addressee.on_behalf_of,
            "asked_on": french_date(decision.asked_at),
            "deadline": decision.deadline,
            "deadline_short": _short_deadline(decision),
        },
    )


def _short_deadline(decision: Decision) -> str:
    """`4 mars`, with `à 14 h 30` where the end is exact: subjects of mails tell no year."""
    is_exact = decision.question.timetable.is_exact
    last_moment = decision.expires_at - timedelta(seconds=0 if is_exact else 1)
    day = french_date(last_moment).rsplit(" ", 1)[0]
    return f"{day} à {french_time(last_moment)}" if is_exact else day
