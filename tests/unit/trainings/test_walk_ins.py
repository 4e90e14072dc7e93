"""Somebody who came without having registered takes a free seat while the session is on, and never one too many."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.trainings.attendance import AttendanceClosed, State
from chalicelib.trainings.attending import AttendingService
from chalicelib.trainings.model import AlreadyRegistered, Person
from chalicelib.trainings.people import guest_key
from chalicelib.trainings.registering import Newcomer
from chalicelib.trainings.statuses import SessionStatus, Status
from chalicelib.trainings.walk_ins import NoSeatLeft, WalkIns
from tests.training import a_structure
from tests.training_world import OFFICER, ascii_of

DAYS = [{"on": f"2027-05-0{day}", "begins": "09:00", "ends": "12:30"} for day in (4, 5, 6)]
A_SECOND, A_DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture
def walk_ins(world):
    return WalkIns(world.sessions, world.registrations, world.office, world.clock)


@pytest.fixture
def attending(world):
    return AttendingService(
        world.sessions, world.planning, world.registrations, world.service, world.missed, world.office, world.clock
    )  # fmt: skip


@pytest.fixture
def session(world):
    return world.published(seats=2)


def is_on(world, session):
    world.clock.at = world.planning.get(session.id).plan.starts_at


def add(world, walk_ins, session, name="Eve Petit", key="", email=""):
    """Staff add somebody by name; everybody has an address of their own."""
    first, _, last = name.partition(" ")
    email = email or f"{ascii_of(name)}@example.org"
    structure = replace(a_structure(f"Chez {name}", email), key=guest_key(email))
    new = Newcomer(Person(first, last, email))
    return walk_ins.add(session.id, structure, new, key or f"walk in {next(world.keys)}", OFFICER)


class TestWhen:
    def test_from_the_first_second_on(self, world, walk_ins, session):
        is_on(world, session)
        world.clock.at -= A_SECOND
        with pytest.raises(AttendanceClosed, match="par téléphone"):
            add(world, walk_ins, session)
        is_on(world, session)
        eve = add(world, walk_ins, session)
        assert (eve.status, eve.confirmed_at) == (Status.CONFIRMED, world.clock())
        assert world.seats(session).taken == 1

    def test_as_long_as_others_may_be_marked(self, world, walk_ins, attending, session):
        is_on(world, session)
        eve = add(world, walk_ins, session)
        attending.mark(session, eve.id, session.plan.half_days[0], State.PRESENT, OFFICER)
        world.clock.at = session.plan.ends_at + A_DAY - A_SECOND
        add(world, walk_ins, session, "Fay Petit")
        world.clock.at += A_SECOND
        world.edited(session, seats=3)
        with pytest.raises(AttendanceClosed, match="closes"):
            add(world, walk_ins, session, "Guy Petit")

    def test_without_end_where_nobody_was_marked(self, world, walk_ins, session):
        world.clock.at = session.plan.ends_at + 9 * A_DAY
        assert add(world, walk_ins, session).status is Status.CONFIRMED

    def test_never_to_one_that_is_called_off(self, world, walk_ins, session):
        is_on(world, session)
        world.called_off(session)
        with pytest.raises(AttendanceClosed):
            add(world, walk_ins, session)
        assert world.seats(session).taken == 0


class TestSeats:
    def test_none_left_says_to_raise_their_number_which_staff_can(self, world, walk_ins, session):
        world.come(session, "Ada Petit", "Bob Petit")
        is_on(world, session)
        with pytest.raises(NoSeatLeft, match="augmentez d’abord le nombre de places"):
            add(world, walk_ins, session)
        world.edited(session, seats=3)
        assert add(world, walk_ins, session).status is Status.CONFIRMED
        assert (world.seats(session).taken, world.seats(session).free) == (3, 0)

    def test_more_seats_are_offered_to_nobody_once_it_has_begun(self, world, walk_ins, session):
        world.come(session, "Ada Petit", "Bob Petit", "Cléo Petit")
        is_on(world, session)
        world.edited(session, seats=3)
        add(world, walk_ins, session)
        assert world.queue(session) == ["Cléo Petit"]

    def test_who_waits_and_is_there_is_seated_too(self, world, walk_ins, session):
        *_, cleo, _ = world.come(session, "Ada Petit", "Bob Petit", "Cléo Petit", "Dan Petit")
        is_on(world, session)
        world.edited(session, seats=3)
        seated = add(world, walk_ins, session, "Cleo PETIT", email=cleo.email)
        assert (seated.id, seated.status) == (cleo.id, Status.CONFIRMED)
        assert world.queue(session) == ["Dan Petit"]
        assert world.seats(session).taken == 3
        assert world.told(cleo)[-1] == "Place donnée pendant la session"

    def test_two_at_once_for_the_last_seat(self, world, walk_ins, session, monkeypatch):
        world.comes(session, "Ada Petit")
        is_on(world, session)
        save, others = world.registrations.save, ["Fay Petit"]

        def beaten(*args, **kwargs):
            if others:
                add(world, walk_ins, session, others.pop())
            save(*args, **kwargs)

        monkeypatch.setattr(world.registrations, "save", beaten)
        with pytest.raises(NoSeatLeft):
            add(world, walk_ins, session)
        assert (world.seats(session).taken, world.seats(session).free) == (2, 0)

    def test_who_is_always_beaten_is_told_to_try_again(self, world, walk_ins, session, monkeypatch):
        def beaten(*args, **kwargs):
            raise ChangedMeanwhile("Changée.")

        is_on(world, session)
        monkeypatch.setattr(world.registrations, "save", beaten)
        with pytest.raises(ChangedMeanwhile, match="Recommencez"):
            add(world, walk_ins, session)


class TestTwice:
    def test_the_same_page_adds_somebody_once(self, world, walk_ins, session):
        is_on(world, session)
        first, again = (add(world, walk_ins, session, key="page") for _ in range(2))
        assert first == again
        assert world.seats(session).taken == 1

    @pytest.mark.parametrize("name", ["Eve Petit", "EVE petit"])
    def test_who_is_registered_is_shown(self, world, walk_ins, session, name):
        is_on(world, session)
        eve = add(world, walk_ins, session)
        with pytest.raises(AlreadyRegistered) as already:
            add(world, walk_ins, session, name, email=eve.email)
        assert already.value.registration_id == eve.id

    def test_who_a_partner_registered_is_known_by_name_and_address(self, world, walk_ins, session):
        ada = world.comes(session, "Ada Petit", structure=a_structure(email="ada@hotel.example.fr"))
        is_on(world, session)
        with pytest.raises(AlreadyRegistered) as already:
            add(world, walk_ins, session, "Ada Petit", email="Ada@hotel.example.fr")
        assert already.value.registration_id == ada.id

    def test_a_namesake_of_another_address_is_somebody_else(self, world, walk_ins, session):
        world.comes(session, "Ada Petit")
        is_on(world, session)
        assert (
            add(world, walk_ins, session, "Ada Petit", email="autre@example.org").status is Status.CONFIRMED
        )

    def test_who_had_cancelled_comes_all_the_same(self, world, walk_ins, session):
        ada = world.comes(session, "Ada Petit")
        world.cancels(ada)
        is_on(world, session)
        assert add(world, walk_ins, session, "Ada Petit", email=ada.email).id != ada.id

    def test_who_asked_to_be_chosen_is_shown_and_others_are_seated_unchosen(self, world, walk_ins):
        session = world.published(selects="yes")
        ada = world.comes(session, "Ada Petit")
        is_on(world, session)
        with pytest.raises(AlreadyRegistered):
            add(world, walk_ins, session, "Ada Petit", email=ada.email)
        assert add(world, walk_ins, session).status is Status.CONFIRMED


class TestTelling:
    def test_on_the_last_day_no_mail_asks_anybody_to_come(self, world, walk_ins, session):
        is_on(world, session)
        eve = add(world, walk_ins, session)
        assert (world.mails(eve), eve.told_days) == ([], 0)
        [line] = world.registrations.list_history(eve)
        assert (line.who, line.what) == (OFFICER, "Ajoutée pendant la session")

    @pytest.mark.parametrize(("day", "left"), [(0, ["5 mai", "6 mai"]), (1, ["6 mai"])])
    def test_while_days_are_to_come_the_mail_names_these_alone(self, world, walk_ins, day, left):
        session = world.published(half_days=DAYS)
        world.clock.at = session.plan.days[day].starts_at
        [mail] = world.mails(add(world, walk_ins, session))
        assert mail.template == "trainings/added"
        told = [line.replace("\u00a0", " ").split(" ", 1)[1] for line in mail.context["when"]]
        assert [line.split(" 2027")[0] for line in told] == left
        assert [entry.starts_at for entry in mail.calendar] == [
            one.starts_at for one in session.plan.days[day + 1 :]
        ]
        assert mail.code_path

    def test_a_day_that_begins_later_today_is_to_come(self, world, walk_ins):
        session = world.published(half_days=DAYS)
        world.clock.at = session.plan.days[2].starts_at - A_SECOND
        assert [mail.template for mail in world.mails(add(world, walk_ins, session))] == ["trainings/added"]


def test_who_is_added_while_attendance_is_closed_is_noted_too(
    world, walk_ins, attending, session, monkeypatch
):
    ada = world.comes(session, "Ada Petit")
    is_on(world, session)
    attending.mark(session, ada.id, session.plan.half_days[0], State.PRESENT, OFFICER)
    world.clock.at = session.plan.ends_at
    listed, late = world.registrations.list_of_session, ["Eve Petit"]

    def list_and_add(session_id):
        found = listed(session_id)
        if late:
            add(world, walk_ins, session, late.pop())
        return found

    monkeypatch.setattr(world.registrations, "list_of_session", list_and_add)
    assert attending.close(session, OFFICER)
    assert world.planning.get(session.id).status is SessionStatus.CLOSED
    assert sorted(one.status for one in listed(session.id)) == [Status.ABSENT, Status.ATTENDED]
