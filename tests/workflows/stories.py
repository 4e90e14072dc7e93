"""Twenty lives of a membership file, walked through the machine, and the steps that its runs took."""

from collections.abc import Callable
from typing import Any

from tests.harness.crash import Gate
from tests.stateful.accidents import MortalWorld
from tests.stateful.installed import installed
from tests.stateful.onboarding import PROCESS, task_of
from tests.workflows.lives import Lives, Step
from tests.workflows.recorder import Recorder
from tests.world import FREE, as_addressee


class Story:
    """One file on its way; each thing that happens gives the story back, to go on."""

    def __init__(self) -> None:
        self.machine = Recorder(PROCESS, lambda placeholder, event: task_of(placeholder)(event, None))
        self.world = MortalWorld(self.machine, Gate())

    def sends(self, key: str = "f1", **answers: Any) -> "Story":
        self.world.submit(key, **answers)
        return self._goes_on()

    def says(self, outcome: str, key: str = "f1") -> "Story":
        """Whoever is asked about a file answers."""
        decision = self.world.pending(self.world.applications.find(key))
        if decision.question.step == "corrections":
            self.world.drafting.open_corrections(self.file)
        self.world.desk.answer(decision.id, as_addressee(decision), outcome, "Un motif.")
        return self._goes_on()

    def is_silent(self) -> "Story":
        self.world.clock.at = self.pending.expires_at
        self.world.sweeper.expire()
        return self._goes_on()

    def waits_too_long(self) -> "Story":
        self.machine.time_out(self.machine.waiting()[0])
        return self._goes_on()

    def is_withdrawn(self) -> "Story":
        self.world.service.withdraw(self.file)
        self.world.reconciler.withdraw_stale("f1")
        return self._goes_on()

    def is_reopened(self) -> "Story":
        self.world.service.reopen(self.file, "Claire Martin", "À reprendre.")
        return self._goes_on()

    def is_lost(self) -> "Story":
        """The run fails, and the reconciler starts another."""
        self.machine.kill(self.machine.waiting()[0])
        self.world.clock.wait(minutes=5)
        self.world.reconciler.reconcile()
        return self._goes_on()

    def says_unheard(self, outcome: str) -> "Story":
        """The answer is written, and the run that waited for it is gone."""
        self.machine.kill(self.machine.waiting()[0])
        decision = self.pending
        self.world.desk.answer(decision.id, as_addressee(decision), outcome, "Un motif.")
        self.world.clock.wait(minutes=5)
        self.world.reconciler.reconcile()
        return self._goes_on()

    def _goes_on(self) -> "Story":
        self.machine.go_on()
        return self

    @property
    def file(self) -> Any:
        return self.world.applications.find("f1")

    @property
    def pending(self) -> Any:
        return self.world.pending(self.file)


def decided(story: Story, *outcomes: str) -> Story:
    """A file that was sent, and answered so."""
    story.sends()
    for outcome in outcomes:
        story.says(outcome)
    return story


TO_PAY = ("confirm", "accept")
TO_CORRECT = ("confirm", "request_changes")
BACK = (*TO_CORRECT, "resubmit")
STORIES: dict[str, Callable[[Story], Story]] = {
    "accepted and paid": lambda story: decided(story, *TO_PAY, "confirm"),
    "accepted for free": lambda story: story.sends(**FREE).says("confirm").says("accept"),
    "refused": lambda story: decided(story, "confirm", "refuse"),
    "corrected and accepted": lambda story: decided(story, *BACK, "accept", "confirm"),
    "corrected and refused": lambda story: decided(story, *BACK, "refuse"),
    "corrected twice": lambda story: decided(
        story, *BACK, "request_changes", "resubmit", "accept", "confirm"
    ),
    "never confirmed": lambda story: decided(story).is_silent(),
    "never decided": lambda story: decided(story, "confirm").is_silent(),
    "never corrected": lambda story: decided(story, *TO_CORRECT).is_silent(),
    "never paid": lambda story: decided(story, *TO_PAY).is_silent(),
    "payment given up": lambda story: decided(story, *TO_PAY, "cancel"),
    "withdrawn before it is confirmed": lambda story: decided(story).is_withdrawn(),
    "withdrawn before it is decided": lambda story: decided(story, "confirm").is_withdrawn(),
    "withdrawn before it is corrected": lambda story: decided(story, *TO_CORRECT).is_withdrawn(),
    "withdrawn before it is paid": lambda story: decided(story, *TO_PAY).is_withdrawn(),
    "late, then accepted": lambda story: (
        decided(story, "confirm").is_silent().is_reopened().says("accept").says("confirm")
    ),
    "unpaid, then paid": lambda story: decided(story, *TO_PAY, "cancel").is_reopened().says("confirm"),
    "waited too long for a decision": lambda story: decided(story, "confirm").waits_too_long(),
    "waited too long for the corrections": lambda story: decided(story, *TO_CORRECT).waits_too_long(),
    "lost while waiting for the payment": lambda story: decided(story, *TO_PAY).is_lost().says("confirm"),
    "refused while the run was lost": lambda story: decided(story, "confirm").says_unheard("refuse"),
    "found to be a second file": lambda story: (
        story.sends("f2", siret="").sends().says("confirm", "f2").says("confirm")
    ),
}


def told(name: str) -> list[Step]:
    """The steps of a story as the machine of today takes them."""
    story = Story()
    with installed(story.world):
        STORIES[name](story)
    return story.machine.steps


LIVES = Lives(PROCESS, tuple(STORIES), told)
