"""The same stories of season reports, lived by a machine that is really executed on the tables of the template."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Self
from unittest import mock

from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory import bootstrap, sending
from chalicelib.observatory.printing import Printing
from chalicelib.observatory.reports import PROCESS, Report, ReportEvent
from chalicelib.office.bootstrap import office_repository
from tests.fakes.clock import FakeClock
from tests.fakes.printer import FakePrinter
from tests.harness.clock import clock_set
from tests.inprocess import InProcess, in_process
from tests.observatory import a_return
from tests.report_office import NOW, REPORT, report_file
from tests.report_world import DIRECTOR, GIVEN
from tests.workflows import executed
from tests.workflows.executed_training import let_go
from tests.workflows.report_stories import OTHER


class Executed(executed.Executed):
    """One report."""

    process = PROCESS
    reconciles = "reconcile_reports"
    first = REPORT

    def record(self, key: str) -> Report:
        return bootstrap.report_service().get(key)

    @property
    def report(self) -> Report:
        """The report as it stands."""
        return self.record(REPORT)

    def begins(self, *, rests: bool = True) -> Self:
        return self._after(lambda: self.cloud.invoke("begin_reports", {}), rests=rests)

    def waits_for_another(self) -> Self:
        bootstrap.reports().add(OTHER, HistoryLine(OTHER.created_at, DIRECTOR, "Bilan commencé"))
        self.meanwhile["draft_report"] = lambda: self.meanwhile.update(draft_report=_drafts_the_other)
        return self

    def is_dropped(self) -> Self:
        return self._after(self._drop_at_the_desk)

    def is_dropped_just_before(self, function_id: str) -> Self:
        self.meanwhile[function_id] = self._drop
        return self

    def is_taken_up(self) -> Self:
        return self._after(lambda: bootstrap.report_service().take_up(self.report, DIRECTOR))

    def _drop_at_the_desk(self) -> None:
        self._drop()
        bootstrap.report_reconciler().withdraw_stale(REPORT)

    def _drop(self) -> None:
        bootstrap.report_service().drop(self.report, DIRECTOR, "Trop peu de réponses.")


def _drafts_the_other() -> None:
    line = HistoryLine(NOW, DIRECTOR, "Projet de bilan prêt")
    bootstrap.report_service().record(OTHER.id, ReportEvent.DRAFTED, line)


def _printing() -> Any:
    from chalicelib.uploads.bootstrap import files

    return Printing(files(), bootstrap.report_files(), FakePrinter(), bootstrap.office, bootstrap.now)


def _gives() -> None:
    asked = a_return(month=GIVEN.month)
    line = HistoryLine(asked.asked_at, "Cordée", "Chiffres demandés")
    bootstrap.returns().ask(asked, line, None, 24)
    bootstrap.returns().give(asked, GIVEN, replace(line, what="Chiffres donnés"), 24)


@contextmanager
def reporting_cloud() -> Iterator[tuple[InProcess, FakeClock]]:
    """A new cloud with an office whose winter is over; its readers are told one by one."""
    with in_process() as cloud, clock_set() as clock:
        clock.at = NOW
        office_repository().publish(report_file())
        _gives()
        with (
            mock.patch.object(sending, "BATCH", 1),
            mock.patch.object(bootstrap, "printing", _printing),
        ):
            yield cloud, clock
            let_go()
