"""The mails that open a page to who has no registration: a guest who wants one, and the trainer."""

from datetime import datetime, timedelta

from chalicelib.kernel.clock import iso_minute
from chalicelib.kernel.french import french_long_moment
from chalicelib.links.model import LinkRequest
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.trainings.emails import session_facts
from chalicelib.trainings.model import Session
from chalicelib.trainings.paths import GUEST_PAGE, TRAINER_PAGE

GUEST_LINK_LIFE = timedelta(days=2)


def guest_mail(session: Session, email: str, office: Office, at: datetime) -> Message:
    """The form, for whoever reads what is sent to that address; nobody's name is known yet. One a minute at most."""
    until = min(at + GUEST_LINK_LIFE, session.plan.starts_at or at + GUEST_LINK_LIFE)
    return Message(
        template="trainings/guest_link",
        to=email,
        record=session.id,
        occasion=f"guest-{iso_minute(at)}",
        context={**session_facts(session, office), "name": "", "until": french_long_moment(until)},
        link=LinkRequest(GUEST_PAGE, session.id, email, int(GUEST_LINK_LIFE.total_seconds())),
        reply_to=office.reply_to,
    )


def trainer_mail(session: Session, office: Office, at: datetime, occasion: str) -> Message:
    """The page on which the trainer marks who is there, open until attendance closes."""
    trainer, rules = session.plan.trainer, office.training_rules
    closes_at = (session.plan.ends_at or at) + timedelta(hours=rules.attendance_closes_hours)
    return Message(
        template="trainings/trainer_link",
        to=trainer.email,
        record=session.id,
        occasion=occasion,
        context={**session_facts(session, office), "name": trainer.name},
        link=LinkRequest(TRAINER_PAGE, session.id, trainer.email, int((closes_at - at).total_seconds())),
        reply_to=office.reply_to,
    )
