"""The mails that did not leave and the addresses that refuse them, as the desk shows and settles them."""

from dataclasses import dataclass

from chalicelib.kernel.clock import utc_now
from chalicelib.mail.bootstrap import subject_of
from chalicelib.mail.model import MailState, OutboxMail, RefusingAddress
from chalicelib.mail.wording import REFUSAL_WORDS, reason_in_words, what_became_of
from chalicelib.partners import at_the_desk as partners
from chalicelib.subsidies import at_the_desk as subsidies
from chalicelib.trainings import at_the_desk as trainings

TITLES = {
    MailState.NEW: "Le mail repart dans les cinq minutes",
    MailState.CLAIMED: "Le mail est en train de repartir",
    MailState.SENT: "Le mail est parti",
    MailState.SETTLED: "Le mail est classé",
    MailState.WITHHELD: "Le mail est retenu",
}
TRIED_AGAIN_LATER = "Le mail sera encore essayé"


@dataclass(frozen=True)
class Result:
    """What became of a mail that somebody saw to, in words."""

    title: str
    to: str
    subject: str
    words: str


def result_of(mail: OutboxMail) -> Result | None:
    """What to tell of this mail; None if it is still, or again, in trouble: then it is in the list."""
    if mail.is_in_trouble:
        return None
    title = TRIED_AGAIN_LATER if mail.state is MailState.NEW and mail.attempts else TITLES[mail.state]
    return Result(title, mail.message.to, subject_of(mail), what_became_of(mail))


def trouble_row(mail: OutboxMail) -> dict[str, object]:
    """One mail that waits for somebody to look at it."""
    return {
        "key": mail.key,
        "to": mail.message.to,
        "subject": subject_of(mail),
        "since": mail.created_at,
        "is_uncertain": mail.state is MailState.UNCERTAIN,
        "is_too_late": mail.is_too_late(utc_now()),
        "reason": reason_in_words(mail),
        "resent_by": mail.resent_by,
        "resent_at": mail.resent_at,
        "file": partners.file_of(mail.message.record),
        "aid_file": subsidies.file_of(mail.message.record),
        "training_page": trainings.page_of(mail.message.record),
    }


def refusing_row(address: RefusingAddress, withheld: int) -> dict[str, object]:
    """One address that takes no mail of ours."""
    return {
        "key": address.key,
        "email": address.email,
        "since": address.since,
        "why": REFUSAL_WORDS[address.why],
        "withheld": withheld,
    }
