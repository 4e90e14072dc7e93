"""One mail, read: who, what, when, its bodies, links and attachments. It may be malformed or hostile."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import urlsplit

URL_IN_TEXT = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True)
class Attachment:
    """A file that came with a mail: `number` is its place, `type` what the sender says it is."""

    number: int
    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A mail of the store: `arrived_at` aware in UTC, `source` the bytes as they came."""

    id: str
    arrived_at: datetime
    source: bytes

    @cached_property
    def _parsed(self) -> EmailMessage:
        parsed = message_from_bytes(self.source, policy=policy.default)
        assert isinstance(parsed, EmailMessage)  # noqa: S101 - what policy.default makes
        return parsed

    def header(self, name: str) -> str:
        """A header on one line, empty when it is missing."""
        return " ".join(str(self._parsed.get(name, "")).split())

    @property
    def headers(self) -> list[tuple[str, str]]:
        """All headers in their order, but the envelope's, which is ours."""
        return [(name, str(value)) for name, value in self._parsed.items() if name != "X-Envelope-To"]

    @property
    def sender(self) -> str:
        """Who it says it is from."""
        return self.header("From")

    @property
    def to(self) -> str:
        """The addresses that it was delivered to, separated by a comma and a space."""
        return self.header("X-Envelope-To") or self.header("To")

    @property
    def subject(self) -> str:
        """The subject on one line."""
        return self.header("Subject")

    @property
    def text(self) -> str:
        """The plain text body, empty when there is none."""
        return self._body("plain")

    @property
    def html(self) -> str:
        """The HTML body as it came, empty when there is none: never put it into a page of ours."""
        return self._body("html")

    @property
    def links(self) -> list[str]:
        """The http(s) addresses in both bodies, in order, each once."""
        written = [found.rstrip(".,;:!?)»") for found in URL_IN_TEXT.findall(self.text)]
        return list(dict.fromkeys(filter(_is_web, written + _hrefs(self.html))))

    @property
    def attachments(self) -> list[Attachment]:
        """Every attached file."""
        return [_attachment(number, part) for number, part in enumerate(self._parsed.iter_attachments())]

    def _body(self, kind: str) -> str:
        part = self._parsed.get_body((kind,))
        if part is None:
            return ""
        try:
            return str(part.get_content())
        except (LookupError, UnicodeError):  # a charset that does not exist, or is not the one announced
            return bytes(part.get_payload(decode=True) or b"").decode(errors="replace")


def _attachment(number: int, part: EmailMessage) -> Attachment:
    content = part.get_payload(decode=True)
    name = (part.get_filename() or f"piece-jointe-{number + 1}").replace("\\", "/").rsplit("/", 1)[-1]
    return Attachment(number, name, _type(part), content if isinstance(content, bytes) else b"")


def _type(part: EmailMessage) -> str:
    """`application/pdf`; of an entry for a calendar also what it asks of it: `text/calendar, REQUEST`."""
    method = part.get_param("method")
    return f"{part.get_content_type()}, {method}" if isinstance(method, str) else part.get_content_type()


def _is_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return False


def _hrefs(html: str) -> list[str]:
    collector = _Hrefs()
    collector.feed(html)
    return collector.found


class _Hrefs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value.strip() for name, value in attrs if name == "href" and value]
