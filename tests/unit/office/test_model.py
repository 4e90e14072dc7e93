import subprocess
import sys
from dataclasses import fields

import pytest

from chalicelib.office.typography import typeset
from chalicelib.office.words import WORDS_BY_LEGAL_MODE
from tests.factories import A_DAY, an_office


def test_01210_is_lelex_as_a_code_and_ferney_and_ornex_as_a_postcode() -> None:
    office = an_office()
    commune = office.commune("01210")
    assert commune is not None
    assert commune.name == "Lélex"
    assert [each.name for each in office.communes_with_postcode("01210")] == ["Ferney-Voltaire", "Ornex"]


def test_a_postcode_or_a_commune_outside_the_territory_is_not_found() -> None:
    assert an_office().communes_with_postcode("75001") == ()
    assert an_office().commune("75056") is None


def test_a_public_office_never_speaks_of_cotisation_nor_adherent() -> None:
    for mode in ("paid_partnership", "free"):
        words = WORDS_BY_LEGAL_MODE[mode]
        phrases = " ".join(str(getattr(words, field.name)) for field in fields(words)).lower()
        for word in ("cotis", "adhér", "adhés"):
            assert word not in phrases


def test_an_association_speaks_of_adhesion_and_cotisation() -> None:
    words = an_office(legal_mode="adhesion").words
    assert (words.joining, words.fee, words.member) == ("adhésion", "cotisation", "adhérent")


@pytest.mark.parametrize("phone", ["04 65 71 00 10", "+33 4 65 71 00 10", "04.65.71.00.10"])
def test_the_telephone_can_be_dialled(phone: str) -> None:
    assert an_office(phone=phone).phone_uri == "tel:+33465710010"


def test_documents_are_those_of_everybody_and_those_of_the_category() -> None:
    assert [each.name for each in an_office().documents_for("hotel")] == ["Numéro SIRET"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Prêt : oui ?", "Prêt\u00a0: oui\u00a0?"),
        ("« Essentiel »", "«\u00a0Essentiel\u00a0»"),
        ("25 % de 150 €", "25\u00a0% de 150\u00a0€"),
        ("de 9 h à 12 h 30", "de 9\u00a0h à 12\u00a0h\u00a030"),
        ("https://example.org/a?b:c", "https://example.org/a?b:c"),
    ],
)
def test_texts_typed_with_ordinary_spaces_are_typeset(typed: str, shown: str) -> None:
    assert typeset(typed) == shown


def test_the_model_needs_no_library() -> None:
    code = "import sys, chalicelib.office.building; print([m for m in sys.modules if m.split('.')[0] in BAD])"
    bad = "BAD = {'pynamodb', 'boto3', 'botocore', 'chalice', 'jsonschema', 'phonenumbers', 'stdnum'}; "
    done = subprocess.run([sys.executable, "-c", bad + code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_question_that_the_office_file_does_not_know_yet_goes_to_the_direction() -> None:
    office = an_office()
    assert office.role_for("membership") == "network_officer"
    assert office.role_for("subsidy") == "director"
    assert office.approver_for("subsidy", A_DAY).name == "Claire Martin"
    deputy = office.deputy_for("subsidy", A_DAY)
    assert deputy is not None
    assert deputy.name == "Yann Le Goff"
