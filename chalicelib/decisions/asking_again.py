"""Mailing a question once more because somebody pressed a button for it."""

from chalicelib.access.bootstrap import limiter
from chalicelib.decisions.messages import request_mail
from chalicelib.decisions.model import Addressee, Decision
from chalicelib.kernel.clock import iso_minute, utc_now
from chalicelib.mail.bootstrap import mail_desk

LINKS_PER_HOUR = 5
AN_HOUR = 3600


def mail_again(decision: Decision, addressee: Addressee) -> None:
    """A fresh link to this person: once a minute and a few times an hour; beyond that, say nothing.

    Whoever finds an old link could fill its holder's mailbox otherwise.
    """
    if limiter().allow("fresh-link", f"{decision.id} {addressee.email}", LINKS_PER_HOUR, AN_HOUR):
        now = utc_now()
        mail_desk().enqueue(request_mail(decision, addressee, now, f"again-{iso_minute(now)}"))
