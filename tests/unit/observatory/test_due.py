"""A report is due in its time: before its season, or once every month that it is about is closed for good."""

from datetime import date

import pytest

from chalicelib.observatory.due import closed_on, due_reports, title_of
from chalicelib.observatory.reports import ReportKind
from tests.observatory_office import an_observatory_office

RULES = an_observatory_office().observatory_rules


def _slugs(on: date) -> set[str]:
    return {one.slug for one in due_reports(RULES, on)}


@pytest.mark.parametrize(
    ("on", "is_due"),
    [
        (date(2027, 6, 16), False),
        (date(2027, 6, 17), True),
        (date(2027, 6, 30), True),
        (date(2027, 7, 1), False),
    ],
)
def test_what_a_season_promises_is_due_in_the_weeks_before_it(on: date, is_due: bool):
    assert ("ouverture-ete-2027" in _slugs(on)) is is_due


@pytest.mark.parametrize(
    ("on", "is_due"),
    [
        (date(2027, 6, 25), False),
        (date(2027, 6, 26), True),
        (date(2027, 10, 20), True),
        (date(2027, 11, 1), False),
    ],
)
def test_how_a_season_was_is_due_once_its_last_month_is_closed(on: date, is_due: bool):
    assert closed_on("2027-05", RULES) == date(2027, 6, 26)
    assert ("bilan-hiver-2026-2027" in _slugs(on)) is is_due


def test_a_season_is_made_up_for_until_the_next_one_is_due():
    low_season = "bilan-basse-saison-2026"
    assert low_season in _slugs(date(2027, 6, 25))
    assert low_season not in _slugs(date(2027, 6, 26))


def test_an_office_that_waits_longer_gets_it_later():
    patient = an_observatory_office(report_closes_days=70).observatory_rules
    winter = "bilan-hiver-2026-2027"
    assert winter not in {one.slug for one in due_reports(patient, date(2027, 7, 10))}
    assert winter in {one.slug for one in due_reports(patient, date(2027, 7, 11))}


def test_the_bulletin_of_a_month_is_due_the_day_after_it_is_closed():
    assert "bulletin-2027-03" not in _slugs(date(2027, 4, 25))
    assert "bulletin-2027-03" in _slugs(date(2027, 4, 26))


def test_months_of_no_season_have_no_bulletin():
    assert not [slug for slug in _slugs(date(2025, 7, 30)) if slug.startswith("bulletin")]


def test_a_season_is_compared_with_the_same_of_the_year_before():
    found = {one.slug: one for one in due_reports(RULES, date(2027, 6, 26))}
    assert found["bilan-hiver-2026-2027"].compared == "Hiver 2025-2026"
    assert found["bulletin-2027-05"].compared == "mai 2026"


def test_titles_read_well():
    assert title_of(ReportKind.CLOSING, "ete-2027", "Été 2027").replace("\u00a0", " ") == "Bilan : Été 2027"
    assert title_of(ReportKind.BULLETIN, "2027-04", "avril 2027") == "Bulletin d’avril 2027"
