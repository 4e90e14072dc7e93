"""The same of the aid to classification: files, runs, questions, answers, money, PDFs and documents without each other."""

import pytest

from chalicelib.subsidies.model import AWARD_PROCESS, PAYMENT_PROCESS
from tests.faults import subsidies as step
from tests.faults import uploads
from tests.faults.house import DIRECTOR, loses
from tests.faults.onboarding import APPLICANT
from tests.faults.subsidy_units import (
    AT_THE_BATCHES,
    FILLED,
    GRANT,
    PROOFS_ACCEPTED,
    PROVEN,
    SENT,
    TO_AWARD,
    TO_COMPLETE,
    TO_CORRECT,
    TO_SECOND,
)
from tests.faults.test_orphans import (
    Orphan,
    corrections_of_nobody,
    goes_on_to,
    kill_runs,
    nothing_waits,
    question_is_gone,
    then,
    tokens_are_gone,
    waits,
)
from tests.harness.crash import AFTER
from tests.harness.left import value
from tests.harness.orphans import remove

WAITS = {
    SENT: "Ask whether the file is complete",
    TO_CORRECT: "Ask for the corrections",
    TO_AWARD: "Ask the direction to decide",
    TO_SECOND: "Ask for the second approval",
    PROVEN: "Ask whether the proofs are in order",
    TO_COMPLETE: "Ask for the missing proofs",
    PROOFS_ACCEPTED: "Ask accounting to approve",
}
RESERVED = "sk YEAR#2027 budget 50000 free 26000 reserved 24000 consumed 0"


def forget_runs(world):
    for process in (AWARD_PROCESS, PAYMENT_PROCESS):
        world.machines.by_process[process].runs.clear()


def file_is_gone(world):
    remove(world, "subsidies", lambda row: value(row, "pk").startswith("SUBSIDY#"))


def nothing_waits_and_lost_money_is_shown(world):
    """Whoever looks at the envelope is told that it holds money for a file that is not there."""
    world.log_in(DIRECTOR)
    page = world.as_person(DIRECTOR).read("/bureau/enveloppe")
    is_astray = bool(step.kept(world)[step.ASTRAY])
    return nothing_waits(world) and is_astray == ("L’écart porte sur 2027" in page)


def second_run(world):
    (run,) = world.machines.waiting()
    world.machines.by_process[AWARD_PROCESS].start("by-hand", {"subsidy_id": run.data["subsidy_id"]})
    world.go_on()


def told_nobody(world):
    tokens_are_gone(world)
    GRANT(world)


def granted_once(world):
    """The letter is there, one mail of it left, and the money is set aside once."""
    left = step.kept(world)
    letters = [row for row in world.rows("mail") if value(row, "record_sort").endswith("#subsidies/granted")]
    return (left["money"], left["printed"], len(letters)) == ([RESERVED], ["receipt, award"], 1)


def has_its_receipt(world):
    return step.kept(world)["printed"] == ["receipt"]


def no_document_waits_and_none_is_lost(world):
    """What came in without an event is still there for the button, and for two days only."""
    return len([key for key in uploads.kept(world)["files"] if key.startswith("incoming/")]) == 1


def paid_by_a_closed_batch(world):
    return [line.partition(" for ")[0] for line in step.kept(world)["batches"]] == [
        "24000 to FR7630006000011234567890189", "batch, closed 1",
    ]  # fmt: skip


def no_draft_of_an_aid(world):
    return step.kept(world)["aid drafts"] == []


ORPHANS = (
    {f"a file without a run: {state}": Orphan(before, forget_runs, waits(state)) for before, state in WAITS.items()}
    | {f"a file with a dead run: {state}": Orphan(before, kill_runs, waits(state)) for before, state in WAITS.items()}
    | {f"a run and a question without a file: {state}": Orphan(before, file_is_gone, nothing_waits_and_lost_money_is_shown) for before, state in WAITS.items()}
    | {f"a run without its question: {state}": Orphan(before, question_is_gone, waits(state)) for before, state in WAITS.items()}
    | {
        "a question without a token, then answered": Orphan(TO_AWARD, told_nobody, granted_once),
        "an answer that no run heard, and no run": Orphan(TO_AWARD, then(told_nobody, forget_runs), granted_once),
        "an answer on its way, its run still waiting": Orphan(TO_AWARD, loses("SendTaskSuccess", GRANT), granted_once),
        "two runs of one file, then an answer": Orphan(TO_AWARD, then(second_run, GRANT), granted_once),
        "an award that was never told": Orphan(TO_AWARD, then(step.without_paper(GRANT), forget_runs), granted_once),
        "a file without its receipt": Orphan(FILLED, step.without_paper(step.send), has_its_receipt),
        "an answer about proofs that no run heard": Orphan(
            PROVEN, loses("SendTaskSuccess", step.check("accept")), goes_on_to(WAITS[PROOFS_ACCEPTED])
        ),
        "a question of a file that was withdrawn": Orphan(
            TO_AWARD, loses("TransactWriteItems", step.own("retrait"), AFTER), nothing_waits
        ),
        "a question of a payment that was withdrawn": Orphan(
            PROVEN, loses("TransactWriteItems", step.own("retrait"), AFTER), nothing_waits
        ),
        "a batch that was never closed": Orphan(AT_THE_BATCHES, loses("UpdateItem", step.collect), paid_by_a_closed_batch),
        "corrections of a file that is gone": Orphan(
            (*TO_CORRECT, step.own("corriger")), then(file_is_gone, corrections_of_nobody), no_draft_of_an_aid
        ),
        "a document that nobody was told of": Orphan(FILLED, step.quote_arrives, no_document_waits_and_none_is_lost),
    }
)  # fmt: skip


@pytest.mark.parametrize("name", ORPHANS)
def test_an_orphan_is_repaired_or_shown_and_twice_is_once(stages, name):
    orphan = ORPHANS[name]
    world, once = orphan.settled(stages)
    assert once[step.ASTRAY] == [] or orphan.loss is file_is_gone
    assert orphan.holds(world), once


class TestUnfinishedUploads:
    def test_a_form_whose_document_is_missing_is_not_sent_and_says_which_one(self, stages):
        world = stages.after(*FILLED, step.remove_document)
        assert world.as_person(APPLICANT).press(f"{step.DRAFT}/verification") == 422
        assert "Joignez" in world.text
        assert "Devis" in world.text
        assert [row for row in world.rows("subsidies") if "version" in row] == []
        assert world.machines.waiting() == []

    def test_a_document_that_nobody_was_told_of_is_taken_in_by_the_button(self, stages):
        world = stages.after(*FILLED, step.remove_document, step.quote_arrives)
        assert world.as_person(APPLICANT).press(f"{step.DRAFT}/pages/pieces") == 303
        assert world.press(f"{step.DRAFT}/verification") == 303

    def test_proofs_whose_invoice_is_missing_are_not_sent(self, stages):
        from tests.faults.subsidy_units import PROVING

        world = stages.after(*PROVING, step.remove_proof)
        path = f"/espace/aides/{step.reference(world)}/justificatifs/verification"
        assert world.as_person(APPLICANT).press(path) == 422
        assert "Facture" in world.text
