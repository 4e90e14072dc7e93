"""What the crash sweep has no use for: pages that are only looked at, and so read what nothing else reads."""

from tests.faults import house
from tests.faults import onboarding as step
from tests.faults.house import OFFICER, log_in
from tests.faults.onboarding import APPLICANT, CONSENTS, FILES, SPACE
from tests.faults.units import ACTIVE, IN_TROUBLE, SENT, TO_DECISION, TO_PAYMENT
from tests.harness.sweep import Step, Unit
from tests.harness.world import FaultyWorld

STAFF = log_in(OFFICER)
PARTNER = log_in(APPLICANT)


def visit(path: str) -> Step:
    """A page is opened; `{reference}` and `{question}` in its path are the newest ones."""

    def open_page(world: FaultyWorld) -> None:
        found = {"reference": step.reference, "question": house.question}
        named = {name: find(world) for name, find in found.items() if f"{{{name}}}" in path}
        world.read(path.format(**named))

    return open_page


def see_consents(world: FaultyWorld) -> None:
    """The link of the welcome mail is opened."""
    world.read(world.link(APPLICANT, CONSENTS))


VISITS: dict[str, Unit] = {
    "the desk": Unit(visit("/bureau"), (*IN_TROUBLE, STAFF)),
    "files by status": Unit(visit(f"{FILES}?etat=submitted"), (*TO_DECISION, STAFF)),
    "files by address": Unit(visit(f"{FILES}?q={APPLICANT}"), (*TO_DECISION, STAFF)),
    "one file": Unit(visit(f"{FILES}/{{reference}}"), (*TO_PAYMENT, STAFF)),
    "one decision": Unit(visit("/bureau/decisions/{question}"), (*TO_DECISION, STAFF)),
    "the space": Unit(visit("/espace"), (*TO_DECISION, PARTNER)),
    "one's own file": Unit(visit(f"{SPACE}/{{reference}}"), (*TO_DECISION, PARTNER)),
    "consents by the mailed link": Unit(see_consents, ACTIVE),
    "the newsletter's list": Unit(visit("/bureau/lettre-d-information"), (*ACTIVE, STAFF)),
    "a page of the form": Unit(visit("/adhesion/demande/vous"), SENT),
}
