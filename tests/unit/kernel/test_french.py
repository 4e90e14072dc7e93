"""Dates, hours, money and numbers as French readers write them; N is a non-breaking space."""

from datetime import UTC, date, datetime

import pytest

from chalicelib.kernel import french
from chalicelib.kernel.clock import PARIS

NARROW = french.NARROW_NBSP


def with_n(text):
    return text.replace(french.NBSP, "N")


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2027, 3, 3), "3Nmars 2027"),
        (date(2027, 8, 1), "1erNaoût 2027"),
        (date(2028, 2, 29), "29Nfévrier 2028"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "1erNjanvier 2027"),
    ],
)
def test_dates(day, text):
    assert with_n(french.french_date(day)) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2027, 3, 1), date(2027, 3, 1), "le 1erNmars 2027"),
        (date(2027, 3, 1), date(2027, 3, 7), "du 1er au 7Nmars 2027"),
        (date(2027, 3, 29), date(2027, 4, 4), "du 29Nmars au 4Navril 2027"),
        (date(2026, 12, 28), date(2027, 1, 3), "du 28Ndécembre 2026 au 3Njanvier 2027"),
        (date(2026, 3, 1), date(2027, 3, 1), "du 1erNmars 2026 au 1erNmars 2027"),
    ],
)
def test_a_period_says_each_month_and_year_once(first, last, text):
    assert with_n(french.french_period(first, last)) == text


def test_every_month_and_day_has_its_name():
    months = {french.french_date(date(2027, month, 2)).split(french.NBSP)[1] for month in range(1, 13)}
    days = {french.french_long_date(date(2027, 3, day)).split(" ")[0] for day in range(1, 8)}
    assert (len(months), len(days)) == (12, 7)
    assert with_n(french.french_long_date(date(2027, 3, 3))) == "mercredi 3Nmars 2027"


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "28Nmars 2027 à 1NhN30"),
        (datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "28Nmars 2027 à 3NhN30"),
        (datetime(2027, 10, 31, 0, 5, tzinfo=UTC), "31Noctobre 2027 à 2NhN05"),
        (datetime(2027, 10, 31, 1, 5, tzinfo=UTC), "31Noctobre 2027 à 2NhN05"),
    ],
)
def test_moments_are_told_in_paris_around_the_changes_of_clocks(at, text):
    assert with_n(french.french_moment(at)) == text


def test_a_long_moment_has_its_day_of_the_week_in_paris():
    at = datetime(2027, 3, 3, 23, 30, tzinfo=UTC)
    assert with_n(french.french_long_moment(at)) == "jeudi 4Nmars 2027 à 0NhN30"


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "0,00N€"),
        (5, "0,05N€"),
        (123450, f"1{NARROW}234,50N€"),
        (100000000, f"1{NARROW}000{NARROW}000,00N€"),
        (-150, "-1,50N€"),
        (-5, "-0,05N€"),
    ],
)
def test_money(cents, text):
    assert with_n(french.french_money(cents)) == text


@pytest.mark.parametrize(
    ("days", "text"), [(0, "1Njour"), (0.2, "1Njour"), (1, "1Njour"), (1.1, "2Njours"), (4, "4Njours")]
)
def test_days_are_rounded_up_and_at_least_one(days, text):
    assert with_n(french.french_days(days)) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [(365, "1Nan"), (1095, "3Nans"), (730, "2Nans"), (500, "500Njours"), (364, "364Njours"), (1, "1Njour")],
)
def test_a_duration_of_whole_years_is_told_in_years(days, text):
    assert with_n(french.french_duration(days)) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0Nmin"),
        (45, "45Nmin"),
        (60, "1Nh"),
        (65, "1NhN05"),
        (210, "3NhN30"),
        (1440, "24Nh"),
        (2130, "35NhN30"),
    ],
)
def test_how_long_something_lasts_is_told_in_hours(minutes, text):
    assert with_n(french.french_hours(minutes)) == text


def test_a_deadline_is_its_last_whole_day():
    end = datetime(2027, 3, 13, 0, 0, tzinfo=PARIS)
    assert with_n(french.french_deadline(end)) == "le vendredi 12Nmars 2027"


def test_quotes_and_numbers():
    assert with_n(french.french_quoted("oui")) == "«NouiN»"
    assert french.french_integer(1234567) == f"1{NARROW}234{NARROW}567"


def test_a_list_has_one_capital_and_keeps_abbreviations():
    assert french.french_list(["Hôtel"]) == "Hôtel"
    assert french.french_list(["Le conseil", "Les travaux", "TVA"]) == "Le conseil, les travaux, TVA"


def test_what_begins_a_line_has_a_capital_and_the_rest_stays():
    assert french.capitalised("du 1er au 7 mars, Mens") == "Du 1er au 7 mars, Mens"
    assert french.capitalised("") == ""
