"""The lives of an aid file from its proofs to the approved payment, and the steps that its runs took."""

from collections.abc import Callable

from chalicelib.subsidies.model import PAYMENT_PROCESS
from chalicelib.subsidies.tasks import payment
from tests.aid_world import World
from tests.workflows.installed_aid import installed
from tests.workflows.lives import Lives, Step
from tests.workflows.walked_aid import WalkedAid


class Story(WalkedAid):
    """A notified award on its way to its payment."""

    def __init__(self) -> None:
        super().__init__(PAYMENT_PROCESS, payment)
        self.world = World(payer=self.machine)

    def proves(self, **answers: object) -> "Story":
        known = self.world.subsidies.find("s1")
        file = known or self.world.notified()
        self.world.clock.wait(days=1)
        self.world.proven(file, **answers)
        self.world.payment_reconciler.withdraw_stale("s1")
        return self.goes_on()

    def is_reopened(self) -> "Story":
        self.world.payments.reopen(self.world.service.get("s1"), "Claire Martin", "À reprendre.")
        return self.goes_on()

    def is_withdrawn(self) -> "Story":
        self.world.service.withdraw(self.world.service.get("s1"))
        self.world.payment_reconciler.withdraw_stale("s1")
        return self.goes_on()

    def is_lost(self) -> "Story":
        self.machine.kill(self.machine.waiting()[0])
        self.world.clock.wait(minutes=5)
        self.world.payment_reconciler.reconcile()
        return self.goes_on()


FAILED = {"outcome": "not_classified"}
STORIES: dict[str, Callable[[Story], Story]] = {
    "approved": lambda story: story.proves().says("accept", "approve"),
    "approved after a failure": lambda story: story.proves(**FAILED).says("accept", "approve"),
    "completed, then approved": lambda story: (
        story.proves().says("request_changes").proves().says("accept", "approve")
    ),
    "never completed": lambda story: story.proves().says("request_changes").is_silent(),
    "refused": lambda story: story.proves().says("refuse"),
    "sent back, then approved": lambda story: story.proves().says("accept", "send_back", "accept", "approve"),
    "never checked": lambda story: story.proves().is_silent(),
    "never approved": lambda story: story.proves().says("accept").is_silent(),
    "late, then approved": lambda story: story.proves().is_silent().is_reopened().says("accept", "approve"),
    "withdrawn before it is checked": lambda story: story.proves().is_withdrawn(),
    "withdrawn before it is completed": lambda story: story.proves().says("request_changes").is_withdrawn(),
    "withdrawn before it is approved": lambda story: story.proves().says("accept").is_withdrawn(),
    "waited too long for the check": lambda story: story.proves().waits_too_long(),
    "waited too long for the proofs": lambda story: story.proves().says("request_changes").waits_too_long(),
    "waited too long for accounting": lambda story: story.proves().says("accept").waits_too_long(),
    "withdrawn when the check was to be asked": lambda story: story.withdraws_just_before(
        "request_proof_check"
    ).proves(),
    "withdrawn when the proofs were to be asked": lambda story: (
        story.withdraws_just_before("request_proof_corrections").proves().says("request_changes")
    ),
    "withdrawn when accounting was to be asked": lambda story: (
        story.withdraws_just_before("request_payment_approval").proves().says("accept")
    ),
    "heard what no machine knows": lambda story: (
        story.proves().hears("?").says("accept").hears("?").says("approve")
    ),
    "heard that the proofs were sent again, and they were not": lambda story: (
        story.proves().says("request_changes").hears("resubmit").proves().says("accept", "approve")
    ),
    "lost while waiting for accounting": lambda story: (
        story.proves().says("accept").is_lost().says("approve")
    ),
}


def told(name: str) -> list[Step]:
    """The steps of a story as the machine of today takes them."""
    story = Story()
    with installed(story.world):
        STORIES[name](story)
    return story.machine.steps


LIVES = Lives(PAYMENT_PROCESS, tuple(STORIES), told)
