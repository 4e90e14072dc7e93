"""The aid file of the town's owner at each of its steps; every stage goes on from another one."""

from collections.abc import Callable
from typing import Any
from unittest import mock

from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.history import HistoryLine
from chalicelib.subsidies.bootstrap import awarding, paying, promises, stores
from chalicelib.subsidies.model import AWARD, RECEIPT
from chalicelib.subsidies.statuses import Event
from tests import aid_steps as step
from tests.harness.world import FaultyWorld

OWNER, OTHER_PARTNER = "maelle@hotel.example.fr", "hugo@gite.example.fr"
DIRECTOR, QUALITY, ACCOUNTING = (
    f"{role}@val.example.org" for role in ("director", "quality.officer", "accounting")
)
REFERENCE = "SUB-7KQ4M2"
"""Always the same: fields of a page are named after it."""
Step = Callable[[FaultyWorld], None]
Stages = dict[str, Any]


def _draft(world: FaultyWorld) -> None:
    """The owner is a partner now, and has filled everything in; so has the other partner, who has sent it."""
    step.decide(world, ACCOUNTING, "confirm")
    _of_another(world)
    step.begin(world, OWNER)
    step.fill_in(world, OWNER)
    draft = awarding.draft_service().get(step.draft_of(OWNER))
    step.bring(draft.id, "public-aid", "courrier.pdf")
    assert awarding.draft_service().send_link(draft, "paused")
    world.go_on()


def _of_another(world: FaultyWorld) -> None:
    """A file of the other partner with its quote, and a draft of a further one."""
    partner = stores.partners().list_of(OTHER_PARTNER)[0]
    own = {"email": OTHER_PARTNER, "partner_id": partner.id, "siret": partner.answers["siret"]}
    for is_sent in (True, False):
        draft = awarding.draft_service().begin(step.application(**own), done="hebergement")
        step.join(world, draft.id, "quote", "devis.pdf")
        if is_sent:
            awarding.submission_service().submit(draft)
            world.go_on()


def _sent(world: FaultyWorld) -> None:
    with mock.patch("chalicelib.kernel.ids.new_reference", return_value=REFERENCE):
        step.send(world, OWNER)
    assert step.file_of(OWNER).printed_as(RECEIPT)


def _corrections(world: FaultyWorld) -> None:
    step.decide(world, QUALITY, "request_changes", "Le devis est illisible.")


def _granted(world: FaultyWorld) -> None:
    step.decide(world, QUALITY, "complete")
    step.decide(world, DIRECTOR, "accept")
    assert step.file_of(OWNER).printed_as(AWARD)


def _proofs(world: FaultyWorld) -> None:
    step.begin_proofs(world, OWNER)
    step.fill_in_proofs(world, OWNER)
    step.bring(step.file_of(OWNER).id, "invoice", "facture-2.pdf")


def _payment(world: FaultyWorld) -> None:
    step.send_proofs(world, OWNER)
    step.decide(world, QUALITY, "accept")


def _approved(world: FaultyWorld) -> None:
    step.decide(world, ACCOUNTING, "approve")


def _ordered(world: FaultyWorld) -> None:
    paying.batch_service().create("first", "Anne Accounting")


def _failed(world: FaultyWorld) -> None:
    paying.batch_service().mark_failed(step.file_of(OWNER), "Anne Accounting", "Compte clos.")


def _paid(world: FaultyWorld) -> None:
    today = paris_day(stores.now())
    paying.batch_service().mark_paid(step.file_of(OWNER), "Anne Accounting", today, "Relevé 12")


def _left(world: FaultyWorld) -> None:
    promises.obligations().leave(step.file_of(OWNER), "Anne Director", paris_day(stores.now()))


def _overdue(world: FaultyWorld) -> None:
    line = HistoryLine(stores.now(), "Cordée", "Sans réponse")
    awarding.subsidy_service().record(step.file_of(OWNER).id, Event.DECISION_EXPIRED, line)
    world.go_on()


AID_STEPS: dict[str, tuple[str, Step]] = {
    "aid_draft": ("payment", _draft),
    "aid_sent": ("aid_draft", _sent),
    "aid_corrections": ("aid_sent", _corrections),
    "aid_overdue": ("aid_sent", _overdue),
    "aid_granted": ("aid_sent", _granted),
    "aid_proofs": ("aid_granted", _proofs),
    "aid_payment": ("aid_proofs", _payment),
    "aid_approved": ("aid_payment", _approved),
    "aid_ordered": ("aid_approved", _ordered),
    "aid_failed": ("aid_ordered", _failed),
    "aid_paid": ("aid_ordered", _paid),
    "aid_left": ("aid_paid", _left),
}
"""The stages by name: which one comes before, and what happens from there on."""


def build_stages(world: FaultyWorld, stages: Stages) -> None:
    """Add all of them to the stages that there are."""
    for name, (before, go_on) in AID_STEPS.items():
        world.restore(stages[before])
        go_on(world)
        stages[name] = world.checkpoint()
