"""The onboarding step by step in a world that may die anywhere, and what it leaves behind."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.partners.application_form import membership_form
from tests.factories import some_answers
from tests.faults.house import ACCOUNTING, DECISION, HIDDEN
from tests.harness.crash import BEFORE
from tests.harness.left import value
from tests.harness.sweep import Step
from tests.harness.world import FaultyWorld

APPLICANT = "maelle@hotel.example.fr"
FORM, CHECK, PAUSE = "/adhesion/demande", "/adhesion/verification", "/adhesion/pause"
RESUME, CONFIRMATION, CORRECTIONS = "/adhesion/reprise", "/adhesion/confirmation", "/adhesion/corrections"
CONSENTS = "/consentements"
FILES, SPACE = "/bureau/dossiers", "/espace/dossiers"


# The applicant's form


def fill_page(key: str, **changes: Any) -> Step:
    """One page of the form, saved."""
    return lambda world: _save_page(world, key, **changes)


def begin(world: FaultyWorld) -> None:
    """The first page, opened and saved: it brings the key of the draft that begins with it."""
    hidden = dict(HIDDEN.findall(world.read(f"{FORM}/vous")))
    _save_page(world, "vous", hidden)


def fill_in(world: FaultyWorld) -> None:
    """Every page of the form, saved."""
    begin(world)
    for section in membership_form().sections[1:]:
        _save_page(world, section.key)


def _save_page(world: FaultyWorld, key: str, hidden: Mapping[str, str] | None = None, **changes: Any) -> None:
    answers = some_answers(**changes)
    section = membership_form().section(key)
    given = {field.name: answers.get(field.name) for field in section.fields}
    typed = {name: "on" if value is True else value for name, value in given.items() if value}
    world.press(f"{FORM}/{key}", **typed, **(hidden or {}))


def pause(world: FaultyWorld) -> None:
    """The person stops for today, and has the link to come back mailed."""
    world.press(PAUSE)
    world.go_on()


def resume(world: FaultyWorld) -> None:
    """The person comes back by the mailed link."""
    world.press(world.link(APPLICANT, RESUME))


def send(world: FaultyWorld) -> None:
    """The button under the check page; then mails leave and processes run."""
    world.press(CHECK)
    world.go_on()


def send_by_api(world: FaultyWorld) -> None:
    """A program sends an application under its own key."""
    answers = {name: given for name, given in some_answers().items() if given is not None}
    world.send_json("/api/v1/membership-applications", answers, **{"Idempotency-Key": "key-1"})
    world.go_on()


def send_and_keep_the_draft(world: FaultyWorld) -> None:
    """Sent, but the function died before the draft was cleared away; then a page of it is changed."""
    world.gate.arm("DeleteItem", BEFORE)
    world.retries = False
    world.press(CHECK)
    world.gate.disarm()
    world.retries = True
    world.go_on()
    _save_page(world, "vous", last_name="Le Goff-Martin")


def leave_draft(world: FaultyWorld) -> None:
    """The person reads that the form was sent before, and leaves what was typed since."""
    world.press("/adhesion/deja-envoyee")


# The applicant and the process


def confirm(world: FaultyWorld) -> None:
    """The applicant confirms the address by the mailed link."""
    world.as_person("applicant").press(world.link(APPLICANT, CONFIRMATION))
    world.go_on()


def lay_out(world: FaultyWorld) -> None:
    """The applicant opens the file for correction."""
    world.as_person("applicant").press(world.link(APPLICANT, CORRECTIONS))


def lay_out_in_the_space(world: FaultyWorld) -> None:
    """The same from the partner's space."""
    world.press(f"{SPACE}/{reference(world)}/corriger")


def correct(world: FaultyWorld) -> None:
    """The applicant sends the corrected file."""
    world.press(CHECK)
    world.go_on()


def withdraw(world: FaultyWorld) -> None:
    """The applicant takes the file back."""
    world.press(f"{SPACE}/{reference(world)}/retrait")
    world.go_on()


def choose(consent: str, choice: str) -> Step:
    """The partner gives (`donner`) or withdraws (`retirer`) a consent by the link of the welcome mail."""

    def press(world: FaultyWorld) -> None:
        link = world.link(APPLICANT, CONSENTS)
        world.as_person("applicant").press(link, accord=consent, choix=choice)

    return press


def choose_in_the_space(consent: str, choice: str) -> Step:
    """The same from the partner's space."""

    def press(world: FaultyWorld) -> None:
        world.press(f"{SPACE}/{reference(world)}/accords", accord=consent, choix=choice)

    return press


# The office


def pay(outcome: str, reason: str = "") -> Step:
    """Accounting's answer by the mailed link."""

    def press(world: FaultyWorld) -> None:
        page = world.link(ACCOUNTING, DECISION)
        world.as_person("accounting").press(page, outcome=outcome, reason=reason)
        world.go_on()

    return press


def reopen(world: FaultyWorld) -> None:
    """Staff take an overdue or unpaid file up again."""
    world.press(f"{FILES}/{reference(world)}/reprise", reason="À reprendre.")
    world.go_on()


# Links and mails once more


def link_to_applicant(world: FaultyWorld) -> None:
    """Staff have the applicant's link mailed again."""
    world.press(f"{FILES}/{reference(world)}/lien")
    world.go_on()


def link_from_the_space(world: FaultyWorld) -> None:
    """The applicant has the link of the present step mailed again."""
    world.press(f"{SPACE}/{reference(world)}/lien")
    world.go_on()


# What is there


def reference(world: FaultyWorld) -> str:
    """The reference of the newest file."""
    files = [row for row in world.rows("partners") if "reference" in row]
    return value(max(files, key=lambda row: value(row, "holder_sort")), "reference")


def kept(world: FaultyWorld) -> dict[str, Any]:
    """What files hold, and the drafts."""
    return {
        "holds": sorted(_held(row) for row in world.rows("partners") if value(row, "sk") == "POINTER"),
        "drafts": sorted(_draft(row) for row in world.rows("drafts")),
    }


def _held(row: dict[str, Any]) -> str:
    kind, _, what = value(row, "pk").partition("#")
    return kind if kind == "REFERENCE" else f"{kind} {what}"


def _draft(row: dict[str, Any]) -> str:
    answers, done = json.loads(value(row, "answers")), json.loads(value(row, "done"))
    return f"{value(row, 'kind')} {answers.get('last_name', '')} {len(answers)} answers, done: {done}"
