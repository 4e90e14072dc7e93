"""What the office's territory and papers say of a file; the fee; the expected delay; the words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.partners.delays import decision_delays, expected_days
from chalicelib.partners.fees import fee_if_known, fee_of
from chalicelib.partners.model import Event, Status
from chalicelib.partners.rules import territory_errors, verdicts
from chalicelib.partners.wording import EVENT_WORDS, STATUS_WORDS, TONES, step_line
from tests.factories import A_DAY, an_office, some_answers
from tests.fakes.clock import NOON
from tests.unit.partners.test_model import a_file

OUTSIDE = {"postcode": "38160", "commune": "38416"}


@pytest.mark.parametrize(
    ("postcode", "commune"),
    [("01210", "01160"), ("01210", "01281"), ("01410", "01210"), ("", ""), ("01210", "")],
)
def test_a_commune_goes_with_its_postcode_and_01210_is_both_a_postcode_and_lelex(postcode, commune):
    answers = {"postcode": postcode, "commune": commune}
    assert territory_errors(answers, an_office(outside_territory="refuse")) == []


def test_lelex_does_not_have_the_postcode_that_its_insee_code_looks_like():
    (error,) = territory_errors({"postcode": "01210", "commune": "01210"}, an_office())
    assert error.field == "commune"
    assert "Lélex n’a pas le code postal 01210" in error.message


def test_outside_the_territory_is_refused_or_accepted_as_the_office_says_with_its_sentence():
    assert territory_errors(OUTSIDE, an_office(outside_territory="accept")) == []
    refusing = an_office(outside_territory="refuse", outside_territory_sentence="Voyez l'office voisin.")
    (error,) = territory_errors(OUTSIDE, refusing)
    assert (error.field, error.message) == ("postcode", "Voyez l'office voisin.")


def levels(**answers):
    found = verdicts(some_answers(**answers), an_office())
    return {verdict.label: verdict.level for verdict in found}


def test_staff_see_whether_the_commune_is_theirs():
    assert levels()["Commune du territoire"] == "ok"
    assert levels(**OUTSIDE)["Commune hors du territoire"] == "warning"


@pytest.mark.parametrize(
    ("number", "label", "level"),
    [
        ("01160000001AB", "Numéro d’enregistrement", "ok"),
        ("01210000001AB", "Numéro d’enregistrement", "warning"),
        ("FRA0116000001", "Numéro d’enregistrement national", "warning"),
        ("", "Numéro d’enregistrement", "warning"),
    ],
)
def test_staff_see_whether_the_registration_number_of_a_rental_goes_with_its_commune(number, label, level):
    assert levels(category="furnished_rental", registration_number=number)[label] == level
    assert label not in levels(category="restaurant", registration_number=number)


def test_staff_see_whether_there_is_a_siret():
    assert (levels()["SIRET"], levels(siret="")["SIRET"]) == ("ok", "warning")


def test_the_fee_is_in_whole_cents_with_its_lines():
    fee = fee_of(some_answers(capacity_units=12), an_office(), A_DAY)
    assert fee.cents == sum(cents for _, cents in fee.steps) == 25000
    assert fee_of(some_answers(**OUTSIDE), an_office(), A_DAY).cents == 31250


@pytest.mark.parametrize(
    "broken",
    [{"pack": "inconnu"}, {"capacity_units": None}, {"capacity_units": "douze"}, {"category": "moon"}],
)
def test_a_fee_that_cannot_be_known_is_none(broken):
    assert fee_if_known(some_answers(**broken), an_office(), A_DAY) is None
    assert fee_if_known({}, an_office(), A_DAY) is None


def test_no_fee_is_shown_before_the_commune_is_known():
    answers = some_answers()
    del answers["commune"]
    assert fee_if_known(answers, an_office(), A_DAY) is None


def decided_after(*days):
    return [
        replace(a_file(), confirmed_at=NOON, decided_at=NOON + timedelta(days=number)) for number in days
    ] + [a_file(), replace(a_file(), confirmed_at=NOON)]


def test_no_delay_is_told_below_five_closed_files():
    assert expected_days(decided_after(1, 2, 3, 4)) is None
    assert expected_days([]) is None


def test_from_five_files_on_the_median_and_nine_of_ten_are_told():
    assert expected_days(decided_after(1, 2, 3, 4, 10)) == (3, pytest.approx(7.6))
    assert len(decision_delays(decided_after(1, 2))) == 2


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_its_words_a_tag_and_a_step(status):
    words = STATUS_WORDS[status]
    assert words.label
    assert words.turn in {"C’est à vous", "C’est à l’office", "Rien à faire", "Clos"}
    assert words.next.endswith(".")
    assert words.tone in TONES
    for is_free in (True, False):
        steps, present = step_line(status, is_free=is_free)
        assert 0 <= present < len(steps)
        assert ("Règlement" in steps) != is_free


@pytest.mark.parametrize("event", list(Event))
def test_every_event_has_words_of_its_own(event):
    assert EVENT_WORDS[event]
    assert list(EVENT_WORDS.values()).count(EVENT_WORDS[event]) == 1


def test_a_duplicate_reads_like_a_first_file():
    assert STATUS_WORDS[Status.DUPLICATE] == STATUS_WORDS[Status.AWAITING_CONFIRMATION]
