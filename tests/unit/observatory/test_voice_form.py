"""What nobody has to answer: the bookings of the months to come, and the season that ended, asked in its last month."""

from dataclasses import replace

import pytest

from chalicelib.observatory import entry_form, voice_form
from chalicelib.observatory.voices import Said, Voice
from chalicelib.observatory.wording import RATING_WORDS, REASON_WORDS
from tests.observatory import HOTEL, a_return, given
from tests.observatory_office import a_season, an_observatory_office
from tests.unit.observatory.test_entry_form import typed

RULES = an_observatory_office().observatory_rules
MAY = a_return(month="2027-05")
WINTER = RULES.season("hiver-2026-2027")
SAID = Said(
    Voice("hiver-2026-2027", "good", ("weather", "access"), "La route était coupée."), {"2027-07": 300}
)


def told(asked=MAY, season=WINTER, **changes):
    form = entry_form.entry_form(asked, season)
    raw = {**typed(asked), **changes}
    return {error.field: error.message for error in entry_form.errors(asked, form.parse(raw), season)}


def said(asked=MAY, season=WINTER, **changes):
    return voice_form.said_from(
        entry_form.entry_form(asked, season).parse({**typed(asked), **changes}), asked, season
    )


@pytest.mark.parametrize(
    ("month", "season"),
    [
        ("2027-05", "hiver-2026-2027"),
        ("2027-06", "printemps-2027"),
        ("2026-12", "basse-saison-2026"),
        ("2027-03", None),
    ],
)
def test_a_season_is_asked_about_in_the_month_of_its_last_slice(month, season):
    found = voice_form.ending_in(month, RULES)
    assert (found and found.id) == season


def test_a_season_whose_last_days_are_counted_in_the_next_one_ends_in_the_month_before():
    seasons = [
        a_season("court", "winter", "Court", "2026-12-12", "2027-03-02"),
        a_season("suite", "low", "Suite", "2027-03-03", "2027-05-02"),
    ]
    rules = an_observatory_office(seasons=seasons).observatory_rules
    assert voice_form.ending_in("2027-02", rules).id == "court"
    assert voice_form.ending_in("2027-03", rules) is None


def test_bookings_are_asked_for_the_three_months_after_the_one_of_the_question():
    assert voice_form.months_ahead("2027-02") == ("2027-04", "2027-05", "2027-06")
    labels = [entry_form.entry_form(MAY).by_name[f"booked_2027{month}"].label for month in ("07", "08", "09")]
    assert labels == ["Juillet 2027", "Août 2027", "Septembre 2027"]


def test_bookings_of_one_dwelling_are_nights_and_of_a_hotel_those_of_its_rooms():
    dwelling = replace(MAY, establishment=replace(HOTEL, category="furnished_rental", units=1))
    intros = [entry_form.entry_form(asked).section("reserve").intro for asked in (MAY, dwelling)]
    assert "en chambres × nuits." in intros[0]
    assert "en nuits." in intros[1]


def test_without_a_season_nobody_is_asked_about_one():
    keys = [section.key for section in entry_form.entry_form(MAY).sections]
    assert keys[-2:] == ["origines", "reserve"]
    assert (
        entry_form.entry_form(MAY, WINTER).sections[-1].title == "Votre saison «\u00a0Hiver 2026-2027\u00a0»"
    )


def test_nothing_is_filled_in_and_nothing_is_due():
    assert told() == {}
    assert said() == Said()
    assert not [name for name in entry_form.answers_of(MAY) if voice_form.is_optional(name)]


def test_what_was_said_comes_back_through_the_form_as_it_was():
    shown = voice_form.answers_of(SAID)
    raw = {
        name: [str(value)] if not isinstance(value, list) else value
        for name, value in shown.items()
    }  # fmt: skip
    assert told(**raw) == {}
    assert said(**raw) == SAID


def test_no_more_can_be_booked_than_there_is():
    assert told(booked_202707=["620"]) == {}
    message = told(booked_202707=["621"])["booked_202707"]
    assert message == "Déjà réservé\u00a0: Au plus 620\u00a0: 20\u00a0chambres pendant 31\u00a0nuits."


def test_more_than_three_reasons_and_too_long_a_remark_are_told():
    found = told(season_reasons=["weather", "events", "prices", "other"], season_remark=["a" * 601])
    assert found["season_reasons"].endswith("Gardez trois raisons au plus.")
    assert "600" in found["season_remark"]


def test_what_was_said_of_a_season_stays_when_the_form_does_not_ask_about_it_any_more():
    before = given(MAY, said=SAID)
    assert said(before, None, booked_202708=["40"]) == Said(SAID.voice, {"2027-07": 300, "2027-08": 40})


def test_the_form_and_the_report_use_the_same_words_in_the_same_order():
    asked = voice_form.schema()["properties"]
    ratings = {one["const"]: one["title"] for one in asked["season_rating"]["oneOf"]}
    reasons = {one["const"]: one["title"] for one in asked["season_reasons"]["items"]["oneOf"]}
    assert list(ratings.items()) == list(RATING_WORDS.items())
    assert list(reasons.items()) == list(REASON_WORDS.items())
