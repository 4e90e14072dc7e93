"""A letter on the wire: whatever is in it, the mail has the headers and the readers that it should have."""

import email.message
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters import aws
from chalicelib.adapters.ses import MAIL_TAG, SesSender
from chalicelib.kernel.letters import Attachment, Letter, MailPostponed, MailRefused, one_line

SENDER = "ne-pas-ecrire@val.example.org"
HEADERS = ["Subject", "From", "To", "Auto-Submitted", "Reply-To", "MIME-Version", "Content-Type"]
BROKEN = {
    "carriage return": "Noyers\rBcc: eve@evil.example",
    "line feed": "Noyers\nBcc: eve@evil.example",
    "both": "Noyers\r\nBcc: eve@evil.example\r\n\r\nBonjour",
    "folded": "Noyers\r\n\tBcc: eve@evil.example",
    "line separator": "Noyers\u2028Bcc: eve@evil.example",
    "paragraph separator": "Noyers\u2029Bcc: eve@evil.example",
    "next line": "Noyers\x85Bcc: eve@evil.example",
    "vertical tab and form feed": "Noyers\x0b\x0cBcc: eve@evil.example",
    "null": "Noyers\x00Bcc: eve@evil.example",
    "direction": "Noyers \u202eelpmaxe.live",
    "lone surrogate": "Noyers\ud800",
    "encoded word": "=?utf-8?q?Noyers=0D=0ABcc:_eve=40evil.example?=",
}

WORDS = ("à", "le", "été", "demain", "Gîte", "«\u00a0Noyers\u00a0»", "reçu\u00a0:")
FRENCH = st.lists(st.sampled_from(WORDS), min_size=5, max_size=20).map(" ".join)


def a_letter(**overrides):
    letter = {
        "key": "key-1", "to": "maelle@hotel.example.fr", "subject": "À décider", "text": "Bonjour\n",
        "html": "<p>Bonjour</p>", "reply_to": "accueil@val.example.org",
    }  # fmt: skip
    return Letter(**{**letter, **overrides})


def parsed(letter, sender_name="Office du Val d'Exemple") -> email.message.EmailMessage:
    mime = SesSender(sender_name, SENDER, "").to_mime(letter)
    return message_from_bytes(mime.as_bytes(), policy=policy.default)


def addresses(header):
    return [one.addr_spec for one in header.addresses]


@pytest.mark.parametrize("attack", BROKEN)
def test_a_text_for_a_header_becomes_one_line_of_readable_signs(attack):
    flat = one_line(BROKEN[attack])
    assert len(flat.splitlines()) == 1
    assert flat.isprintable() or "\u00a0" in flat
    assert "Noyers" in flat
    assert "=?" not in flat


def test_a_text_for_a_header_is_cut_at_a_sane_length():
    assert one_line("N" * 300) == "N" * 250
    assert one_line("N" * 249 + " suite") == "N" * 249
    assert len(one_line("=?" * 300)) == 250


def test_a_text_for_a_header_keeps_accents_and_french_spaces():
    assert (
        one_line("À décider\u00a0: gîte  «\u00a0Chez\tNoé\u00a0»")
        == "À décider\u00a0: gîte «\u00a0Chez Noé\u00a0»"
    )


@pytest.mark.parametrize("attack", BROKEN)
def test_a_broken_subject_adds_no_header_and_no_reader(attack):
    mail = parsed(a_letter(subject=BROKEN[attack]))
    assert mail.keys() == HEADERS
    assert addresses(mail["To"]) == ["maelle@hotel.example.fr"]
    assert mail["Bcc"] is None


@pytest.mark.parametrize("attack", BROKEN)
def test_a_broken_sender_name_adds_no_header_and_keeps_the_sender(attack):
    mail = parsed(a_letter(), sender_name=BROKEN[attack])
    assert mail.keys() == HEADERS
    assert addresses(mail["From"]) == [SENDER]


@pytest.mark.parametrize("attack", BROKEN)
def test_a_broken_address_for_replies_adds_no_header_and_no_reader(attack):
    mail = parsed(a_letter(reply_to=f"accueil@val.example.org{BROKEN[attack]}"))
    assert mail.keys() == HEADERS
    assert addresses(mail["To"]) == ["maelle@hotel.example.fr"]


@pytest.mark.parametrize("text", ["N" * 300, "é" * 300, "mot " * 80, '"Noyers" <eve@evil.example>,'])
def test_a_long_or_quoted_text_stays_in_its_header(text):
    mail = parsed(a_letter(subject=text), sender_name=text)
    assert mail.keys() == HEADERS
    assert mail["Subject"] == one_line(text)
    assert addresses(mail["From"]) == [SENDER]


