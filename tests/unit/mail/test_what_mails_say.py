"""What single mails say, and to whom."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.decisions.messages import reminder_mail, request_mail
from chalicelib.decisions.model import Addressee, Decision, DecisionState, Outcome, Question, Timetable, until
from chalicelib.drafts.model import Draft
from tests.factories import an_office, some_answers
from tests.unit.mail.letters import (
    NOW,
    REASON,
    REFERENCE,
    File,
    draft_messages,
    every_message,
    letter,
    letter_of,
    named_folders,
    payment_request,
)
from tests.unit.mail.reading import Page


def test_what_one_person_wrote_to_another_keeps_its_lines():
    mail = letter("partners/refused", reason=REASON)
    first, _, last = REASON.split("\n")
    assert f"> {first}\n>\n> {last}\n" in mail.text
    assert REASON in Page(mail.html).words


def test_a_person_without_a_name_is_greeted_all_the_same():
    answers = some_answers(first_name="", last_name="")
    for template in named_folders():
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


def test_the_welcome_promises_nothing_about_changed_data_but_that_somebody_reads_the_answer():
    mail = letter("partners/welcome")
    for text in (mail.text, Page(mail.html).words):
        assert "Une information a changé ? Répondez à ce mail." in text.replace("\u00a0", " ")
        assert "à jour" not in text
    assert mail.reply_to == an_office().reply_to


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


def test_a_question_that_waited_in_the_outbox_since_before_it_had_a_call_is_written_all_the_same():
    file = File()
    asked = every_message(file)["decisions/request"]
    known = {name: said for name, said in asked.context.items() if name != "call"}
    assert (
        letter_of(replace(asked, context=known), file.office).subject == letter("decisions/request").subject
    )


def test_a_question_shows_the_parts_of_a_dossier_that_it_has():
    people = (Addressee("Yann Le Goff", "yann.legoff@val.example.org"),)
    section = {"title": "Le projet", "rows": [{"label": "Objet", "value": "Un banc"}]}
    question = Question(
        "s1", "subsidy", 1, "SUB-7KQ4M2", "subvention", "Un banc au belvédère", "director", (Outcome("grant", "Accorder"),),
        Timetable((3,), 20), "decisions/request", "decisions/reminder", dossier={"sections": [section]},
    )  # fmt: skip
    decision = Decision(question, DecisionState.PENDING, people, NOW, NOW + timedelta(days=20), ("token",))
    for mail in (request_mail(decision, people[0], NOW, "ask"), reminder_mail(decision, people[0], NOW, "3")):
        letter = letter_of(mail, an_office())
        assert "Un banc" in letter.text
        assert "Montant" not in letter.text


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


def test_a_question_that_ends_at_an_instant_tells_the_hour_in_its_subject_and_in_its_text():
    people = (Addressee("Yann Le Goff", "yann.legoff@val.example.org"),)
    end = NOW + timedelta(days=1, hours=4, minutes=30)
    question = Question(
        "s1", "offer", 1, "FOR-7KQ4M2", "inscription", "Atelier", "network_officer", (Outcome("take", "Prendre"),),
        until(end), "decisions/request", "decisions/reminder",
    )  # fmt: skip
    decision = Decision(question, DecisionState.PENDING, people, NOW, end, ("token",))
    for mail in (request_mail(decision, people[0], NOW, "ask"), reminder_mail(decision, people[0], NOW, "3")):
        letter = letter_of(mail, an_office())
        assert "avant le 4 mars à 14 h 30" in letter.subject.replace("\u00a0", " ")
        for body in (letter.text, Page(letter.html).words):
            assert "au plus tard le jeudi 4 mars 2027 à 14 h 30" in body.replace("\u00a0", " ")


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
