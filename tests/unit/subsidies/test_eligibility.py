"""Each rule of an application, on both of its sides."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.subsidies.amounts import Spending
from chalicelib.subsidies.de_minimis import PastAid
from chalicelib.subsidies.eligibility import Background, assess
from chalicelib.subsidies.request import Request
from tests.unit.subsidies.schemes import DE_MINIMIS, WHOLE, A, B, C

TODAY = date(2027, 3, 3)
REQUEST = Request(
    "furnished_rental", "01160", ("0116000000101",), 1, Spending(20_000, 24_000, recovers_vat=True)
)
KNOWN = Background(TODAY, WHOLE, date(2027, 12, 31), "Ferney-Voltaire", 5_000_000, DE_MINIMIS)


def blocked(request: Request = REQUEST, known: Background = KNOWN, **more: Any) -> list[str]:
    """The labels of the rules that forbid."""
    verdicts = assess(request, replace(known, **more)).verdicts
    return [verdict.label for verdict in verdicts if verdict.is_blocking]


def test_a_plain_request_of_a_partner_is_eligible() -> None:
    assessment = assess(REQUEST, KNOWN)
    assert assessment.is_eligible
    assert assessment.amount.cents == 20_000
    assert {verdict.level for verdict in assessment.verdicts} == {"ok"}


@pytest.mark.parametrize("until", [None, date(2027, 3, 2)])
def test_who_is_no_partner_any_more_is_not_helped(until: date | None) -> None:
    assert blocked(partner_until=until) == ["Partenaire de l’office"]


def test_the_last_day_of_a_partnership_counts() -> None:
    assert blocked(partner_until=TODAY) == []


def test_an_accommodation_outside_the_territory_is_not_helped() -> None:
    assert blocked(commune_name="") == ["Hébergement sur le territoire"]


def test_without_a_scheme_nothing_is_computed() -> None:
    assessment = assess(REQUEST, replace(KNOWN, scheme=None))
    assert (assessment.is_eligible, assessment.amount.cents) == (False, 0)


@pytest.mark.parametrize(
    ("until", "is_helped"),
    [(date(2028, 3, 4), False), (date(2028, 3, 3), True), (date(2027, 3, 3), True), (date(2026, 1, 1), True)],
)
def test_a_renewal_is_helped_in_the_last_year_of_the_classification(until: date, is_helped: bool) -> None:
    assert (blocked(replace(REQUEST, classified_until=until)) == []) is is_helped


@pytest.mark.parametrize(
    ("ordered_on", "pivot", "is_helped"),
    [
        (date(2027, 3, 2), None, False),
        (date(2027, 3, 2), TODAY, False),
        (TODAY, TODAY, True),
        (None, None, True),
    ],
)
def test_a_visit_ordered_before_the_file_was_complete_is_not_helped(
    ordered_on: date | None, pivot: date | None, is_helped: bool
) -> None:
    assert (blocked(replace(REQUEST, visit_ordered_on=ordered_on), pivot=pivot) == []) is is_helped


def test_a_second_file_of_the_same_host_is_refused_where_aid_is_given_once() -> None:
    granted = (PastAid(date(2026, 5, 1), 12_000, "Office"),)
    assert blocked(scheme=B, granted=granted) == ["Aides déjà accordées par l’office"]
    assert blocked(scheme=A, granted=granted) == []


def test_the_ceiling_of_a_year_counts_the_grants_of_that_year() -> None:
    request = replace(REQUEST, spending=Spending(7_500, 9_000, recovers_vat=False))
    granted = (PastAid(date(2027, 1, 1), 18_000, "Office"), PastAid(date(2026, 12, 31), 20_000, "Office"))
    assert assess(request, replace(KNOWN, scheme=C, granted=granted)).amount.cents == 2_000


def test_a_file_that_reaches_a_ceiling_is_given_nothing() -> None:
    granted = (PastAid(date(2027, 1, 1), 20_000, "Office"),)
    assert blocked(scheme=C, granted=granted) == ["Montant de l’aide"]


def test_more_accommodations_than_a_file_takes_are_refused() -> None:
    assert blocked(replace(REQUEST, unit_count=5), scheme=B) == ["Nombre d’hébergements du dossier"]
    assert blocked(replace(REQUEST, unit_count=4), scheme=B) == []


def test_small_aid_of_the_office_and_of_others_is_added() -> None:
    past = (PastAid(date(2026, 1, 1), 20_000_000, "Office"),)
    declared = (PastAid(date(2026, 1, 1), 9_990_000, "Région"),)
    assert blocked(replace(REQUEST, declared_aids=declared), past_aids=past) == ["Aides de minimis"]
    assert blocked(replace(REQUEST, declared_aids=declared)) == []


def test_an_empty_envelope_is_no_obstacle_but_is_said() -> None:
    assessment = assess(REQUEST, replace(KNOWN, free_cents=19_999))
    assert assessment.is_eligible
    assert [verdict.label for verdict in assessment.verdicts if verdict.level == "warning"] == [
        "Enveloppe de l’année"
    ]


def test_who_waits_already_comes_first_whatever_is_left() -> None:
    (said,) = [
        verdict
        for verdict in assess(REQUEST, replace(KNOWN, waiting_before=2)).verdicts
        if verdict.level == "warning"
    ]
    assert (said.label, "2 dossiers attendent déjà" in said.detail) == ("Enveloppe de l’année", True)


def test_an_accommodation_has_one_file_at_a_time() -> None:
    assert blocked(other_file="SUB-7KQ4M2") == ["Une seule aide par hébergement et par classement"]
