"""Amazon SES v2: a letter becomes a MIME message, a refusal becomes a situation with a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from chalicelib.adapters import aws
from chalicelib.kernel.letters import (
    MAIL_TAG,
    Attachment,
    Letter,
    MailInDoubt,
    MailPostponed,
    MailRefused,
    one_line,
)

if TYPE_CHECKING:
    from email.headerregistry import ContentTypeHeader
    from email.message import EmailMessage

REFUSED = {
    "MessageRejected",
    "BadRequestException",
    "MailFromDomainNotVerifiedException",
    "NotFoundException",
}
UNANSWERED = {
    "ReadTimeoutError",
    "ConnectionClosedError",
    "HTTPClientError",
    "IncompleteReadError",
    "ResponseStreamingError",
    "ResponseParserError",
}
"""The request went out, and no answer came or none that can be read: the mail may have left."""


class SesSender:
    """Sends letters from one verified address; `configuration_set` brings delivery events back."""

    def __init__(self, sender_name: str, sender: str, configuration_set: str) -> None:
        self.sender_name = sender_name
        self.sender = sender
        self.configuration_set = configuration_set

    def send(self, letter: Letter) -> str:
        """Hand the letter to SES; its identifier there. Raises `MailRefused`, `MailPostponed`, `MailInDoubt`."""
        options = {"ConfigurationSetName": self.configuration_set} if self.configuration_set else {}
        try:
            answer = aws.client("sesv2").send_email(
                FromEmailAddress=self._sender_line(),
                Destination={"ToAddresses": [letter.to]},
                Content={"Raw": {"Data": self.to_mime(letter).as_bytes()}},
                EmailTags=[{"Name": MAIL_TAG, "Value": letter.key}],
                **options,
            )
        except Exception as error:
            raise _situation(error) from error
        return str(answer["MessageId"])

    def to_mime(self, letter: Letter) -> EmailMessage:
        """The letter as text and HTML alternatives, with its attachments."""
        from email.message import EmailMessage
        from email.policy import SMTP

        mime = EmailMessage(policy=SMTP)
        mime.set_raw("Subject", _encoded(letter.subject))
        mime["From"] = self._sender_line()
        mime["To"] = one_line(letter.to)
        mime["Auto-Submitted"] = "auto-generated"
        if letter.reply_to:
            mime["Reply-To"] = one_line(letter.reply_to)
        mime.set_content(letter.text)
        mime.add_alternative(letter.html, subtype="html")
        for attachment in letter.attachments:
            _attach(mime, attachment)
        return mime

    def _sender_line(self) -> str:
        from email.utils import formataddr

        return formataddr((one_line(self.sender_name), self.sender))


def _encoded(subject: str) -> str:
    """The subject as encoded words.

    Left to the message, a space where a long one is folded is lost (https://github.com/python/cpython/issues/92081).
    """
    from email.header import Header

    return Header(one_line(subject), "utf-8", header_name="Subject").encode(linesep="\r\n")


def _attach(mime: EmailMessage, attachment: Attachment) -> None:
    kind = _kind(attachment.content_type)
    mime.add_attachment(
        attachment.content, maintype=kind.maintype, subtype=kind.subtype,
        params=kind.params, filename=one_line(attachment.name),
    )  # fmt: skip


def _kind(content_type: str) -> ContentTypeHeader:
    """The type and its parameters, apart: mail clients look for `method` among them."""
    from email.policy import SMTP

    return cast("ContentTypeHeader", SMTP.header_factory("Content-Type", one_line(content_type)))


def _situation(error: Exception) -> Exception:
    """What the error means for the mail: refused for good, in doubt, or to be tried again."""
    code = aws.error_code(error) or type(error).__name__
    if code in UNANSWERED:
        return MailInDoubt(code)
    return MailRefused(code) if code in REFUSED else MailPostponed(code)
