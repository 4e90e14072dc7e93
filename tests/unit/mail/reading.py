"""Reading a mail as a mail client does."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from chalicelib.adapters.ses import SesSender
from chalicelib.kernel.letters import Letter

WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
VOID = ("meta", "br")
BLOCKS = ("br", "p", "li", "dt", "dd", "tr", "td", "h1", "h2", "blockquote")
SENDER = SesSender("Office du Val d'Exemple", "ne-pas-ecrire@val.example.org", "")


class Page(HTMLParser):
    """The elements, the links and the visible words of an HTML body."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.hrefs: list[str] = []
        self.words = ""
        self.bold: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.hrefs += [value for name, value in attrs if name == "href"]
        if tag not in VOID:
            self._open.append(tag)
        if tag in BLOCKS:
            self.words += "\n"

    def handle_endtag(self, tag):
        self._open.remove(tag)

    def handle_data(self, data):
        if "style" not in self._open:
            self.words += data
        if "strong" in self._open:
            self.bold.append(data)

    @property
    def web_hrefs(self) -> list[str]:
        return [href for href in self.hrefs if not href.startswith("mailto:")]


def received(letter: Letter) -> EmailMessage:
    """The mail after it was sent over the wire and parsed again."""
    return message_from_bytes(SENDER.to_mime(letter).as_bytes(), policy=policy.default)
