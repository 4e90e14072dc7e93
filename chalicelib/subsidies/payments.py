"""The aid file from its notified award to the approved payment, one method per thing that happens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from chalicelib.drafts.model import Draft
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.days import add_months
from chalicelib.kernel.errors import RuleBroken
from chalicelib.kernel.french import french_date
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.ports import Process
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.office.schemes import Scheme, Subsidies
from chalicelib.subsidies import emails
from chalicelib.subsidies.changes import Change, apply, check_step
from chalicelib.subsidies.classification import Classification, expiry
from chalicelib.subsidies.model import JoinedDocument, OutOfStep, Subsidy, SubsidyUnknown
from chalicelib.subsidies.proofs import Proofs, payable, proofs_of
from chalicelib.subsidies.runs import payment_run_input, payment_run_name
from chalicelib.subsidies.statuses import Event, Status
from chalicelib.subsidies.wording import EVENT_WORDS

SYSTEM = "Cordée"


class AlreadyProlonged(RuleBroken):
    """An award is prolonged once only, and only where its scheme says so."""

    def __init__(self) -> None:
        super().__init__(
            "Ce délai ne peut plus être prolongé\u00a0: il l’est une seule fois, et seulement si l’aide le prévoit."
        )


class PaymentStore(Protocol):
    """The files; every change is one transaction with its line, its mails and its money."""

    def find(self, subsidy_id: str) -> Subsidy | None:
        """The file, read strongly, or None."""

    def save(self, change: Change, mails: list[Message]) -> None:
        """Keep a change. Raises `ChangedMeanwhile`."""


@dataclass(frozen=True)
class PaymentService:
    """What happens to aid files from the award on; `joined` are the files joined under an identifier."""

    subsidies: PaymentStore
    joined: Callable[[str, Mapping[str, Any], Office], Sequence[JoinedDocument]]
    answers_in: Callable[[Mapping[str, Any]], dict[str, Any]]
    process: Process
    office_at: Callable[[int], Office]
    clock: Clock

    def tell_visit(self, subsidy: Subsidy, event: Event, on: date) -> Subsidy:
        """The applicant says when the visit was ordered, or made. Raises `OutOfStep`."""
        words = f"{EVENT_WORDS[event]} le {french_date(on)}"
        return self._save(apply(subsidy, event, self._by_applicant(subsidy, words)))

    def send_proofs(self, subsidy: Subsidy, draft: Draft) -> Subsidy:
        """The applicant asks to be paid, and the payment machine starts; completed proofs go on in its run.

        Where the accommodation was not classified and the scheme then pays nothing, the file ends instead.
        Raises `OutOfStep`.
        """
        answers = self.answers_in(draft.answers)
        proofs = proofs_of(answers, subsidy.request.spending)
        begins_run = subsidy.status is not Status.PROOFS_TO_CORRECT
        if not proofs.is_classified and self._scheme(subsidy).if_not_classified == "none":
            return self._save(
                apply(subsidy, Event.FAILURE_TOLD, self._by_applicant(subsidy, Event.FAILURE_TOLD))
            )
        documents = tuple(self.joined(subsidy.id, subsidy.answers, self.office_at(subsidy.office_version)))
        change = apply(
            subsidy,
            Event.PROOFS_SENT,
            self._by_applicant(subsidy, Event.PROOFS_SENT),
            proofs=answers,
            proof_documents=documents,
            payment_run=subsidy.payment_run + begins_run,
        )
        sent = self._save(change)
        if begins_run:
            self.process.start(payment_run_name(sent), payment_run_input(sent))
        return sent

    def record(
        self, subsidy_id: str, event: Event, line: HistoryLine, in_round: int | None = None
    ) -> Subsidy:
        """What happened to the file; a repeated or late event leaves it as it is."""
        subsidy = self.subsidies.find(subsidy_id)
        if subsidy is None:
            raise SubsidyUnknown
        if in_round not in (None, subsidy.round):
            return subsidy
        try:
            return self._happened(subsidy, event, line)
        except OutOfStep:
            return subsidy

    def prolong(self, subsidy: Subsidy, who: str, reason: str) -> Subsidy:
        """Staff give more time, once. Raises `AlreadyProlonged` or `OutOfStep`."""
        months = self._scheme(subsidy).extension_months
        if subsidy.is_prolonged or not months or subsidy.lapses_on is None:
            raise AlreadyProlonged
        end = add_months(subsidy.lapses_on, months)
        line = HistoryLine(self.clock(), who, f"Délai prolongé jusqu’au {french_date(end)}", reason)
        return self._save(apply(subsidy, Event.PROLONGED, line, lapses_on=end, is_prolonged=True))

    def reopen(self, subsidy: Subsidy, who: str, reason: str) -> Subsidy:
        """Staff take a late payment up again, in a new run. Raises `OutOfStep`."""
        line = HistoryLine(self.clock(), who, EVENT_WORDS[Event.REOPENED], reason)
        change = apply(subsidy, Event.REOPENED, line, payment_run=subsidy.payment_run + 1)
        reopened = self._save(change)
        self.process.start(payment_run_name(reopened), payment_run_input(reopened))
        return reopened

    def _happened(self, subsidy: Subsidy, event: Event, line: HistoryLine) -> Subsidy:
        check_step(subsidy, event)
        if event is Event.PROOFS_ACCEPTED:
            return self._proven(subsidy, line)
        return self._save(apply(subsidy, event, line))

    def _proven(self, subsidy: Subsidy, line: HistoryLine) -> Subsidy:
        """What is paid, and the classification that is public from here on."""
        proofs = proofs_of(subsidy.proofs, subsidy.request.spending)
        amount = payable(self._scheme(subsidy), subsidy.cents, proofs)
        details: dict[str, Any] = {"payable": amount}
        if not proofs.is_classified:
            failed = {**details, "classification": None}
            return self._save(apply(subsidy, Event.PROOFS_ACCEPTED, line, to=Status.NOT_CLASSIFIED, **failed))
        decided = _classification(proofs, self._rules(subsidy))
        return self._save(apply(subsidy, Event.PROOFS_ACCEPTED, line, classification=decided, **details))

    def _rules(self, subsidy: Subsidy) -> Subsidies:
        return self.office_at(subsidy.office_version).aid

    def _scheme(self, subsidy: Subsidy) -> Scheme:
        return self._rules(subsidy).scheme(subsidy.scheme_id)

    def _by_applicant(self, subsidy: Subsidy, what: Event | str) -> HistoryLine:
        words = EVENT_WORDS[what] if isinstance(what, Event) else what
        return HistoryLine(self.clock(), subsidy.beneficiary.contact_name, words)

    def _save(self, change: Change) -> Subsidy:
        self.subsidies.save(change, emails.mails_of(change, self.office_at(change.after.office_version)))
        return change.after


def _classification(proofs: Proofs, rules: Subsidies) -> Classification | None:
    if proofs.decided_on is None:
        return None
    return Classification(
        number=proofs.decision_number,
        decided_on=proofs.decided_on,
        level=proofs.level,
        capacity_persons=proofs.capacity_persons,
        expires_on=expiry(proofs.decided_on, rules.validities),
    )
