"""A session that fills and empties in any order, against what the office would say of it and what is fair."""

from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chalicelib.trainings.statuses import DRIVEN, Event, Status
from tests.stateful.training_accidents import AT_THE_WRITE, BEFORE_THE_RUN, Act
from tests.stateful.training_fairness import Fairness
from tests.stateful.training_steps import NAMES, TrainingSteps

DEATHS = st.sampled_from(["", "", "", AT_THE_WRITE, BEFORE_THE_RUN])
MINUTES = st.sampled_from([1, 60, 60 * 23, 60 * 24, 60 * 48, 60 * 60])
SELDOM = st.sampled_from([False, False, False, False, True])
CHOICES = (Event.APPROVED, Event.APPROVED, Event.REFUSED, Event.APPROVAL_EXPIRED)
REPLIES = (Event.ACCEPTED, Event.DECLINED)


class TrainingOffice(TrainingSteps, RuleBasedStateMachine):
    """One session after the other; each step may die, or be beaten by somebody who is faster."""

    def __init__(self) -> None:
        RuleBasedStateMachine.__init__(self)
        TrainingSteps.__init__(self)

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        """The session is published, and the first ones come."""
        self.open(
            data.draw(st.integers(1, 3)),
            chooses=data.draw(SELDOM),
            has_queue=not data.draw(SELDOM),
            limit=data.draw(st.sampled_from([None, None, 1, 2])),
        )
        self.fairness, self.held = Fairness(self.world, self.session), 0
        self.seen: set[str] = set()
        for name in data.draw(st.lists(st.sampled_from(NAMES), max_size=7, unique=True)):
            self.accidents.carry_out(self.comes(name))
            self.fairness.check()

    @property
    def is_on(self) -> bool:
        return self.oracle.is_open and self.world.clock() < self.oracle.starts_at

    @precondition(lambda self: not self.is_on)
    @rule(data=st.data())
    def the_next_session(self, data: st.DataObject) -> None:
        self.begin(data)

    @rule(data=st.data(), name=st.sampled_from(NAMES), death=DEATHS)
    def somebody_comes(self, data: st.DataObject, name: str, death: str) -> None:
        self.accidents.carry_out(self.comes(name), death, self.rival(data))

    @precondition(lambda self: self.oracle.everybody)
    @rule(data=st.data(), death=DEATHS)
    def somebody_cancels(self, data: st.DataObject, death: str) -> None:
        seated = data.draw(st.booleans()) and self.oracle.seated
        name = data.draw(st.sampled_from(seated or self.oracle.everybody))
        self.accidents.carry_out(self.cancels(name), death, self.rival(data))

    @precondition(lambda self: self.oracle.offered)
    @rule(data=st.data(), event=st.sampled_from(REPLIES), death=DEATHS)
    def an_offer_is_answered(self, data: st.DataObject, event: Event, death: str) -> None:
        name = data.draw(st.sampled_from(self.oracle.offered))
        self.accidents.carry_out(self.answers(name, event), death, self.rival(data))

    @precondition(lambda self: self.oracle.asking)
    @rule(data=st.data(), event=st.sampled_from(CHOICES), death=DEATHS)
    def the_office_chooses(self, data: st.DataObject, event: Event, death: str) -> None:
        name = data.draw(st.sampled_from(self.oracle.asking))
        self.accidents.carry_out(self.answers(name, event), death, self.rival(data))

    @precondition(lambda self: len(self.oracle.waiting) > 1)
    @rule(data=st.data(), death=DEATHS)
    def staff_move_who_waits(self, data: st.DataObject, death: str) -> None:
        """To another place than their own: a move that moves nobody writes no seats, and meets nobody there."""
        waiting = self.oracle.waiting
        name = data.draw(st.sampled_from(waiting))
        ranks = [rank for rank, one in enumerate(waiting, start=1) if one != name]
        rank = data.draw(st.sampled_from(ranks))
        self.accidents.carry_out(self.moves(name, rank), death, self.rival(data))

    @precondition(lambda self: self.oracle.seated and self.is_on)
    @rule(data=st.data(), death=DEATHS)
    def a_colleague_comes_instead(self, data: st.DataObject, death: str) -> None:
        name = data.draw(st.sampled_from(self.oracle.seated))
        other = data.draw(st.sampled_from([one for one in NAMES if one[0] == name[0]]))
        self.accidents.carry_out(self.replaces(name, other), death, self.rival(data))

    @precondition(lambda self: self.is_on)
    @rule(data=st.data(), seats=st.integers(1, 4), shrink=st.booleans(), death=DEATHS)
    def the_office_changes_the_seats(self, data: st.DataObject, seats: int, shrink: bool, death: str) -> None:
        self.accidents.carry_out(self.resizes(seats, shrink=shrink), death, self.rival(data))

    @precondition(lambda self: self.is_on)
    @rule(data=st.data(), really=st.integers(0, 9), death=DEATHS)
    def the_office_calls_it_off(self, data: st.DataObject, really: int, death: str) -> None:
        """Somebody may still come, cancel or answer before all are told."""
        if really < 9:
            return
        self.accidents.carry_out(self.calls_off(), death, self.rival(data))
        if not self.oracle.is_open:
            self.accidents.carry_out(self.rival(data) or (lambda: None))
            self.accidents.carry_out(self.tells(), death)

    @rule(minutes=MINUTES, death=DEATHS)
    def time_passes(self, minutes: int, death: str) -> None:
        self.world.clock.wait(minutes=minutes)
        self.offers_expire(death)

    @precondition(lambda self: self.oracle.offered)
    @rule(death=DEATHS)
    def nobody_answers(self, death: str) -> None:
        ends = [one.offered_until for one in map(self.of, self.oracle.offered) if one.offered_until]
        self.world.clock.at = max(self.world.clock(), min(ends))
        self.offers_expire(death)

    def offers_expire(self, death: str) -> None:
        for name in list(self.oracle.offered):
            until = self.of(name).offered_until
            if until and until <= self.world.clock():
                self.accidents.carry_out(self.answers(name, Event.OFFER_EXPIRED), death)

    def rival(self, data: st.DataObject) -> Act | None:
        """Mostly nobody; else somebody who comes, cancels or answers at the very same moment."""
        what = data.draw(st.sampled_from(["", "", "", "comes", "cancels", "answers"]))
        if what == "comes":
            return self.comes(data.draw(st.sampled_from(NAMES)))
        if what == "cancels" and self.oracle.everybody:
            return self.cancels(data.draw(st.sampled_from(self.oracle.everybody)))
        if what == "answers" and self.oracle.offered:
            name = data.draw(st.sampled_from(self.oracle.offered))
            return self.answers(name, data.draw(st.sampled_from(REPLIES)))
        return None

    @invariant()
    def everybody_stands_where_the_office_says(self) -> None:
        for status, names in (
            (Status.CONFIRMED, self.oracle.seated),
            (Status.OFFERED, self.oracle.offered),
            (Status.PENDING, self.oracle.asking),
            (Status.WAITING, self.oracle.waiting),
        ):
            found = [one.person.first_name for one in self.registrations if one.status is status]
            assert sorted(found) == sorted(names), f"{status} are {found}, not {names}"

    @invariant()
    def the_queue_is_in_the_order_of_the_office(self) -> None:
        seats = self.world.seats(self.session)
        for queue, names in ((seats.regular, self.oracle.queue), (seats.last, self.oracle.last)):
            found = [self.world.service.get(one).person.first_name for one in queue]
            assert found == names, f"the queue is {found}, not {names}"

    @invariant()
    def no_seat_is_given_twice(self) -> None:
        seats, stands = self.world.seats(self.session), Counter(one.status for one in self.registrations)
        counted = (stands[Status.CONFIRMED], stands[Status.OFFERED])
        assert (seats.taken, seats.offered) == counted, f"counted are {seats}, there are {counted}"
        assert seats.held <= seats.capacity, "a seat is given twice"
        assert seats.held <= max(self.held, seats.wanted), "more are held than are wanted, and it grows"
        assert seats.capacity == max(seats.wanted, seats.held)
        self.held = seats.held

    @invariant()
    def nobody_who_waits_is_passed_over(self) -> None:
        self.fairness.check()

    @invariant()
    def a_person_counts_once_and_nobody_is_lost(self) -> None:
        store, held = self.world.registrations, [one for one in self.registrations if one.is_held]
        known = {key: one for (session, key), one in store.people.items() if session == self.session.id}
        assert known == {one.person_key: one.id for one in held}
        assert len(known) == len(held), "a person counts twice"
        counted = {one.structure.key: store.count_of_structure(one) for one in self.registrations}
        assert +Counter(counted) == Counter(one.structure.key for one in held)
        now = {one.id for one in self.registrations}
        assert self.seen <= now, "somebody is gone"
        self.seen = now

    @invariant()
    def each_change_has_one_line(self) -> None:
        for one in self.registrations:
            assert len(self.world.told(one)) == one.version

    @invariant()
    def an_offer_is_kept_as_long_as_the_office_says(self) -> None:
        for one in self.registrations:
            if one.status is Status.OFFERED:
                assert one.offered_until == self.oracle.kept_until(one.status_since)

    @invariant()
    def who_waits_for_an_answer_has_a_run(self) -> None:
        for one in self.registrations:
            has_run = one.run_name in self.world.process.runs
            assert one.status not in DRIVEN or has_run, f"nobody asks {one.person.name}"
        session = self.world.planning.get(self.session.id)
        has_run = session.run_name in self.world.session_process.runs
        assert not session.is_in_progress or has_run, "nobody tells those who registered"
