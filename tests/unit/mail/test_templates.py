"""Every mail of the house: complete, readable, safe, in the words of the office's legal mode."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

from chalicelib.partners.model import Draft
from tests.factories import an_office, some_answers
from tests.unit.mail.letters import (
    LEGAL_MODES,
    NOW,
    REASON,
    REFERENCE,
    SITE,
    File,
    draft_messages,
    every_message,
    letter_of,
    payment_request,
)
from tests.unit.mail.reading import SENDER, WEB_ADDRESS, Page, received

HOUSE = Path(__file__).resolve().parents[3] / "chalicelib"
FOLDERS = {
    f"{folder.parents[2].name}/{folder.name}": folder
    for folder in HOUSE.glob("*/templates/email/*")
    if folder.is_dir()
}
ORDINARY_SPACE = re.compile(r" [:;!?»]|« |\d (?:€|h\b|jours|minutes|chiffres)")
MEMBERSHIP_WORDS = re.compile(r"cotisation|adhérent|adhésion|adhérer", re.IGNORECASE)
LONGEST_PARAGRAPH = 460
ABOVE_THE_ADDRESS = "bouton marche pas copiez cette adresse dans votre navigateur"

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

every_mail = pytest.mark.parametrize("template", sorted(FOLDERS))
every_mode = pytest.mark.parametrize("mode", LEGAL_MODES)


def letter(template, **file):
    about = File(**file)
    return letter_of(every_message(about)[template], about.office)


def named_in_the_code():
    """Every `<room>/<message>` written in the code of a room that sends mails."""
    rooms = {template.split("/")[0] for template in FOLDERS}
    texts = {
        node.value
        for source in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in texts if re.fullmatch(rf"({'|'.join(rooms)})/[a-z_]+", text)}


def test_every_message_that_the_code_names_has_its_folder_and_no_folder_is_unused():
    assert set(every_message(File())) == set(FOLDERS)
    assert named_in_the_code() <= set(FOLDERS)
    reminders = {template for template in FOLDERS if template.endswith("_reminder")}
    assert set(FOLDERS) - named_in_the_code() == reminders


@every_mail
def test_a_message_has_its_three_parts(template):
    assert {part.name for part in FOLDERS[template].iterdir()} == {"subject.txt", "body.txt", "body.html"}


@every_mode
@every_mail
def test_a_mail_can_be_written_in_every_legal_mode(template, mode):
    mail = letter(template, legal_mode=mode)
    assert 20 < len(mail.subject) <= 140
    assert mail.text.count("Bonjour") == Page(mail.html).words.count("Bonjour") == 1
    assert "None" not in mail.text + mail.html


@every_mode
@every_mail
def test_a_mail_has_one_action_and_its_address_can_be_read(template, mode):
    mail = letter(template, legal_mode=mode)
    page = Page(mail.html)
    (address,) = set(page.web_hrefs)
    assert address.startswith(f"{SITE}/")
    assert len(page.web_hrefs) == 2
    assert address in page.words
    assert [line for line in mail.text.splitlines() if line.startswith("http")] == [address]


@every_mail
def test_a_mail_with_a_link_of_its_own_leads_there_and_nowhere_else(template):
    message = every_message(File())[template]
    page = Page(letter(template).html)
    expected = message.link.path if message.link else ("/espace", "/adhesion", "/bureau/dossiers")
    assert page.web_hrefs[0].removeprefix(SITE).startswith(expected)


@every_mail
def test_no_web_address_is_in_a_mail_but_those_of_the_site(template):
    mail = letter(template)
    for body in (mail.text, mail.html):
        assert all(address.startswith(SITE) for address in WEB_ADDRESS.findall(body))
    assert "src=" not in mail.html
    assert "url(" not in mail.html


@every_mode
@every_mail
def test_french_spaces_do_not_break(template, mode):
    mail = letter(template, legal_mode=mode)
    for text in (mail.subject, mail.text, Page(mail.html).words):
        assert not ORDINARY_SPACE.findall(text)


@pytest.mark.parametrize("mode", ["paid_partnership", "free"])
@every_mail
def test_only_an_association_has_members_who_pay_a_subscription(template, mode):
    mail = letter(template, legal_mode=mode)
    for text in (mail.subject, mail.text, Page(mail.html).words):
        assert not MEMBERSHIP_WORDS.findall(WEB_ADDRESS.sub("", text))


@every_mail
def test_text_and_html_say_the_same(template):
    mail = letter(template)
    page = Page(mail.html)
    in_html, in_text = (set(re.findall(r"\w{3,}", words)) for words in (page.words, mail.text))
    assert in_html - in_text - set(ABOVE_THE_ADDRESS.split()) <= {
        word for word in in_html if word.upper() in in_text
    }


@every_mail
def test_a_mail_says_why_it_comes_and_who_answers(template):
    mail = letter(template)
    office = an_office()
    assert mail.reply_to == office.reply_to
    for text in (mail.text, Page(mail.html).words):
        assert "Vous recevez ce message parce qu" in text
        for fact in (office.name, office.address, office.phone, office.email):
            assert fact in text


@every_mail
def test_the_plain_text_reads_well(template):
    lines = letter(template).text.split("\n")
    assert all(line == line.strip(" ") for line in lines)
    assert all(first or second for first, second in pairwise(lines))
    assert max(map(len, lines)) <= LONGEST_PARAGRAPH


@every_mail
def test_lines_on_the_wire_are_short(template):
    assert max(map(len, SENDER.to_mime(letter(template)).as_bytes().split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    "template",
    [one for one in sorted(FOLDERS) if "/draft" in one or "request" in one or "confirmation" in one],
)
def test_a_deadline_is_in_bold_and_in_the_subject(template):
    mail = letter(template)
    (day,) = re.search(r"avant le (\w+\u00a0\w+)", mail.subject).groups()
    assert any(day in bold for bold in Page(mail.html).bold)
    assert day in mail.text


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
    assert [part.get_content_type() for part in parsed.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert parsed["Subject"] == mail.subject
    assert parsed.get_body(("plain",)).get_content().splitlines() == mail.text.splitlines()


def test_what_one_person_wrote_to_another_keeps_its_lines():
    mail = letter("partners/refused", reason=REASON)
    first, _, last = REASON.split("\n")
    assert f"> {first}\n>\n> {last}\n" in mail.text
    assert REASON in Page(mail.html).words


def test_a_person_without_a_name_is_greeted_all_the_same():
    answers = some_answers(first_name="", last_name="")
    for template in FOLDERS:
        mail = letter(template, answers=answers, approver="")
        assert "Bonjour,\n" in mail.text
        assert "<p>Bonjour,</p>" in mail.html


def test_a_draft_with_nothing_but_an_address_gets_its_mails():
    draft = Draft("d1", {"email": "maelle@hotel.example.fr"}, NOW, NOW)
    for message in draft_messages(File(), draft):
        mail = letter_of(message, an_office())
        assert "«" not in mail.subject + mail.text + mail.html
        assert "()" not in mail.subject


@pytest.mark.parametrize(
    "template", ["partners/address_confirmation", "partners/address_confirmation_reminder"]
)
def test_the_confirmation_of_an_address_does_not_tell_the_reference(template):
    mail = letter(template)
    assert REFERENCE not in mail.subject + mail.text + mail.html


def test_the_question_to_the_office_begins_with_what_is_asked():
    file = File(legal_mode="paid_partnership")
    asked, paid = (
        letter("decisions/request", legal_mode="paid_partnership"),
        letter_of(payment_request(file), file.office),
    )
    assert asked.subject.replace("\u00a0", " ") == (
        "À décider avant le 1er avril : demande de partenariat ADH-7KQ4M2 (Hôtel du Pont)"
    )
    assert paid.subject.replace("\u00a0", " ") == (
        "À confirmer avant le 17 avril : règlement de 250,00 €, ADH-7KQ4M2 (Hôtel du Pont)"
    )


def test_the_question_to_the_office_shows_the_verdicts_first_then_the_whole_file_then_the_link():
    for body in (letter("decisions/request").text, Page(letter("decisions/request").html).words):
        words = body.upper().replace("HTTPS://PRO.EXAMPLE.ORG", "")
        parts = [
            "VÉRIFICATIONS AUTOMATIQUES",
            "RAISON SOCIALE",
            "250,00",
            "DEMANDE ENVOYÉE",
            "/DECISIONS/",
            "/BUREAU",
        ]
        assert sorted(parts, key=words.index) == parts


def test_a_deputy_reads_whose_place_they_take():
    mail = letter("decisions/request", on_behalf_of="Claire Martin")
    for text in (mail.text, Page(mail.html).words):
        assert "à la place de Claire Martin" in text
    assert "à la place" not in letter("decisions/request").text


def test_the_reminder_says_since_when_the_question_waits():
    assert "depuis le 3\u00a0mars 2027" in letter("decisions/reminder").text


def test_the_receipt_of_a_free_partnership_speaks_of_no_payment():
    for text in (
        letter("partners/receipt", legal_mode="free").text,
        letter("partners/receipt", legal_mode="free").html,
    ):
        assert "règlement" not in text
        assert "Gratuit" in text


def test_the_mail_to_pay_shows_each_line_and_the_total():
    for text in (letter("partners/payment_due").text, Page(letter("partners/payment_due").html).words):
        for words in ("Hôtel, 12\u00a0chambres", "Total à régler", "250,00\u00a0€", "appel de cotisation"):
            assert words in text
    assert "la facture" in letter("partners/payment_due", legal_mode="paid_partnership").text
