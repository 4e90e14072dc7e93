"""The staff's front page, and what staff do there about the mails that did not leave."""

import re
from datetime import timedelta

import pytest

import app
from chalicelib.access import guard
from chalicelib.kernel.clock import utc_now
from chalicelib.links.model import LinkRequest
from chalicelib.mail import bootstrap as mail_room
from chalicelib.mail.model import MailState, Message, Refusal, address_key
from chalicelib.mail.wording import UNREADABLE
from chalicelib.office import bootstrap as office_room
from chalicelib.office import routes as office_routes
from chalicelib.office.territories import with_communes
from chalicelib.partners import bootstrap as partners_room
from chalicelib.partners.emails import facts
from chalicelib.partners.submitting import Submission
from chalicelib.web import site
from chalicelib.web.cookies import full_name
from tests.factories import office_document, some_answers
from tests.fakes.process import FakeProcess
from tests.harness.sessions import begin_session
from tests.inprocess import forget_caches
from tests.integration.access.browser import Browser

CLAIRE, YANN = "claire.martin@val.example.org", "yann.legoff@val.example.org"
TO = "maelle@hotel.example.fr"
SESSION = full_name(guard.SESSION_COOKIE)
SUBJECT = "Bien reçue : votre demande d’adhésion"


@pytest.fixture
def file(tables, monkeypatch):
    """The office is loaded and a file was sent."""
    forget_caches()
    site.set_user_provider(guard.current_user)
    site.set_office_provider(office_routes.current_office)
    monkeypatch.setattr(partners_room, "StepFunctionsProcess", lambda name: FakeProcess())
    office_room.office_repository().publish(with_communes(office_document()))
    answers = {name: value for name, value in some_answers().items() if value is not None}
    yield partners_room.submission_service().submit(Submission("f1", answers, "1"))
    site.set_user_provider(None)
    site.set_office_provider(None)
    forget_caches()


@pytest.fixture
def outbox(file):
    return mail_room.outbox()


def logged_in(email, kind="staff"):
    browser = Browser(app.app)
    browser.cookies[SESSION] = begin_session(email, kind)
    return browser


@pytest.fixture
def claire(file):
    return logged_in(CLAIRE)


@pytest.fixture
def yann(file):
    return logged_in(YANN)


def receipt(file, occasion="receipt", **changes):
    told = {"to": TO, "record": file.id, "context": facts(file, partners_room.office()), **changes}
    return Message("partners/receipt", occasion=occasion, **told)


def in_trouble(outbox, message, state=MailState.FAILED, reason="MessageRejected", hours=1):
    """A mail that should have left some hours ago."""
    at = utc_now() - timedelta(hours=hours)
    outbox.put_once(message, at)
    claimed = outbox.claim(message.key, at)
    if state is MailState.FAILED:
        outbox.mark_failed(claimed, reason)
    else:
        outbox.mark_uncertain(claimed)
    return message.key


@pytest.fixture
def failed(outbox, file):
    return in_trouble(outbox, receipt(file))


@pytest.fixture
def uncertain(outbox, file):
    return in_trouble(outbox, receipt(file, "other"), MailState.UNCERTAIN)


def test_a_doubtful_mail_is_shown_in_french_with_its_subject_reason_and_file(claire, failed, file):
    page = claire.get("/bureau")
    assert page.status == 200
    assert SUBJECT in page.text
    for words in (TO, "Non parti", "Le service d’envoi l’a refusé", file.reference, "depuis le"):
        assert words in page.text
    assert f"/bureau/dossiers/{file.reference}" in page.body
    for english in ("partners/receipt", "MessageRejected", "failed"):
        assert english not in page.text


def test_only_a_mail_that_may_have_left_says_so_before_its_button(claire, failed):
    assert "peut-être déjà arrivé" not in claire.get("/bureau").text


def test_a_mail_that_may_have_left_says_so_before_its_button(claire, uncertain):
    text = claire.get("/bureau").text
    warning = "Il est peut-être déjà arrivé : demandez au destinataire avant de le renvoyer."
    assert 0 < text.index(warning) < text.index("Renvoyer")


def test_a_mail_sent_again_says_when_it_goes_and_by_whom(claire, outbox, failed, file):
    answer = claire.post(f"/bureau/mails/{failed}/renvoi")
    assert (answer.status, answer.headers["Location"]) == (303, f"/bureau?mail={failed}")
    page = claire.get(f"/bureau?mail={failed}")
    assert "repart dans les cinq minutes" in page.text
    assert "renvoyé par Claire Martin" in page.text
    assert "Mails à vérifier" not in page.text
    assert outbox.find(failed).state is MailState.NEW
    assert [mail.key for mail in outbox.list_due(utc_now())].count(failed) == 1
    assert "renvoyé par Claire Martin" in claire.get(f"/bureau/dossiers/{file.reference}").text


def test_a_settled_mail_says_so_and_its_words_are_forgotten(claire, outbox, uncertain, file):
    assert claire.post(f"/bureau/mails/{uncertain}/classement").status == 303
    page = claire.get(f"/bureau?mail={uncertain}")
    assert "Le mail est classé" in page.text
    assert SUBJECT in page.text
    mail = outbox.find(uncertain)
    assert (mail.state, mail.message.context) == (MailState.SETTLED, {})
    shown = claire.get(f"/bureau/dossiers/{file.reference}").text
    assert "classé par Claire Martin" in shown
    assert "partners/receipt" not in shown


