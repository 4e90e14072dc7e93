"""The seats of a session: counting that no sequence of events puts out of step."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.trainings.seats import NotWaiting, Priority, Seats
from chalicelib.trainings.statuses import Status

REGULAR, LAST = Priority.REGULAR, Priority.LAST
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["comes", "comes", "comes last", "leaves", "serve", "answers", "resize", "reorder"]),
        st.integers(0, 30),
        st.integers(0, 8),
    ),
    max_size=40,
)


def seats(capacity: int = 2, **more) -> Seats:
    return Seats("s1", capacity, capacity, **{"is_open": True, **more})


@dataclass
class People:
    """Where each person stands, and the seats that should say the same."""

    seats: Seats
    status: dict[str, Status] = field(default_factory=dict)
    priority: dict[str, Priority] = field(default_factory=dict)

    def go(self, who: str, after: Status) -> None:
        """Somebody stands elsewhere now; what is freed and not wanted is given up, as in the service."""
        before = self.status.get(who)
        moved = self.seats.moved(who, before, after, self.priority[who])
        self.seats, self.status[who] = moved.shrunk(), after

    def comes(self, priority: Priority) -> None:
        who = f"p{len(self.status)}"
        self.priority[who] = priority
        self.go(who, Status.WAITING if self.seats.is_full else Status.CONFIRMED)

    def one_of(self, number: int, *statuses: Status) -> str:
        """One of those who stand there; empty for nobody."""
        found = [who for who, status in self.status.items() if status in statuses]
        return found[number % len(found)] if found else ""

    def step(self, what: str, number: int, size: int) -> None:
        if what.startswith("comes"):
            self.comes(LAST if what == "comes last" else REGULAR)
        elif what == "leaves" and (who := self.one_of(number, Status.CONFIRMED, Status.WAITING)):
            self.go(who, Status.CANCELLED)
        elif what == "serve" and self.seats.owes_an_offer:
            self.go(self.seats.waiting[0], Status.OFFERED)
        elif what == "answers" and (who := self.one_of(number, Status.OFFERED)):
            self.go(who, Status.CONFIRMED if size % 2 else Status.DECLINED)
        elif what == "resize":
            self.seats = self.seats.resized(size)
        elif what == "reorder" and (who := self.one_of(number, Status.WAITING)):
            self.seats = self.seats.reordered(who, size)

    def standing(self, status: Status) -> list[str]:
        return [who for who, known in self.status.items() if known is status]


@given(STEPS, st.integers(0, 6))
def test_after_any_sequence_the_seats_say_where_people_stand(steps: Sequence, capacity: int) -> None:
    people = People(seats(capacity))
    for step in steps:
        held = people.seats.held
        people.step(*step)
        after = people.seats
        assert after.taken == len(people.standing(Status.CONFIRMED))
        assert after.offered == len(people.standing(Status.OFFERED))
        assert after.taken + after.offered <= after.capacity
        assert after.capacity == max(after.wanted, after.held)
        assert after.held <= max(held, after.wanted)
        assert sorted(after.waiting) == sorted(people.standing(Status.WAITING))
        assert [after.rank(who) for who in after.waiting] == list(range(1, len(after.waiting) + 1))


@given(STEPS, st.integers(0, 6))
def test_in_each_class_who_came_first_stands_first_whatever_happens_to_others(
    steps: Sequence, capacity: int
) -> None:
    people = People(seats(capacity))
    for step in (step for step in steps if step[0] != "reorder"):
        people.step(*step)
        for queue in (people.seats.regular, people.seats.last):
            assert list(queue) == sorted(queue, key=lambda who: int(who[1:]))


class TestRoom:
    def test_a_seat_is_free_until_somebody_has_it_or_is_offered_it(self):
        assert seats(3, taken=1, offered=1).free == 1
        assert not seats(3, taken=1, offered=1).is_full
        assert seats(3, taken=1, offered=2).is_full

    def test_whoever_comes_while_others_wait_waits_too_even_beside_a_free_seat(self):
        assert seats(2, taken=1, regular=("a",)).is_full
        assert seats(2, taken=1, last=("a",)).is_full

    def test_an_offer_is_owed_for_a_free_seat_that_somebody_waits_for(self):
        assert seats(2, taken=1, last=("a",)).owes_an_offer
        assert not seats(2, taken=2, last=("a",)).owes_an_offer
        assert not seats(2, taken=1).owes_an_offer

    def test_those_who_missed_too_much_wait_behind_all_others(self):
        after = seats(0).moved("a", None, Status.WAITING, LAST).moved("b", None, Status.WAITING, REGULAR)
        assert after.waiting == ("b", "a")
        assert [after.rank(who) for who in ("b", "a", "c")] == [1, 2, 0]


class TestMoving:
    @pytest.mark.parametrize(
        ("before", "after", "taken", "offered"),
        [
            (None, Status.CONFIRMED, 2, 1),
            (None, Status.PENDING, 1, 1),
            (Status.PENDING, Status.CONFIRMED, 2, 1),
            (Status.PENDING, Status.REFUSED, 1, 1),
            (Status.CONFIRMED, Status.CONFIRMED, 1, 1),
            (Status.CONFIRMED, Status.CANCELLED, 0, 1),
            (Status.OFFERED, Status.CONFIRMED, 2, 0),
            (Status.OFFERED, Status.DECLINED, 1, 0),
            (Status.OFFERED, Status.LAPSED, 1, 0),
        ],
    )
    def test_each_change_of_place_is_counted_once(self, before, after, taken, offered):
        moved = seats(4, taken=1, offered=1).moved("a", before, after, REGULAR)
        assert (moved.taken, moved.offered, moved.waiting) == (taken, offered, ())

    def test_who_is_offered_a_seat_waits_no_more(self):
        moved = seats(2, taken=1, regular=("a", "b")).moved("a", Status.WAITING, Status.OFFERED, REGULAR)
        assert (moved.offered, moved.waiting) == (1, ("b",))

    @pytest.mark.parametrize(
        ("priority", "later", "waiting"),
        [
            (REGULAR, "bc", "axbcyz"),
            (REGULAR, "cy", "abxcyz"),
            (REGULAR, "z", "abcxyz"),
            (LAST, "bz", "abcyxz"),
            (LAST, "", "abcyzx"),
        ],
    )
    def test_who_is_accepted_late_waits_in_front_of_the_first_of_the_class_who_came_later(
        self, priority, later, waiting
    ):
        queue = seats(0, regular=("a", "b", "c"), last=("y", "z"))
        assert queue.moved("x", Status.PENDING, Status.WAITING, priority, set(later)).waiting == tuple(
            waiting
        )

    def test_who_leaves_the_queue_leaves_no_hole(self):
        moved = seats(0, regular=("a", "b", "c")).moved("b", Status.WAITING, Status.CANCELLED, REGULAR)
        assert moved.waiting == ("a", "c")


class TestSize:
    def test_fewer_seats_than_are_held_takes_none_away(self):
        lowered = seats(4, taken=2, offered=1).resized(1)
        assert (lowered.capacity, lowered.wanted, lowered.free) == (3, 1, 0)

    def test_seats_that_nobody_wants_more_are_given_up_as_they_are_freed(self):
        lowered = seats(4, taken=3).resized(1)
        one_left = lowered.moved("a", Status.CONFIRMED, Status.CANCELLED, REGULAR).shrunk()
        assert (one_left.capacity, one_left.free) == (2, 0)
        last = one_left.moved("b", Status.CONFIRMED, Status.CANCELLED, REGULAR).shrunk()
        assert (last.capacity, last.free) == (1, 0)
        assert last.moved("c", Status.CONFIRMED, Status.CANCELLED, REGULAR).shrunk().free == 1

    def test_seats_that_are_wanted_stay_when_they_are_freed(self):
        assert seats(3, taken=2).shrunk() == seats(3, taken=2)

    def test_more_seats_are_free_at_once(self):
        assert replace(seats(3, taken=3), wanted=1).resized(5).free == 2


class TestOrder:
    QUEUE = seats(0, regular=("a", "b", "c"), last=("y", "z"))

    @pytest.mark.parametrize(
        ("who", "rank", "regular", "last"),
        [
            ("c", 1, "cab", "yz"),
            ("a", 3, "bca", "yz"),
            ("a", 2, "bac", "yz"),
            ("a", 4, "bc", "yaz"),
            ("a", 5, "bc", "yza"),
            ("a", 99, "bc", "yza"),
            ("z", 1, "zabc", "y"),
            ("z", 4, "abcz", "y"),
            ("z", 5, "abc", "yz"),
            ("b", 0, "bac", "yz"),
        ],
    )
    def test_staff_put_who_waits_at_the_place_they_say(self, who, rank, regular, last):
        moved = self.QUEUE.reordered(who, rank)
        assert (moved.regular, moved.last) == (tuple(regular), tuple(last))

    def test_who_does_not_wait_has_no_place(self):
        with pytest.raises(NotWaiting):
            self.QUEUE.reordered("nobody", 1)
