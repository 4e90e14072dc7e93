"""The lives of an aid file from its proofs to the approved payment, and the steps that its runs took."""

import re
from collections.abc import Callable
from typing import Any

from chalicelib.subsidies.model import PAYMENT_PROCESS
from chalicelib.subsidies.tasks import payment
from tests.aid_world import World
from tests.workflows.installed_aid import installed
from tests.workflows.lives import Lives, Step
from tests.workflows.recorder import Recorder
from tests.world import as_addressee


def task_of(placeholder: str) -> Callable[..., Any]:
    """The handler behind `LookUpPayment`."""
    return getattr(payment, re.sub(r"(?<!^)([A-Z])", r"_\1", placeholder).lower())


class Story:
    """A notified award on its way to its payment; each thing that happens gives the story back, to go on."""

    def __init__(self) -> None:
        self.machine = Recorder(PAYMENT_PROCESS, lambda placeholder, event: task_of(placeholder)(event, None))
        self.world = World(payer=self.machine)

    def proves(self, **answers: Any) -> "Story":
        known = self.world.subsidies.find("s1")
        file = known or self.world.notified()
        self.world.clock.wait(days=1)
        self.world.proven(file, **answers)
        self.world.payment_reconciler.withdraw_stale("s1")
        return self._goes_on()

    def says(self, *outcomes: str) -> "Story":
        for outcome in outcomes:
            decision = self.world.pending()
            assert decision, outcome
            self.world.desk.answer(decision.id, as_addressee(decision), outcome, "Un motif.")
            self._goes_on()
        return self

    def is_silent(self) -> "Story":
        decision = self.world.pending()
        assert decision
        self.world.clock.at = decision.expires_at
        self.world.sweeper.expire()
        return self._goes_on()

    def waits_too_long(self) -> "Story":
        self.machine.time_out(self.machine.waiting()[0])
        return self._goes_on()

    def is_reopened(self) -> "Story":
        self.world.payments.reopen(self.world.service.get("s1"), "Claire Martin", "À reprendre.")
        return self._goes_on()

    def is_withdrawn(self) -> "Story":
        self.world.service.withdraw(self.world.service.get("s1"))
        self.world.payment_reconciler.withdraw_stale("s1")
        return self._goes_on()

    def is_lost(self) -> "Story":
        self.machine.kill(self.machine.waiting()[0])
        self.world.clock.wait(minutes=5)
        self.world.payment_reconciler.reconcile()
        return self._goes_on()

    def _goes_on(self) -> "Story":
        self.machine.go_on()
        return self


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
