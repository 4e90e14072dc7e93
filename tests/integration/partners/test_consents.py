"""The pages of consents, as a browser asks for them: by the link of a mail, in the space, at the desk."""

import csv
import io

import pytest

from app import app
from chalicelib.adapters.calendars import invitation
from chalicelib.adapters.qr import png
from chalicelib.links import bootstrap as links_room
from chalicelib.mail import bootstrap as mail_room
from chalicelib.mail.writing import LetterWriter
from chalicelib.partners import bootstrap
from chalicelib.partners.consent_links import PAGE
from chalicelib.partners.consents import Consent
from chalicelib.partners.submitting import Submission
from tests.factories import an_office
from tests.inprocess import BASE_URL, client
from tests.integration.access.browser import Browser
from tests.integration.partners import test_pages
from tests.integration.partners.running import answers, record
from tests.integration.partners.test_pages import OTHER_SIRET, OWNER, STRANGER, logged_in, stored

clock = test_pages.clock
DIRECTOR, OFFICER, ACCOUNTING = (
    "claire.martin@val.example.org",
    "yann.legoff@val.example.org",
    "noa.petit@val.example.org",
)
LIST = "/bureau/lettre-d-information"
WITHDRAW, GIVE = {"choix": "retirer"}, {"choix": "donner"}


def become_partner(key, **own):
    bootstrap.submission_service().submit(Submission(key, answers(consent_newsletter=True, **own), "1"))
    for event in ("address_confirmed", "accepted", "payment_confirmed", "activated"):
        record(event, application_id=key)
    return bootstrap.application_service().get(key)


@pytest.fixture
def partner(clock):
    return become_partner("f1")


@pytest.fixture
def link(partner):
    """The address in the welcome mail, as it was really written."""
    (mail,) = [m for m in mail_room.outbox().list_by_record("f1") if m.message.template == "partners/welcome"]
    head = {"office": an_office(), "site_url": BASE_URL}
    write = LetterWriter(
        links_room.link_service(),
        links_room.signed_link_service(),
        lambda: head,
        mail_room.stored_file,
        invitation,
        png,
    )
    text = write(mail.message, mail.key).text
    (address,) = [line for line in text.splitlines() if line.startswith(f"{BASE_URL}{PAGE}/")]
    return address.removeprefix(BASE_URL)


def given(consent=Consent.NEWSLETTER):
    return bootstrap.application_service().get("f1").consent(consent).is_given


def test_the_link_of_the_welcome_shows_how_consents_stand_without_a_login_and_writes_nothing(link):
    before = stored()
    for method in ("GET", "HEAD"):
        page = Browser(app).get(link, method=method)
        assert page.status == 200
    assert page.headers["Content-Type"].startswith("text/html")
    shown = Browser(app).get(link).body
    for words in ("Lettre d’information", "Accord donné", "le 3\u00a0mars 2027 à 12\u00a0h\u00a000"):
        assert words in shown
    assert stored() == before


def test_a_consent_is_withdrawn_by_one_button_and_given_again_on_the_page_that_follows(link):
    browser = Browser(app)
    after = browser.post(link, accord="newsletter", **WITHDRAW)
    assert (after.status, given()) == (303, False)
    page = browser.get(after.headers["Location"])
    assert "Accord retiré pour la lettre d’information" in page.body
    again = browser.post(after.headers["Location"].partition("?")[0], accord="newsletter", **GIVE)
    assert (again.status, given()) == (303, True)


def test_the_link_in_the_old_mail_still_withdraws_and_offers_to_give_nothing(link):
    browser = Browser(app)
    browser.post(link, accord="newsletter", **WITHDRAW)
    page = browser.get(link)
    assert "Donner mon accord" not in page.body
    assert "Retirer mon accord" in page.body
    refused = browser.post(link, accord="newsletter", **GIVE)
    assert (refused.status, given()) == (403, False)
    assert "Votre accord n’est pas enregistré" in refused.body
    assert browser.post(link, accord="publication", **WITHDRAW).status == 303
    assert not given(Consent.PUBLICATION)


@pytest.mark.parametrize("consent", ["newsletter", "publication"])
def test_withdrawing_by_an_old_link_leads_to_no_page_that_gives(link, consent):
    browser = Browser(app)
    browser.post(link, accord="newsletter", **WITHDRAW)
    after = browser.post(link, accord=consent, **WITHDRAW).headers["Location"]
    assert "Donner mon accord" not in browser.get(after).body
    assert browser.post(after.partition("?")[0], accord="newsletter", **GIVE).status == 403
    assert not given()


