"""The lives of a season report, walked through its machine, and the steps of its runs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from chalicelib.decisions.model import Decision, DecisionState, question_id
from chalicelib.observatory.reports import PROCESS, Report, ReportStatus
from chalicelib.observatory.tasks import report
from tests.observatory import a_season_report
from tests.report_office import NOW, REPORT
from tests.report_world import DIRECTOR, ReportWorld
from tests.workflows.installed_reports import installed
from tests.workflows.lives import Lives, Step
from tests.workflows.walked import Walked

OTHER = a_season_report("other", created_at=NOW - timedelta(days=1))
"""A report that was begun before, and is not drafted yet."""


class Story(Walked):
    """One report; each thing that happens gives the story back."""

    world: ReportWorld

    def __init__(self) -> None:
        super().__init__(PROCESS, report)
        self.world = ReportWorld(self.machine)

    def begins(self) -> "Story":
        """Its day has come."""
        self.world.service.begin_due()
        return self.goes_on()

    def waits_for_another(self) -> "Story":
        """Another was begun before, and is drafted when this one was tried once."""
        self.world.reports.kept[OTHER.id] = OTHER
        self.meanwhile["draft_report"] = lambda: self.meanwhile.update(draft_report=self._drafts_the_other)
        return self

    def is_dropped(self) -> "Story":
        """Staff drop it at the desk; its question is closed."""
        self._drop()
        self.world.reconciler.withdraw_stale(REPORT)
        return self.goes_on()

    def is_dropped_just_before(self, function_id: str) -> "Story":
        """When this function is called next, staff have dropped it an instant before."""
        self.meanwhile[function_id] = self._drop
        return self

    def is_taken_up(self) -> "Story":
        """Staff have its question put anew."""
        self.world.service.take_up(self.record, DIRECTOR)
        return self.goes_on()

    def is_lost(self) -> "Story":
        """The run fails, and the reconciler starts another."""
        self.machine.kill(self.machine.waiting()[0])
        self.world.clock.wait(minutes=5)
        self.world.reconciler.reconcile()
        return self.goes_on()

    @property
    def record(self) -> Report:
        """The report as it stands."""
        return self.world.report

    def pending(self, key: str = "") -> Decision:
        """The question that it waits for."""
        found = self.world.decisions.find(question_id(REPORT, self.record.awaited_step, self.record.round))
        assert found
        assert found.state is DecisionState.PENDING
        return found

    def _drop(self) -> None:
        self.world.service.drop(self.record, DIRECTOR, "Trop peu de réponses.")

    def _drafts_the_other(self) -> None:
        self.world.reports.kept[OTHER.id] = replace(OTHER, status=ReportStatus.IN_REVIEW)


def reviewed(story: Story) -> Story:
    """The direction is asked."""
    return story.begins().says("submit")


STORIES: dict[str, Callable[[Story], Story]] = {
    "published": lambda story: reviewed(story).says("accept"),
    "sent back, then published": lambda story: reviewed(story).says("send_back", "submit", "accept"),
    "dropped by who reads it": lambda story: story.begins().says("drop"),
    "dropped by the direction": lambda story: reviewed(story).says("drop"),
    "never read": lambda story: story.begins().is_silent(),
    "never read, then taken up": lambda story: story.begins().is_silent().is_taken_up().says("submit"),
    "never approved": lambda story: reviewed(story).is_silent(),
    "never approved, then dropped": lambda story: reviewed(story).is_silent().is_taken_up().says("drop"),
    "drafted after another": lambda story: story.waits_for_another().begins(),
    "dropped while its parts are read": lambda story: story.is_dropped_just_before("draft_report").begins(),
    "dropped at the desk while it is read": lambda story: story.begins().is_dropped(),
    "dropped at the desk while the direction is asked": lambda story: reviewed(story).is_dropped(),
    "dropped when the review was to be asked": lambda story: story.is_dropped_just_before(
        "request_report_review"
    ).begins(),
    "dropped when the direction was to be asked": lambda story: reviewed(
        story.is_dropped_just_before("request_report_approval")
    ),
    "waited too long for the review": lambda story: story.begins().waits_too_long(),
    "waited too long for the direction": lambda story: reviewed(story).waits_too_long(),
    "heard what no machine knows of the review": lambda story: story.begins().hears("?").says("submit"),
    "heard what no machine knows from the direction": lambda story: reviewed(story).hears("?").says("accept"),
    "lost while waiting for the review": lambda story: story.begins().is_lost().says("submit"),
    "lost while waiting for the direction": lambda story: reviewed(story).is_lost().says("accept"),
}


def told(name: str) -> list[Step]:
    """The steps of a story as the machine of today takes them."""
    story = Story()
    with installed(story.world):
        STORIES[name](story)
    return story.machine.steps


LIVES = Lives(PROCESS, tuple(STORIES), told)
