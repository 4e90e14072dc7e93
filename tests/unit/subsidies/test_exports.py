"""The money as tables: what they say adds up, names are for those who may see them, and nothing is a formula."""

import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.adapters.workbook import workbook
from chalicelib.subsidies.exports import FILE_COLUMNS, files_sheet, totals_sheet
from chalicelib.subsidies.scdl import HEADER, scdl
from chalicelib.subsidies.totals import accounts
from chalicelib.web.spreadsheet import csv_of
from tests.aid_world import World

TODAY = date(2027, 8, 1)
COMPANY = {"legal_nature": "company", "legal_name": "SARL Les Noyers", "siret": "73282932000074"}
HOSTILE = ["=1+1", "+33465710000", "-2", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "＝1", 'a";"=1\n=2', "a,b"]


@pytest.fixture
def world() -> World:
    return World()


def files(world: World):
    return list(world.subsidies.files.values())


def told(world: World):
    return accounts(files(world), world.money.list_years(), world.money.queue(), TODAY)


def french(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def open_data(world: World) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(scdl(files(world), world.rules))))


class TestTotals:
    def test_a_line_for_the_year_then_one_for_each_kind(self, world):
        world.paid("s1", invoice_excl_vat_cents=15_000, invoice_incl_vat_cents=18_000)
        world.accepted("s2", category="hotel")
        world.accepted("s3")
        whole, hotels, rentals = french(csv_of(totals_sheet(told(world))))
        assert [line["Type d’hébergement"] for line in (whole, hotels, rentals)] == [
            "Ensemble", "Hôtel", "Meublé de tourisme",
        ]  # fmt: skip
        assert (whole["Budget"], whole["Disponible"], hotels["Budget"]) == ("500,00", "80,00", "")
        assert (whole["Accordé"], whole["Réservé"], whole["Versé"]) == ("480,00", "240,00", "180,00")
        assert (whole["Dossiers en attente"], whole["En attente"]) == ("1", "240,00")
        assert hotels["Réservé"] == "240,00"

    def test_they_hold_no_name(self, world):
        world.accepted()
        text = csv_of(totals_sheet(told(world)))
        for private in ("Maëlle", "Noyers", "SUB-", "gite.example.fr"):
            assert private not in text


class TestFiles:
    def test_the_sums_of_the_files_are_those_of_the_totals(self, world):
        world.paid("s1", invoice_excl_vat_cents=15_000, invoice_incl_vat_cents=18_000)
        world.accepted("s2")
        world.accepted("s3")
        lines = french(csv_of(files_sheet(files(world), world.rules)))
        (whole, *_) = french(csv_of(totals_sheet(told(world))))
        for title in ("Accordé", "Réservé", "Versé", "En attente"):
            assert sum(euros(line[title]) for line in lines) == euros(whole[title])

    def test_a_line_says_what_a_file_is_about(self, world):
        file = world.paid("s1")
        world.put(file, answers={**file.answers, **COMPANY})
        (line,) = french(csv_of(files_sheet(files(world), world.rules)))
        assert (line["Commune"], line["SIRET"], line["État"]) == (
            "Ferney-Voltaire",
            "73282932000074",
            "Payée",
        )
        assert (line["Accordée le"], line["Payée le"], line["Classé jusqu’au"]) == (
            "03/03/2027",
            "01/07/2027",
            "20/06/2032",
        )
        assert (line["Enveloppe"], line["Étoiles"]) == ("2027", "3")

    @pytest.mark.parametrize("typed", HOSTILE)
    def test_what_looks_like_a_formula_is_a_text(self, world, typed):
        file = world.accepted()
        world.put(file, answers={**file.answers, "establishment_name": typed})
        (line,) = french(csv_of(files_sheet(files(world), world.rules)))
        assert not line["Établissement"].startswith(("=", "+", "-", "@", "＝", "\t", "\r", "\0"))
        page = openpyxl.load_workbook(io.BytesIO(workbook([files_sheet(files(world), world.rules)], "x")))[
            "Dossiers"
        ]
        assert page["B2"].data_type == "s"
        assert page["J2"].value == 240

    def test_both_forms_have_the_same_header(self, world):
        page = openpyxl.load_workbook(io.BytesIO(workbook([files_sheet([], world.rules)], "x")))["Dossiers"]
        assert [cell.value for cell in page[1]] == [column.title for column in FILE_COLUMNS]


