"""A colleague of the same structure comes instead: on the same seat, at no charge, until the last moment."""

from datetime import timedelta

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.trainings.model import AlreadyRegistered, OutOfStep, RegistrationClosed
from chalicelib.trainings.statuses import Event, Status
from tests.training import a_structure
from tests.training_world import newcomer

HOTEL = a_structure()
TWO_DAYS = [
    {"on": "2027-05-04", "begins": "09:00", "ends": "12:30"},
    {"on": "2027-05-05", "begins": "09:00", "ends": "12:30"},
]


@pytest.fixture
def session(world):
    return world.published(seats=2, price_cents=12_000, half_days=TWO_DAYS)


@pytest.fixture
def ada(world, session):
    return world.comes(session, "Ada Petit", structure=HOTEL, key="k")


def test_the_colleague_has_the_seat_and_nothing_is_due(world, session, ada):
    world.clock.at = session.plan.starts_at - timedelta(days=1)
    hugo = world.replaced(ada, "Hugo Petit")
    gone = world.now(ada)
    assert (gone.status, gone.due_cents, gone.replaced_by) == (Status.REPLACED, 0, hugo.id)
    assert (hugo.status, hugo.person.name, hugo.replaces) == (Status.CONFIRMED, "Hugo Petit", ada.id)
    assert (hugo.structure, hugo.price_cents) == (ada.structure, ada.price_cents)
    assert (world.seats(session).taken, world.registrations.count_of_structure(hugo)) == (1, 1)
    assert world.told(ada)[-1] == "Remplacée par Hugo Petit"
    assert world.told(hugo) == ["Vient à la place de Ada Petit"]


def test_nothing_of_what_was_said_about_the_first_person_goes_to_the_colleague(world, session):
    needs, said = {"needs": "Boucle magnétique"}, {"level": "beginner"}
    [first] = world.applies(session, newcomer("Ada Petit", answers=said, needs=needs), structure=HOTEL)
    hugo = world.replaced(first.registration, "Hugo Petit")
    assert (hugo.answers, hugo.note, hugo.marks) == ({}, "", {})
    assert world.registrations.find_needs(hugo.id) == {}
    assert hugo.presence_code != first.registration.presence_code
    assert hugo.reference != first.registration.reference


def test_the_calendar_of_the_first_is_emptied_and_that_of_the_colleague_filled(world, session, ada):
    hugo = world.replaced(ada, "Hugo Petit")
    [_, left] = world.mails(ada)
    [comes] = world.mails(hugo)
    assert (left.template, comes.template) == ("trainings/replaced", "trainings/confirmed")
    assert [(entry.uid.partition("@")[0], entry.method) for entry in left.calendar] == [
        (f"{ada.id}-1", "CANCEL"),
        (f"{ada.id}-2", "CANCEL"),
    ]
    assert [(entry.uid.partition("@")[0], entry.method) for entry in comes.calendar] == [
        (f"{hugo.id}-1", "REQUEST"),
        (f"{hugo.id}-2", "REQUEST"),
    ]


def test_a_day_that_is_dropped_later_leaves_the_calendar_of_the_colleague_too(world, session, ada):
    hugo = world.replaced(ada, "Hugo Petit")
    world.news.tell(world.edited(session, half_days=TWO_DAYS[:1]).id)
    [_, changed] = world.mails(hugo)
    assert changed.template == "trainings/rescheduled"
    assert [entry.is_cancelled for entry in changed.calendar] == [False, True]


def test_the_colleague_of_who_was_not_told_yet_knows_the_new_date_and_is_told_once(world, session, ada):
    world.edited(session, half_days=TWO_DAYS[:1])
    hugo = world.replaced(ada, "Hugo Petit")
    world.news.tell(session.id)
    assert world.templates(hugo) == ["confirmed"]
    assert len(world.mails(hugo)[0].calendar) == 1


def test_a_replacement_that_is_sent_twice_is_done_once(world, session, ada):
    hugo = world.replaced(ada, "Hugo Petit", key="r")
    assert world.service.replace(ada, newcomer("Hugo Petit").person, "Maëlle Le Goff", "r") == hugo
    assert len(world.registrations.registrations) == 2


def test_a_colleague_who_has_a_registration_replaces_nobody(world, session, ada):
    hugo = world.comes(session, "Hugo Petit", structure=HOTEL)
    with pytest.raises(AlreadyRegistered) as already:
        world.replaced(ada, "HUGO PETIT")
    assert already.value.registration_id == hugo.id
    assert world.now(ada).status is Status.CONFIRMED


def test_who_has_no_seat_cannot_pass_it_on(world, session, ada):
    world.comes(session, "Bob Petit")
    late = world.comes(session, "Cléo Petit", structure=HOTEL)
    for one in (late, world.cancels(ada)):
        with pytest.raises(OutOfStep):
            world.replaced(one, "Hugo Petit")


def test_nobody_comes_instead_to_a_session_that_is_cancelled(world, session, ada):
    world.called_off(session)
    with pytest.raises(RegistrationClosed):
        world.replaced(ada, "Hugo Petit")


def test_nobody_slips_in_while_the_session_is_cancelled(world, session, ada):
    """Else nobody would tell the colleague: those who registered are told once."""
    save = world.registrations.save

    def save_late(*given):
        world.registrations.save = save
        world.called_off(session)
        world.news.tell(session.id)
        save(*given)

    world.registrations.save = save_late
    with pytest.raises(ChangedMeanwhile):
        world.replaced(ada, "Hugo Petit")
    assert world.stands(ada) == [Status.CALLED_OFF]
    assert len(world.registrations.registrations) == 1


def test_the_one_who_left_may_come_back_on_another_seat(world, session, ada):
    world.replaced(ada, "Hugo Petit")
    assert world.comes(session, "Ada Petit", structure=HOTEL).status is Status.CONFIRMED


def test_the_colleague_cancels_like_anybody(world, session, ada):
    hugo = world.replaced(ada, "Hugo Petit")
    world.clock.at = session.plan.starts_at - timedelta(days=5)
    assert world.cancels(hugo).due_cents == 12_000
    assert world.answers(hugo, Event.CANCELLED).status is Status.CANCELLED
