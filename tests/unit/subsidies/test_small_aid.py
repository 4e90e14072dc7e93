"""The register of the office's own small aid, by single undertaking."""

from datetime import date

import pytest

from chalicelib.office.periods import Period
from chalicelib.office.schemes import DeMinimis
from chalicelib.subsidies.small_aid import register_on
from chalicelib.subsidies.statuses import Event
from tests.aid_world import World

TODAY = date(2030, 3, 3)
RULES = (DeMinimis("Règlement (UE) 2023/2831", 30_000_000, 3, Period(date(2024, 1, 1))),)
SIRETS = {"a": "73282932000074", "b": "13002526500013", "c": "55208131766522"}
SIRENS = {key: siret[:9] for key, siret in SIRETS.items()}


@pytest.fixture
def world() -> World:
    return World()


def company(world: World, key: str, which: str, *linked: str, **changes: object):
    """A granted file of a company that is linked to others."""
    file = world.accepted(key)
    links = {"has_linked_companies": "yes", "linked_companies": [{"siren": SIRENS[one]} for one in linked]}
    told = {"legal_nature": "company", "siret": SIRETS[which], "legal_name": f"SARL {which.upper()}", **links}
    return world.put(file, answers={**file.answers, **told}, **changes)


def register(world: World, on: date = TODAY):
    return register_on(on, world.subsidies.files.values(), RULES)


def test_linked_companies_are_one_undertaking_chains_included(world):
    company(world, "s1", "a", "b")
    company(world, "s2", "c", "b")
    (one,) = register(world).undertakings
    assert set(one.sirens) == set(SIRENS.values())
    assert one.counted_cents == 48_000
    assert register(world).find(SIRENS["b"]) == one


def test_strangers_are_not(world):
    company(world, "s1", "a")
    company(world, "s2", "b")
    assert [one.name for one in register(world).undertakings] == ["SARL A", "SARL B"]
    assert register(world).find(SIRENS["b"]).name == "SARL B"
    assert register(world).find("000000000") is None


@pytest.mark.parametrize(
    ("granted_on", "counts"),
    [(date(2027, 3, 2), False), (date(2027, 3, 3), True), (date(2030, 3, 3), True)],
)
def test_an_aid_counts_three_years_from_date_to_date(world, granted_on, counts):
    company(world, "s1", "a", granted_on=granted_on)
    (one,) = register(world).undertakings
    assert one.counted_cents == (24_000 if counts else 0)
    assert [aid.counts for aid in one.aids] == [counts]


def test_it_says_what_the_stored_register_says(world):
    file = world.paid("s1", invoice_excl_vat_cents=15_000, invoice_incl_vat_cents=18_000)
    world.accepted("s2")
    stored = world.register.read([file.owner]).all
    (one,) = register(world).undertakings
    assert sorted(aid.cents for aid in one.aids) == sorted(aid.cents for aid in stored) == [18_000, 24_000]
    assert (one.sirens, one.name, one.key) == ([], "Maëlle Le Goff", "partner:p1")


@pytest.mark.parametrize("event", [Event.WITHDRAWN])
def test_an_aid_to_which_there_is_no_right_any_more_is_gone(world, event):
    world.told(world.accepted(), event)
    assert register(world).undertakings == []


def test_who_waits_has_no_right_yet(world):
    for key in ("s1", "s2", "s3"):
        world.accepted(key)
    (one,) = register(world).undertakings
    assert len(one.aids) == 2


def test_without_a_rule_nothing_counts(world):
    company(world, "s1", "a")
    found = register_on(TODAY, world.subsidies.files.values(), ())
    assert (found.rule, found.since, found.undertakings[0].counted_cents) == (None, None, 0)
