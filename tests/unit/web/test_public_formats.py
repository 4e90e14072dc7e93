import pytest

from chalicelib.web import formats
from chalicelib.web.public_formats import registration_commune, registration_status

VALID_SIRETS = [
    "73282932000074",
    "13002526500013",
    "12002701600357",
    "23350001600040",
    "21290232400012",
    "20006812000019",
    "55208131766522",
    "81766549000014",
    "77943159200012",
    "84510304300012",
    "20006619900023",
]
LA_POSTE = ["35600000000048", "35600000009075"]
FAILING_CONTROL = ["35600000000014", "73282932000079", "79940059900022", "67895644300011"]
CONTROL = "Vérifiez les chiffres\u00a0: ce numéro ne passe pas le contrôle."


def plain(sentence):
    return sentence.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("number", VALID_SIRETS + LA_POSTE)
def test_a_siret_of_the_register_is_accepted(number):
    assert formats.explain("siret", number) is None


@pytest.mark.parametrize("number", FAILING_CONTROL)
def test_a_siret_with_a_wrong_digit_asks_to_check_the_digits(number):
    assert formats.explain("siret", number) == CONTROL


def test_fourteen_zeros_are_refused_although_they_pass_the_control():
    assert "que des zéros" in formats.explain("siret", "0" * 14)


@pytest.mark.parametrize("typed", ["732 829 320 00074", "732\u00a0829\u202f320 00074", "732.829.320-00074"])
def test_spaces_in_a_siret_are_accepted_and_taken_out(typed):
    assert formats.normalise("siret", typed) == "73282932000074"
    assert formats.explain("siret", typed) is None


def test_a_siret_of_thirteen_digits_says_how_many_were_typed():
    said = plain(formats.explain("siret", "7328293200007"))
    assert said == "Le SIRET comporte 14 chiffres ; vous en avez saisi 13."


def test_nine_digits_are_told_to_be_a_siren():
    assert "SIREN" in formats.explain("siret", "732829320")


def test_a_letter_in_a_siret_is_named():
    assert plain(formats.explain("siret", "7328293200O074")) == (
        "Le SIRET ne comporte que des chiffres : retirez « O »."
    )


@pytest.mark.parametrize("typed", ["73282932000074x", "123", "siret"])
def test_a_siret_that_does_not_read_stays_as_it_was_typed(typed):
    assert formats.normalise("siret", typed) == typed


def test_the_four_mistakes_of_a_siret_have_four_sentences():
    wrong = ["7328293200007", "7328293200O074", "73282932000079", "0" * 14]
    assert len({formats.explain("siret", text) for text in wrong}) == 4


def test_a_siret_is_shown_in_groups():
    assert plain(formats.show("siret", "73282932000074")) == "732 829 320 00074"


@pytest.mark.parametrize("number", ["75056123456AB", "2A004000012Z9", "0117300001204"])
def test_a_registration_number_of_thirteen_characters_is_valid(number):
    assert formats.explain("registration-number", number) is None
    assert registration_status(number) == "valid"


@pytest.mark.parametrize(
    "number", ["75056123456A", "75056123456ABC", "2C004000012Z9", "7505612345XAB", "ABCDEFGHIJKLM"]
)
def test_another_registration_number_is_refused_with_a_sentence(number):
    assert formats.explain("registration-number", number).startswith(("Le numéro", "Vérifiez"))
    assert registration_status(number) is None


def test_a_registration_number_of_twelve_characters_says_so():
    said = plain(formats.explain("registration-number", "75056123456A"))
    assert said == "Le numéro d’enregistrement comporte 13 caractères ; vous en avez saisi 12."


def test_small_letters_and_spaces_of_a_registration_number_are_tidied():
    assert formats.normalise("registration-number", "2a004 000012 z9") == "2A004000012Z9"


@pytest.mark.parametrize("typed", ["FRA01173ABC", "fra 75056-000000001"])
def test_a_national_registration_number_is_kept_to_be_verified(typed):
    number = formats.normalise("registration-number", typed)
    assert number.startswith("FRA")
    assert formats.explain("registration-number", number) is None
    assert registration_status(number) == "to_verify"


def test_the_postcode_in_place_of_the_commune_shows_in_a_registration_number():
    assert registration_commune("0117000001204") == "01170"
    assert registration_commune("0117300001204") == "01173"
    assert registration_commune("2a004000012Z9") == "2A004"
    assert registration_commune("FRA01173") is None


@pytest.mark.parametrize(("typed", "stored"), [("01210", "01210"), ("01 210", "01210"), ("38160", "38160")])
def test_a_postcode_has_five_digits(typed, stored):
    assert formats.normalise("postcode", typed) == stored
    assert formats.explain("postcode", stored) is None


def test_a_postcode_says_what_is_wrong_with_it():
    wrong = ["1210", "0121O", "00123"]
    assert len({formats.explain("postcode", text) for text in wrong} - {None}) == 3


@pytest.mark.parametrize("code", ["01210", "2A004", "2B033", "2a004"])
def test_an_insee_code_may_be_corsican(code):
    assert formats.explain("insee", formats.normalise("insee", code)) is None


@pytest.mark.parametrize("code", ["2C004", "1210", "012100", "Lélex"])
def test_what_is_not_an_insee_code_is_refused(code):
    assert formats.explain("insee", code) == "Choisissez la commune dans la liste."


@pytest.mark.parametrize("typed", ["732829320", "732 829 320", "356 000 000", "200\u00a0070\u202f431"])
def test_a_siren_of_the_register_is_accepted(typed):
    assert formats.explain("siren", typed) is None
    assert formats.normalise("siren", typed).isdecimal()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "732 829 320 00074",
            "Ce numéro à 14 chiffres est un SIRET : gardez les 9 premiers, 732 829 320.",
        ),
        ("73282932", "Le SIREN comporte 9 chiffres ; vous en avez saisi 8."),
        ("732829321", "Vérifiez les chiffres : ce numéro ne passe pas le contrôle."),
        ("73282932O", "Le SIREN ne comporte que des chiffres : retirez « O »."),
        ("000000000", "Ce numéro ne comporte que des zéros : recopiez le SIREN de votre structure."),
    ],
)
def test_a_siren_that_is_wrong_says_what_to_mend_and_stays_as_typed(typed, said):
    assert plain(formats.explain("siren", typed)) == said
    assert formats.normalise("siren", typed) == typed


def test_a_siren_is_shown_in_groups():
    assert plain(formats.show("siren", "732829320")) == "732 829 320"