def test_a_second_click_of_another_person_changes_nothing_and_tells_what_became_of_the_mail(
    claire, yann, outbox, failed
):
    claire.post(f"/bureau/mails/{failed}/renvoi")
    before = outbox.find(failed)
    for act in ("renvoi", "classement", "renvoi"):
        assert yann.post(f"/bureau/mails/{failed}/{act}").status == 303
    assert outbox.find(failed) == before
    assert "renvoyé par Claire Martin" in yann.get(f"/bureau?mail={failed}").text


def test_a_click_on_a_mail_that_arrived_meanwhile_tells_that_it_arrived(claire, outbox, uncertain):
    outbox.record_event(uncertain, "delivered", utc_now())
    assert claire.post(f"/bureau/mails/{uncertain}/renvoi").status == 303
    page = claire.get(f"/bureau?mail={uncertain}")
    assert page.status == 200
    assert "Le mail est parti" in page.text
    assert "remis le" in page.text
    assert "renvoyé" not in page.text


def test_a_mail_that_failed_again_is_back_in_the_list_with_who_sent_it(claire, outbox, failed):
    claire.post(f"/bureau/mails/{failed}/renvoi")
    outbox.mark_failed(outbox.claim(failed, utc_now()), "MessageRejected")
    page = claire.get(f"/bureau?mail={failed}")
    assert "Mails à vérifier" in page.text
    assert "Déjà renvoyé par Claire Martin" in page.text
    assert "repart dans les cinq minutes" not in page.body.split("Mails à vérifier")[0]


def test_a_restored_address_is_said_to_be_so_and_by_whom_also_to_who_comes_second(claire, yann, file):
    key, at = address_key(TO), utc_now()
    mail_room.refusal_desk().addresses.refuse(TO, Refusal.BOUNCED, at, at)
    for browser in (claire, yann):
        answer = browser.post(f"/bureau/adresses/{key}/retablissement")
        assert (answer.status, answer.headers["Location"]) == (303, f"/bureau?adresse={key}")
        page = browser.get(answer.headers["Location"])
        assert f"Nos mails repartent vers {TO} : adresse rétablie par Claire Martin le" in page.text
        assert "Adresses qui refusent nos mails" not in page.text
    refused_again = utc_now()
    mail_room.refusal_desk().addresses.refuse(TO, Refusal.COMPLAINED, refused_again, refused_again)
    page = claire.get(f"/bureau?adresse={key}")
    assert "Nos mails repartent" not in page.text
    assert "Mail signalé comme indésirable" in page.text


@pytest.mark.parametrize("key", ["unknown", "0" * 64, "x" * 3000])
def test_of_an_address_that_refused_nothing_the_desk_says_nothing(claire, key):
    assert claire.post(f"/bureau/adresses/{key}/retablissement").status == 404
    page = claire.get(f"/bureau?adresse={key}")
    assert (page.status, "rétablie" in page.text) == (200, False)


@pytest.mark.parametrize("key", ["unknown", "0" * 64, "x" * 3000])
def test_an_unknown_mail_is_not_found(claire, key):
    for answer in (
        claire.post(f"/bureau/mails/{key}/renvoi"),
        claire.post(f"/bureau/mails/{key}/classement"),
        claire.get(f"/bureau?mail={key}"),
    ):
        assert answer.status == 404


def test_nobody_but_staff_can_act_on_a_mail(outbox, failed):
    before = outbox.find(failed)
    partner = logged_in(TO, "partner")
    assert Browser(app.app).post(f"/bureau/mails/{failed}/renvoi").headers["Location"] == "/connexion"
    for act in ("renvoi", "classement"):
        assert partner.post(f"/bureau/mails/{failed}/{act}").status in (303, 403)
    assert outbox.find(failed) == before


def test_a_mail_whose_link_has_ended_can_only_be_settled(claire, outbox, file):
    link = LinkRequest("/connexion", TO, TO, 600)
    message = receipt(file, record="login#1", link=link)
    key = in_trouble(outbox, message)
    page = claire.get("/bureau")
    assert "il est inutile de le renvoyer" in page.text
    assert f"/bureau/mails/{key}/renvoi" not in page.body
    claire.post(f"/bureau/mails/{key}/renvoi")
    assert outbox.find(key).state is MailState.FAILED
    assert "il est inutile de le renvoyer" in claire.get(f"/bureau?mail={key}").text


def test_a_mail_that_cannot_be_written_is_shown_all_the_same(claire, outbox, file):
    key = in_trouble(
        outbox, receipt(file, context={"name": "Maëlle"}), reason="le mail n’a pas pu être rédigé"
    )
    page = claire.get("/bureau")
    assert (page.status, UNREADABLE in page.text) == (200, True)
    assert "Prévenez la personne qui administre l’application" in page.text
    claire.post(f"/bureau/mails/{key}/classement")
    assert outbox.find(key).subject == UNREADABLE


def test_a_day_without_mails_leaves_a_light_page_that_says_how_many_more_there_are(claire, outbox, file):
    for number in range(13):
        in_trouble(outbox, receipt(file, f"n{number}"), MailState.UNCERTAIN, hours=20 - number)
    page = claire.get("/bureau")
    assert len(re.findall(r'/bureau/mails/\w+/renvoi"', page.body)) == 10
    assert "Et 3 autres, plus récents" in page.text
    assert len(page.body.encode()) < 30_000


def test_a_mail_tried_too_often_says_so(claire, outbox, file):
    in_trouble(outbox, receipt(file), reason="TooManyRequestsException")
    assert "malgré plusieurs essais" in claire.get("/bureau").text
