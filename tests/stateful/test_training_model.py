"""Sessions in any order: seats, queue, fairness. Each guard of them, taken away, is missed."""

import os
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from chalicelib.decisions.reconciling import Reconciler
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.seats import Priority, Seats
from chalicelib.trainings.waitlist import Waitlist
from tests.fakes.trainings import FakeSeats
from tests.stateful.training_office import TrainingOffice

EXAMPLES = int(os.environ.get("CORDEE_MODEL_EXAMPLES", "80"))


def test_a_training_office_in_any_order() -> None:
    run_state_machine_as_test(
        TrainingOffice, settings=settings(max_examples=EXAMPLES, stateful_step_count=40, deadline=None)
    )


class FairOnly(TrainingOffice):
    """Only fairness is looked at: what the office would say is not."""

    def everybody_stands_where_the_office_says(self) -> None:
        """Not asked."""

    def the_queue_is_in_the_order_of_the_office(self) -> None:
        """Not asked."""


class Choosing(TrainingOffice):
    """Each session has a selection."""

    def open(self, seats: int, **rules: Any) -> None:
        super().open(seats, **{**rules, "chooses": True, "has_queue": True})


def missed(office: type[TrainingOffice], saying: str) -> None:
    """The model finds within a few hundred stories, the same ones each time, that something is missing."""
    stories = settings(
        max_examples=500, stateful_step_count=30, deadline=None, derandomize=True, database=None,
        phases=[Phase.generate], report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    with pytest.raises(AssertionError, match=saying):
        run_state_machine_as_test(office, settings=stories)


@pytest.fixture
def offers_to_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """A freed seat goes to the second who waits."""
    turn = Waitlist.turn

    def wrong(waitlist: Waitlist, session: Session, seats: Seats) -> object:
        swapped = (*seats.regular[1:2], *seats.regular[:1], *seats.regular[2:])
        return turn(waitlist, session, replace(seats, regular=swapped))

    monkeypatch.setattr(Waitlist, "turn", wrong)


@pytest.mark.usefixtures("offers_to_the_second")
@pytest.mark.parametrize(
    ("office", "saying"), [(TrainingOffice, "offered are"), (FairOnly, "was served before")]
)
def test_an_offer_to_the_second_in_the_queue_is_missed(office: type[TrainingOffice], saying: str) -> None:
    missed(office, saying)


def test_who_is_accepted_late_and_waits_behind_all_others_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Waitlist, "who_came_later", lambda waitlist, registration: frozenset())
    missed(Choosing, "the queue is")


def test_a_seat_that_is_given_without_looking_again_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking for a seat and taking it are two steps."""

    def with_arrival(room: FakeSeats, one: Registration) -> Seats:
        seats = room.of[one.session_id]
        moved = seats.moved(one.id, None, one.status, Priority(one.priority))
        return replace(moved, version=seats.version + 1)

    monkeypatch.setattr(FakeSeats, "with_arrival", with_arrival)
    missed(TrainingOffice, "is confirmed, not waiting|is waiting, not confirmed|a seat is given twice")


def test_seats_that_are_written_over_those_of_somebody_faster_are_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(FakeSeats, "allows", lambda room, pair: True)
    missed(TrainingOffice, "counted are|are .* not")


def test_a_round_that_starts_no_lost_run_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reconciler, "reconcile", lambda reconciler: 0)
    missed(TrainingOffice, "nobody asks|nobody tells")
