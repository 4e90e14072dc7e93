from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.office.building import build
from chalicelib.office.model import CapacityNeeded, FeeRules, NoSuchPack, Office
from chalicelib.office.periods import Period
from chalicelib.office.tariffs import PartYear, half_up
from chalicelib.office.territories import with_communes
from tests.factories import A_DAY, an_office, office_document


def fee(category: str, units: int | None, on: date = A_DAY, **more: bool) -> int:
    return an_office().fee_cents("essentiel", category, units, on, **more)


def test_a_fixed_tariff_does_not_look_at_the_capacity() -> None:
    assert fee("restaurant", None) == fee("restaurant", 80) == 9000


@pytest.mark.parametrize(("rooms", "cents"), [(1, 15000), (10, 15000), (11, 25000), (400, 25000)])
def test_a_band_includes_its_upper_bound(rooms: int, cents: int) -> None:
    assert fee("hotel", rooms) == cents


@pytest.mark.parametrize(("units", "cents"), [(1, 7000), (2, 10000), (5, 19000)])
def test_the_first_rental_is_at_full_price_and_the_next_ones_are_reduced(units: int, cents: int) -> None:
    assert fee("furnished_rental", units) == cents


@pytest.mark.parametrize("units", [None, 0, -1])
def test_a_tariff_by_capacity_asks_for_the_capacity(units: int | None) -> None:
    with pytest.raises(CapacityNeeded):
        fee("hotel", units)


def test_an_ambassador_pays_nothing() -> None:
    assert fee("ambassador", None, outside_territory=True) == 0


def test_outside_the_territory_a_quarter_is_added() -> None:
    assert fee("restaurant", None, outside_territory=True) == 11250


@pytest.mark.parametrize(
    ("on", "cents"),
    [
        (date(2027, 6, 30), 9000),
        (date(2027, 7, 1), 4500),
        (date(2027, 9, 30), 4500),
        (date(2027, 10, 1), 9000),
    ],
)
def test_half_is_due_from_july_and_the_full_price_again_when_the_next_year_is_covered(
    on: date, cents: int
) -> None:
    assert fee("restaurant", None, on) == cents


def test_the_days_covered_end_on_31_december_of_this_year_then_of_the_next() -> None:
    assert an_office().covered_period(date(2027, 9, 30)).valid_to == date(2027, 12, 31)
    assert an_office().covered_period(date(2027, 10, 1)).valid_to == date(2028, 12, 31)


def test_pro_rata_counts_the_month_that_has_begun() -> None:
    monthly = PartYear(Period(date(2020, 1, 1)), (4, 1), "months")
    office = an_office(fee_rules=FeeRules(part_year=(monthly,)))
    assert office.fee_cents("essentiel", "restaurant", None, date(2027, 4, 30)) == 6750
    assert office.fee_cents("essentiel", "restaurant", None, date(2027, 12, 31)) == 750


def test_half_a_cent_is_rounded_up_once() -> None:
    assert half_up(5, 2) == 3
    assert half_up(4, 3) == 1


def test_an_office_that_is_free_asks_for_nothing_in_one_line() -> None:
    office = an_office(legal_mode="free")
    (step,) = office.fee_steps("essentiel", "hotel", None, A_DAY)
    assert (step.label, step.cents) == ("Partenariat gratuit", 0)


def test_an_unknown_pack_is_refused() -> None:
    with pytest.raises(NoSuchPack):
        an_office().fee_cents("luxe", "hotel", 3, A_DAY)


def test_a_pack_without_a_tariff_on_that_day_is_refused_and_not_offered() -> None:
    office, before = an_office(), date(2019, 12, 31)
    assert office.packs_for("hotel", before) == ()
    with pytest.raises(NoSuchPack):
        office.fee_cents("essentiel", "hotel", 3, before)


def test_the_steps_read_as_french_lines() -> None:
    steps = an_office().fee_steps(
        "essentiel", "furnished_rental", 3, date(2027, 7, 2), outside_territory=True
    )
    assert [step.label for step in steps] == [
        "Premier meublé",
        "2\u00a0meublés de plus à 30,00\u00a0€",
        "Majoration hors territoire (25\u00a0%)",
        "Réduction à partir du 1er\u00a0juillet 2027\u00a0: 50\u00a0% du tarif",
    ]


def _dated(end: str, start: str) -> Office:
    document = office_document()
    old, new = document["packs"][0]["tariffs"][0], dict(document["packs"][0]["tariffs"][0])
    old["valid_to"], new["valid_from"], new["amount_cents"] = end, start, 12345
    document["packs"][0]["tariffs"].append(new)
    return replace(build(with_communes(document), 1), fee_rules=FeeRules())


def test_a_new_tariff_holds_from_its_first_day_and_the_old_one_through_its_last() -> None:
    office = _dated("2027-03-31", "2027-04-01")
    assert office.fee_cents("essentiel", "shop", None, date(2027, 3, 31)) == 9000
    assert office.fee_cents("essentiel", "shop", None, date(2027, 4, 1)) == 12345


@given(
    st.sampled_from(["hotel", "furnished_rental", "restaurant", "ambassador"]),
    st.integers(1, 5000),
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    st.booleans(),
    st.integers(0, 300),
    st.integers(0, 100),
    st.sampled_from(["percent", "months"]),
)
def test_a_fee_is_never_negative_and_is_the_sum_of_its_steps(
    category, units, on, outside, surcharge, part, method
) -> None:
    rules = an_office().fee_rules
    rules = replace(
        rules,
        surcharges=(replace(rules.surcharges[0], percent=surcharge),),
        part_year=(replace(rules.part_year[0], percent=part, method=method),),
    )
    office = an_office(fee_rules=rules)
    steps = office.fee_steps("essentiel", category, units, on, outside_territory=outside)
    cents = office.fee_cents("essentiel", category, units, on, outside_territory=outside)
    assert cents == sum(step.cents for step in steps) >= 0
    assert all(type(step.cents) is int for step in steps)
