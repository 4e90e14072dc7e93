"""`make costs` counts as the tests do: the same calls of DynamoDB, the states that runs went through."""

import json

import pytest

from infra.costs import year
from infra.costs.__main__ import machine_of_functions, metrics, standing
from infra.costs.bill import price_list
from infra.costs.scenarios import Machine, pages, used_in
from infra.packaging.names import ROOT
from tests.speed.test_calls import ABOVE, CALLS

pytestmark = pytest.mark.xdist_group("calls")

MACHINE = Machine(1.0, 1.0)
HISTORY = ROOT / "tests" / "workflows" / "histories" / "partners_onboarding.json"


def test_each_page_of_the_year_asks_as_often_as_the_tests_say():
    metered = pages(MACHINE)
    named = {page for one in year.year().happens for page in one.pages}
    assert {page: metered[page].calls for page in named} == {page: (CALLS | ABOVE)[page] for page in named}


def test_a_membership_takes_the_transitions_of_its_history():
    states = json.loads(HISTORY.read_text())["accepted and paid"]
    assert used_in("membership", MACHINE)["transitions"] == len(states)


def test_what_is_metered_has_a_price_or_follows_into_one():
    keys = {price.key for price in price_list().prices}
    assert used_in("login", MACHINE).keys() <= keys | set(year.RAW)


def test_the_year_names_only_pages_that_the_tests_count():
    named = {page for one in year.year().happens for page in one.pages}
    assert named <= CALLS.keys() | ABOVE.keys()


def test_what_stands_all_year_has_a_price_and_is_there():
    keys = {price.key for price in price_list().prices}
    assert standing().keys() | year.year().always.keys() <= keys
    assert "OutboxSwept" in metrics()
    assert all(amount > 0 for amount in standing().values())


def test_functions_have_their_share_of_a_core():
    machine = machine_of_functions()
    assert machine.memory_gb == 1.0
    assert machine.vcpu_share == pytest.approx(1024 / 1769)
