"""IBAN and BIC: examples of the SWIFT registry; each mistake has the sentence that mends it."""

import pytest
from stdnum import numdb

from chalicelib.web import formats
from chalicelib.web.bank_formats import SEPA
from tests.unit.web.test_public_formats import plain

IBANS = [
    "FR7630006000011234567890189",
    "FR1420041010050500013M02606",
    "MC5811222000010123456789030",
    "CH9300762011623852957",
    "DE89370400440532013000",
    "GB29NWBK60161331926819",
    "BE68539007547034",
    "ES9121000418450200051332",
    "MT84MALT011000012345MTLCAST001S",
]
CONTROL = "Vérifiez les chiffres et les lettres de l’IBAN : ce numéro ne passe pas le contrôle."


@pytest.mark.parametrize("number", IBANS)
def test_an_iban_of_a_sepa_country_is_accepted(number):
    assert formats.explain("iban", number) is None
    assert formats.normalise("iban", number) == number


@pytest.mark.parametrize(
    "typed",
    [
        "FR76 3000 6000 0112 3456 7890 189",
        "fr76 3000\u00a06000\u202f0112 3456 7890 189",
        "FR76-3000-6000-0112-3456-7890-189",
        "IBAN FR76 3000 6000 0112 3456 7890 189",
        "IBAN : FR7630006000011234567890189",
    ],
)
def test_an_iban_may_be_copied_as_the_bank_prints_it(typed):
    assert formats.explain("iban", typed) is None
    assert formats.normalise("iban", typed) == IBANS[0]


def test_an_iban_is_shown_in_groups_of_four_that_may_break_on_a_phone():
    assert formats.show("iban", IBANS[0]) == "FR76 3000 6000 0112 3456 7890 189"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("FR7630006000011234567890188", CONTROL),
        ("FR7630006000011234567890198", CONTROL),
        ("FR763000600001123456789018A", CONTROL),
        (
            "FR763000600001123456789018",
            "Un IBAN qui commence par FR comporte 27 caractères ; vous en avez saisi 26.",
        ),
        (
            "DE8937040044053201300",
            "Un IBAN qui commence par DE comporte 22 caractères ; vous en avez saisi 21.",
        ),
        ("US64SVBKUS6S3300958879", "Indiquez un compte de la zone SEPA : « US » n’en fait pas partie."),
        ("TR330006100519786457841326", "Indiquez un compte de la zone SEPA : « TR » n’en fait pas partie."),
        ("FR76/3000", "Un IBAN ne comporte que des chiffres et des lettres : retirez « / »."),
        (
            "30006 00001 12345678901 89",
            "Un IBAN commence par deux lettres et deux chiffres, par exemple FR76 : recopiez-le en entier.",
        ),
    ],
)
def test_an_iban_that_is_wrong_says_what_to_mend_and_stays_as_typed(typed, said):
    assert plain(formats.explain("iban", typed)) == said
    assert formats.normalise("iban", typed) == typed


def test_every_sepa_country_has_an_iban_of_known_length():
    for country in SEPA:
        assert "caractères" in formats.explain("iban", f"{country}00"), country
        assert numdb.get("iban").info(country)[0][1]["country"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("AGRIFRPP", "AGRIFRPP"), ("agri fr pp 882", "AGRIFRPP882"), ("CEPAFRPP842", "CEPAFRPP842")],
)
def test_a_bic_has_eight_or_eleven_characters(typed, stored):
    assert formats.explain("bic", typed) is None
    assert formats.normalise("bic", typed) == stored


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("AGRIFRPP8", "Un BIC comporte 8 ou 11 caractères ; vous en avez saisi 9."),
        (
            "AGR1FRPP",
            "Un BIC commence par six lettres, celles de la banque puis du pays, par exemple AGRIFRPP.",
        ),
        ("AGRIXXPP", "Vérifiez le BIC : « XX », aux places 5 et 6, n’est pas le code d’un pays."),
        ("AGRI*RPP", "Un BIC ne comporte que des lettres et des chiffres : retirez « * »."),
    ],
)
def test_a_bic_that_is_wrong_says_what_to_mend(typed, said):
    assert plain(formats.explain("bic", typed)) == said
