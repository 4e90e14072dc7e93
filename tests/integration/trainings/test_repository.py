"""Sessions, registrations, seats and missed days: one contract, on the fakes and on DynamoDB."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from chalicelib.trainings.changes import change, change_session
from chalicelib.trainings.correction_repository import CorrectionRepository
from chalicelib.trainings.mapping import registration_from, registration_item
from chalicelib.trainings.missed_repository import MissedRepository
from chalicelib.trainings.model import Certificate, Change, Mark, Person, Registration, Session
from chalicelib.trainings.people import person_key
from chalicelib.trainings.registration_repository import RegistrationRepository
from chalicelib.trainings.repository import SessionRepository
from chalicelib.trainings.seats import Priority, Seats
from chalicelib.trainings.statuses import Event, SessionEvent, SessionStatus, Status
from tests.fakes.mail import FakeOutbox
from tests.fakes.trainings import FakeCorrections, FakeMissed, FakeRegistrations, FakeSeats, FakeSessions
from tests.training import NOW, a_structure, session_answers

PURGED_AT = datetime(2027, 5, 6, 10, 30, tzinfo=UTC)


class Stores:
    def __init__(self, outbox, sessions, registrations, missed):
        self.outbox, self.sessions, self.registrations = outbox, sessions, registrations
        self.missed = missed
        self.corrections = (
            FakeCorrections(registrations, missed)
            if isinstance(missed, FakeMissed)
            else CorrectionRepository(outbox)
        )

    def seats(self):
        return self.registrations.seats("s1")

    def queue(self):
        return [one.rpartition("-")[2] for one in self.seats().waiting]


@pytest.fixture(params=["fake", "dynamodb"])
def stores(request):
    if request.param == "fake":
        outbox, seats = FakeOutbox(), FakeSeats()
        sessions, registrations = FakeSessions(outbox, seats), FakeRegistrations(outbox, seats)
        return Stores(outbox, sessions, registrations, FakeMissed())
    request.getfixturevalue("tables")
    outbox = OutboxRepository()
    return Stores(outbox, SessionRepository(outbox), RegistrationRepository(outbox), MissedRepository())


def a_line(what="fait", at=NOW):
    return HistoryLine(at, "Yann Le Goff", what, "Un motif.", "Claire Martin")


def a_mail(occasion="version-1", record="s1"):
    return Message("trainings/confirmed", "maelle@hotel.example.fr", record, occasion, {"name": "Maëlle"})


def a_session(key="s1", **changes):
    session = Session(
        id=key, reference=f"SES-{key}", status=SessionStatus.PUBLISHED, status_since=NOW,
        answers=session_answers(), created_at=NOW, created_by="Yann Le Goff", office_version=3,
    )  # fmt: skip
    return replace(session, **changes)


def a_registration(key="a", status=Status.CONFIRMED, name="", structure="", session="s1", **changes):
    person = Person(name or f"Personne {key}", "Le Goff", f"{key}@example.org")
    owner = a_structure(structure or f"Chez {key}", f"{structure or key}@example.org")
    registration = Registration(
        id=f"{session}-{key}", reference=f"INS-{session}-{key}", status=status, status_since=NOW, person=person,
        structure=owner, person_key=person_key(owner, person), asked_at=NOW, office_version=3, presence_code=f"code {key}",
    )  # fmt: skip
    return replace(registration, **changes)


def opened(stores, seats=2, key="s1", **changes):
    """A session that is open to registrations."""
    session = a_session(key, **changes)
    assert stores.sessions.add(session, Seats(key, seats, seats, is_open=True), a_line())
    return session


def came(stores, *registrations, limit=None):
    """Whether each of them could come."""
    return [stores.registrations.add(one, a_line(), [], limit) for one in registrations]


def here(stores, key="a", **changes):
    one = a_registration(key, **changes)
    assert came(stores, one) == [True]
    return one


def happened(stores, registration, event, mails=(), seats=None, **details):
    made = change(registration, event, a_line(event.value), **details)
    stores.registrations.save([made], list(mails), seats)
    return made.after


def session_happened(stores, session, event, mails=(), seats=None, **details):
    made = change_session(session, event, a_line(event.value), **details)
    stores.sessions.save(made, list(mails), seats)
    return made.after


def left(stores, registration, event=Event.CANCELLED, mails=()):
    """The registration after an event that gives its seat or place back."""
    before = stores.seats()
    made = change(registration, event, a_line(event.value))
    after = before.moved(
        registration.id, registration.status, made.after.status, Priority(registration.priority)
    )
    stores.registrations.save([made], list(mails), (before, after))
    return made.after


class TestSessions:
    def test_what_is_added_is_found_as_it_was(self, stores):
        session = a_session(
            status=SessionStatus.AT_RISK, note="Été", shown_since=NOW, version=4, round=2, run=3, plan_version=2, told_version=1,
            is_settled=True, minimum_on="2027-04-27",
        )  # fmt: skip
        assert stores.sessions.add(session, Seats("s1", 2, 1, 1), a_line("Session créée"))
        assert stores.sessions.find("s1") == stores.sessions.find_by_reference("SES-s1") == session
        assert stores.sessions.find_all(["s1", "s2", "s1"]) == {"s1": session}
        assert stores.sessions.list_history(session) == [a_line("Session créée")]
        assert stores.seats() == Seats("s1", 2, 1, 1)

    def test_what_nobody_wrote_is_not_found(self, stores):
        assert stores.sessions.find("s1") is None
        assert stores.sessions.find_by_reference("SES-s1") is None
        assert stores.sessions.find_all(["s1"]) == stores.sessions.find_all([]) == {}

    def test_a_session_is_added_once_and_each_reference_leads_to_one(self, stores):
        session = opened(stores)
        assert not stores.sessions.add(replace(session, reference="SES-9"), Seats("s1", 9, 9), a_line())
        assert not stores.sessions.add(a_session("s2", reference="SES-s1"), Seats("s2", 9, 9), a_line())
        assert stores.sessions.find("s2") is None
        assert stores.seats() == Seats("s1", 2, 2, is_open=True)

    def test_a_change_is_kept_with_its_line_its_mails_and_its_seats(self, stores):
        session = opened(stores)
        seats = stores.seats()
        after = replace(seats, is_open=False)
        off = session_happened(stores, session, SessionEvent.CALLED_OFF, [a_mail()], (seats, after))
        assert stores.sessions.find("s1") == off
        assert (off.status, off.note, off.version) == (SessionStatus.CANCELLED, "Un motif.", 2)
        assert [line.what for line in stores.sessions.list_history(off)] == ["fait", "called_off"]
        assert [mail.message for mail in stores.outbox.list_by_record("s1")] == [a_mail()]
        assert stores.seats() == replace(after, version=1)

    def test_a_change_of_what_changed_meanwhile_is_refused_whole(self, stores):
        session = opened(stores)
        session_happened(stores, session, SessionEvent.MINIMUM_MISSED)
        seats = stores.seats()
        with pytest.raises(ChangedMeanwhile):
            session_happened(
                stores, session, SessionEvent.CALLED_OFF, [a_mail()], (seats, replace(seats, capacity=9))
            )
        assert stores.sessions.find("s1").status is SessionStatus.AT_RISK
        assert stores.outbox.list_by_record("s1") == []
        assert stores.seats() == seats

    def test_seats_that_changed_meanwhile_stop_the_change_of_the_session(self, stores):
        session, seats = opened(stores), stores.seats()
        here(stores)
        with pytest.raises(ChangedMeanwhile):
            session_happened(stores, session, SessionEvent.EDITED, seats=(seats, seats.resized(9)))
        assert stores.sessions.find("s1") == session
        assert stores.seats().capacity == 2

    def test_sessions_are_listed_by_where_they_stand_those_that_stand_there_longest_first(self, stores):
        new = opened(stores)
        old = opened(stores, key="s2", status_since=NOW - timedelta(days=2))
        risky = opened(stores, key="s3", status=SessionStatus.AT_RISK)
        opened(stores, key="s4", status=SessionStatus.CLOSED)
        assert stores.sessions.list_in_status(SessionStatus.PUBLISHED) == [old, new]
        both = stores.sessions.list_in_status(SessionStatus.AT_RISK, SessionStatus.PUBLISHED)
        assert both == [risky, old, new]

    def test_only_what_a_run_works_on_is_in_progress(self, stores):
        ago = NOW - timedelta(hours=1)
        opened(stores, status_since=ago)
        for key, status, untold in (
            ("s2", SessionStatus.AWAITING_APPROVAL, 0),
            ("s3", SessionStatus.AT_RISK, 0),
            ("s4", SessionStatus.CANCELLED, 1),
            ("s5", SessionStatus.PUBLISHED, 1),
            ("s6", SessionStatus.CANCELLED, 0),
            ("s7", SessionStatus.DRAFT, 0),
        ):
            opened(stores, key=key, status=status, status_since=ago, plan_version=untold)
        opened(stores, key="s8", status=SessionStatus.AT_RISK)
        found = stores.sessions.list_in_progress(NOW - timedelta(minutes=2))
        assert sorted(found) == ["s2", "s3", "s4", "s5"]

    def test_a_run_is_counted_once(self, stores):
        session = opened(stores)
        renewed = stores.sessions.renew_run(session)
        assert renewed == stores.sessions.find("s1") == replace(session, run=1)
        with pytest.raises(ChangedMeanwhile):
            stores.sessions.renew_run(session)


class TestComing:
    def test_what_is_added_is_found_as_it_was(self, stores):
        opened(stores)
        one = a_registration(
            "ab", answers={"level": "beginner"}, price_cents=12_000, due_cents=1, priority=1, note="Été", version=3,
            round=2, run=4, offered_until=NOW, confirmed_at=NOW, told_days=2, told_version=1, replaces="s1-0",
            replaced_by="s1-9", marks={"2027-05-04T09:00": Mark("present", "Noa", NOW)}, certificate=Certificate("CODE", "c.pdf", "ab" * 32, NOW),
            withdrawn={"OLD CODE": NOW},
        )  # fmt: skip
        assert stores.registrations.add(one, a_line("Inscription confirmée"), [a_mail("v", one.id)], None)
        assert stores.registrations.find(one.id) == one
        assert stores.registrations.find_by_reference(one.reference) == one
        assert stores.registrations.list_of_session("s1") == [one]
        assert stores.registrations.list_of_structure("AB@example.org") == [one]
        assert stores.registrations.list_history(one) == [a_line("Inscription confirmée")]
        assert [mail.message for mail in stores.outbox.list_by_record(one.id)] == [a_mail("v", one.id)]

    def test_what_nobody_wrote_is_not_found(self, stores):
        opened(stores)
        assert stores.registrations.find("s1-a") is None
        assert stores.registrations.find_by_reference("INS-s1-a") is None
        assert stores.registrations.find_person("s1", "nobody") == ""
        assert stores.registrations.count_of_structure(a_registration()) == 0
        assert stores.registrations.list_of_session("s1") == []

    def test_seats_go_until_there_is_none(self, stores):
        opened(stores)
        assert came(stores, *map(a_registration, "abc")) == [True, True, False]
        assert stores.seats() == Seats("s1", 2, 2, taken=2, is_open=True, version=2)
        assert stores.registrations.find("s1-c") is None

    def test_nobody_waits_while_there_is_a_seat(self, stores):
        opened(stores)
        assert came(stores, a_registration("a", Status.WAITING)) == [False]
        assert stores.seats().waiting == ()

    def test_who_waits_is_in_the_order_of_arrival_those_who_missed_too_much_at_the_end(self, stores):
        opened(stores, seats=1)
        here(stores)
        for key, priority in (("b", 0), ("c", 1), ("d", 0), ("e", 1)):
            here(stores, key, status=Status.WAITING, priority=priority)
        assert stores.queue() == ["b", "d", "c", "e"]

    def test_a_free_seat_is_for_those_who_wait(self, stores):
        opened(stores, seats=1)
        first = here(stores)
        here(stores, "b", status=Status.WAITING)
        left(stores, first)
        assert stores.seats().free == 1
        assert came(stores, a_registration("c")) == [False]
        assert came(stores, a_registration("c", Status.WAITING)) == [True]
        assert stores.queue() == ["b", "c"]

    def test_a_free_seat_is_for_those_at_the_end_of_the_queue_too(self, stores):
        opened(stores, seats=1)
        first = here(stores)
        here(stores, "b", status=Status.WAITING, priority=1)
        left(stores, first)
        assert came(stores, a_registration("c")) == [False]

    def test_who_waits_for_approval_takes_no_seat(self, stores):
        opened(stores, seats=1)
        assert came(stores, *(a_registration(key, Status.PENDING) for key in "abc")) == [True] * 3
        assert stores.seats() == Seats("s1", 1, 1, is_open=True)

    @pytest.mark.parametrize("status", [Status.CONFIRMED, Status.WAITING, Status.PENDING])
    def test_nobody_comes_to_a_session_that_is_shut(self, stores, status):
        session = opened(stores, seats=0 if status is Status.WAITING else 1)
        seats = stores.seats()
        session_happened(
            stores, session, SessionEvent.CALLED_OFF, seats=(seats, replace(seats, is_open=False))
        )
        assert came(stores, a_registration(status=status)) == [False]
        assert stores.registrations.list_of_session("s1") == []

    def test_a_form_that_is_sent_twice_takes_one_seat(self, stores):
        opened(stores)
        here(stores)
        again = a_registration(reference="INS-9", name="Une autre")
        assert came(stores, again) == [False]
        assert stores.seats().taken == 1

    def test_a_reference_leads_to_one_registration(self, stores):
        opened(stores)
        here(stores)
        assert came(stores, a_registration("b", reference="INS-s1-a")) == [False]

    def test_a_person_has_one_registration_at_a_time(self, stores):
        opened(stores)
        one = here(stores)
        again = a_registration("b", name="Personne a", structure="Chez a", person_key=one.person_key)
        assert stores.registrations.find_person("s1", one.person_key) == "s1-a"
        assert came(stores, again) == [False]
        left(stores, one)
        assert stores.registrations.find_person("s1", one.person_key) == ""
        assert came(stores, again) == [True]
        assert stores.registrations.find_person("s1", one.person_key) == "s1-b"

    def test_the_same_person_may_come_to_another_session(self, stores):
        opened(stores)
        opened(stores, key="s2")
        one = here(stores)
        here(stores, session="s2", person_key=one.person_key)
        assert [other.id for other in stores.registrations.list_of_session("s2")] == ["s2-a"]

    def test_the_limit_of_a_structure_is_for_who_has_to_wait(self, stores):
        opened(stores)
        house = {"structure": "Hôtel"}
        assert came(stores, *(a_registration(key, **house) for key in "ab"), limit=1) == [True, True]
        late = a_registration("c", Status.WAITING, **house)
        assert stores.registrations.count_of_structure(late) == 2
        assert came(stores, late, limit=2) == [False]
        assert came(stores, a_registration("d", Status.WAITING, structure="Gîte"), limit=1) == [True]
        assert came(stores, late, limit=3) == [True]
        assert stores.registrations.count_of_structure(late) == 3

    def test_without_a_limit_any_number_of_a_structure_waits(self, stores):
        opened(stores, seats=0)
        people = [a_registration(key, Status.WAITING, structure="Hôtel") for key in "abcd"]
        assert came(stores, *people) == [True] * 4

    def test_who_left_counts_no_more_for_the_structure(self, stores):
        opened(stores)
        one = here(stores, structure="Hôtel")
        here(stores, "b", structure="Hôtel")
        left(stores, one)
        assert stores.registrations.count_of_structure(one) == 1

    def test_a_mail_that_was_written_before_stops_the_arrival(self, stores):
        opened(stores)
        one = here(stores, "a")
        twin = [a_mail("v", one.id)]
        assert stores.registrations.add(a_registration("b"), a_line(), twin, None)
        assert not stores.registrations.add(a_registration("c"), a_line(), twin, None)

    def test_the_seats_of_several_sessions_are_read_together(self, stores):
        opened(stores)
        opened(stores, seats=5, key="s2")
        found = stores.registrations.seats_of(["s1", "s2", "s3"])
        assert {key: seats.capacity for key, seats in found.items()} == {"s1": 2, "s2": 5}
        assert stores.registrations.seats_of([]) == {}


class TestNeeds:
    def test_what_a_person_needs_is_kept_apart_until_it_is_forgotten(self, stores):
        opened(stores)
        needs = {"needs": "Boucle magnétique", "diet": ""}
        one = a_registration()
        assert stores.registrations.add(one, a_line(), [], None, (needs, PURGED_AT))
        assert stores.registrations.find_needs(one.id) == needs
        stores.registrations.forget_needs(one.id)
        stores.registrations.forget_needs(one.id)
        assert stores.registrations.find_needs(one.id) == {}
        assert stores.registrations.find(one.id) == one

    def test_needs_are_kept_longer_where_the_session_moves_and_what_was_forgotten_stays_so(self, stores):
        opened(stores, seats=3)
        for key in "ab":
            new = a_registration(key)
            assert stores.registrations.add(new, a_line(), [], None, ({"needs": key}, PURGED_AT))
        stores.registrations.forget_needs("s1-a")
        stores.registrations.keep_needs("s1", PURGED_AT + timedelta(days=30))
        assert stores.registrations.list_needs("s1") == {"s1-b": {"needs": "b"}}

    def test_what_the_people_of_a_session_need_is_read_together_and_nobody_elses(self, stores):
        opened(stores, seats=3)
        opened(stores, key="s2")
        for key, session, needs in (
            ("a", "s1", {"diet": "Végétarien"}),
            ("b", "s1", {"diet": ""}),
            ("c", "s1", {"needs": "Boucle magnétique"}),
            ("d", "s2", {"needs": "Plain-pied"}),
        ):
            one = a_registration(key, session=session)
            assert stores.registrations.add(one, a_line(), [], None, (needs, PURGED_AT))
        assert stores.registrations.list_needs("s1") == {
            "s1-a": {"diet": "Végétarien"},
            "s1-c": {"needs": "Boucle magnétique"},
        }

    def test_what_people_need_is_kept_until_another_day_and_what_is_forgotten_stays_so(self, stores):
        opened(stores, seats=3)
        for key in ("a", "b"):
            one = a_registration(key, person_key=f"person {key}")
            assert stores.registrations.add(one, a_line(), [], None, ({"needs": "Plain-pied"}, PURGED_AT))
        stores.registrations.forget_needs("s1-a")
        later = PURGED_AT + timedelta(days=40)
        assert stores.registrations.keep_needs("s1", PURGED_AT) == 0
        assert stores.registrations.keep_needs("s1", later) == 1
        assert stores.registrations.keep_needs("s1", later) == 0
        assert stores.registrations.list_needs("s1") == {"s1-b": {"needs": "Plain-pied"}}

    def test_nothing_is_kept_of_who_needs_nothing(self, stores):
        opened(stores)
        one = a_registration()
        assert stores.registrations.add(one, a_line(), [], None, ({"needs": ""}, PURGED_AT))
        assert stores.registrations.find_needs(one.id) == {}


class TestChanges:
    def test_a_change_is_kept_with_its_line_its_mails_and_its_seats(self, stores):
        opened(stores)
        one = here(stores)
        gone = left(stores, one, mails=[a_mail("version-2", one.id)])
        assert stores.registrations.find(one.id) == gone
        assert (gone.status, gone.note, gone.version) == (Status.CANCELLED, "Un motif.", 2)
        assert [line.what for line in stores.registrations.list_history(gone)] == ["fait", "cancelled"]
        assert [mail.message.occasion for mail in stores.outbox.list_by_record(one.id)] == ["version-2"]
        assert stores.seats() == Seats("s1", 2, 2, is_open=True, version=2)

    def test_a_change_of_what_changed_meanwhile_is_refused_whole(self, stores):
        opened(stores)
        one = here(stores)
        happened(stores, one, Event.MARKED)
        seats = stores.seats()
        with pytest.raises(ChangedMeanwhile):
            happened(stores, one, Event.CANCELLED, [a_mail()], (seats, replace(seats, taken=0)))
        assert stores.registrations.find(one.id).status is Status.CONFIRMED
        assert stores.outbox.list_by_record("s1") == []
        assert stores.seats() == seats
        assert stores.registrations.find_person("s1", one.person_key) == one.id
        assert stores.registrations.count_of_structure(one) == 1

    def test_seats_that_changed_meanwhile_stop_the_change(self, stores):
        opened(stores)
        one, seats = here(stores), stores.seats()
        here(stores, "b")
        with pytest.raises(ChangedMeanwhile):
            happened(stores, one, Event.CANCELLED, seats=(seats, replace(seats, taken=0)))
        assert stores.registrations.find(one.id) == one
        assert stores.seats().taken == 2

    def test_seats_that_stay_as_they_are_are_not_written_and_stop_nothing(self, stores):
        opened(stores)
        one, seats = here(stores), stores.seats()
        here(stores, "b")
        happened(stores, one, Event.MARKED, seats=(seats, seats))
        assert stores.seats().version == 2

    def test_seats_are_written_by_themselves_where_a_queue_is_put_right(self, stores):
        opened(stores, seats=0)
        came(stores, *(a_registration(key, Status.WAITING) for key in "ab"))
        before = stores.seats()
        stores.registrations.save([], [], (before, before.without({"s1-a"})))
        assert stores.queue() == ["b"]
        with pytest.raises(ChangedMeanwhile):
            stores.registrations.save([], [], (before, before.without({"s1-b"})))

    def test_two_changes_go_together_or_not_at_all(self, stores):
        opened(stores, seats=1)
        one, other = here(stores), here(stores, "b", status=Status.WAITING)
        moved = happened(stores, other, Event.MOVED)
        pair = [change(one, Event.CANCELLED, a_line()), change(other, Event.OFFERED, a_line())]
        with pytest.raises(ChangedMeanwhile):
            stores.registrations.save(pair, [])
        assert stores.registrations.find(one.id) == one
        pair[1] = change(moved, Event.OFFERED, a_line(), offered_until=NOW)
        stores.registrations.save(pair, [])
        assert stores.registrations.find(one.id).status is Status.CANCELLED
        assert stores.registrations.find(other.id) == pair[1].after

    def test_a_colleague_takes_the_seat_in_the_change_that_ends_the_first_registration(self, stores):
        opened(stores)
        one = here(stores)
        person = Person("Hugo", "Petit")
        comes = replace(
            one, id="s1-b", reference="INS-b", person=person, replaces=one.id,
            person_key=person_key(one.structure, person),
        )  # fmt: skip
        pair = [change(one, Event.REPLACED, a_line()), Change(None, comes, a_line("Vient"), None)]
        seats = stores.seats()
        stores.registrations.save(pair, [a_mail("v", "s1-b")])
        assert stores.seats() == seats
        assert stores.registrations.find("s1-b") == comes
        assert stores.registrations.find_person("s1", one.person_key) == ""
        assert stores.registrations.find_person("s1", comes.person_key) == "s1-b"
        assert stores.registrations.count_of_structure(comes) == 1
        assert [line.what for line in stores.registrations.list_history(comes)] == ["Vient"]

    def test_a_colleague_who_is_registered_already_replaces_nobody(self, stores):
        opened(stores)
        one, other = here(stores, structure="Hôtel"), here(stores, "b", structure="Hôtel")
        comes = replace(other, id="s1-c", reference="INS-c", replaces=one.id)
        pair = [change(one, Event.REPLACED, a_line()), Change(None, comes, a_line(), None)]
        with pytest.raises(ChangedMeanwhile):
            stores.registrations.save(pair, [])
        assert stores.registrations.find(one.id) == one
        assert stores.registrations.find("s1-c") is None

    def test_no_colleague_comes_to_a_session_that_is_shut(self, stores):
        session, one = opened(stores), here(stores)
        seats = stores.seats()
        session_happened(
            stores, session, SessionEvent.CALLED_OFF, seats=(seats, replace(seats, is_open=False))
        )
        comes = replace(a_registration("b"), replaces=one.id)
        pair = [change(one, Event.REPLACED, a_line()), Change(None, comes, a_line(), None)]
        with pytest.raises(ChangedMeanwhile):
            stores.registrations.save(pair, [])
        assert stores.registrations.list_of_session("s1") == [one]

    def test_registrations_are_listed_in_the_order_of_their_arrival(self, stores):
        opened(stores, seats=3)
        for key, minutes in (("c", 0), ("a", 2), ("b", 1)):
            here(stores, key, structure="hotel", asked_at=NOW + timedelta(minutes=minutes))
        of_session = stores.registrations.list_of_session("s1")
        of_structure = stores.registrations.list_of_structure("Hotel@example.org")
        assert [one.id for one in of_session] == ["s1-c", "s1-b", "s1-a"]
        assert [one.id for one in of_structure] == ["s1-a", "s1-b", "s1-c"]

    def test_what_a_run_works_on_is_in_progress(self, stores):
        opened(stores, seats=9)
        ago = NOW - timedelta(hours=1)
        waits = here(stores, "a", status=Status.PENDING, status_since=ago)
        here(stores, "b", status_since=ago)
        here(stores, "c", status=Status.PENDING)
        offered = replace(a_registration("d", status_since=ago), status=Status.OFFERED)
        stores.registrations.save([Change(None, offered, a_line(), None)], [])
        limit = NOW - timedelta(minutes=2)
        assert stores.registrations.list_in_progress(limit) == [waits.id, offered.id]

    def test_registrations_are_listed_by_where_they_stand_since_an_instant(self, stores):
        opened(stores, seats=9)
        old, new, newest = (
            here(stores, key, status_since=NOW + timedelta(hours=hours))
            for key, hours in (("a", 0), ("c", 1), ("b", 2))
        )
        left(stores, old)
        assert stores.registrations.list_in_status(Status.CONFIRMED, NOW + timedelta(hours=1)) == [
            new,
            newest,
        ]
        assert stores.registrations.list_in_status(Status.CONFIRMED, NOW + timedelta(hours=2)) == [newest]

    def test_a_run_is_counted_once(self, stores):
        opened(stores)
        one = here(stores)
        renewed = stores.registrations.renew_run(one)
        assert renewed == stores.registrations.find(one.id) == replace(one, run=1)
        with pytest.raises(ChangedMeanwhile):
            stores.registrations.renew_run(one)


class TestCertificates:
    def certified(self, stores, one, code="CODE", mails=()):
        certificate = Certificate(code, "c.pdf", "ab" * 32, NOW)
        made = change(one, Event.CERTIFIED, a_line("Attestation"), certificate=certificate)
        stores.registrations.save_certified(made, code, list(mails))
        return made.after

    def came_to(self, stores, key="a"):
        return happened(stores, here(stores, key), Event.FOUND_PRESENT)

    def test_a_certificate_is_found_by_its_code(self, stores):
        opened(stores)
        assert stores.registrations.find_by_code("CODE") is None
        one = self.came_to(stores)
        made = self.certified(stores, one, mails=[a_mail("version-3", one.id)])
        assert stores.registrations.find_by_code("CODE") == stores.registrations.find(one.id) == made
        assert stores.registrations.list_history(made)[-1].what == "Attestation"
        assert [mail.message.occasion for mail in stores.outbox.list_by_record(one.id)] == ["version-3"]

    def test_a_code_is_given_to_one_certificate(self, stores):
        opened(stores)
        one, other = self.came_to(stores), self.came_to(stores, "b")
        made = self.certified(stores, one)
        with pytest.raises(ChangedMeanwhile):
            self.certified(stores, other)
        with pytest.raises(ChangedMeanwhile):
            self.certified(stores, one, "OTHER")
        assert stores.registrations.find(other.id) == other
        assert stores.registrations.find_by_code("CODE") == made
        assert stores.registrations.find_by_code("OTHER") is None


class TestMissed:
    def test_a_missed_session_is_noted_once_and_listed_by_its_day(self, stores):
        for on in (date(2027, 2, 1), date(2026, 11, 3), date(2027, 2, 1)):
            stores.missed.note("person", f"session of {on}", on)
        assert stores.missed.list_of("person") == [date(2026, 11, 3), date(2027, 2, 1)]
        assert stores.missed.list_of("other") == []

    def test_two_sessions_that_were_missed_on_one_day_are_two(self, stores):
        for session in ("s1", "s2"):
            stores.missed.note("person", session, date(2027, 2, 1))
        assert stores.missed.list_of("person") == [date(2027, 2, 1)] * 2


class TestCorrections:
    DAY = date(2027, 5, 4)

    def came(self, stores, event=Event.FOUND_PRESENT):
        opened(stores)
        return happened(stores, here(stores), event)

    def corrected(self, stores, one, to, mails=(), missed=None):
        made = change(one, Event.MARK_CORRECTED, a_line("Présence corrigée"), to=to)
        stores.corrections.save(made, list(mails), missed or {})
        return made.after

    def test_a_correction_is_kept_with_its_line_its_mail_and_what_was_missed(self, stores):
        one = self.came(stores)
        absent = self.corrected(
            stores, one, Status.ABSENT, [a_mail("version-3", one.id)], missed={self.DAY: True}
        )
        assert stores.registrations.find(one.id) == absent
        assert stores.registrations.list_in_status(Status.ABSENT, NOW) == [absent]
        assert stores.registrations.list_history(absent)[-1].what == "Présence corrigée"
        assert len(stores.outbox.list_by_record(one.id)) == 1
        assert stores.missed.list_of(one.person_key) == [self.DAY]

    def test_what_was_not_missed_after_all_is_forgotten_and_other_sessions_are_not(self, stores):
        one = self.came(stores, Event.FOUND_ABSENT)
        for session in ("s1", "s2"):
            stores.missed.note(one.person_key, session, self.DAY)
        self.corrected(stores, one, Status.ATTENDED, missed={self.DAY: False})
        assert stores.missed.list_of(one.person_key) == [self.DAY]

    def test_of_two_at_once_one_is_kept_and_the_other_leaves_nothing(self, stores):
        one = self.came(stores)
        first = self.corrected(stores, one, Status.EXCUSED)
        with pytest.raises(ChangedMeanwhile):
            self.corrected(stores, one, Status.ABSENT, [a_mail("version-3", one.id)], missed={self.DAY: True})
        assert stores.registrations.find(one.id) == first
        assert stores.missed.list_of(one.person_key) == []
        assert stores.outbox.list_by_record(one.id) == []


class TestWhatIsStoredAlready:
    def test_a_registration_from_before_certificates_were_withdrawn_has_none_that_was(self):
        item = registration_item(a_registration())
        item.file = {name: value for name, value in item.file.items() if name != "withdrawn"}
        assert registration_from(item).withdrawn == {}
