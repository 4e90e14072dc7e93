"""What cancelling costs: nothing until eleven days before, then what the office's dated rule says."""

from datetime import date, timedelta

import pytest

from chalicelib.office.periods import Period
from chalicelib.office.trainings import CancellationRule
from chalicelib.trainings.cancelling import FREE, CancellationTerms, agreed_terms, terms_of
from chalicelib.trainings.plan import plan_of
from chalicelib.trainings.statuses import Status
from tests.training import session_answers, training_rules

FIRST_DAY = date(2027, 5, 4)
PRICE = 12_000


def terms(rules=None, **answers) -> CancellationTerms:
    plan = plan_of(session_answers(**{"price_cents": PRICE, **answers}))
    return terms_of(plan, rules or training_rules())


@pytest.mark.parametrize(
    ("days_before", "due"), [(60, 0), (12, 0), (11, 0), (10, PRICE), (9, PRICE), (1, PRICE), (0, PRICE)]
)
def test_eleven_days_before_it_is_free_and_ten_days_before_the_price_is_due(days_before, due):
    assert terms().due_cents(Status.CONFIRMED, FIRST_DAY - timedelta(days=days_before)) == due


@pytest.mark.parametrize("status", [Status.WAITING, Status.OFFERED, Status.PENDING])
def test_who_has_no_seat_owes_nothing(status):
    assert terms().due_cents(status, FIRST_DAY) == 0


def test_the_rule_is_said_before_anybody_confirms():
    assert terms().last_free_on == date(2027, 4, 23)
    assert terms().sentence == (
        "Annulation gratuite jusqu’au vendredi 23\u00a0avril 2027 inclus\u00a0; après, 120,00\u00a0€ restent dus. "
        "Un collègue de la même structure peut vous remplacer sans frais, jusqu’au dernier moment."
    )


def test_a_free_session_is_cancelled_for_nothing_on_any_day():
    free = terms(price_cents=0)
    assert (free.last_free_on, free.sentence) == (None, FREE)
    assert free.due_cents(Status.CONFIRMED, FIRST_DAY) == 0


def test_a_part_of_the_price_is_due_where_the_rule_says_so_half_a_cent_rounded_up():
    rules = training_rules(
        cancellations=(CancellationRule(Period(date(2020, 1, 1), None), due_within_days=2, due_percent=50),)
    )
    part = terms(rules, price_cents=1_001)
    assert (part.late_cents, part.last_free_on) == (501, date(2027, 5, 1))


def test_the_rule_is_the_one_in_force_when_the_session_begins():
    old = CancellationRule(Period(date(2020, 1, 1), date(2027, 5, 3)), due_within_days=30, due_percent=100)
    new = CancellationRule(Period(date(2027, 5, 4), None), due_within_days=5, due_percent=30)
    rules = training_rules(cancellations=(old, new))
    assert terms(rules).late_cents == 3_600
    before = [{"on": "2027-05-03", "begins": "09:00", "ends": "12:00"}]
    assert terms(rules, half_days=before).late_cents == PRICE


def test_without_a_rule_or_a_date_nothing_is_due():
    assert terms(training_rules(cancellations=())).due_cents(Status.CONFIRMED, FIRST_DAY) == 0
    assert terms(half_days=None).due_cents(Status.CONFIRMED, FIRST_DAY) == 0


def test_the_price_that_was_agreed_is_the_one_that_is_due_whatever_the_session_costs_now():
    plan, rules = plan_of(session_answers(price_cents=99_000)), training_rules()
    assert agreed_terms(plan, PRICE, rules) == terms()
    assert agreed_terms(plan, 0, rules).sentence == FREE
