"""What the answers of a session's form make of it; a draft may lack any of them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.trainings.plan import Audience, Place, Trainer, plan_of
from tests.training import NOW, session_answers

MORNING = {"on": "2027-05-04", "begins": "09:00", "ends": "12:30"}
AFTERNOON = {"on": "2027-05-04", "begins": "14:00", "ends": "17:00"}
NEXT_DAY = {"on": "2027-05-05", "begins": "09:00", "ends": "12:00"}


def plan(**answers):
    return plan_of(session_answers(**answers))


def test_the_answers_are_read_into_facts():
    made = plan(
        trainer_kind="external", trainer_email="Ines@Studio.example.org", trainer_about="Photographe.",
        access="Parking.", categories=["hotel"], communes=["01160"], per_structure=2, serves_meal=True,
        has_waitlist="no", selects="yes", price_cents=12_050,
    )  # fmt: skip
    assert made.trainer == Trainer("Noa Petit", "ines@studio.example.org", "Photographe.", is_external=True)
    assert made.place == Place(
        "Maison du territoire", "3 rue du Colombier, 01210 Ferney-Voltaire", "Parking."
    )
    assert made.audience == Audience("everybody", None, ("hotel",), ("01160",), 2)
    assert (made.seats, made.minimum, made.price_cents) == (2, 0, 12_050)
    assert (made.has_waitlist, made.selects, made.serves_meal, made.is_free) == (False, True, True, False)
    assert (made.kind, made.theme, made.in_charge, made.accessibility) == (
        "workshop",
        "numerique",
        "yann",
        "noa",
    )


def test_an_empty_draft_is_a_plan_too():
    made = plan_of({})
    assert (made.starts_at, made.ends_at, made.first_day, made.days, made.minutes) == (
        None,
        None,
        None,
        (),
        0,
    )
    assert (made.title, made.seats, made.is_free, made.is_training_action) == ("", 0, True, False)
    assert made.has_waitlist
    assert made.opens_to_others_on() is None
    assert not made.is_for_partners_only(NOW)


@pytest.mark.parametrize("rows", [None, "demain", ["demain"], [{}], {"on": "2027-05-04"}])
def test_dates_that_do_not_read_as_such_are_none(rows):
    assert plan_of({"half_days": rows}).first_day is None


@pytest.mark.parametrize("seats", ["12", None, 1.5])
def test_numbers_that_are_none_count_nothing(seats):
    assert plan_of({"seats": seats}).seats == 0


def test_a_session_lasts_from_its_first_half_day_to_its_last():
    made = plan(half_days=[NEXT_DAY, AFTERNOON, MORNING])
    assert made.starts_at == datetime(2027, 5, 4, 7, tzinfo=UTC)
    assert made.ends_at == datetime(2027, 5, 5, 10, tzinfo=UTC)
    assert (made.first_day, made.minutes) == (date(2027, 5, 4), 210 + 180 + 180)
    assert [len(day.half_days) for day in made.days] == [2, 1]
    assert made.half_day("2027-05-04T14:00") == made.half_days[1]
    assert made.half_day("2027-05-04T15:00") is None


def test_only_a_training_action_is_one():
    assert plan(kind="training_action").is_training_action
    assert not plan(kind="educational_tour").is_training_action


def test_a_place_is_told_on_one_line_and_a_video_link_to_nobody():
    assert plan().place.line == "Maison du territoire, 3 rue du Colombier, 01210 Ferney-Voltaire"
    assert plan(place_name=None).place.line == "3 rue du Colombier, 01210 Ferney-Voltaire"
    remote = plan(mode="remote", video_link="https://visio.example.org/salle").place
    assert (remote.line, remote.video_link) == ("À distance", "https://visio.example.org/salle")


@pytest.mark.parametrize("limit", [0, None])
def test_no_limit_for_a_structure_is_no_limit(limit):
    assert plan(per_structure=limit).audience.per_structure is None


FIRST = {"audience": "partners_first", "partners_first_days": 14}
OPENS = datetime(2027, 4, 19, 22, tzinfo=UTC)
"""Midnight in Paris at the beginning of 20 April, fourteen days before 4 May."""


class TestPartnersFirst:
    def test_it_opens_to_others_so_many_days_before(self):
        made = plan(**FIRST)
        assert made.opens_to_others_on() == date(2027, 4, 20)
        assert made.is_for_partners_only(OPENS - timedelta(seconds=1))
        assert not made.is_for_partners_only(OPENS)

    def test_without_days_it_opens_on_the_day_itself(self):
        assert plan(audience="partners_first").opens_to_others_on() == date(2027, 5, 4)
        assert plan(**{**FIRST, "partners_first_days": 0}).opens_to_others_on() == date(2027, 5, 4)

    def test_for_some_trades_or_communes_only_it_is_always_for_partners(self):
        assert plan(**FIRST, categories=["hotel"]).is_for_partners_only(OPENS)
        assert plan(communes=["01160"]).is_for_partners_only(OPENS)

    def test_for_everybody_or_for_partners_only_it_opens_on_no_day(self):
        assert plan().opens_to_others_on() is None
        assert plan(audience="partners").opens_to_others_on() is None
        assert plan(audience="partners").is_for_partners_only(OPENS)
