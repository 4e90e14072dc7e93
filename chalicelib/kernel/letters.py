"""A mail as it leaves the house, and the three ways in which sending it can fail."""

from dataclasses import dataclass
from unicodedata import category

from chalicelib.kernel.errors import Situation

HEADER_LENGTH = 250
MAIL_TAG = "mail"
"""The name under which the mail service carries our key, there and back."""
LINE_BREAKS = ("Zl", "Zp")


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A rendered mail for one addressee, tagged with its key in the outbox."""

    key: str
    to: str
    subject: str
    text: str
    html: str
    reply_to: str = ""
    attachments: tuple[Attachment, ...] = ()


class MailRefused(Situation):
    """The mail service will not take this mail; the reason is kept for staff."""


class MailPostponed(Situation):
    """The mail service cannot take a mail now; it is tried again later."""


class MailInDoubt(Situation):
    """The mail service did not answer: the mail may have left, and is not sent a second time."""


def one_line(text: str) -> str:
    """Text that is safe as a header: no control, no line break, no direction trick, a sane length.

    Encoded words (RFC 2047) are broken up: the mail library would decode them, line breaks included.
    """
    flat = "".join(
        " " if category(sign)[0] == "C" or category(sign) in LINE_BREAKS else sign for sign in text
    )
    words = " ".join(part for part in flat.split(" ") if part)
    return words.replace("=?", "= ?")[:HEADER_LENGTH].rstrip(" ")
