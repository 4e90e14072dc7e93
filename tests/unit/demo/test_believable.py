"""The invented year is one that could have been: the same each time, right by every check, full when it should be."""

from collections import defaultdict

from chalicelib.adapters import school_holidays
from chalicelib.observatory.checking import mistakes
from chalicelib.observatory.figures import Guests, Occupancy
from chalicelib.observatory.model import Establishment, Sold
from chalicelib.observatory.slices import slices_of_month
from infra.demo.lodgings import Lodging, lodgings
from infra.demo.nights import months, told

COMMUNES = ("01173", "01160", "01281", "01210")
PANEL = list(lodgings(150, COMMUNES))
YEAR = list(months("2026-01", 12))


def _establishment(one: Lodging) -> Establishment:
    return Establishment(
        str(one.number), one.name, one.email, one.category, one.commune, one.units, one.persons
    )


def _rates() -> dict[str, float]:
    found: dict[str, Occupancy] = defaultdict(Occupancy)
    for lodging in PANEL:
        for month in YEAR:
            if said := told(lodging, month, school_holidays):
                for offered, occupied, _, _ in said.slices.values():
                    found[month] += Occupancy(offered, offered, occupied)
    return {month: float(one.rate or 0) for month, one in found.items()}


def test_the_same_seed_gives_the_same_panel_and_year():
    assert list(lodgings(150, COMMUNES)) == PANEL
    assert told(PANEL[0], "2026-07", school_holidays) == told(PANEL[0], "2026-07", school_holidays)
    assert list(lodgings(150, COMMUNES, seed=1)) != PANEL


def test_every_figure_is_right_by_the_checks_of_the_form():
    lengths = {one.id: one.length_days for month in YEAR for one in slices_of_month(month)}
    wrong = [
        mistake
        for lodging in PANEL[:40]
        for month in YEAR
        if (said := told(lodging, month, school_holidays))
        for key, (offered, occupied, nights, arrivals) in said.slices.items()
        for mistake in mistakes(
            Sold(offered, occupied, Guests(nights, arrivals)), lengths[key], _establishment(lodging)
        )
    ]
    assert wrong == []


def test_august_is_full_and_november_is_not():
    rates = _rates()
    assert max(rates, key=rates.__getitem__) == "2026-08"
    assert min(rates, key=rates.__getitem__) == "2026-11"
    assert 0.6 < rates["2026-08"] < 0.95


def test_some_months_are_not_told_and_some_weeks_are_closed():
    said = [told(lodging, month, school_holidays) for lodging in PANEL for month in YEAR]
    silent = sum(one is None for one in said) / len(said)
    assert 0.1 < silent < 0.2
    assert any(offered == 0 for one in said if one for offered, *_ in one.slices.values())


def test_months_follow_one_another_over_the_new_year():
    assert list(months("2026-11", 4)) == ["2026-11", "2026-12", "2027-01", "2027-02"]


def test_the_nights_of_each_month_add_up_to_its_weeks():
    for lodging in PANEL[:20]:
        if said := told(lodging, "2026-10", school_holidays):
            weeks = [figures[:2] for figures in said.slices.values()]
            assert [sum(each) for each in zip(*said.days.values(), strict=True)] == [
                sum(each) for each in zip(*weeks, strict=True)
            ]


def test_an_event_brings_people():
    said = [one for each in PANEL if (one := told(each, "2026-10", school_holidays))]

    def sold(*days: str) -> int:
        return sum(one.days[day][1] for one in said for day in days)

    assert sold("2026-10-10", "2026-10-11") > 1.2 * sold("2026-10-03", "2026-10-04")
