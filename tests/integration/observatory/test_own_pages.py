"""A partner finds the form of their lodging in their space, without the mailed link, and their curve when the month is closed."""

from dataclasses import replace

import pytest

from app import app
from chalicelib.access.guard import SESSION_COOKIE
from chalicelib.observatory.model import Sold
from chalicelib.observatory.paths import OWN_ENTRY, key_of
from chalicelib.web.cookies import full_name
from tests.harness.sessions import begin_session
from tests.integration.access.browser import Browser
from tests.integration.observatory.house import clock, filled, is_asked, is_given, now_of
from tests.integration.subsidies.house import partner
from tests.integration.web.test_pages import HTML_LIMIT
from tests.observatory import HOTEL

__all__ = ["clock"]

OWNER, OTHER = HOTEL.email, "lou@gite.example.org"
LAKE = replace(HOTEL, id="hotel-2", name="Hôtel du Lac", email=OTHER)


@pytest.fixture(autouse=True)
def partners(clock):
    return [partner(HOTEL.id, email=OWNER), partner(LAKE.id, email=OTHER)]


def of(email):
    browser = Browser(app)
    browser.cookies[full_name(SESSION_COOKIE)] = begin_session(email, "partner")
    return browser


def path_of(one):
    return OWN_ENTRY.format(entry=key_of(one))


def test_the_space_leads_to_the_figures_that_are_asked_for_and_they_are_given_there():
    asked, browser = is_asked(), of(OWNER)
    page = browser.get("/espace")
    assert "À donner" in page.text
    assert "vos chiffres de février 2027" in page.text
    assert "Trois minutes, avant le 26 mars 2027." in page.text
    assert f'href="{path_of(asked)}"' in page.body
    form = browser.get(path_of(asked))
    assert form.status == 200
    assert "Mon espace" in form.text
    assert len(form.body.encode()) < HTML_LIMIT
    sent = browser.post(path_of(asked), **filled(form, asked, occupied_20270201=98))
    assert (sent.status, sent.headers["Location"]) == (303, f"{path_of(asked)}?merci=1")
    assert now_of(asked).sold["2027-02-01"] == Sold(140, 98)
    assert "Votre courbe" in browser.get(path_of(asked)).text
    assert browser.get(f"{path_of(asked)}/courbe.svg").body.startswith("<svg")
    assert "Votre courbe est prête" in browser.get("/espace").text


def test_after_the_month_is_closed_the_curve_is_still_there_and_nothing_is_taken(clock):
    given = is_given("2027-02", {"2027-02-01": Sold(140, 98)})
    clock.wait(days=28)
    browser = of(OWNER)
    page = browser.get(path_of(given))
    assert "Ce mois est clos" in page.text
    assert "Votre courbe" in page.text
    assert "Enregistrer mes chiffres" not in page.text
    assert browser.post(path_of(given), **filled(page, given)).status == 410
    assert "votre courbe reste à lire" in browser.get("/espace").text


def test_what_was_asked_about_is_confirmed_there(clock):
    given = is_given("2027-02", {"2027-02-01": Sold(140, 98)})
    assert of(OWNER).post(f"{path_of(given)}/confirmation").status == 303
    assert now_of(given).confirmed_at


def test_the_figures_of_somebody_else_are_not_there():
    asked = is_asked(establishment=LAKE)
    for path in (path_of(asked), f"{path_of(asked)}/courbe.svg", "/espace/chiffres/x"):
        assert of(OWNER).get(path).status == 404
    assert of(OWNER).post(path_of(asked)).status == 404
    assert of(OTHER).get(path_of(asked)).status == 200


def test_who_owes_no_figures_has_no_card():
    assert "vos chiffres" not in of(OWNER).get("/espace").text
