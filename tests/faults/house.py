"""What happens in the house whatever the feature: people log in and decide, clocks tick, mails come back, functions die."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.mail.model import address_key
from chalicelib.office.territories import with_communes
from tests.aid import APPROVALS, PEOPLE, subsidies_section
from tests.factories import office_document
from tests.harness.crash import BEFORE
from tests.harness.left import value
from tests.harness.sweep import Step
from tests.harness.world import FaultyWorld
from tests.observatory_office import observatory_section
from tests.training_office import trainings_section

OFFICER = "yann.legoff@val.example.org"
ACCOUNTING = "noa.petit@val.example.org"
DIRECTOR = "claire.martin@val.example.org"
PRESIDENT = "odile.ferrand@val.example.org"
DECISION, DESK = "/decisions", "/bureau/decisions"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def open_office(seasons: Sequence[Mapping[str, str]] = (), **aid: Any) -> None:
    """Load the office file: the small office with trainings, season reports and the aid to classification.

    `seasons` are those of its reports, unless they are the usual ones; `aid` replaces parts of the aid.
    """
    from chalicelib.office.bootstrap import office_repository

    small = office_document()
    people = [*small["people"], next(one for one in PEOPLE if one["id"] == "odile")]
    document = office_document(
        people=people,
        approvals={**APPROVALS, **small["approvals"]},
        subsidies=subsidies_section(**aid),
        trainings=trainings_section(),
        observatory=observatory_section(**({"seasons": seasons} if seasons else {})),
    )
    office_repository().publish(with_communes(document))


# The office


def decide(outcome: str, reason: str = "", email: str = OFFICER) -> Step:
    """The answer of the officer, or of whoever else, by the newest link that was mailed to them."""

    def press(world: FaultyWorld) -> None:
        world.as_person("officer").press(world.link(email, DECISION), outcome=outcome, reason=reason)
        world.go_on()

    return press


def decide_at_the_desk(outcome: str, reason: str = "") -> Step:
    """The answer at the desk of whoever sits at the browser."""

    def press(world: FaultyWorld) -> None:
        world.press(f"{DESK}/{question(world)}", outcome=outcome, reason=reason)
        world.go_on()

    return press


def question(world: FaultyWorld) -> str:
    """The newest question for staff."""
    asked = [row for row in world.rows("decisions") if "question" in row]
    of_staff = [row for row in asked if json.loads(value(row, "question"))["role"]]
    return value(max(of_staff, key=lambda row: value(row, "asked_at")), "pk")


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


def restore_address(email: str) -> Step:
    """Staff say that an address is good again."""
    return lambda world: world.press(f"/bureau/adresses/{address_key(email)}/retablissement")


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


# People at the door


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


# Clocks and accidents


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
