"""Reports in memory: the services with their fakes, and what is done to the one report of the office."""

from typing import Any

from chalicelib.adapters import school_holidays
from chalicelib.decisions.reconciling import Reconciler
from chalicelib.decisions.service import DecisionService
from chalicelib.decisions.sweeping import DecisionSweeper
from chalicelib.decisions.timetable import Calendar
from chalicelib.mail.service import MailDesk
from chalicelib.observatory.making import Making
from chalicelib.observatory.model import Sold
from chalicelib.observatory.printing import Printing
from chalicelib.observatory.report_files import ReportFiles
from chalicelib.observatory.reporting import ReportService
from chalicelib.observatory.reports import PROCESS, Report
from chalicelib.observatory.sending import Reader, Sending
from chalicelib.office.calendar import add_working_days
from chalicelib.office.model import Office
from tests.fakes.clock import FakeClock
from tests.fakes.decisions import FakeDecisions
from tests.fakes.mail import FakeOutbox
from tests.fakes.observatory import FakeReports, FakeReturns
from tests.fakes.printer import FakePrinter
from tests.fakes.process import FakeProcess, FakeResumer
from tests.fakes.uploads import FakeFiles
from tests.observatory import a_return, given
from tests.report_office import NOW, REPORT, a_report_office

DIRECTOR = "Claire Martin"
GIVEN = given(a_return(month="2027-01"), sold={"2027-01-04": Sold(140, 70)})
"""What one hotel gave in the winter: about a season of which nobody gave anything there is no report."""


class ReportWorld:
    """The house, whose winter is over."""

    def __init__(self, machine: Any = None) -> None:
        self.clock, self.outbox = FakeClock(NOW), FakeOutbox()
        self.reports, self.returns = FakeReports(self.outbox), FakeReturns(self.outbox)
        self.reports.covered = self.returns.covered
        self.store, self.printer = FakeFiles(), FakePrinter()
        self.files = ReportFiles(self.store)
        self.rules = a_report_office()
        self.returns.kept[GIVEN.id] = GIVEN
        self.process = machine or FakeProcess(PROCESS)
        self.service = ReportService(self.reports, self.returns, self.process, self.office, self.clock)
        self.making = Making(
            self.returns, self.reports, self.files, school_holidays, lambda day: frozenset(), list, self.office,
            self.clock,
        )  # fmt: skip
        self.printing = Printing(self.store, self.files, self.printer, self.office, self.clock)
        enqueue = MailDesk(self.outbox, self.clock).enqueue
        self.sending = Sending(
            self, self.returns, self.files, self.making.frame_of, enqueue, self.office, self.clock
        )
        self.decisions = FakeDecisions(self.outbox)
        self.desk = DecisionService(
            self.decisions, machine or FakeResumer(), Calendar(add_working_days), self.clock
        )
        self.sweeper = DecisionSweeper(self.desk, lambda decision: None)
        self.reconciler = Reconciler(self.reports, self.decisions, self.desk, self.process, self.clock)

    def office(self) -> Office:
        return self.rules

    def list_readers(self) -> list[Reader]:
        """No partner: those whom the office file names are told."""
        return []

    @property
    def report(self) -> Report:
        """The report of the winter as it stands."""
        return self.service.get(REPORT)
