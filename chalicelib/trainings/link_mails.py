"""The mails that open a page to who has no registration: a guest who wants one, and the trainer."""

from datetime import datetime, timedelta

from chalicelib.kernel.clock import iso_minute
from chalicelib.kernel.french import french_long_moment
from chalicelib.links.model import LinkRequest
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.trainings.emails import session_facts
from chalicelib.trainings.model import Session
from chalicelib.trainings.paths import GUEST_PAGE

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


def trainer_mail(session: Session, office: Office, link: LinkRequest) -> Message:
    """The page on which the trainer notes who is there; once for each version of the session."""
    return Message(
        template="trainings/trainer_link",
        to=session.plan.trainer.email,
        record=session.id,
        occasion=f"trainer-{session.version}",
        context={**session_facts(session, office), "name": session.plan.trainer.name},
        link=link,
        reply_to=office.reply_to,
    )
