"""The money at the desk: who sees what, and that the figures, the pictures and the tables are those of the files."""

import base64
import csv
import io

import openpyxl
import pytest

from chalicelib.subsidies.statuses import Status
from tests.integration.subsidies.house import as_, awarded, clock, money, paid, partner, told

__all__ = ["clock"]

pytestmark = pytest.mark.usefixtures("clock")
PRIVATE = ("Maëlle", "Le Goff", "Noyers", "SUB-", "gite.example.fr")
TOTALS = (
    "/bureau/enveloppe",
    "/bureau/enveloppe/graphique.svg",
    "/bureau/enveloppe.csv",
    "/bureau/enveloppe.xlsx",
)
FILES = ("/bureau/enveloppe/dossiers.csv", "/bureau/subventions-scdl.csv")
SMALL_AID = ("/bureau/de-minimis", "/bureau/de-minimis.csv")
COMPANY = {"legal_nature": "company", "legal_name": "=SARL", "siret": "73282932000074"}


@pytest.fixture
def money_spent():
    awarded("s1")
    told(paid("s2", 20_000), **COMPANY)
    awarded("s3", Status.AWAITING_BUDGET, envelope_year=0, granted_on=None)
    money(6_000, 24_000, 20_000, waiting=1, cents=24_000)


@pytest.mark.parametrize(
    ("paths", "allowed"),
    [
        (TOTALS, {"director", "president", "accounting", "quality_officer", "elected"}),
        (FILES, {"director", "president", "accounting", "quality_officer"}),
        (SMALL_AID, {"director", "quality_officer"}),
    ],
)
def test_each_page_is_for_its_roles(money_spent, paths, allowed):
    partner()
    for path in paths:
        assert as_().get(path).status == 303, path
        for who in ("director", "network_officer", "quality_officer", "accounting", "president", "elected"):
            assert as_(who).get(path).status == (200 if who in allowed else 403), (path, who)
        assert as_("maelle@hotel.example.fr").get(path).status == 403, path


def test_an_elected_member_sees_totals_and_never_a_name(money_spent):
    elected = as_("elected")
    page = elected.get("/bureau/enveloppe")
    assert "480,00 €" in page.text
    assert "dossiers.csv" not in page.body
    for path in TOTALS[:3]:
        body = elected.get(path).body
        assert not any(name in body for name in PRIVATE), path
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(elected.get("/bureau/enveloppe.xlsx").body)))
    assert book.sheetnames == ["Totaux"]


def test_the_page_says_what_became_of_the_money(money_spent):
    text = as_("director").get("/bureau/enveloppe").text
    for said in (
        "Budget 2027 : 500,00 €",
        "1 dossier accepté attend 240,00 €",
        "Versé : 200,00 €",
        "Meublé de tourisme",
    ):
        assert said in text
    assert "ne disent pas la même chose" not in text


def test_a_vote_below_what_is_promised_is_said_not_to_count_yet():
    money(free=0, reserved=60_000, consumed=0)
    page = as_("director").get("/bureau/enveloppe").text
    assert "Le budget 2027 ne peut pas encore baisser" in page
    assert "Le fichier de l’office dit 500,00 €" in page


def test_a_difference_between_files_and_envelope_is_shown(money_spent):
    money(6_000, 23_000, 21_000, waiting=2, cents=24_000)
    text = as_("director").get("/bureau/enveloppe").text
    assert "ne disent pas la même chose" in text
    assert "L’écart porte sur 2027" in text
    assert "Le nombre de dossiers en attente ne concorde pas" in text


def test_the_workbook_has_a_sheet_of_files_for_who_works_with_them(money_spent):
    answer = as_("accounting").get("/bureau/enveloppe.xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="enveloppe-2027-03-03.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(answer.body)))
    assert book.sheetnames == ["Totaux", "Dossiers"]
    assert [row[0].value for row in book["Dossiers"].iter_rows(min_row=2)] == ["SUB-s1", "SUB-s2", "SUB-s3"]
    assert book["Totaux"]["E2"].value == 480


def test_the_pictures_are_svg_for_each_width_and_light(money_spent):
    director = as_("director")
    seen = {
        director.get(f"/bureau/enveloppe/graphique.svg?{query}").body
        for query in (
            "",
            "largeur=etroite",
            "fond=sombre",
            "annee=2027",
            "annee=2027&largeur=etroite&fond=sombre",
        )
    }
    assert len(seen) == 5
    assert all(body.startswith("<svg") for body in seen)
    assert director.get("/bureau/enveloppe/graphique.svg").headers["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("year", ["1999", "2028", "abcd", "20270", "²027", "-001", "<x>"])
def test_there_is_no_picture_of_a_year_without_aids(money_spent, year):
    assert as_("director").get(f"/bureau/enveloppe/graphique.svg?annee={year}").status == 404


def test_the_open_data_names_companies_and_no_private_person(money_spent):
    told(paid("s4"), legal_nature="individual")
    lines = list(csv.DictReader(io.StringIO(as_("director").get("/bureau/subventions-scdl.csv").body)))
    assert [line["nomBeneficiaire"] for line in lines] == ["'=SARL", "Personne physique"]
    assert [line["montant"] for line in lines] == ["200.00", "240.00"]


def test_the_register_of_small_aid_is_by_undertaking(money_spent):
    officer = as_("quality_officer")
    page = officer.get("/bureau/de-minimis")
    assert "=SARL" in page.text
    assert "732829320" in page.text
    assert "SUB-s2" in officer.get("/bureau/de-minimis?entreprise=732829320").text
    whole = officer.get("/bureau/de-minimis.csv").body
    one = officer.get("/bureau/de-minimis.csv?entreprise=732829320").body
    assert whole.count("\r\n") == 3
    assert one.count("\r\n") == 2
    assert "'=SARL" in one
    for path in SMALL_AID:
        assert officer.get(f"{path}?entreprise=000000000").status == 404


def test_a_long_register_comes_in_pages():
    for number in range(51):
        told(
            awarded(f"s{number}"),
            legal_nature="company",
            legal_name=f"Gîte {number:02d}",
            siret=f"{number:09d}00001",
        )
    officer = as_("quality_officer")
    first, second = (officer.get(f"/bureau/de-minimis{page}").text for page in ("", "?page=2"))
    assert "Gîte 49" in first
    assert "Gîte 50" not in first
    assert "Page 2 sur 2" in second
    assert "Gîte 50" in second


def test_before_anything_was_granted_the_pages_say_so():
    director = as_("director")
    assert "Aucun dossier n’attend de budget" in director.get("/bureau/enveloppe").text
    assert "L’office n’a accordé aucune aide jusqu’ici" in director.get("/bureau/de-minimis").text
    assert director.get("/bureau/enveloppe/graphique.svg").status == 200


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("director", {"/bureau/aides", "/bureau/enveloppe", "/bureau/de-minimis"}),
        ("accounting", {"/bureau/aides", "/bureau/enveloppe", "/bureau/virements"}),
        ("president", {"/bureau/aides", "/bureau/enveloppe"}),
        ("network_officer", set()),
    ],
)
def test_the_desk_leads_to_the_pages_that_are_ones_own(who, shown):
    browser = as_(who)
    body = browser.get("/bureau").body
    ways = {"/bureau/aides", "/bureau/enveloppe", "/bureau/de-minimis", "/bureau/virements"}
    assert {way for way in ways if f'href="{way}"' in body} == shown
    assert all(browser.get(way).status == 200 for way in shown)
