"""Every pair of things of which one is missing is repaired by the schedules or shown to staff, and twice is once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib.mail.bootstrap import troubled_mails
from chalicelib.partners.model import PROCESS
from tests.faults import house
from tests.faults import onboarding as step
from tests.faults.every_feature import everything
from tests.faults.subsidies import ASTRAY
from tests.faults.units import SENT, TO_CORRECTION, TO_DECISION, TO_PAYMENT
from tests.harness.crash import AFTER
from tests.harness.left import value
from tests.harness.orphans import change, put, remove
from tests.harness.sweep import Left, Step
from tests.harness.world import FaultyWorld

WAITS = {
    SENT: "Ask for the confirmed address",
    TO_DECISION: "Ask the office to decide",
    TO_CORRECTION: "Ask for the corrections",
    TO_PAYMENT: "Ask whether the payment has come",
}
ACCEPT = house.decide("accept")


@dataclass(frozen=True)
class Orphan:
    """What came before, what is taken away, and what is to be seen once the schedules have run."""

    before: tuple[Step, ...]
    loss: Callable[[FaultyWorld], object]
    holds: Callable[[FaultyWorld], bool]

    def settled(self, stages: Any) -> tuple[FaultyWorld, Left]:
        """The world once the schedules have run, and all that is there; run again, they change nothing."""
        world = stages.after(*self.before)
        self.loss(world)
        world.settle()
        once = everything(world)
        world.settle()
        assert everything(world) == once
        return world, once


def onboarding(world):
    return world.machines.by_process[PROCESS]


def forget_runs(world):
    onboarding(world).runs.clear()


def kill_runs(world):
    for run in world.machines.waiting():
        run.fail()


def file_is_gone(world):
    remove(world, "partners", lambda row: value(row, "pk").startswith("APPLICATION#"))


def question_is_gone(world):
    remove(world, "decisions", pending)


def tokens_are_gone(world):
    change(world, "decisions", pending, task_tokens={"L": []})


def then(*acts):
    def all_of_them(world):
        for act in acts:
            act(world)

    return all_of_them


def told_nobody(world):
    """A question that was answered, and said to have been delivered, while its run still waits."""
    tokens_are_gone(world)
    ACCEPT(world)


def claim_is_left(world):
    world.gate.refusals["SendEmail"] = SystemExit()
    with pytest.raises(SystemExit):
        step.send(world)
    world.gate.refusals.clear()


def stream_is_lost(world):
    world.press(step.CHECK)
    world.machines.go_on()


def draft_comes_back(world):
    kept = world.rows("drafts")
    step.send(world)
    put("drafts", kept)


def corrections_of_nobody(world):
    file_is_gone(world)
    kill_runs(world)


def second_run(world):
    (run,) = world.machines.waiting()
    onboarding(world).start("by-hand", run.data)
    world.go_on()


def pending(row):
    return value(row, "state") == "pending"


def waits(state):
    """One run waits there, and a pending question knows its token."""

    def seen(world):
        alive = [run for run in world.machines.runs if run.state]
        tokens = [value(row, "task_tokens") for row in world.rows("decisions") if pending(row)]
        heard = [run for run in alive if any(run.token in each for each in tokens)]
        return len(tokens) == 1 and bool(heard) and {run.state for run in alive} == {state}

    return seen


def goes_on_to(state):
    """The file went on, and one run waits at its next question."""
    return lambda world: any(run.state == state and run.token for run in world.machines.waiting())


def nothing_waits(world):
    asked = [row for row in world.rows("decisions") if pending(row)]
    return not asked and not world.machines.waiting()


def staff_see_the_mail(world):
    return [mail.state for mail in troubled_mails().list_waiting()] == ["uncertain"]


def mail_left(world):
    return [letter.to for letter in world.gate.letters] == [step.APPLICANT]


def no_draft(world):
    return world.rows("drafts") == []


def no_decision_behind_the_link(world):
    path = world.link(house.OFFICER, house.DECISION)
    return world.press(path, outcome="accept") == 404


def new_file_is_taken(world):
    """The same person applies again and comes as far as the office."""
    step.fill_in(world)
    step.send(world)
    step.confirm(world)
    files = [value(row, "status_key") for row in world.rows("partners") if "reference" in row]
    return files == ["submitted"]


def reference_is_unknown(world):
    world.log_in(house.OFFICER)
    (pointer,) = [row for row in world.rows("partners") if value(row, "pk").startswith("REFERENCE#")]
    world.read(f"{step.FILES}/{value(pointer, 'pk').removeprefix('REFERENCE#')}")
    return world.statuses[-1] == 404


ORPHANS = (
    {f"a file without a run: {state}": Orphan(before, forget_runs, waits(state)) for before, state in WAITS.items()}
    | {f"a file with a dead run: {state}": Orphan(before, kill_runs, waits(state)) for before, state in WAITS.items()}
    | {f"a run and a question without a file: {state}": Orphan(before, file_is_gone, nothing_waits) for before, state in WAITS.items()}
    | {f"a run without its question: {state}": Orphan(before, question_is_gone, waits(state)) for before, state in WAITS.items()}
    | {
        "a question without a token, then answered": Orphan(TO_DECISION, told_nobody, goes_on_to(WAITS[TO_PAYMENT])),
        "an answer that no run heard, and no run": Orphan(TO_DECISION, then(told_nobody, forget_runs), goes_on_to(WAITS[TO_PAYMENT])),
        "an answer on its way, its run still waiting": Orphan(
            TO_DECISION, house.loses("SendTaskSuccess", ACCEPT), goes_on_to(WAITS[TO_PAYMENT])
        ),
        "two runs of one file, then an answer": Orphan(TO_DECISION, then(second_run, ACCEPT), goes_on_to(WAITS[TO_PAYMENT])),
        "a question of a file that was closed": Orphan(
            (*TO_DECISION, house.log_in(step.APPLICANT)),
            house.loses("TransactWriteItems", step.withdraw, AFTER),
            nothing_waits,
        ),
        "a mail claimed and never marked": Orphan((step.fill_in,), claim_is_left, staff_see_the_mail),
        "a mail that the stream lost": Orphan((step.fill_in,), stream_is_lost, mail_left),
        "a draft that a backup brought back after the sending": Orphan((step.fill_in,), draft_comes_back, no_draft),
        "corrections of a file that is gone": Orphan((*TO_CORRECTION, step.lay_out), corrections_of_nobody, no_draft),
        "an address and a SIRET held by no file": Orphan(TO_DECISION, file_is_gone, new_file_is_taken),
        "a reference that leads to no file": Orphan(TO_DECISION, file_is_gone, reference_is_unknown),
        "a link without its question": Orphan(TO_DECISION, then(file_is_gone, question_is_gone), no_decision_behind_the_link),
    }
)  # fmt: skip


@pytest.mark.parametrize("name", ORPHANS)
def test_an_orphan_is_repaired_or_shown_and_twice_is_once(stages, name):
    orphan = ORPHANS[name]
    world, once = orphan.settled(stages)
    assert once[ASTRAY] == []
    assert orphan.holds(world)
