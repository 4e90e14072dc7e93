"""Totals are the sums of what was given: whatever the order, however the territory is cut, nobody twice."""

from dataclasses import replace

from hypothesis import given as each
from hypothesis import strategies as st

from chalicelib.observatory.counting import Counts, Kind, count, merged
from chalicelib.observatory.days import by_week_id, days_of, is_by_week
from chalicelib.observatory.figures import Occupancy
from chalicelib.observatory.model import MonthlyReturn, Sold
from tests.observatory import HOTEL, MARCH, a_return, given

DAYS = {"2027-02-22": 7, "2027-03-01": 7, "2027-03-08": 7, "2027-03-15": 7}
WEEKS = [frozenset({key}) for key in DAYS]
SEASON = frozenset(DAYS)
SECTORS = {"01210": "Piémont", "01160": "Léman"}
PIEDMONT = Kind("Piémont", "hotel", 3)


def _count(returns: list[MonthlyReturn]) -> Counts:
    return count(returns, [*WEEKS, SEASON], DAYS, SECTORS)


def test_the_months_of_one_establishment_are_put_together():
    february = given(a_return(month="2027-02"), sold={"2027-02-22": Sold(140, 20)})
    counts = _count([given(a_return()), february])
    season = counts.of[PIEDMONT, SEASON]
    assert season.occupancy == Occupancy(4 * 140, 420, 188)
    assert (season.tally.count, season.tally.total, season.tally.largest) == (1, 188, 188)


def test_what_was_not_given_counts_nowhere():
    assert _count([a_return()]) == Counts({})


def test_who_was_closed_counts_for_the_stock_and_is_in_no_rate():
    counts = _count([given(a_return())])
    closed = counts.of[PIEDMONT, frozenset({"2027-03-15"})]
    assert closed.occupancy == Occupancy(140, 0, 0)
    assert closed.tally.count == 0


def test_slices_of_another_season_count_nowhere():
    later = given(a_return(), sold={"2027-06-07": Sold(140, 20)})
    assert _count([later]) == Counts({})


def test_a_commune_of_no_sector_has_its_own_kind():
    elsewhere = given(a_return(establishment=replace(HOTEL, commune="99999")))
    assert set(_count([elsewhere]).kinds) == {Kind("", "hotel", 3)}


def test_who_changes_kind_is_counted_once_in_what_holds_both():
    better = given(
        a_return(month="2027-02", establishment=replace(HOTEL, stars=2)), sold={"2027-02-22": Sold(140, 20)}
    )
    counts = _count([given(a_return()), better])
    assert counts.kinds == {PIEDMONT, PIEDMONT._replace(stars=2)}
    both = counts.sums.tally(counts.kinds, SEASON)
    assert (both.count, both.total, both.largest) == (1, 188, 188)
    assert counts.sums.tally([PIEDMONT], SEASON).total == 168


sold = st.builds(
    lambda occupied, free: Sold(occupied + free, occupied), st.integers(0, 90), st.integers(0, 50)
)
panels = st.lists(
    st.tuples(st.sampled_from(["01210", "01160"]), st.dictionaries(st.sampled_from(sorted(DAYS)), sold)),
    max_size=8,
)


def _returns(panel: list[tuple[str, dict[str, Sold]]]) -> list[MonthlyReturn]:
    return [
        given(a_return(establishment=replace(HOTEL, id=f"h{number}", commune=commune)), sold=figures)
        for number, (commune, figures) in enumerate(panel)
    ]


@each(panels)
def test_totals_are_the_sums_of_their_parts(panel: list[tuple[str, dict[str, Sold]]]):
    counts = _count(_returns(panel))
    kinds = counts.kinds
    weeks = [counts.occupancy(kinds, week) for week in WEEKS]
    season = counts.occupancy(kinds, SEASON)
    assert season == sum(weeks, Occupancy())
    assert season.occupied == sum(one.occupied for _, figures in panel for one in figures.values())


@each(panels)
def test_the_territory_may_be_counted_in_parts(panel: list[tuple[str, dict[str, Sold]]]):
    returns = _returns(panel)
    parts = [[one for one in returns if one.establishment.commune == commune] for commune in SECTORS]
    whole, apart = _count(returns), merged(map(_count, parts))
    assert whole == apart
    assert whole.sums == apart.sums


LENGTHS = {"2027-03-01": 7, "2027-03-29": 3, "2027-04-01": 4}
day = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda pair: (max(pair), min(pair)))
months = st.fixed_dictionaries(
    {key: st.lists(day, min_size=length, max_size=length).map(Sold.by_day) for key, length in LENGTHS.items()}
)


@each(st.lists(st.tuples(months, st.booleans()), max_size=5))
def test_who_gave_each_day_is_counted_on_days_too_and_the_others_apart(
    panel: list[tuple[dict[str, Sold], bool]],
):
    returns = [
        given(
            a_return(establishment=replace(HOTEL, id=f"h{number}")),
            sold={key: sold if by_day else replace(sold, days=()) for key, sold in figures.items()},
        )
        for number, (figures, by_day) in enumerate(panel)
    ]
    two_days = frozenset({"2027-03-02/P1D", "2027-04-01/P1D"})
    counts = count(returns, [two_days], LENGTHS, SECTORS)
    for key in LENGTHS:
        days = [counts.occupancy(counts.kinds, frozenset({one})) for one in days_of(key)]
        others = counts.occupancy(counts.kinds, frozenset({by_week_id(key)}))
        assert sum(days, others) == counts.occupancy(counts.kinds, frozenset({key}))
    given_by_day = [figures for figures, by_day in panel if by_day]
    assert counts.occupancy(counts.kinds, two_days).occupied == sum(
        figures["2027-03-01"].days[1][1] + figures["2027-04-01"].days[0][1] for figures in given_by_day
    )


def test_what_secrecy_looks_at_has_days_only_where_somebody_gave_them():
    by_day = given(a_return(), sold={"2027-03-01": Sold.by_day([(20, 10)] * 6 + [(0, 0)])})
    weekly = given(a_return(establishment=replace(HOTEL, id="weekly")))
    sums = count([by_day, weekly], [], DAYS, SECTORS).sums
    (finer,) = sums.finer.values()
    assert (finer.others.names, finer.others.total) == (("weekly",), 98)
    assert tuple(finer.days) == days_of("2027-03-01")[:6]
    assert not [key for _, period in sums.of for key in period if is_by_week(key)]


def test_every_slice_is_counted_whatever_the_tables_are_about():
    counts = count([given(a_return())], [SEASON], DAYS, SECTORS)
    slices = {period for _, period in counts.of if not any(map(is_by_week, period))}
    assert slices == {SEASON, *(frozenset({key}) for key in MARCH)}