def test_a_long_subject_keeps_its_spaces_where_it_is_folded():
    subject = "Demande reçue\u00a0: «\u00a0Réussir ses photos au téléphone\u00a0», le 4\u00a0mai 2027"
    assert parsed(a_letter(subject=subject))["Subject"] == subject


@given(st.text(max_size=250) | FRENCH)
def test_whatever_a_subject_says_is_what_is_received(subject):
    mail = parsed(a_letter(subject=subject))
    assert (mail["Subject"], mail.keys()) == (one_line(subject), HEADERS)


def test_a_letter_without_an_address_for_replies_has_no_such_header():
    assert parsed(a_letter(reply_to="")).keys() == [name for name in HEADERS if name != "Reply-To"]


def test_a_letter_travels_as_text_and_as_html():
    mail = parsed(a_letter(text="Dès 14\u00a0h\u00a0: 5\u00a0€\n" + "mot " * 400, html="<p>Dès 5&nbsp;€</p>"))
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert mail.get_body(("plain",)).get_content().splitlines()[0] == "Dès 14\u00a0h\u00a0: 5\u00a0€"
    assert (
        max(map(len, SesSender("V", SENDER, "").to_mime(a_letter(text="mot " * 400)).as_bytes().splitlines()))
        <= 78
    )


def test_an_attachment_goes_with_the_letter():
    mail = parsed(a_letter(attachments=(Attachment("reçu.pdf", "application/pdf", b"%PDF"),)))
    (attachment,) = mail.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content()) == ("reçu.pdf", b"%PDF")


@pytest.mark.parametrize("attack", BROKEN)
def test_a_broken_file_name_adds_no_header(attack):
    mail = parsed(a_letter(attachments=(Attachment(f"{BROKEN[attack]}.pdf", "application/pdf", b"%PDF"),)))
    (attachment,) = mail.iter_attachments()
    assert attachment.keys() == [
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Disposition",
        "MIME-Version",
    ]
    assert attachment.get_content() == b"%PDF"


CALENDAR = "text/calendar; method=REQUEST; charset=utf-8"


def test_a_content_type_keeps_its_parameters_apart():
    mail = parsed(a_letter(attachments=(Attachment("invitation.ics", CALENDAR, b"BEGIN:VCALENDAR\r\n"),)))
    (attachment,) = mail.iter_attachments()
    assert attachment["Content-Type"].content_type == "text/calendar"
    assert dict(attachment["Content-Type"].params) == {"method": "REQUEST", "charset": "utf-8"}
    assert (attachment.get_content_disposition(), attachment.get_filename()) == (
        "attachment",
        "invitation.ics",
    )
    assert attachment.get_payload(decode=True) == b"BEGIN:VCALENDAR\r\n"


@pytest.mark.parametrize("attack", BROKEN)
def test_a_broken_content_type_adds_no_header(attack):
    mail = parsed(a_letter(attachments=(Attachment("a.ics", f"{CALENDAR}; x={BROKEN[attack]}", b"BEGIN"),)))
    (attachment,) = mail.iter_attachments()
    assert sorted(attachment.keys()) == [
        "Content-Disposition",
        "Content-Transfer-Encoding",
        "Content-Type",
        "MIME-Version",
    ]
    assert attachment.get_content_type() == "text/calendar"


class Service:
    """SES, which notes what it is asked or fails as told."""

    def __init__(self, error=None):
        self.error, self.asked = error, {}

    def send_email(self, **asked):
        self.asked = asked
        if self.error:
            raise self.error
        return {"MessageId": "ses-1"}


class ServiceError(Exception):
    def __init__(self, code):
        self.response = {"Error": {"Code": code}}


def test_a_letter_goes_to_one_reader_and_carries_its_key(monkeypatch):
    service = Service()
    monkeypatch.setattr(aws, "client", lambda name: service)
    assert SesSender("Office", SENDER, "suivi").send(a_letter()) == "ses-1"
    assert service.asked["Destination"] == {"ToAddresses": ["maelle@hotel.example.fr"]}
    assert service.asked["EmailTags"] == [{"Name": MAIL_TAG, "Value": "key-1"}]
    assert service.asked["ConfigurationSetName"] == "suivi"


@pytest.mark.parametrize(
    ("error", "situation"),
    [
        (ServiceError("MessageRejected"), MailRefused),
        (ServiceError("MailFromDomainNotVerifiedException"), MailRefused),
        (ServiceError("TooManyRequestsException"), MailPostponed),
        (ConnectionError(), MailPostponed),
    ],
)
def test_a_refusal_of_the_service_is_told_from_a_passing_trouble(monkeypatch, error, situation):
    monkeypatch.setattr(aws, "client", lambda name: Service(error))
    with pytest.raises(situation):
        SesSender("Office", SENDER, "").send(a_letter())
