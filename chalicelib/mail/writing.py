"""From a message to a letter: its link is minted, its three templates are rendered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from chalicelib.kernel.letters import Letter, one_line
from chalicelib.links.model import LinkRequest
from chalicelib.mail.model import Message
from chalicelib.runtime.templating import render


class LinkMinter(Protocol):
    """Mints the link of a mail at the moment it leaves."""

    def mint(self, request: LinkRequest) -> str:
        """An absolute URL."""


class Letterhead(Protocol):
    """What every mail says of the office: name, address, phone and so on."""

    def __call__(self) -> Mapping[str, Any]:
        """The variables of the mail layouts."""


@dataclass(frozen=True)
class LetterWriter:
    """Writes letters for one office."""

    links: LinkMinter
    letterhead: Letterhead

    def __call__(self, message: Message, key: str) -> Letter:
        """Render the message; raises when a template or a variable is missing."""
        room, _, name = message.template.partition("/")
        folder = f"{room}/email/{name}"
        variables = {**self.letterhead(), **message.context, "link": self._link(message)}
        return Letter(
            key=key,
            to=message.to,
            subject=one_line(render(f"{folder}/subject.txt", **variables)),
            text=render(f"{folder}/body.txt", **variables).strip() + "\n",
            html=render(f"{folder}/body.html", **variables),
            reply_to=message.reply_to,
        )

    def _link(self, message: Message) -> str:
        return self.links.mint(message.link) if message.link else ""
