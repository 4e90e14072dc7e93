"""Aid files in memory: the service with its fakes, and what people do to a file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from chalicelib.decisions.model import Decision, DecisionState, question_id
from chalicelib.decisions.reconciling import Reconciler
from chalicelib.decisions.service import DecisionService
from chalicelib.decisions.sweeping import DecisionSweeper
from chalicelib.decisions.timetable import Calendar
from chalicelib.drafts.model import Draft
from chalicelib.drafts.service import DraftService
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.service import MailDesk
from chalicelib.office.calendar import add_working_days
from chalicelib.office.model import Office
from chalicelib.subsidies import proofs_form
from chalicelib.subsidies.application_form import answers_in
from chalicelib.subsidies.assessing import Assessor
from chalicelib.subsidies.bank_details import BankDetails
from chalicelib.subsidies.batches import BatchService
from chalicelib.subsidies.deadlines import Deadlines
from chalicelib.subsidies.directory import Directory
from chalicelib.subsidies.drafted_form import drafted_form
from chalicelib.subsidies.model import AWARD, JoinedDocument, Subsidy
from chalicelib.subsidies.payment_questions import PaymentQuestions
from chalicelib.subsidies.payments import PaymentService
from chalicelib.subsidies.printing import Printing
from chalicelib.subsidies.questions import Questions
from chalicelib.subsidies.reminders import Reminders
from chalicelib.subsidies.retention import Retention
from chalicelib.subsidies.runs import PaymentRuns
from chalicelib.subsidies.service import SubsidyService
from chalicelib.subsidies.statuses import Event, Status
from chalicelib.subsidies.submitting import SubmissionService
from chalicelib.subsidies.waiting import WaitingFiles
from tests.aid import a_partner, aid_answers, an_aiding_office, proof_answers
from tests.fakes.clock import FakeClock
from tests.fakes.decisions import FakeDecisions
from tests.fakes.drafts import FakeDrafts
from tests.fakes.mail import FakeOutbox
from tests.fakes.printer import FakePrinter
from tests.fakes.process import FakeProcess, FakeResumer
from tests.fakes.subsidies import (
    FakeBatches,
    FakeEndedFiles,
    FakeMoney,
    FakePartners,
    FakeRegister,
    FakeShelves,
    FakeSubsidies,
)
from tests.fakes.uploads import FakeFiles

PAID_ON = date(2027, 7, 1)


class World:
    """The house, with one partner and one office."""

    def __init__(self, office: Office | None = None, machine: Any = None, payer: Any = None) -> None:
        self.clock, self.outbox = FakeClock(), FakeOutbox()
        self.drafts = FakeDrafts(self.outbox)
        self.money, self.register = FakeMoney(), FakeRegister()
        self.subsidies = FakeSubsidies(self.outbox, self.drafts, self.money, self.register)
        self.partners = FakePartners(a_partner())
        self.process = machine or FakeProcess("subsidies_award")
        self.rules = office or an_aiding_office()
        self.documents: list[JoinedDocument] = [
            JoinedDocument("quote", "Devis", "u1", "devis.pdf", "application/pdf", 1200, "ab" * 32)
        ]
        self.is_complete = True
        self.assessor = Assessor(
            self.partners, self.register, self.money, self.subsidies, self.office, self.office_at
        )
        self.service = SubsidyService(
            self.subsidies, self.assessor, self.money, self.drafts, self._joined, answers_in,
            lambda answers, office: self.is_complete, self.process, self.office, self.office_at, self.clock,
        )  # fmt: skip
        self.submission = SubmissionService(
            self.subsidies, self.partners, self._joined, answers_in, self.process, self.office, self.clock, "form-1"
        )  # fmt: skip
        self.decisions = FakeDecisions(self.outbox)
        self.desk = DecisionService(
            self.decisions, machine or payer or FakeResumer(), Calendar(add_working_days), self.clock
        )
        self.sweeper = DecisionSweeper(self.desk, lambda decision: None)
        self.reconciler = Reconciler(self.subsidies, self.decisions, self.desk, self.process, self.clock)
        self.payment_process = payer or FakeProcess("subsidies_payment")
        self.payments = PaymentService(
            self.subsidies, lambda owner, answers, office: [], proofs_form.answers_in, self.payment_process, self.office_at,
            self.clock,
        )  # fmt: skip
        self.batches = FakeBatches(self.subsidies)
        self.transfers = BatchService(
            self.subsidies, self.batches, self.office_at, lambda day: day + timedelta(days=1), self.clock
        )
        self.payment_reconciler = Reconciler(
            PaymentRuns(self.subsidies), self.decisions, self.desk, self.payment_process, self.clock
        )
        self.payment_questions = PaymentQuestions(lambda answers: [])
        self.questions = Questions(lambda answers, office: [])
        self.drafting = DraftService(
            drafted_form(self._sent_answers, self._is_corrected), self.drafts, MailDesk(self.outbox, self.clock),
            self.office, self.clock,
        )  # fmt: skip
        self.waiting = WaitingFiles(self.money, self.service.fund)
        self.directory = Directory(self.partners, self.subsidies, self._commune_name)
        self.deadlines = Deadlines(self.subsidies, self.office_at, self.clock)
        self.reminders = Reminders(
            self.subsidies, self.directory, MailDesk(self.outbox, self.clock), self.office, self.office_at, self.clock
        )  # fmt: skip
        self.shelves, self.store = FakeShelves(), FakeFiles()
        self.ended = FakeEndedFiles(self.subsidies, self.batches)
        self.retention = Retention(
            self.ended, self.batches, self.shelves, self.store, self.office, self.clock
        )
        self.bank_details = BankDetails(self.subsidies, self.batches, self.shelves, self.office, self.clock)
        self.printing = Printing(
            self.subsidies, self.store, FakePrinter(), self.assessor, lambda kind, file, now: {}, self.office_at, self.clock
        )  # fmt: skip

    def office(self) -> Office:
        return self.rules

    def office_at(self, version: int) -> Office:
        return self.rules

    def _commune_name(self, insee: str) -> str:
        commune = self.rules.commune(insee)
        return commune.name if commune else ""

    def _joined(self, owner: str, answers: Mapping[str, Any], office: Office) -> Sequence[JoinedDocument]:
        return self.documents

    def _sent_answers(self, draft_id: str) -> Any:
        file = self.subsidies.find(draft_id)
        return file.answers if file else None

    def _is_corrected(self, subsidy_id: str) -> bool:
        file = self.subsidies.find(subsidy_id)
        return file is None or file.status is not Status.CHANGES_REQUESTED

    def pending(self, key: str = "s1") -> Decision | None:
        """The question that the file waits for, while nobody has answered it."""
        file = self.service.get(key)
        found = self.decisions.find(question_id(file.id, file.awaited_step, file.round))
        return found if found and found.state is DecisionState.PENDING else None

    def sent(self, key: str = "s1", partner: str = "p1", **answers: Any) -> Subsidy:
        """A file that was just sent; each has an accommodation of its own."""
        number = {"registration_number": f"01160{int(key[1:]):06d}01"}
        known = self.partners.partners[partner]
        typed = {**aid_answers(**number), **answers, "email": known.email, "partner_id": partner}
        now = self.clock()
        return self.submission.submit(Draft(key, typed, now, now, version=1))

    def told(self, subsidy: Subsidy, *events: Event, who: str = "Claire Martin", reason: str = "") -> Subsidy:
        """The file after what happened to it."""
        for event in events:
            line = HistoryLine(self.clock(), who, event.value, reason)
            subsidy = self.service.record(
                subsidy.id, event, line, subsidy.round, "claire.martin@val.example.org"
            )
        return subsidy

    def under_review(self, key: str = "s1", **answers: Any) -> Subsidy:
        """A file that the direction is asked about."""
        return self.told(self.sent(key, **answers), Event.FOUND_COMPLETE, Event.WORKED_OUT)

    def accepted(self, key: str = "s1", **answers: Any) -> Subsidy:
        """A file that the direction accepted."""
        return self.told(self.under_review(key, **answers), Event.ACCEPTED)

    def notified(self, key: str = "s1", **answers: Any) -> Subsidy:
        """A file whose letter has left."""
        return self.printing.write(self.accepted(key, **answers).id, AWARD)

    def proven(self, subsidy: Subsidy, **answers: Any) -> Subsidy:
        """A file whose applicant has sent the proofs."""
        now = self.clock()
        typed = {**proof_answers(**answers), "email": subsidy.email}
        return self.payments.send_proofs(subsidy, Draft(subsidy.proofs_draft, typed, now, now, version=1))

    def paid_for(self, subsidy: Subsidy, *events: Event, reason: str = "") -> Subsidy:
        """The file after what happened to its payment."""
        for event in events:
            line = HistoryLine(self.clock(), "Ali Bensaïd", event.value, reason)
            subsidy = self.payments.record(subsidy.id, event, line, subsidy.round)
        return subsidy

    def approved(self, key: str = "s1", **answers: Any) -> Subsidy:
        """A file whose payment accounting has approved."""
        file = self.proven(self.notified(key), **answers)
        return self.paid_for(file, Event.PROOFS_ACCEPTED, Event.PAYMENT_APPROVED)

    def paid(self, key: str = "s1", on: date = PAID_ON, **answers: Any) -> Subsidy:
        """A file whose transfer accounting has seen on a statement."""
        file = self.approved(key, **answers)
        self.transfers.create(f"batch of {key}", "Ali Bensaïd")
        return self.transfers.mark_paid(self.service.get(file.id), "Ali Bensaïd", on, "R-1")

    def put(self, file: Subsidy, **changes: Any) -> Subsidy:
        """The file as it would stand after other things than those here."""
        self.subsidies.files[file.id] = replace(file, **changes)
        return self.subsidies.files[file.id]

    def mails(self, subsidy: Subsidy) -> list[str]:
        """The messages about a file, in order."""
        return [mail.message.template for mail in self.outbox.list_by_record(subsidy.id)]
