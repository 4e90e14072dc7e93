"""The onboarding on fakes: every service wired as in the bootstraps, every store in memory."""

from typing import Any

from chalicelib.decisions.model import Addressee, Decision, DecisionState, Visitor, question_id
from chalicelib.decisions.reconciling import Reconciler
from chalicelib.decisions.service import DecisionService
from chalicelib.decisions.sweeping import DecisionSweeper
from chalicelib.decisions.timetable import Calendar
from chalicelib.drafts.service import DraftService
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.service import MailDesk
from chalicelib.office.calendar import add_working_days
from chalicelib.partners.drafted_form import drafted_form
from chalicelib.partners.model import Application, Event, Status
from chalicelib.partners.questions import Case, Questions
from chalicelib.partners.service import ApplicationService
from chalicelib.partners.submitting import Submission, SubmissionService
from tests.factories import an_office, some_answers
from tests.fakes.applications import FakeApplications
from tests.fakes.clock import FakeClock
from tests.fakes.decisions import FakeDecisions
from tests.fakes.drafts import FakeDrafts
from tests.fakes.mail import FakeOutbox
from tests.fakes.process import FakeProcess, FakeResumer

NEEDED = ("first_name", "last_name", "business_name", "commune", "category", "pack", "consent_terms")
FREE = {"category": "ambassador", "capacity_units": None}


class World:
    """One office, its files and its questions."""

    def __init__(self, process: Any = None, resumer: Any = None) -> None:
        self.clock, self.outbox, self.the_office = FakeClock(), FakeOutbox(), an_office()
        self.drafts = FakeDrafts(self.outbox)
        self.applications = FakeApplications(self.outbox, self.drafts)
        self.decisions = FakeDecisions(self.outbox)
        self.process, self.resumer = process or FakeProcess(), resumer or FakeResumer()
        self.form = drafted_form(self.sent_answers, self.is_corrected)
        self.drafting = DraftService(
            self.form, self.drafts, MailDesk(self.outbox, self.clock), self.office, self.clock
        )
        self.submissions = SubmissionService(
            self.applications, self.drafting, self.process, self.office, self.clock
        )
        self.service = ApplicationService(
            self.applications,
            self.drafting,
            self.process,
            self.office,
            self.office_at,
            is_complete,
            self.clock,
        )
        self.questions = Questions(lambda answers, office: [])
        self.desk = DecisionService(self.decisions, self.resumer, Calendar(add_working_days), self.clock)
        self.sweeper = DecisionSweeper(self.desk, self.deputy_for)
        self.reconciler = Reconciler(self.applications, self.decisions, self.desk, self.process, self.clock)

    def office(self) -> Any:
        return self.the_office

    def office_at(self, version: int) -> Any:
        return self.the_office

    def sent_answers(self, draft_id: str) -> Any:
        file = self.applications.find(draft_id)
        return file.answers if file else None

    def is_corrected(self, application_id: str) -> bool:
        return self.applications.find(application_id).status is not Status.CHANGES_REQUESTED

    def deputy_for(self, decision: Decision) -> Addressee | None:
        question = decision.question
        if not question.role:
            return None
        asked = frozenset(one.email for one in decision.addressees)
        found = self.the_office.deputy(question.role, paris_day(self.clock()), question.excluded, asked)
        return Addressee(found.name, found.email, found.on_behalf_of or "") if found else None

    def submit(self, key: str = "f1", **answers: object) -> Application:
        return self.submissions.submit(Submission(key, some_answers(**answers), "form-1"))

    def line(self, event: Event, who: str = "Yann Le Goff", reason: str = "") -> HistoryLine:
        return HistoryLine(self.clock(), who, event.value, reason)

    def record(self, file: Application, *events: Event, reason: str = "") -> Application:
        for event in events:
            file = self.service.record(file.id, event, self.line(event, reason=reason), file.round)
        return file

    def asked(self, file: Application) -> Any:
        """The question that the file waits for, as its task would write it."""
        write = {
            "confirmation": self.questions.confirmation,
            "membership": self.questions.review,
            "corrections": self.questions.corrections,
            "payment": self.questions.payment,
        }
        return write[file.awaited_step](self.case(file))

    def case(self, file: Application) -> Case:
        """The file with what a question about it needs."""
        return Case(file, self.the_office, self.applications.list_history(file.id), paris_day(self.clock()))

    def ask(self, file: Application, token: str = "token-1") -> Decision:
        asked = self.asked(file)
        return self.desk.open(asked.question, asked.addressee, token)

    def pending(self, file: Application) -> Decision | None:
        found = self.decisions.find(question_id(file.id, file.awaited_step, file.round))
        return found if found and found.state is DecisionState.PENDING else None

    def templates(self, record: str) -> list[str]:
        """The names of the mails about a record, in order."""
        return [message.template for message in self.outbox.messages if message.record == record]

    def file_in(self, status: Status, key: str = "f1", **answers: object) -> Application:
        """A file that came to this status by ordinary events."""
        file = self.submit(key, **answers)
        for event in PATHS[status]:
            file = self.record(file, event, reason="Motif.")
        assert file.status is status
        return file


PATHS: dict[Status, list[Event]] = {Status.AWAITING_CONFIRMATION: []}
PATHS[Status.SUBMITTED] = [Event.ADDRESS_CONFIRMED]
PATHS[Status.UNCONFIRMED] = [Event.CONFIRMATION_EXPIRED]
for status, event in (
    (Status.CHANGES_REQUESTED, Event.CHANGES_REQUESTED),
    (Status.AWAITING_PAYMENT, Event.ACCEPTED),
    (Status.REFUSED, Event.REFUSED),
    (Status.OVERDUE, Event.REVIEW_EXPIRED),
    (Status.WITHDRAWN, Event.WITHDRAWN),
):
    PATHS[status] = [*PATHS[Status.SUBMITTED], event]
PATHS[Status.ABANDONED] = [*PATHS[Status.CHANGES_REQUESTED], Event.CORRECTIONS_EXPIRED]
PATHS[Status.UNPAID] = [*PATHS[Status.AWAITING_PAYMENT], Event.PAYMENT_EXPIRED]
PATHS[Status.APPROVED] = [*PATHS[Status.AWAITING_PAYMENT], Event.PAYMENT_CONFIRMED]
PATHS[Status.ACTIVE] = [*PATHS[Status.APPROVED], Event.ACTIVATED]


def is_complete(answers: Any, office: Any) -> bool:
    """A form check in small: what the service itself needs of the answers."""
    return all(answers.get(name) for name in NEEDED)


def as_addressee(decision: Decision, place: int = 0) -> Visitor:
    """One of the people asked, by their link."""
    person = decision.addressees[place]
    return Visitor(person.name, person.email, "link")
