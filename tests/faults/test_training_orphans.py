"""The same of trainings: sessions, registrations, seats, runs, questions and answers without each other."""

import pytest

from chalicelib.trainings.model import REGISTRATION_PROCESS, SESSION_PROCESS
from tests.faults import house
from tests.faults import trainings as step
from tests.faults.house import DIRECTOR, loses
from tests.faults.test_orphans import (
    Orphan,
    goes_on_to,
    kill_runs,
    nothing_waits,
    question_is_gone,
    then,
    tokens_are_gone,
    waits,
)
from tests.faults.training_units import (
    AT_RISK,
    CALL_OFF,
    CHOOSING,
    GIVE_BACK,
    MORE_SEATS,
    OFFERED,
    OFFICER,
    TAKE,
    TO_APPROVE,
    WAITING,
)
from tests.faults.trainings_kept import MISCOUNTED, kept
from tests.harness.crash import AFTER
from tests.harness.left import value
from tests.harness.orphans import remove

WAITS = {
    TO_APPROVE: "Ask the direction",
    AT_RISK: "Ask whether the session is kept",
    CHOOSING: "Ask whether the person is taken",
    OFFERED: "Offer the freed seat",
}
OF_SESSIONS, OF_PEOPLE = (TO_APPROVE, AT_RISK), (CHOOSING, OFFERED)
AT_RISK_AT_THE_DESK = (*AT_RISK, OFFICER)
ZOE = step.comes_as_guest("Zoé Petit", "zoe@lac.example.org")
WRITE = "TransactWriteItems"
APPROVE = house.decide("accept", email=DIRECTOR)
SEAT_TAKEN = "capacity 1 wanted 1 taken 1 offered 0 is_open 1 waiting []"


def forget_runs(world):
    for process in (REGISTRATION_PROCESS, SESSION_PROCESS):
        world.machines.by_process[process].runs.clear()


def session_is_gone(world):
    remove(world, "trainings", lambda row: value(row, "sk") == "SESSION")


def person_is_gone(world):
    remove(
        world,
        "trainings",
        lambda row: value(row, "status_key").startswith("registration#") and is_driven(row),
    )


def first_in_queue_is_gone(world):
    waiting = [row for row in world.rows("trainings") if value(row, "status_key") == "registration#waiting"]
    first = min(value(row, "status_since") for row in waiting)
    remove(
        world,
        "trainings",
        lambda row: (
            value(row, "status_key") == "registration#waiting" and value(row, "status_since") == first
        ),
    )


def is_driven(row):
    return value(row, "status_key") in {"registration#pending", "registration#offered"}


def second_run(world):
    (run,) = world.machines.waiting()
    world.machines.by_process[REGISTRATION_PROCESS].start(
        "by-hand-1", {"registration_id": run.data["registration_id"]}
    )
    world.go_on()


def unstarted(act):
    """What happens, and dies before it starts a run."""
    return loses("StartExecution", act)


def unheard(answer):
    """An answer that is said to have been told to the run, which waits on."""
    return then(tokens_are_gone, answer)


def seat_is_taken_once(world):
    """One person has the seat, and one confirmation of it left."""
    mails = [row for row in world.rows("mail") if value(row, "record_sort").endswith("#trainings/confirmed")]
    return kept(world)["seats"] == [SEAT_TAKEN] and len(mails) == 2


def is_published(world):
    sessions = [row for row in world.rows("trainings") if value(row, "sk") == "SESSION"]
    return [value(row, "status_key") for row in sessions] == ["session#published"]


def everybody_is_told(world):
    """Nobody is registered any more, each by a mail, and no question is left."""
    told = [row for row in world.rows("mail") if value(row, "record_sort").endswith("#trainings/called_off")]
    left = [line for line in kept(world)["registrations"] if "registration#called_off" in line]
    return nothing_waits(world) and len(told) == len(left) == 1


ORPHANS = (
    {f"a row without a run: {state}": Orphan(before, forget_runs, waits(state)) for before, state in WAITS.items()}
    | {f"a row with a dead run: {state}": Orphan(before, kill_runs, waits(state)) for before, state in WAITS.items()}
    | {f"a run without its question: {state}": Orphan(before, question_is_gone, waits(state)) for before, state in WAITS.items()}
    | {f"a run and a question without a session: {WAITS[before]}": Orphan(before, session_is_gone, nothing_waits) for before in OF_SESSIONS}
    | {f"a run and a question without a registration: {WAITS[before]}": Orphan(before, person_is_gone, nothing_waits) for before in OF_PEOPLE}
    | {
        "an answer about a seat that no run heard": Orphan(OFFERED, unheard(TAKE), seat_is_taken_once),
        "an answer about a seat that no run heard, and no run": Orphan(OFFERED, then(unheard(TAKE), forget_runs), seat_is_taken_once),
        "an answer about a seat on its way": Orphan(OFFERED, loses("SendTaskSuccess", TAKE), seat_is_taken_once),
        "two runs of one offer, then an answer": Orphan(OFFERED, then(second_run, TAKE), seat_is_taken_once),
        "an answer about a session that no run heard": Orphan(TO_APPROVE, unheard(APPROVE), is_published),
        "a question about a session that was called off": Orphan(AT_RISK_AT_THE_DESK, loses(WRITE, CALL_OFF, AFTER), everybody_is_told),
        "a question about who cancelled": Orphan(CHOOSING, loses(WRITE, GIVE_BACK, AFTER), nothing_waits),
        "a session that is called off, and nobody was told": Orphan(AT_RISK_AT_THE_DESK, then(unstarted(CALL_OFF), forget_runs), everybody_is_told),
        "a free seat, and who stood first for it is gone": Orphan(
            (*WAITING, ZOE), then(first_in_queue_is_gone, GIVE_BACK), goes_on_to(WAITS[OFFERED])
        ),
        "a free seat that somebody waits for": Orphan(
            WAITING, loses(WRITE, MORE_SEATS, AFTER), goes_on_to(WAITS[OFFERED])
        ),
    }
)  # fmt: skip


@pytest.mark.parametrize("name", ORPHANS)
def test_an_orphan_is_repaired_and_twice_is_once(stages, name):
    orphan = ORPHANS[name]
    world, once = orphan.settled(stages)
    assert once[MISCOUNTED] == [] or "gone" in name or orphan.loss in (person_is_gone, session_is_gone)
    assert orphan.holds(world), once
