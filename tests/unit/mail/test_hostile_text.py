"""Whatever people type, a mail has the headers, the elements and the links that its template gives it."""

import re

import pytest

from tests.factories import some_answers
from tests.unit.mail.letters import letter, named_folders
from tests.unit.mail.reading import Page, received

HEADERS = ["Subject", "From", "To", "Auto-Submitted", "Reply-To", "MIME-Version", "Content-Type"]
HOSTILE = {
    "markup": '<script>alert(1)</script><img src=x onerror=alert(1)>"\'><a href="https://evil.example">ici</a>',
    "header injection": "Noyers\r\nBcc: eve@evil.example\r\n\r\nhttps://evil.example/decisions",
    "other line breaks": "Noyers\u2028Bcc: eve@evil.example\u2029\x85\v\fhttps://evil.example/x",
    "turned text": "Noyers \u202egro.live\u202c \u2066\u200f\u061c",
    "controls": "Noyers\x00\x07\x1b[31m\ud800",
    "template": "{{ link }}{% include 'web/layout.html' %}",
    "encoded word": "=?utf-8?q?Noyers=0D=0ABcc:_eve=40evil.example?=",
    "endless": "N" * 3000,
}
SIGNS_THAT_TURN_TEXT = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


every_mail = pytest.mark.parametrize("template", sorted(named_folders()))


@every_mail
@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_names_stay_words(template, attack):
    def hostile(text):
        answers = some_answers(first_name=text, last_name="L", business_name=text, legal_name=text, role=text)
        return letter(template, answers=answers, approver=text, on_behalf_of=text)

    attacked, plain = hostile(HOSTILE[attack]), hostile("Noyers")
    assert Page(attacked.html).elements == Page(plain.html).elements
    assert Page(attacked.html).hrefs == Page(plain.html).hrefs
    assert attacked.text.count("\n") == plain.text.count("\n")
    assert not SIGNS_THAT_TURN_TEXT.search(attacked.subject + attacked.text + attacked.html)
    check_envelope(attacked)


@every_mail
@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_reason_stays_a_quotation(template, attack):
    attacked, plain = letter(template, reason=HOSTILE[attack]), letter(template, reason="Motif")
    assert Page(attacked.html).elements == Page(plain.html).elements
    assert Page(attacked.html).hrefs == Page(plain.html).hrefs
    unquoted = [
        [line for line in mail.text.splitlines() if not line.startswith(">")] for mail in (attacked, plain)
    ]
    assert unquoted[0] == unquoted[1]
    assert not SIGNS_THAT_TURN_TEXT.search(attacked.text + attacked.html)
    check_envelope(attacked)


def check_envelope(mail):
    parsed = received(mail)
    assert parsed.keys() == HEADERS
    assert [to.addr_spec for to in parsed["To"].addresses] == [mail.to]
    bodies = ["multipart/alternative", "text/plain", "text/html"]
    attached = [each.content_type.partition(";")[0] for each in mail.attachments]
    assert set(attached) <= {"text/calendar", "image/png", "application/pdf"}
    kinds = ["multipart/mixed", *bodies, *attached] if attached else bodies
    assert [part.get_content_type() for part in parsed.walk()] == kinds
    assert parsed["Subject"] == mail.subject
    assert parsed.get_body(("plain",)).get_content().splitlines() == mail.text.splitlines()
