"""What a report says: rates of sums, changes in points, nothing of what is secret, and nothing by comparison either."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from chalicelib.observatory.counting import count
from chalicelib.observatory.groups import ALL, SEASON, CellKey, GroupKey, PeriodKey
from chalicelib.observatory.model import MonthlyReturn, Sold
from chalicelib.observatory.primary import SecrecyRule, Secret
from chalicelib.observatory.results import Results, Year, results
from chalicelib.office.periods import Period
from tests.observatory import HOTEL, a_return, given

RULE = SecrecyRule(Period(date(2026, 1, 1)))
DAYS = {"2027-03-01": 7, "2027-03-08": 7}
PERIODS = [
    (PeriodKey("week", "2027-03-01"), frozenset({"2027-03-01"})),
    (PeriodKey("week", "2027-03-08"), frozenset({"2027-03-08"})),
    (SEASON, frozenset(DAYS)),
]
SECTORS = {"01210": "Piémont", "01160": "Léman"}


def _returns(*lodgings: tuple[int, int, str], category: str = "hotel") -> list[MonthlyReturn]:
    """What each offered and sold in each of the two weeks, and its commune."""
    return [
        given(
            a_return(
                establishment=replace(HOTEL, id=f"{category}-{number}", commune=commune, category=category)
            ),
            sold={key: Sold(offered, occupied) for key in DAYS},
        )
        for number, (offered, occupied, commune) in enumerate(lodgings)
    ]


def _year(returns: list[MonthlyReturn]) -> Year:
    return Year(count(returns, [period for _, period in PERIODS], DAYS, SECTORS), PERIODS)


def _results(now: list[MonthlyReturn], before: list[MonthlyReturn] | None = None) -> Results:
    return results(_year(now), _year(before or []), RULE, ["hotel"])


THREE = [(100, 50, "01210"), (100, 60, "01210"), (100, 70, "01210")]


def test_the_rate_is_of_the_sums_and_its_change_in_points():
    before = _returns((100, 50, "01210"), (100, 50, "01210"), (100, 50, "01210"))
    figure = _results(_returns(*THREE), before).figures[CellKey(ALL, SEASON)]
    assert (figure.rate, figure.change, figure.secret) == (Fraction(60, 100), 10, None)


def test_few_are_secret_and_nothing_is_told_of_them():
    figure = _results(_returns(*THREE[:2])).figures[CellKey(ALL, SEASON)]
    assert (figure.secret, figure.rate, figure.use_rate) == (Secret.TOO_FEW, None, None)


def test_where_last_year_is_secret_no_change_gives_it_away():
    figure = _results(_returns(*THREE), _returns(*THREE[:2])).figures[CellKey(ALL, SEASON)]
    assert figure.rate == Fraction(60, 100)
    assert figure.change is None


def test_what_the_total_would_give_away_takes_another_figure_with_it():
    hotels, alone = _returns(*THREE), _returns((100, 60, "01210"), (100, 60, "01210"), category="hostel")
    figures = _results([*hotels, *alone]).figures
    secret = {key.group.category: figures[key].secret for key in figures if key.group.of == "category"}
    assert secret == {"hotel": Secret.COMPLEMENTARY, "hostel": Secret.TOO_FEW}
    assert figures[CellKey(ALL, SEASON)].rate is not None


def test_a_week_without_anybody_open_is_closed_and_no_secret():
    closed = [replace(one, sold={**one.sold, "2027-03-08": Sold(0, 0)}) for one in _returns(*THREE)]
    figures = _results(closed).figures
    week = figures[CellKey(ALL, PeriodKey("week", "2027-03-08"))]
    assert week.is_closed
    assert not figures[CellKey(ALL, SEASON)].is_closed
    assert week.use_rate == 0


def test_what_was_published_keeps_later_reports_from_giving_more_away():
    first = _results(_returns(*THREE))
    more = _returns(*THREE, (100, 30, "01210"))
    later = results(replace(_year(more), earlier=first.published), _year([]), RULE, ["hotel"])
    assert later.figures


def test_stars_are_told_of_rated_categories_only():
    keys = _results(_returns(*THREE)).figures
    assert GroupKey("stars", category="hotel", stars=3) in {key.group for key in keys}
    assert not [
        key for key in results(_year(_returns(*THREE)), _year([]), RULE, []).figures if key.group.stars
    ]
