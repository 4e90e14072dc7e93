"""The lives of a registration that somebody is asked about, walked through the machine, and the steps of its runs."""

from collections.abc import Callable

from chalicelib.trainings.model import REGISTRATION_PROCESS, Registration
from chalicelib.trainings.tasks import registration
from tests.training_world import World
from tests.workflows.installed_training import installed
from tests.workflows.lives import Lives, Step
from tests.workflows.walked_training import SESSION, WalkedTraining

FIRST = "Ada Roux"
"""Whoever the stories are about; the others come before or after."""


class Story(WalkedTraining):
    """People who registered for one session."""

    def __init__(self) -> None:
        super().__init__(REGISTRATION_PROCESS, registration)
        self.world = World(machine=self.machine)

    def record(self, name: str) -> Registration:
        return self.registration(name or FIRST)

    def cancels(self, name: str = FIRST) -> "Story":
        self._cancel(name)
        return self.goes_on()

    def cancels_just_before(self, function_id: str) -> "Story":
        """When this function is called next, the person cancels an instant before."""
        self.meanwhile[function_id] = lambda: self._cancel(FIRST)
        return self

    def is_called_off(self) -> "Story":
        """The session is called off, everybody is told, and the round closes what was asked."""
        self.world.called_off(self.session)
        self.world.news.tell(SESSION)
        return self._is_reconciled()

    def is_lost(self) -> "Story":
        """The run fails, and the reconciler starts another."""
        self.machine.kill(self.machine.waiting()[0])
        return self._is_reconciled()

    def _is_reconciled(self) -> "Story":
        self.world.clock.wait(minutes=5)
        self.world.reconciler.reconcile()
        return self.goes_on()

    def _cancel(self, name: str) -> None:
        self.world.cancels(self.registration(name))
        self.world.reconciler.withdraw_stale(self.registration(name).id)


def chosen(story: Story) -> Story:
    """A session whose people are chosen."""
    return story.writes(selects="yes", seats=1)


def asked(story: Story) -> Story:
    """Somebody waits to be chosen."""
    return chosen(story).registers(FIRST)


def offered(story: Story) -> Story:
    """The only seat is freed, and offered to the first of two who wait."""
    return story.writes(seats=1).registers("Noé Blanc", FIRST, "Zoé Petit").cancels("Noé Blanc")


STORIES: dict[str, Callable[[Story], Story]] = {
    "taken": lambda story: asked(story).says("accept"),
    "taken, and all seats are gone": lambda story: (
        chosen(story).registers("Noé Blanc", FIRST).says("accept", key="Noé Blanc").says("accept")
    ),
    "not taken": lambda story: asked(story).says("refuse"),
    "not chosen in time": lambda story: asked(story).is_silent(),
    "taken, then offered the freed seat": lambda story: (
        chosen(story)
        .registers("Noé Blanc", FIRST)
        .says("accept", key="Noé Blanc")
        .says("accept")
        .cancels("Noé Blanc")
        .says("accept")
    ),
    "takes the seat": lambda story: offered(story).says("accept"),
    "leaves the seat to the next": lambda story: offered(story).says("decline").says("accept", key="Zoé Petit"),
    "is silent, and the next one is offered the seat": lambda story: (
        offered(story).is_silent().says("accept", key="Zoé Petit")
    ),
    "everybody leaves the seat": lambda story: offered(story).says("decline").says("decline", key="Zoé Petit"),
    "cancels before being chosen": lambda story: asked(story).cancels(),
    "cancels instead of taking the seat": lambda story: offered(story).cancels().says("accept", key="Zoé Petit"),
    "cancels when the choice was to be asked": lambda story: asked(
        story.cancels_just_before("request_registration_approval")
    ),
    "cancels when the seat was to be offered": lambda story: offered(
        story.cancels_just_before("request_offer_answer")
    ).says("accept", key="Zoé Petit"),
    "called off before anybody is chosen": lambda story: asked(story).is_called_off(),
    "called off while a seat is offered": lambda story: offered(story).is_called_off(),
    "waited too long to be chosen": lambda story: asked(story).waits_too_long(),
    "waited too long with an offer": lambda story: offered(story).waits_too_long().says("accept", key="Zoé Petit"),
    "heard what no machine knows about the choice": lambda story: asked(story).hears("?").says("accept"),
    "heard what no machine knows about the seat": lambda story: offered(story).hears("?").says("accept"),
    "lost while waiting to be chosen": lambda story: asked(story).is_lost().says("accept"),
    "lost while a seat is offered": lambda story: offered(story).is_lost().says("accept"),
}  # fmt: skip


def told(name: str) -> list[Step]:
    """The steps of a story as the machine of today takes them."""
    story = Story()
    with installed(story.world):
        STORIES[name](story)
    return story.machine.steps


LIVES = Lives(REGISTRATION_PROCESS, tuple(STORIES), told)
