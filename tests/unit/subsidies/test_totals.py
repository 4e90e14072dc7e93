"""What became of the money adds up, whatever happened to the files."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.kernel.errors import Situation
from chalicelib.kernel.history import HistoryLine
from chalicelib.office.schemes import YearEnvelope
from chalicelib.subsidies.changes import apply
from chalicelib.subsidies.envelope import Envelope, Queue
from chalicelib.subsidies.statuses import MOVES, SPENT, Event, Status
from chalicelib.subsidies.totals import COUNTED, Accounts, Total, accounts, total_of, with_votes
from tests.aid import an_aiding_office
from tests.aid_world import World

TODAY = date(2027, 8, 1)
KEYS = ("s1", "s2", "s3")
AFTER_AWARD = sorted({event for status, event in MOVES if status in COUNTED} - {Event.FUNDED})


@pytest.fixture
def world() -> World:
    return World()


def of(world: World, on: date = TODAY) -> Accounts:
    return accounts(world.subsidies.files.values(), world.money.list_years(), world.money.queue(), on)


class TestOneYear:
    def test_each_file_counts_for_what_became_of_it(self, world):
        world.paid("s1", invoice_excl_vat_cents=15_000, invoice_incl_vat_cents=18_000)
        world.accepted("s2")
        assert world.accepted("s3").status is Status.AWAITING_BUDGET
        (year,) = of(world).years
        assert year.whole == Total(2, 48_000, 24_000, 18_000, 1, 24_000)
        assert year.by_category == {"furnished_rental": year.whole}
        assert year.agrees
        assert of(world).queue_agrees

    def test_what_is_paid_below_the_award_is_free_again(self, world):
        world.paid("s1", invoice_excl_vat_cents=15_000, invoice_incl_vat_cents=18_000)
        year = of(world).year(2027)
        assert (year.whole.granted, year.whole.consumed, year.envelope.free) == (24_000, 18_000, 32_000)

    @pytest.mark.parametrize("event", [Event.WITHDRAWN, Event.LAPSED])
    def test_an_award_that_came_to_nothing_counts_for_nothing(self, world, event):
        file = world.notified()
        world.put(file, status=Status(event.value))
        assert of(world).whole == Total()

    def test_kinds_of_accommodation_are_told_apart(self, world):
        world.accepted("s1")
        world.accepted("s2", category="hotel")
        by_category = of(world).year(2027).by_category
        assert {name: total.granted for name, total in by_category.items()} == {
            "furnished_rental": 24_000, "hotel": 24_000,
        }  # fmt: skip

    def test_who_waits_waits_for_the_present_year(self, world):
        for key in KEYS:
            world.accepted(key)
        assert of(world, date(2028, 1, 2)).year(2028).whole == Total(waiting_files=1, waiting=24_000)
        assert of(world, date(2028, 1, 2)).year(2027).whole == Total(2, 48_000, 48_000)

    def test_a_difference_is_found(self, world):
        world.accepted("s1")
        world.money.years[2027] = Envelope(2027, 50_000, 26_000, 23_999, 1)
        world.money.waiting_cents = 1
        assert of(world).differing == [2027]
        assert not of(world).queue_agrees


class TestVotes:
    def test_a_year_that_nothing_was_granted_from_is_there_all_the_same(self):
        found = with_votes([Envelope(2027, 50, 20, 30)], [YearEnvelope(2026, 9), YearEnvelope(2027, 50)])
        assert found == [Envelope(2026, 9, 9), Envelope(2027, 50, 20, 30)]

    @pytest.mark.parametrize(("vote", "free"), [(60, 30), (30, 0), (29, 20)])
    def test_a_new_vote_counts_unless_it_is_below_what_is_promised(self, vote, free):
        (found,) = with_votes([Envelope(2027, 50, 20, 30)], [YearEnvelope(2027, vote)])
        assert (found.free, found.reserved) == (free, 30)
        assert found.free + found.reserved + found.consumed == found.budget

    def test_an_envelope_without_a_vote_stays(self):
        assert with_votes([Envelope(2020, 5, 5)], []) == [Envelope(2020, 5, 5)]


def happen(world: World, key: str, event: Event) -> None:
    """Let something happen to a file if it can, as its own service would."""
    file = world.subsidies.files[key]
    line = HistoryLine(world.clock(), "Noa Petit", event.value)
    details = {"payment_run": file.payment_run + 1} if event is Event.PROOFS_SENT else {}
    if event is Event.PROOFS_ACCEPTED:
        details = {"payable": file.amount}
    try:
        world.subsidies.save(apply(file, event, line, **details), [])
    except Situation:
        return


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from([*AFTER_AWARD, "serve"])), max_size=25),
    st.integers(24_000, 90_000),
)
def test_whatever_happens_the_files_say_what_the_envelopes_say(steps, budget):
    world = World(an_aiding_office(envelopes=[{"year": 2027, "amount_cents": budget}]))
    for key in KEYS:
        world.accepted(key)
        world.clock.wait(minutes=1)
    for key, event in steps:
        if event == "serve":
            world.waiting.serve()
        else:
            happen(world, key, event)
        found = of(world)
        assert found.differing == []
        assert found.queue_agrees
        for year in found.years:
            envelope = year.envelope
            assert envelope.free + year.whole.reserved + year.whole.consumed == envelope.budget
            assert sum(year.by_category.values(), Total()) == year.whole
            assert year.whole.granted >= year.whole.reserved + year.whole.consumed
        assert sum((total_of(file) for file in world.subsidies.files.values()), Total()) == found.whole


def test_no_file_that_counts_is_left_out():
    assert set(COUNTED) >= SPENT | {Status.AWAITING_BUDGET, Status.GRANTED, Status.PAYMENT_OVERDUE}


def test_an_office_without_files_has_empty_accounts():
    assert accounts([], [], Queue(), TODAY + timedelta(days=1)) == Accounts([], Queue())
