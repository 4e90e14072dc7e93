import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.web import formats
from chalicelib.web.registration_lists import registration_numbers
from tests.harness.answers import FORMATS
from tests.unit.web.test_public_formats import plain

NAME = "registration-numbers"
BOTH = "7505612345601, 2A004000012Z9"


@pytest.mark.parametrize(
    "typed",
    [
        "7505612345601, 2A004000012Z9",
        "7505612345601,2a004 000012 z9",
        "7505612345601; 2A004-000012-Z9 ;",
        "7505612345601 2A004000012Z9",
        "7505612345601,7505612345601\t2A004000012Z9",
    ],
)
def test_numbers_stand_apart_by_commas_semicolons_or_spaces(typed):
    assert formats.explain(NAME, typed) is None
    assert formats.normalise(NAME, typed) == BOTH


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("75056 123456 01", "7505612345601"),
        ("FRA 75056-000000001", "FRA75056000000001"),
        ("FRA123 FRA456", "FRA123, FRA456"),
    ],
)
def test_a_space_may_also_stand_within_a_number(typed, stored):
    assert formats.explain(NAME, typed) is None
    assert formats.normalise(NAME, typed) == stored


def test_each_fault_is_named_with_its_number():
    said = plain(formats.explain(NAME, "7505612345601, 750561234560; 2C004000012Z9"))
    assert said == (
        "« 750561234560 » : le numéro d’enregistrement comporte 13 caractères ; vous en avez saisi 12. "
        "« 2C004000012Z9 » : vérifiez le numéro d’enregistrement : le code INSEE de la commune, 6 chiffres, "
        "puis 2 chiffres ou lettres. Un numéro national commence par FRA."
    )


def test_one_wrong_number_is_told_as_when_one_is_asked():
    assert formats.explain(NAME, "750561234560") == formats.explain("registration-number", "750561234560")


def test_many_faults_are_told_shortly():
    said = formats.explain(NAME, ",".join(f"x{n}" for n in range(200)))
    assert plain(said).startswith("« X0 » : le numéro")
    assert len(said) < 500


@pytest.mark.parametrize("typed", [",", " ; , ", "-"])
def test_separators_alone_are_no_number(typed):
    assert formats.explain(NAME, typed) == "Indiquez au moins un numéro d’enregistrement."
    assert registration_numbers(typed) == ()


def test_national_numbers_are_shown_to_be_verified():
    assert formats.show(NAME, "7505612345601, FRA123") == "7505612345601, FRA123 (à vérifier)"


@given(
    st.lists(FORMATS["registration-number"], unique=True, min_size=1), st.sampled_from([", ", ",", ";", " "])
)
def test_right_numbers_come_back_in_their_order(numbers, between):
    stored = formats.normalise(NAME, between.join(numbers)[:1000])
    if len(between.join(numbers)) <= 1000:
        assert registration_numbers(stored) == tuple(numbers)
        assert formats.explain(NAME, stored) is None


@given(st.text(st.characters(), max_size=80))
def test_any_text_is_read_or_told(typed):
    if formats.explain(NAME, typed) is None:
        stored = formats.normalise(NAME, typed)
        assert formats.explain(NAME, stored) is None
        assert formats.normalise(NAME, stored) == stored
