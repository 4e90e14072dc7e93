"""S9: a mail has the headers and the recipients that its kind gives it, whatever stands in a name, a subject or an address.

Names in every template: tests/unit/mail/test_hostile_text.py; here the mail as SES gets it, and the office's own words.
"""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from unittest import mock

import pytest

from chalicelib.adapters import aws
from chalicelib.adapters.ses import SesSender
from chalicelib.kernel.letters import Letter
from tests.security.routes import API, NEWCOMER
from tests.security.town import Town, Visitor

SENDER = "bonjour@office.example.org"
TO, REPLY_TO = "maelle@hotel.example.fr", "accueil@val.example.org"
HEADERS = ["Subject", "From", "To", "Auto-Submitted", "Reply-To", "MIME-Version", "Content-Type"]
HOSTILE = {
    "CR LF": "Noyers\r\nBcc: eve@evil.example.com\r\n\r\nbody", "LF": "Noyers\nBcc: eve@evil.example.com",
    "CR": "Noyers\rBcc: eve@evil.example.com", "folded": "Noyers\r\n Bcc: eve@evil.example.com",
    "U+2028": "Noyers\u2028Bcc: eve@evil.example.com", "U+0085": "Noyers\x85Bcc: eve@evil.example.com",
    "vertical tab": "Noyers\x0b\x0cBcc: eve@evil.example.com", "NUL": "Noyers\0Bcc: eve@evil.example.com",
    "300 characters": "N" * 300, "300 characters of two bytes": "é" * 300, "300 characters of four": "🏔" * 300,
    "encoded word": "=?utf-8?q?Noyers=0D=0ABcc:_eve=40evil.example.com?=", "half a pair": "Noyers\ud83d",
    "an address": '"Noyers" <eve@evil.example.com>, eve@evil.example.com', "angle brackets": "<eve@evil.example.com>",
}  # fmt: skip


def _sent(sender_name: str = "Office", **changes: str) -> tuple[EmailMessage, dict[str, Any]]:
    """The mail as SES would read it, and what it was asked to do."""
    parts = {
        "key": "k",
        "to": TO,
        "subject": "Bienvenue",
        "text": "Bonjour",
        "html": "<p>Bonjour</p>",
        "reply_to": REPLY_TO,
    }
    ses = mock.Mock()
    ses.send_email.return_value = {"MessageId": "1"}
    with mock.patch.object(aws, "client", return_value=ses):
        SesSender(sender_name, SENDER, "").send(Letter(**parts | changes))  # type: ignore[arg-type]
    asked = ses.send_email.call_args.kwargs
    raw = asked["Content"]["Raw"]["Data"]
    return message_from_bytes(raw, policy=policy.default), asked  # type: ignore[return-value]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
@pytest.mark.parametrize("where", ["subject", "sender_name"])
def test_a_hostile_subject_or_name_adds_no_header_and_no_recipient(where: str, text: str) -> None:
    mail, asked = _sent(**{where: text})
    assert mail.keys() == HEADERS
    assert asked["Destination"] == {"ToAddresses": [TO]}
    for header, address in (("To", TO), ("From", SENDER), ("Reply-To", REPLY_TO)):
        assert [one.addr_spec for one in mail[header].addresses] == [address]
    assert len(str(mail["Subject"])) <= 250
    assert not {"\r", "\n", "\0", "\u2028"} & set(str(mail["Subject"]) + asked["FromEmailAddress"])
    raw = asked["Content"]["Raw"]["Data"]
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\nBcc:" not in raw


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_reply_address_stays_in_its_header(text: str) -> None:
    mail, asked = _sent(reply_to=f"{REPLY_TO}{text}")
    assert mail.keys() == HEADERS
    assert asked["Destination"] == {"ToAddresses": [TO]}
    assert [one.addr_spec for one in mail["To"].addresses] == [TO]
    assert b"\nBcc:" not in asked["Content"]["Raw"]["Data"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_an_address_with_something_behind_it_is_taken_neither_by_the_form_nor_by_the_api(
    town: Town, text: str
) -> None:
    known = len(town.gate.letters)
    for address in (f"eve@example.org{text}", f"{text}@example.org", f"a@example.org,{text}"):
        answer = Visitor().post_json(API, {**NEWCOMER, "email": address})
        assert answer.status == 422
        Visitor().post(
            "/connexion", {"email": address.encode("utf-16", "surrogatepass").decode("utf-16", "replace")}
        )
    town.go_on()
    assert len(town.gate.letters) == known
