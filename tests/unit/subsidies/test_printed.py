"""What the receipt and the letter of the award say, really printed."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from chalicelib.adapters.typst_printer import TypstPrinter
from chalicelib.office.loading import load_document, read_file
from chalicelib.subsidies.application_form import all_choices, subsidy_form
from chalicelib.subsidies.model import AWARD, RECEIPT
from chalicelib.subsidies.printed import Papers
from tests.aid_world import World

ROOT = Path(__file__).resolve().parents[3]
SPACE = "https://pro.val.example.org/espace"


@pytest.fixture
def world() -> World:
    return World()


def papers(world: World) -> Papers:
    def described(answers, office):
        return subsidy_form().as_text(dict(answers), all_choices(answers, office))

    return Papers(described, world.office, lambda file: world.rules, SPACE)


def pages_of(world, kind, file):
    data = papers(world).data_of(kind, file, world.clock())
    return PdfReader(io.BytesIO(TypstPrinter().pdf(f"subsidies/{kind}.typ", data, world.clock()))).pages


def text_of(world, kind, file):
    return " ".join(" ".join(page.extract_text() for page in pages_of(world, kind, file)).split())


def test_the_receipt_lists_answers_and_documents_with_their_hashes(world):
    said = text_of(world, RECEIPT, world.sent())
    for words in (
        "Gîte des Noyers",
        "Ferney-Voltaire",
        "devis.pdf",
        "Contrôle Étoiles",
        "240,00",
        "3 mars 2027",
    ):
        assert words in said.replace("\u00a0", " "), words
    assert "ab" * 32 in said.replace(" ", "")
    assert "ne vaut pas accord" in said


def test_the_letter_tells_the_amount_its_computation_and_its_conditions(world):
    said = text_of(world, AWARD, world.notified()).replace("\u00a0", " ")
    for words in (
        "Maëlle Le Goff", "2 chemin des Noyers", "01210 Ferney-Voltaire", "240,00 €", "100 % de la dépense retenue",
        "3 mars 2028", "partenaire de l’office pendant 3 ans", "2023/2831", "Écrivez à l’office.", "Claire Martin",
    ):  # fmt: skip
        assert words in said, words


def test_a_deputy_signs_for_whom_they_stand_in(world):
    file = replace(world.notified(), decided_by="Yann Le Goff", decided_for="Claire Martin")
    assert "Claire Martin" in text_of(world, AWARD, file)


def test_the_letter_of_an_ordinary_award_is_one_page(world):
    assert len(pages_of(world, AWARD, world.notified(legal_name="SARL du Pont"))) == 1


def test_so_is_that_of_the_example_office(world):
    world = World(load_document(read_file(ROOT / "offices" / "saint-marcellin-vercors-isere.json")))
    commune = next(iter(world.rules.communes))
    known = {"postcode": commune.postcodes[0], "commune": commune.insee}
    file = world.notified(registration_number=f"{commune.insee}00000001", legal_name="SARL du Pont", **known)
    deputy = replace(file, decided_by=world.rules.people[0].name, decided_for="Odile Ferrand")
    assert len(pages_of(world, AWARD, deputy)) == 1


def test_a_page_without_an_answer_has_no_heading_on_the_receipt(world):
    titles = [page["title"] for page in papers(world).receipt(world.sent())["answers"]]
    assert "Pièces" not in titles
    assert titles[0] == "Hébergement"