def euros(text: str) -> float:
    return float(text.replace(",", "."))


class TestScdl:
    def test_the_header_is_the_one_of_the_schema(self, world):
        assert scdl([], world.rules) == (
            "nomAttribuant,idAttribuant,dateConvention,referenceDecision,nomBeneficiaire,idBeneficiaire,rnaBeneficiaire,"
            "objet,montant,nature,conditionsVersement,datesPeriodeVersement,idRAE,notificationUE,pourcentageSubvention,"
            "dispositifAide\n"
        )

    def test_a_paid_aid_to_a_company_is_a_line(self, world):
        file = world.paid(invoice_excl_vat_cents=15_000, invoice_incl_vat_cents=18_050)
        world.put(file, answers={**file.answers, **COMPANY})
        (line,) = open_data(world)
        assert line == {
            "nomAttribuant": world.rules.legal_name, "idAttribuant": "73282932000074", "dateConvention": "2027-03-03",
            "referenceDecision": file.reference, "nomBeneficiaire": "SARL Les Noyers", "idBeneficiaire": "73282932000074",
            "rnaBeneficiaire": "", "objet": "Aide au classement (Meublé de tourisme)", "montant": "180.50",
            "nature": "aide en numéraire", "conditionsVersement": "unique", "datesPeriodeVersement": "2027-07-01",
            "idRAE": "", "notificationUE": "non", "pourcentageSubvention": "1.00", "dispositifAide": "plan",
        }  # fmt: skip

    def test_only_paid_aids_are_published(self, world):
        world.approved("s1")
        world.accepted("s2")
        assert open_data(world) == []

    def test_a_repayment_does_not_take_the_line_away(self, world):
        file = world.paid()
        world.put(file, status="repayment_due", left_on=date(2028, 1, 1))
        assert len(open_data(world)) == 1

    @pytest.mark.parametrize(
        "answers",
        [
            {"legal_nature": "individual", "legal_name": ""},
            {"legal_nature": "individual", "legal_name": "Gîte Le Goff", "siret": "73282932000074"},
            {"legal_nature": "company", "legal_name": "Maëlle LE GOFF", "siret": "73282932000074"},
            {"legal_nature": "company", "legal_name": "Mme Le Goff EI", "siret": "73282932000074"},
        ],
    )
    def test_nothing_identifies_a_private_person(self, world, answers):
        file = world.paid()
        world.put(file, answers={**file.answers, **answers})
        (line,) = open_data(world)
        assert (line["nomBeneficiaire"], line["idBeneficiaire"]) == ("Personne physique", "")
        for private in ("Maëlle", "goff", "noyers", "73282932000074", file.request.units[0], "gite.example"):
            told = " ".join(value for name, value in line.items() if name != "idAttribuant")
            assert private.casefold() not in told.casefold()

    def test_the_name_of_an_association_without_a_siret_is_told(self, world):
        file = world.paid()
        told = {"legal_nature": "association", "legal_name": "Les Amis du Val"}
        world.put(file, answers={**file.answers, **told})
        (line,) = open_data(world)
        assert (line["nomBeneficiaire"], line["idBeneficiaire"]) == ("Les Amis du Val", "")

    def test_lines_come_by_the_day_of_the_award(self, world):
        world.paid("s1")
        second = world.paid("s2")
        world.put(second, granted_on=date(2026, 1, 1))
        assert [line["dateConvention"] for line in open_data(world)] == ["2026-01-01", "2027-03-03"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=40) | st.sampled_from(HOSTILE), st.integers(1, 24_000))
def test_whatever_a_company_is_called_the_open_data_keeps_its_shape(name, cents):
    world = World()
    file = world.paid()
    told = {**file.answers, **COMPANY, "legal_name": name}
    world.put(file, answers=told, payable=replace(file.payable, cents=cents))
    (line,) = open_data(world)
    assert tuple(line) == HEADER
    assert None not in line.values()
    assert not line["nomBeneficiaire"].startswith(("=", "+", "-", "@"))
    assert line["montant"] == f"{cents // 100}.{cents % 100:02d}"