def test_the_same_button_pressed_twice_is_a_success_with_one_line(link):
    statuses = [Browser(app).post(link, accord="newsletter", **WITHDRAW).status for _ in range(2)]
    told = [line.what for line in bootstrap.applications().list_history("f1") if "retiré" in line.what]
    assert statuses == [303, 303]
    assert told == ["Accord retiré pour la lettre d’information, par le lien d’un mail"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_altered_link_looks_like_an_unknown_one_of_any_kind(link, method):
    def ask(path):
        browser = Browser(app)
        return browser.get(path) if method == "GET" else browser.post(path, accord="newsletter", **WITHDRAW)

    last = "A" if link[-1] != "A" else "B"
    stored_link = ask("/adhesion/confirmation/none.none")
    for altered in (link[:-1] + last, link.replace(".0.", ".1."), f"{PAGE}/x", link.replace("/f1.", "/f2.")):
        assert ask(altered).status == stored_link.status == 404
        assert ask(altered).text == stored_link.text
    assert given()


def test_the_link_dies_with_the_file(link):
    client("dynamodb").delete_item(
        TableName="cordee-test-partners", Key={"pk": {"S": "APPLICATION#f1"}, "sk": {"S": "APPLICATION"}}
    )
    assert (
        Browser(app).get(link).status
        == Browser(app).post(link, accord="newsletter", **WITHDRAW).status
        == 404
    )


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_too_old_leads_to_where_the_same_page_is(link, clock, method):
    clock.wait(days=3 * 365)
    browser = Browser(app)
    page = browser.get(link) if method == "GET" else browser.post(link, accord="newsletter", **WITHDRAW)
    assert page.status == 410
    assert 'href="/espace">Ouvrir mon espace' in page.body
    assert given()


@pytest.mark.parametrize(
    "fields", [{}, {"accord": "terms", **WITHDRAW}, {"accord": "newsletter", "choix": "x"}]
)
def test_a_button_that_the_page_does_not_have_changes_nothing(link, fields):
    before = stored()
    assert Browser(app).post(link, **fields).status == 422
    assert stored() == before


def test_a_rotation_of_the_keys_keeps_the_link_alive_once(link, clock):
    for alive in (True, False):
        client("secretsmanager").put_secret_value(SecretId="cordee-test-link-keys", SecretString="n" * 64)
        clock.wait(minutes=5)
        assert Browser(app).get(link).status == (200 if alive else 404)


def test_the_space_has_the_same_choices(partner):
    browser, path = logged_in(OWNER), f"/espace/dossiers/{partner.reference}"
    assert "Mes accords" in browser.get(path).body
    after = browser.post(f"{path}/accords", accord="newsletter", **WITHDRAW)
    assert (after.status, given()) == (303, False)
    assert after.headers["Location"] == f"{path}?accord=newsletter#accords"
    assert "Accord retiré pour la lettre d’information" in browser.get(f"{path}?accord=newsletter").body


def test_nobody_chooses_for_another(partner):
    become_partner("f2", email=STRANGER, siret=OTHER_SIRET)
    foreign = logged_in(STRANGER).post(
        f"/espace/dossiers/{partner.reference}/accords", accord="newsletter", **WITHDRAW
    )
    assert (foreign.status, given()) == (404, True)


def test_staff_see_in_the_file_how_consents_stand(partner):
    bootstrap.consent_service().choose(partner, Consent.NEWSLETTER, is_given=False)
    page = logged_in(ACCOUNTING, "staff").get(f"/bureau/dossiers/{partner.reference}")
    assert "Accord retiré le 3\u00a0mars 2027 à 12\u00a0h\u00a000" in page.body


def test_the_newsletter_goes_to_active_partners_who_want_it_and_no_name_is_a_formula(partner):
    become_partner(
        "f2", email=STRANGER, siret=OTHER_SIRET, business_name="=cmd|' /C calc'!A0", last_name="+Noël"
    )
    become_partner("f3", email="lea@gite.example.fr", siret="73282932000074")
    leaver = bootstrap.application_service().get("f3")
    bootstrap.consent_service().choose(leaver, Consent.NEWSLETTER, is_given=False)
    others = answers(consent_newsletter=True, email="ana@gite.example.fr", siret=None)
    bootstrap.submission_service().submit(Submission("f4", others, "1"))
    answer = logged_in(OFFICER, "staff").get(LIST)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'filename="lettre-d-information-2027-03-03.csv"' in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.body.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["Adresse e-mail", "Prénom", "Nom", "Établissement", "Accord donné le"]
    assert sorted(row[0] for row in rows[1:]) == [STRANGER, OWNER]
    (stranger,) = [row for row in rows if row[0] == STRANGER]
    assert stranger[2:4] == ["'+Noël", "'=cmd|' /C calc'!A0"]


@pytest.mark.parametrize(("email", "status"), [(DIRECTOR, 200), (OFFICER, 200), (ACCOUNTING, 403)])
def test_the_list_is_for_those_who_write_to_partners(partner, email, status):
    browser = logged_in(email, "staff")
    assert browser.get(LIST).status == status
    assert (LIST in browser.get("/bureau/dossiers?etat=active").body) == (status == 200)


def test_no_partner_sees_the_list(partner):
    assert logged_in(OWNER).get(LIST).status == 403
