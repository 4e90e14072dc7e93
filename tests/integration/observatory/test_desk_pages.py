"""The figures of a month at the desk: answers, late ones, strange ones, a question and its answer, the phone."""

from dataclasses import replace

import pytest

from app import app
from chalicelib.mail.repository import OutboxRepository
from chalicelib.observatory import bootstrap
from chalicelib.observatory.model import Sold
from chalicelib.observatory.paths import key_of
from chalicelib.observatory.slices import slices_of_month
from tests.integration.access.browser import Browser
from tests.integration.observatory.house import (
    at_the_desk,
    clock,
    filled,
    form_of,
    is_asked,
    is_given,
    link_to,
    now_of,
)
from tests.integration.web.test_pages import HTML_LIMIT, outline
from tests.observatory import HOTEL

__all__ = ["clock"]

DIRECTOR, OTHER = "claire.martin@val.example.org", "noa.petit@val.example.org"
DESK = "/bureau/observatoire"
LAKE = replace(HOTEL, id="hotel-2", name="Hôtel du Lac", email="lac@example.org", commune="01160")
FULL = {one.id: Sold(20 * one.length_days, 20 * one.length_days) for one in slices_of_month("2027-02")}


@pytest.fixture
def desk(clock):
    return at_the_desk(DIRECTOR)


@pytest.fixture
def strange(desk):
    return is_given("2027-02", FULL)


def path_of(one, after=""):
    return f"{DESK}/chiffres/{key_of(one)}{after}"


def test_the_month_says_who_answered_and_who_is_late(desk):
    is_given("2027-02", {"2027-02-01": Sold(140, 70)})
    is_asked(establishment=LAKE, reminders=2)
    page = desk.get(DESK)
    assert page.status == 200
    assert "1 réponse sur 2 : 50 %." in page.text
    assert "2 rappels" in page.text
    assert "Rien d’étonnant dans les chiffres reçus." in page.text
    assert outline(page.body).tags.count("h1") == 1
    assert len(page.body.encode()) < HTML_LIMIT


def test_another_month_is_chosen_and_nonsense_shows_the_present_one(desk):
    is_given("2026-12", {"2026-12-07": Sold(140, 70)})
    assert "Chiffres de décembre 2026" in desk.get(f"{DESK}?mois=2026-12").text
    for month in ("2031-01", "mars", ""):
        assert "Chiffres de février 2027" in desk.get(f"{DESK}?mois={month}").text
    assert "Personne n’a été sollicité pour ce mois." in desk.get(DESK).text


def test_a_strange_figure_is_asked_about_once_and_confirmed_by_the_partner(desk, strange, clock):
    assert "Tout est loué, chaque nuit du mois." in desk.get(DESK).text
    for _ in range(2):
        sent = desk.post(path_of(strange, "/question"), doute="full")
        assert sent.headers["Location"] == f"{DESK}?mois=2027-02&demande=1"
    page = desk.get(f"{DESK}?mois=2027-02&demande=1")
    assert "La question est posée" in page.text
    assert "Question posée, réponse attendue" in page.text
    [mail] = OutboxRepository().list_by_record(strange.id)
    assert (mail.message.to, mail.message.template) == (HOTEL.email, "observatory/question")
    link, partner = link_to(strange, clock), Browser(app)
    assert "un mois entièrement loué" in partner.get(link).text
    assert partner.post(f"{link}/confirmation").headers["Location"] == f"{link}?confirme=1"
    thanks = partner.get(f"{link}?confirme=1").text
    assert "Merci, vos chiffres sont confirmés" in thanks
    assert "un mois entièrement loué" not in thanks
    assert "Rien d’étonnant" in desk.get(DESK).text
    told = [(line.who, line.what) for line in bootstrap.returns().list_history(strange)]
    assert told[-2:] == [("Claire Martin", "Question posée"), (HOTEL.name, "Chiffres confirmés")]


def test_a_corrected_figure_is_asked_about_no_more(desk, strange, clock):
    desk.post(path_of(strange, "/question"), doute="full")
    clock.wait(minutes=1)
    link, partner = link_to(strange, clock), Browser(app)
    typed = {**form_of(partner.get(link)), "occupied_20270201": "139"}
    assert partner.post(link, **typed).status == 303
    assert "un mois entièrement loué" not in partner.get(link).text
    assert "Rien d’étonnant" in desk.get(DESK).text


def test_what_is_not_strange_is_not_asked_about(desk):
    fine = is_given("2027-02", {"2027-02-01": Sold(140, 70)})
    for doubt in ("full", "anything", ""):
        sent = desk.post(path_of(fine, "/question"), doute=doubt)
        assert sent.headers["Location"] == f"{DESK}?mois=2027-02"
    assert now_of(fine) == fine


def test_figures_of_the_phone_are_kept_with_who_typed_them_for_whom(desk):
    asked = is_asked()
    page = desk.get(path_of(asked))
    sent = desk.post(path_of(asked), **filled(page, asked, occupied_20270201=98))
    assert sent.headers["Location"] == f"{path_of(asked)}?merci=1"
    assert now_of(asked).given_by == "Claire Martin pour Hôtel des Cimes"
    assert "Claire Martin pour Hôtel des Cimes" in desk.get(path_of(asked)).text
    assert desk.post(path_of(asked, "/confirmation")).status == 303
    assert now_of(asked).confirmed_at


def test_the_history_is_for_staff_and_not_behind_the_link(strange, clock):
    assert "Ce qui s’est passé" not in Browser(app).get(link_to(strange, clock)).text


def test_a_closed_month_is_read_and_takes_nothing(desk, strange, clock):
    clock.wait(days=70)
    desk = at_the_desk(DIRECTOR)
    page = desk.get(f"{DESK}?mois=2027-02")
    assert "Ce mois est clos" in page.text
    assert "Poser la question" not in page.text
    one = desk.get(path_of(strange))
    assert "Ce mois est clos" in one.text
    assert "Enregistrer ces chiffres" not in one.text
    for after in ("/question", "/confirmation"):
        assert desk.post(path_of(strange, after), doute="full").status == 410
    assert desk.post(path_of(strange), **{**form_of(one), "occupied_20270201": "1"}).status == 410


@pytest.mark.parametrize(
    "key", ["2027-02_01210_nobody", "2027-13_01210_x", "x", "2027-02_01210", "2027-02_01210_a.b"]
)
def test_what_does_not_exist_is_not_found(desk, key):
    assert desk.get(f"{DESK}/chiffres/{key}").status == 404
    assert desk.post(f"{DESK}/chiffres/{key}/question").status == 404


def test_other_roles_stay_outside(strange):
    other = at_the_desk(OTHER)
    assert other.get(DESK).status == 403
    assert other.get(path_of(strange)).status == 403
    assert other.post(path_of(strange, "/question"), doute="full").status == 403
    assert "Chiffres attendus" not in other.get("/bureau").text


def test_the_front_page_says_how_many_owe_figures(desk):
    assert "Chiffres attendus" not in desk.get("/bureau").text
    is_asked()
    assert "1 hébergement n’a pas encore donné ses chiffres de février 2027" in desk.get("/bureau").text
    is_asked(establishment=LAKE)
    assert "2 hébergements n’ont pas encore donné leurs chiffres de février 2027" in desk.get("/bureau").text
