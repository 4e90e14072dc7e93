"""The onboarding step by step in a world that may die anywhere, and what it leaves behind."""

import json
import re
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.mail.model import address_key
from chalicelib.office.territories import with_communes
from chalicelib.partners.application_form import membership_form
from tests.factories import office_document, some_answers
from tests.harness.crash import BEFORE
from tests.harness.left import left, picked, value
from tests.harness.sweep import Step
from tests.harness.world import FaultyWorld

APPLICANT = "maelle@hotel.example.fr"
OFFICER = "yann.legoff@val.example.org"
ACCOUNTING = "noa.petit@val.example.org"
FORM, CHECK, PAUSE = "/adhesion/demande", "/adhesion/verification", "/adhesion/pause"
RESUME, CONFIRMATION, CORRECTIONS = "/adhesion/reprise", "/adhesion/confirmation", "/adhesion/corrections"
CONSENTS = "/consentements"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
DECISION, DESK, FILES, SPACE = "/decisions", "/bureau/decisions", "/bureau/dossiers", "/espace/dossiers"


def open_office() -> None:
    """Load the office file."""
    from chalicelib.office.bootstrap import office_repository

    office_repository().publish(with_communes(office_document()))


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


def decide(outcome: str, reason: str = "") -> Step:
    """The officer's answer by the mailed link."""

    def press(world: FaultyWorld) -> None:
        world.as_person("officer").press(world.link(OFFICER, DECISION), outcome=outcome, reason=reason)
        world.go_on()

    return press


def decide_at_the_desk(world: FaultyWorld) -> None:
    """The officer's answer at the desk."""
    world.press(f"{DESK}/{question(world)}", outcome="accept", reason="")
    world.go_on()


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


def fresh_link(to: str, page: str) -> Step:
    """The holder of a link has it mailed anew; who answers for the office ticks the box first."""

    def ask(world: FaultyWorld) -> None:
        world.press(f"{world.link(to, page)}/lien", again="on")
        world.go_on()

    return ask


def link_from_the_desk(world: FaultyWorld) -> None:
    """Staff have the links of a question mailed again."""
    world.press(f"{DESK}/{question(world)}/lien", again="on")
    world.go_on()


def link_to_applicant(world: FaultyWorld) -> None:
    """Staff have the applicant's link mailed again."""
    world.press(f"{FILES}/{reference(world)}/lien")
    world.go_on()


def link_from_the_space(world: FaultyWorld) -> None:
    """The applicant has the link of the present step mailed again."""
    world.press(f"{SPACE}/{reference(world)}/lien")
    world.go_on()


def refused_by_ses(step: Step) -> Step:
    """A step whose mails SES refuses."""

    def refused(world: FaultyWorld) -> None:
        told = {"Error": {"Code": "MessageRejected", "Message": "Email address is on the suppression list."}}
        world.gate.refusals["SendEmail"] = ClientError(told, "SendEmail")
        step(world)
        world.gate.refusals.clear()

    return refused


def on_mail_in_trouble(button: str) -> Step:
    """Staff press a button of the one mail that did not leave; the next sweep sends what is to be sent."""

    def press(world: FaultyWorld) -> None:
        failed = [value(row, "pk") for row in world.rows("mail") if value(row, "state") == "failed"]
        if failed:
            world.press(f"/bureau/mails/{failed[0]}/{button}")
        world.tick("sweep_outbox")

    return press


# Clocks, topics and accidents


def log_in(email: str) -> Step:
    """This person logs in and stays at the browser."""
    return lambda world: world.log_in(email)


def ask_to_log_in(world: FaultyWorld) -> None:
    """The officer asks for a login link."""
    world.as_person(OFFICER).press("/connexion", email=OFFICER)
    world.go_on()


def use_login_link(world: FaultyWorld) -> None:
    """The officer uses it."""
    world.press(world.link(OFFICER, "/connexion"))


def in_another_browser(step: Step) -> Step:
    """The same person, at a browser without cookies; at their own one again afterwards."""

    def there(world: FaultyWorld) -> None:
        own = world.browsers.pop(world.person)
        step(world)
        world.browsers[world.person] = own

    return there


def leave(**form: str) -> Step:
    """The person logs out."""
    return lambda world: world.press("/deconnexion", **form)


def later(**duration: float) -> Step:
    """Time passes."""
    return lambda world: world.clock.wait(**duration)


def tick(function_id: str) -> Step:
    """A schedule runs."""
    return lambda world: world.tick(function_id)


def two_mornings(function_id: str) -> Step:
    """A schedule runs, and again a day later: what it died of the first time, it makes good the next."""

    def run(world: FaultyWorld) -> None:
        world.tick(function_id)
        world.clock.wait(days=1)
        world.tick(function_id)

    return run


def loses(operation: str, step: Step, when: str = BEFORE) -> Step:
    """A step that dies before this AWS call, or just after, and is not tried again."""

    def dying(world: FaultyWorld) -> None:
        world.gate.arm(operation, when)
        world.retries = False
        step(world)
        assert world.gate.has_killed
        world.gate.disarm()
        world.retries = True

    return dying


def hear_of_mail(function_id: str, to: str, **news: Any) -> Step:
    """SES tells a function of the newest mail to an address."""

    def hear(world: FaultyWorld) -> None:
        key = [letter.key for letter in world.gate.letters if letter.to == to][-1]
        told = {**news, "mail": {"tags": {"mail": [key]}}}
        world.tick(function_id, {"Records": [{"Sns": {"Message": json.dumps(told)}}]})

    return hear


def hear_of_bounce(to: str, function_id: str = "record_mail_event") -> Step:
    """The newest mail to an address came back for good."""
    return hear_of_mail(function_id, to, eventType="Bounce", bounce={"bounceType": "Permanent"})


def restore_address(email: str) -> Step:
    """Staff say that an address is good again."""
    return lambda world: world.press(f"/bureau/adresses/{address_key(email)}/retablissement")


# What is there


def reference(world: FaultyWorld) -> str:
    """The reference of the newest file."""
    files = [row for row in world.rows("partners") if "reference" in row]
    return value(max(files, key=lambda row: value(row, "holder_sort")), "reference")


def question(world: FaultyWorld) -> str:
    """The newest question for staff."""
    asked = [row for row in world.rows("decisions") if "question" in row]
    of_staff = [row for row in asked if json.loads(value(row, "question"))["role"]]
    return value(max(of_staff, key=lambda row: value(row, "asked_at")), "pk")


def summary(world: FaultyWorld) -> dict[str, Any]:
    """The files with their history and what they hold, the drafts, and what all features share."""
    partners = world.rows("partners")
    return {
        "files": sorted(picked(row, "status_key", "version") for row in partners if "reference" in row),
        "history": sorted(picked(row, "sk", "who", "what", "reason") for row in partners if "what" in row),
        "holds": sorted(_held(row) for row in partners if value(row, "sk") == "POINTER"),
        "drafts": sorted(_draft(row) for row in world.rows("drafts")),
        **left(world),
    }


def _held(row: dict[str, Any]) -> str:
    kind, _, what = value(row, "pk").partition("#")
    return kind if kind == "REFERENCE" else f"{kind} {what}"


def _draft(row: dict[str, Any]) -> str:
    answers, done = json.loads(value(row, "answers")), json.loads(value(row, "done"))
    return f"{value(row, 'kind')} {answers.get('last_name', '')} {len(answers)} answers, done: {done}"
