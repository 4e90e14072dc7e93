"""The demonstration as a whole: its steps in their order, each of which leaves what is there already."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from infra.demo import aids, calendar, history, joining, returns
from infra.demo.applicants import applicants
from infra.demo.crowd import together
from infra.demo.joining import Joined
from infra.demo.programme import PLANS
from infra.demo.progress import Tick
from infra.demo.reporting import SeasonReport
from infra.demo.seasons import season_report
from infra.demo.sessions import make_session
from infra.demo.stage import Stage

SESSIONS_AT_ONCE = 3
Bar = Callable[[str, int], AbstractContextManager[Tick]]


class CannotShow(Exception):
    """This stack is no place for the demonstration; the message says what to do."""


class StepFailed(Exception):
    """A step did not end as it should; the message names it and says why."""


@dataclass
class Show:
    """One demonstration; `patience` is how long the report may take at each of its steps, in seconds."""

    stage: Stage
    bar: Bar
    patience: float
    partners: list[Joined] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    aid: str = ""

    def run(self) -> None:
        """Every step. Raises `StepFailed`."""
        for step in (
            self.join, self.note_calendar, self.import_history, self.begin_report, self.give_figures,
            self.hold_sessions, self.ask_for_aid, self.publish_report,
        ):  # fmt: skip
            self._take(step)

    @property
    def report(self) -> SeasonReport:
        """The report on the season that ended last. Raises `CannotShow` where the office file has none."""
        due = season_report(self.stage.office.observatory_rules, self.stage.today)
        if due is None:
            raise CannotShow("The office file has no season that ended within the last months: add some.")
        return SeasonReport(self.stage, due, self.patience)

    def join(self) -> None:
        """Partners: forms, confirmations, decisions, payments."""
        panel, others = applicants(self.stage.count, self.stage.office, self.stage.today)
        ways = [(joining.join_by_pages, one) for one in others] + [
            (joining.join_by_api, one) for one in panel
        ]
        with self.bar("Partners", len(ways)) as tick:
            joined = together(lambda way: way[0](self.stage, way[1]), ways, tick)
        self.partners = [one for one in joined if one.is_partner and one.applicant.lodging]

    def note_calendar(self) -> None:
        """Events, and holidays abroad."""
        lines = calendar.lines(self.stage)
        with self.bar("Events and holidays abroad", len(lines)) as tick:
            for line in lines:
                calendar.note(self.stage, line)
                tick()

    def import_history(self) -> None:
        """The months of the past that the reports look back on; of months that a report has, nothing changes."""
        files = history.history_files(self.stage, self.partners)
        if self.report.is_begun:
            self._need_figures()
            files = []
        with self.bar("Figures of past months", len(files)) as tick:
            if files:
                history.import_all(self.stage, files, tick)

    def begin_report(self) -> None:
        """What the schedule does at six in the morning; drafts are made while the other steps go on."""
        with self.bar("Season reports begun", 1) as tick:
            self.report.begin()
            tick()

    def give_figures(self) -> None:
        """Some lodgings answer for the month that is open, if one is."""
        month = returns.open_month(self.stage.office.observatory_rules, self.stage.today)
        count = returns.answering(self.partners, month) if month else 0
        with self.bar(f"Figures of {month}" if month else "No month takes figures today", count) as tick:
            if count:
                returns.give_some(self.stage, self.partners, month, tick)
                returns.ask_about_one(self.stage, month)

    def hold_sessions(self) -> None:
        """Trainings, where the office has some."""
        plans = PLANS if self.stage.office.trainings else ()
        with self.bar("Training sessions", len(plans)) as tick:
            self.sessions = together(
                lambda plan: make_session(self.stage, plan), plans, tick, SESSIONS_AT_ONCE
            )

    def ask_for_aid(self) -> None:
        """Aid files, where the office gives aid."""
        plan = aids.planned(self.stage, self.partners)
        with self.bar("Partners who ask for aid", len(plan)) as tick:
            aids.ask_all(plan, tick)
        self.aid = plan[0][0].reference if plan else ""

    def publish_report(self) -> None:
        """Read, commented on, approved, printed, sent."""
        acts = (self.report.review, self.report.approve)
        with self.bar(f"Season report {self.report.due.slug}", len(acts)) as tick:
            for act in acts:
                act()
                tick()

    def _need_figures(self) -> None:
        if not history.was_imported(self.stage):
            raise CannotShow(
                "Its season reports were begun before there were figures, at six in the morning perhaps. "
                "Stop it, `make reset`, and begin again with `make run` and `make demo`."
            )

    def _take(self, step: Callable[[], None]) -> None:
        try:
            step()
        except Exception as error:
            raise StepFailed(f"{step.__name__} failed: {error}") from error
