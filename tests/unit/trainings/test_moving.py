"""Staff put who waits at another place, and say why."""

from datetime import date

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.trainings.seats import NotWaiting
from chalicelib.trainings.statuses import Event, Status

REASON = "Trajet partagé avec un participant"


def test_who_is_moved_stands_at_that_place_with_the_reason_in_the_history(world, session, queue):
    moved = world.moved(queue[3], 1, REASON)
    assert world.queue(session) == ["Dan Petit", "Bob Petit", "Cléo Petit"]
    assert moved.status is Status.WAITING
    line = world.registrations.list_history(moved)[-1]
    assert (line.what, line.who, line.reason) == (
        "Rang modifié en liste d’attente\u00a0: 3 → 1", "Yann Le Goff", REASON,
    )  # fmt: skip


def test_who_is_moved_is_told_why(world, session, queue):
    moved = world.moved(queue[3], 1, REASON)
    assert world.templates(moved) == ["waitlisted", "moved"]
    assert world.mails(moved)[-1].context["reason"] == REASON


def test_the_next_seat_goes_by_the_new_order(world, session, queue):
    world.moved(queue[3], 1)
    world.cancels(queue[0])
    assert world.stands(*queue) == [Status.CANCELLED, Status.WAITING, Status.WAITING, Status.OFFERED]


def test_who_is_last_for_missed_sessions_may_be_moved_in_front_of_others(world, session):
    world.missed_before("Ada Petit", date(2027, 1, 5), date(2027, 2, 1))
    _, ada, _ = world.come(session, "Zoé Petit", "Ada Petit", "Bob Petit")
    assert world.queue(session) == ["Bob Petit", "Ada Petit"]
    assert world.moved(ada, 1).priority == 0
    world.come(session, "Cléo Petit")
    assert world.queue(session) == ["Ada Petit", "Bob Petit", "Cléo Petit"]


@pytest.mark.parametrize("place", [0, 1])
def test_only_who_waits_is_moved(world, session, queue, place):
    world.cancels(queue[0])
    with pytest.raises(NotWaiting):
        world.moved(queue[place], 1)


def test_who_is_offered_a_seat_at_that_moment_is_not_moved(world, session, queue):
    save = world.registrations.save

    def save_late(*given):
        world.registrations.save = save
        world.cancels(queue[0])
        save(*given)

    world.registrations.save = save_late
    with pytest.raises(NotWaiting):
        world.moved(queue[1], 3)
    assert world.now(queue[1]).status is Status.OFFERED
    assert world.told(queue[1])[-1] == "Place libérée et proposée"


def test_whoever_comes_at_that_moment_is_behind_and_not_lost(world, session, queue):
    save = world.registrations.save

    def save_late(*given):
        world.registrations.save = save
        world.comes(session, "Zoé Petit")
        save(*given)

    world.registrations.save = save_late
    world.moved(queue[3], 1)
    assert world.queue(session) == ["Dan Petit", "Bob Petit", "Cléo Petit", "Zoé Petit"]


def test_a_queue_that_changes_all_the_time_asks_to_try_again(world, session, queue):
    def busy(*given):
        raise ChangedMeanwhile("Changé.")

    world.registrations.save = busy
    with pytest.raises(ChangedMeanwhile, match="change sans cesse"):
        world.moved(queue[1], 3)


def test_nobody_is_moved_by_an_answer(world, session, queue):
    assert world.answers(queue[1], Event.ACCEPTED).status is Status.WAITING
    assert world.queue(session) == ["Bob Petit", "Cléo Petit", "Dan Petit"]
