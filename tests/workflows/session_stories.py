"""The lives of a session that somebody is asked about, walked through the machine, and the steps of its runs."""

from collections.abc import Callable
from datetime import timedelta

from chalicelib.trainings.model import SESSION_PROCESS, Session
from chalicelib.trainings.statuses import SessionEvent
from chalicelib.trainings.tasks import session
from tests.training_world import World, instant
from tests.workflows.installed_training import installed
from tests.workflows.lives import Lives, Step
from tests.workflows.walked_training import WalkedTraining

EXTERNAL = {"trainer_kind": "external"}
SAM = {"trainer_name": "Sam Petit", "trainer_email": "sam@studio.example.org"}
NEAR = instant(5, 4) - timedelta(days=5)
"""A few days before the session: fewer people than planned are a question then."""
LATER = [{"on": "2027-06-01", "begins": "09:00", "ends": "12:30"}]


class Story(WalkedTraining):
    """One session."""

    def __init__(self) -> None:
        super().__init__(SESSION_PROCESS, session)
        self.world = World(session_machine=self.machine)

    def record(self, name: str) -> Session:
        return self.session

    def publishes_again(self) -> "Story":
        """What was to be corrected is, and the direction is asked once more."""
        self.world.edited(self.session, title="Un autre titre")
        self.world.planning.publish(self.session, "Yann Le Goff")
        return self.goes_on()

    def comes_near(self) -> "Story":
        """The day comes near, and the round looks how many come."""
        self.world.clock.at = NEAR
        self.world.watch.keep_dates()
        return self.goes_on()

    def is_kept_just_before(self, function_id: str) -> "Story":
        """When this function is called next, the office has chosen an instant before, in another run."""
        self.meanwhile[function_id] = lambda: self.world.happens(self.session, SessionEvent.KEPT)
        return self

    def is_lost(self) -> "Story":
        """The run fails, and the reconciler starts another."""
        self.machine.kill(self.machine.waiting()[0])
        self.world.clock.wait(minutes=5)
        self.world.session_reconciler.reconcile()
        return self.goes_on()


def asked(story: Story) -> Story:
    """The direction is asked about an external trainer."""
    return story.writes(**EXTERNAL)


def proposed(story: Story) -> Story:
    """Another external trainer is to lead a published session."""
    return asked(story).says("accept").registers("Ada Roux").edits(**SAM)


def at_risk(story: Story) -> Story:
    """One came where two were planned, and the day is near."""
    return story.writes(minimum=2).registers("Ada Roux").comes_near()


STORIES: dict[str, Callable[[Story], Story]] = {
    "approved": lambda story: asked(story).says("accept"),
    "sent back": lambda story: asked(story).says("send_back"),
    "sent back, then approved": lambda story: asked(story).says("send_back").publishes_again().says("accept"),
    "never approved": lambda story: asked(story).is_silent(),
    "never approved, then approved": lambda story: asked(story).is_silent().publishes_again().says("accept"),
    "kept": lambda story: at_risk(story).says("keep"),
    "called off by who was asked": lambda story: at_risk(story).says("call_off"),
    "silence keeps it": lambda story: at_risk(story).is_silent(),
    "called off before it is approved": lambda story: asked(story).calls_off(),
    "called off while it is at risk": lambda story: at_risk(story).calls_off(),
    "called off at once": lambda story: story.writes().registers("Ada Roux").calls_off(),
    "moved to another day": lambda story: story.writes().registers("Ada Roux").edits(half_days=LATER),
    "moved, then called off": lambda story: (
        story.writes().registers("Ada Roux").edits(half_days=LATER).calls_off()
    ),
    "moved while it is at risk": lambda story: (
        at_risk(story).edits(place_name="Salle des fêtes").says("keep")
    ),
    "called off when the direction was to be asked": lambda story: asked(
        story.calls_off_just_before("request_publication_approval")
    ),
    "kept when the choice was to be asked": lambda story: at_risk(
        story.is_kept_just_before("request_minimum_choice")
    ),
    "waited too long for the direction": lambda story: asked(story).waits_too_long(),
    "waited too long for the choice": lambda story: at_risk(story).waits_too_long(),
    "heard what no machine knows from the direction": lambda story: asked(story).hears("?").says("accept"),
    "heard what no machine knows about the minimum": lambda story: at_risk(story).hears("?").says("keep"),
    "another trainer": lambda story: proposed(story).says("accept"),
    "another trainer, refused": lambda story: proposed(story).says("send_back"),
    "another trainer, and nobody answered": lambda story: proposed(story).is_silent(),
    "another trainer below the minimum": lambda story: (
        story.writes(minimum=2, **EXTERNAL)
        .says("accept")
        .registers("Ada Roux")
        .comes_near()
        .edits(**SAM)
        .says("keep")
        .says("accept")
    ),
    "another trainer, then called off": lambda story: proposed(story).calls_off(),
    "lost while waiting for the direction": lambda story: asked(story).is_lost().says("accept"),
    "lost while waiting for the choice": lambda story: at_risk(story).is_lost().says("keep"),
}


def told(name: str) -> list[Step]:
    """The steps of a story as the machine of today takes them."""
    story = Story()
    with installed(story.world):
        STORIES[name](story)
    return story.machine.steps


LIVES = Lives(SESSION_PROCESS, tuple(STORIES), told)
