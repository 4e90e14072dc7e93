"""From a message to a letter: files are read, invitations written, links minted, its three templates rendered."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from chalicelib.kernel.calendar import CalendarEntry
from chalicelib.kernel.letters import Attachment, Letter, MailPostponed, one_line
from chalicelib.links.model import LinkRequest
from chalicelib.links.signed import SignedRequest
from chalicelib.mail.cleaning import cleaned
from chalicelib.mail.model import UNATTACHABLE, AttachedFile, Message
from chalicelib.mail.subjects import fitted
from chalicelib.runtime.observability import logger
from chalicelib.runtime.templating import render

ReadFile = Callable[[str], bytes]
"""The content of a stored file by its key; raises whatever the store does."""
WriteInvitation = Callable[[CalendarEntry], bytes]
"""An entry as a file for the calendar of its attendee (RFC 5545)."""
DrawCode = Callable[[str], bytes]
"""A text as a picture (PNG) of a code to scan."""
TOO_AIRY = re.compile(r"\n{3,}")


class LinkMinter(Protocol):
    """Mints the link of a mail at the moment it leaves."""

    def mint(self, request: LinkRequest) -> str:
        """An absolute URL."""


class LinkSigner(Protocol):
    """Signs the lasting link of a mail at the moment it leaves."""

    def mint(self, request: SignedRequest) -> str:
        """An absolute URL."""


class Letterhead(Protocol):
    """What every mail says of the office: name, address, phone and so on."""

    def __call__(self) -> Mapping[str, Any]:
        """The variables of the mail layouts."""


@dataclass(frozen=True)
class LetterWriter:
    """Writes letters for one office."""

    links: LinkMinter
    signed_links: LinkSigner
    letterhead: Letterhead
    read_file: ReadFile
    write_invitation: WriteInvitation
    draw_code: DrawCode

    def __call__(self, message: Message, key: str) -> Letter:
        """Render the message; raises when a template or a variable is missing, `MailPostponed` when a file is.

        An answer goes to a person of the office, whoever wrote the message.
        """
        folder = _folder(message)
        letterhead = self.letterhead()
        attachments = (
            *map(self._attachment, message.attachments),
            *self._invitations(message),
            *self._code(message, letterhead),
        )
        variables = {**letterhead, **cleaned(message.context), **self._links(message)}
        return Letter(
            key=key,
            to=message.to,
            subject=fitted(one_line(render(f"{folder}/subject.txt", **variables))),
            text=_tidy(render(f"{folder}/body.txt", **variables)),
            html=render(f"{folder}/body.html", **variables),
            reply_to=message.reply_to or letterhead["office"].reply_to,
            attachments=attachments,
        )

    def _attachment(self, file: AttachedFile) -> Attachment:
        try:
            content = self.read_file(file.key)
        except Exception as error:
            logger.warning("attachment not read", error=type(error).__name__)
            raise MailPostponed(UNATTACHABLE) from error
        return Attachment(file.name, file.content_type, content)

    def _invitations(self, message: Message) -> Iterator[Attachment]:
        for number, entry in enumerate(message.calendar, 1):
            name = f"invitation-{number}.ics" if number > 1 else "invitation.ics"
            kind = f"text/calendar; method={entry.method}; charset=utf-8"
            yield Attachment(name, kind, self.write_invitation(entry))

    def _code(self, message: Message, letterhead: Mapping[str, Any]) -> Iterator[Attachment]:
        if message.code_path:
            picture = self.draw_code(f"{letterhead['site_url']}{message.code_path}")
            yield Attachment("code-entree.png", "image/png", picture)

    def _links(self, message: Message) -> dict[str, str]:
        link, signed = message.link, message.signed_link
        return {
            "link": self.links.mint(link) if link else "",
            "signed_link": self.signed_links.mint(signed) if signed else "",
        }


def subject_line(message: Message, letterhead: Mapping[str, Any]) -> str:
    """The subject that the mail has or would have; no link is minted. Raises as the writer does."""
    variables = {**letterhead, **cleaned(message.context), "link": "", "signed_link": ""}
    return fitted(one_line(render(f"{_folder(message)}/subject.txt", **variables)))


def _folder(message: Message) -> str:
    room, _, name = message.template.partition("/")
    return f"{room}/email/{name}"


def _tidy(text: str) -> str:
    """Paragraphs with one empty line between them, whatever the blocks of the template left."""
    lines = "\n".join(line.rstrip(" ") for line in text.split("\n"))
    return TOO_AIRY.sub("\n\n", lines).strip() + "\n"
