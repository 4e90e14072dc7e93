"""A mail as it leaves the house, and the three ways in which sending it can fail."""

from dataclasses import dataclass
from unicodedata import category

from chalicelib.kernel.errors import Situation

HEADER_LENGTH = 250
MAIL_TAG = "mail"
"""The name under which the mail service carries our key, there and back."""
LINE_BREAKS = frozenset("\n\v\f\x85\u2028\u2029")
TURNS_TEXT = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail; the content type may have parameters, as `text/calendar; method=REQUEST`."""

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
        " " if category(sign)[0] == "C" or category(sign) in ("Zl", "Zp") else sign for sign in text
    )
    words = " ".join(part for part in flat.split(" ") if part)
    return words.replace("=?", "= ?")[:HEADER_LENGTH].rstrip(" ")


def clean_lines(text: str) -> list[str]:
    """The lines of a text, without controls, lone surrogates and signs that turn text around; its spaces single."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    broken = "".join("\n" if sign in LINE_BREAKS else sign for sign in unified)
    return [_clean(line) for line in broken.split("\n")]


def _clean(line: str) -> str:
    kept = "".join(" " if category(sign) in {"Cc", "Cs"} else sign for sign in line if sign not in TURNS_TEXT)
    return " ".join(part for part in kept.split(" ") if part)
