"""The onboarding step by step in a world that may die anywhere, and what it leaves behind, in plain words."""

from typing import Any

from chalicelib.office.territories import with_communes
from chalicelib.partners.application_form import membership_form
from tests.factories import office_document, some_answers
from tests.faults.world import FaultyWorld

APPLICANT = "maelle@hotel.example.fr"
OFFICER = "yann.legoff@val.example.org"
ACCOUNTING = "noa.petit@val.example.org"
CONFIRMATION, CORRECTIONS, DECISION = "/adhesion/confirmation", "/adhesion/corrections", "/decisions"
DOUBT = {"uncertain": "sent"}


def open_office() -> None:
    """Load the office file."""
    from chalicelib.office.bootstrap import office_repository

    office_repository().publish(with_communes(office_document()))


def fill_in(world: FaultyWorld) -> None:
    """Every page of the form, saved."""
    answers = some_answers()
    for section in membership_form().sections:
        given = {field.name: answers.get(field.name) for field in section.fields}
        typed = {name: "on" if value is True else value for name, value in given.items() if value}
        assert world.press(f"/adhesion/demande/{section.key}", **typed) == 303


def send(world: FaultyWorld) -> None:
    """The button under the check page; then mails leave and processes run."""
    world.press("/adhesion/verification")
    world.go_on()


def confirm(world: FaultyWorld) -> None:
    world.press(world.link(APPLICANT, CONFIRMATION))
    world.go_on()


def decide(outcome: str, reason: str = "") -> Any:
    """The officer's answer, as a unit."""

    def answer(world: FaultyWorld) -> None:
        world.press(world.link(OFFICER, DECISION), outcome=outcome, reason=reason)
        world.go_on()

    return answer


def pay(world: FaultyWorld) -> None:
    world.press(world.link(ACCOUNTING, DECISION), outcome="confirm")
    world.go_on()


def lay_out(world: FaultyWorld) -> None:
    """The applicant opens the file for correction."""
    world.press(world.link(APPLICANT, CORRECTIONS))


def correct(world: FaultyWorld) -> None:
    """The applicant sends the corrected file."""
    world.press("/adhesion/verification")
    world.go_on()


def summary(world: FaultyWorld) -> dict[str, Any]:
    """What is left: files with their history, questions, mails, and where processes wait; no instants, no ids."""
    partners, decisions = world.rows("partners"), world.rows("decisions")
    return {
        "files": sorted(_picked(row, "status_key", "version") for row in partners if "reference" in row),
        "history": sorted(_picked(row, "sk", "who", "what", "reason") for row in partners if "what" in row),
        "drafts": sum(row["sk"]["S"] == "DRAFT" for row in partners),
        "questions": sorted(
            f"{_step(row)} {_picked(row, 'state', 'is_delivered')}" for row in decisions if "question" in row
        ),
        "answers": sorted(_picked(row, "who", "what", "reason") for row in decisions if "what" in row),
        "mails": sorted(_mail(row) for row in world.rows("mail")),
        "waiting": sorted(str(run.state) for run in world.machine.runs.values() if run.state),
    }


def _picked(row: dict[str, Any], *names: str) -> str:
    return " | ".join(str(next(iter(row[name].values()))) for name in names if name in row)


def _step(row: dict[str, Any]) -> str:
    import json

    question = json.loads(row["question"]["S"])
    return f"{question['step']} {question['round']}"


def _mail(row: dict[str, Any]) -> str:
    state = row["state"]["S"]
    return f"{row['record_sort']['S'].partition('#')[2]} {DOUBT.get(state, state)}"
