"""Every mail of the house: complete, readable, safe, in the words of the office's legal mode."""

import ast
import re
from itertools import pairwise

import pytest

import app
from tests.factories import an_office
from tests.unit.mail.letters import (
    HOUSE,
    LEGAL_MODES,
    SECRET_LINK,
    SITE,
    File,
    every_message,
    letter,
    named_folders,
)
from tests.unit.mail.reading import SENDER, WEB_ADDRESS, Page

FOLDERS = named_folders()
ROUTES = [re.sub(r"{\w+}", "[^/]+", path) for path, methods in app.app.routes.items() if "GET" in methods]
ORDINARY_SPACE = re.compile(r" [:;!?»]|« |\d (?:€|h\b|jours|minutes|chiffres)")
MEMBERSHIP_WORDS = re.compile(r"cotisation|adhérent|adhésion|adhérer", re.IGNORECASE)
LONGEST_PARAGRAPH = 460
ABOVE_THE_ADDRESS = "bouton marche pas copiez cette adresse dans votre navigateur"

every_mail = pytest.mark.parametrize("template", sorted(FOLDERS))
every_mode = pytest.mark.parametrize("mode", LEGAL_MODES)


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
    assert set(every_message(File())) ^ set(FOLDERS) == set(), "see SOURCES in tests/unit/mail/letters.py"
    assert named_in_the_code() <= set(FOLDERS)
    composed = set(FOLDERS) - named_in_the_code()
    assert all(name.endswith("_reminder") and name.removesuffix("_reminder") in FOLDERS for name in composed)


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
    address, *lasting = dict.fromkeys(page.web_hrefs)
    assert address.startswith(f"{SITE}/")
    assert page.web_hrefs.count(address) == 2
    assert lasting == [lasting_link(template)] * bool(lasting_link(template))
    assert all(each in page.words for each in (address, *lasting))
    assert [line for line in mail.text.splitlines() if line.startswith("http")] == [address, *lasting]


def lasting_link(template):
    """The address that the mail shows beside its action, to come back to; none in most."""
    request = every_message(File())[template].signed_link
    return f"{SITE}{request.path}/{SECRET_LINK}" if request else ""


@every_mail
def test_a_mail_with_a_link_of_its_own_leads_there_and_nowhere_else(template):
    message = every_message(File())[template]
    page = Page(letter(template).html)
    leads_to = page.web_hrefs[0].removeprefix(SITE)
    if message.link:
        assert leads_to.startswith(message.link.path)
    else:
        assert any(re.fullmatch(route, leads_to.partition("?")[0]) for route in ROUTES), leads_to


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
    asked = [number for number, line in enumerate(lines) if line.startswith(SITE)]
    assert all(lines[number - 2] == "" for number in asked), "what a link is for has a paragraph of its own"


@every_mail
def test_lines_on_the_wire_are_short(template):
    assert max(map(len, SENDER.to_mime(letter(template)).as_bytes().split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    "template",
    [
        one
        for one in sorted(FOLDERS)
        if re.search("/draft|/offer|request|confirmation|returned|prolonged|_reminder", one)
    ],
)
def test_a_deadline_is_in_bold_and_in_the_subject(template):
    mail = letter(template)
    (day,) = re.search(r"avant le (\w+\u00a0\w+)", mail.subject).groups()
    assert any(day in bold for bold in Page(mail.html).bold)
    assert day in mail.text
