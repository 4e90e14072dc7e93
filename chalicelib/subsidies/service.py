"""The aid file from its application to the award, one method per thing that happens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from chalicelib.drafts.model import Draft
from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.ports import Process
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.subsidies import emails
from chalicelib.subsidies.assessing import Assessor
from chalicelib.subsidies.changes import Change, apply, check_step
from chalicelib.subsidies.eligibility import Assessment
from chalicelib.subsidies.envelope import Envelope, EnvelopeExhausted
from chalicelib.subsidies.model import JoinedDocument, OutOfStep, Subsidy, SubsidyUnknown, UnitTaken
from chalicelib.subsidies.statuses import Event, Status
from chalicelib.subsidies.wording import EVENT_WORDS

SYSTEM = "Cordée"
INCOMPLETE = "Les réponses corrigées sont incomplètes\u00a0: les précédentes sont gardées."
TAKEN = "L’hébergement indiqué a déjà un autre dossier\u00a0: les réponses précédentes sont gardées."


class SubsidyStore(Protocol):
    """The files; every change is one transaction with its line, its mails and its money."""

    def find(self, subsidy_id: str) -> Subsidy | None:
        """The file, read strongly, or None."""

    def find_by_reference(self, reference: str) -> Subsidy | None:
        """The file with this reference, or None."""

    def save(self, change: Change, mails: list[Message], seen: Mapping[str, int] = ...) -> None:
        """Keep a change. Raises `ChangedMeanwhile`, `UnitTaken` or `EnvelopeExhausted`."""


class Money(Protocol):
    """The envelopes."""

    def open_year(self, year: int, budget: int) -> Envelope:
        """The year's envelope, made if it is not there, at the budget that was voted."""


class Corrections(Protocol):
    """The answers that applicants correct."""

    def find(self, draft_id: str) -> Draft | None:
        """The draft, or None."""


@dataclass(frozen=True)
class SubsidyService:
    """What happens to aid files until the award; `joined` are the files joined under an identifier."""

    subsidies: SubsidyStore
    assessor: Assessor
    money: Money
    corrections: Corrections
    joined: Callable[[str, Mapping[str, Any], Office], Sequence[JoinedDocument]]
    answers_in: Callable[[Mapping[str, Any]], dict[str, Any]]
    is_complete: Callable[[Mapping[str, Any], Office], bool]
    process: Process
    office: Callable[[], Office]
    office_at: Callable[[int], Office]
    clock: Clock

    def get(self, subsidy_id: str) -> Subsidy:
        """The file. Raises `SubsidyUnknown`."""
        subsidy = self.subsidies.find(subsidy_id)
        if subsidy is None:
            raise SubsidyUnknown
        return subsidy

    def get_for(self, reference: str, email: str) -> Subsidy:
        """The file of this applicant. Raises `SubsidyUnknown` for an unknown and for a foreign one."""
        subsidy = self.get_by_reference(reference)
        if subsidy.email != email.lower():
            raise SubsidyUnknown
        return subsidy

    def get_by_reference(self, reference: str) -> Subsidy:
        """The file, whoever's it is. Raises `SubsidyUnknown`."""
        subsidy = self.subsidies.find_by_reference(reference)
        if subsidy is None:
            raise SubsidyUnknown
        return subsidy

    def record(
        self, subsidy_id: str, event: Event, line: HistoryLine, in_round: int | None = None, by: str = ""
    ) -> Subsidy:
        """What happened to the file; a repeated or late event leaves it as it is.

        `in_round` is the round that the event was seen in: it says nothing of a later one. `by` is the address of
        who answered.
        """
        subsidy = self.get(subsidy_id)
        if in_round not in (None, subsidy.round):
            return subsidy
        try:
            return self._happened(subsidy, event, line, by)
        except OutOfStep:
            return subsidy

    def fund(self, subsidy_id: str) -> Subsidy:
        """It is the turn of a file that waited for money. Raises `EnvelopeExhausted` when there is none."""
        subsidy = self.get(subsidy_id)
        check_step(subsidy, Event.FUNDED)
        line = HistoryLine(self.clock(), SYSTEM, EVENT_WORDS[Event.FUNDED])
        moved = self._awarded(subsidy, Event.FUNDED, line)
        self.process.start(moved.run_name, moved.run_input)
        return moved

    def withdraw(self, subsidy: Subsidy) -> Subsidy:
        """The applicant takes the file back. Raises `OutOfStep`."""
        who = subsidy.beneficiary.contact_name
        line = HistoryLine(self.clock(), who, EVENT_WORDS[Event.WITHDRAWN])
        return self._save(apply(subsidy, Event.WITHDRAWN, line))

    def reopen(self, subsidy: Subsidy, who: str, reason: str) -> Subsidy:
        """Staff take an overdue file up again, in a new run. Raises `OutOfStep`."""
        line = HistoryLine(self.clock(), who, EVENT_WORDS[Event.REOPENED], reason)
        reopened = self._save(apply(subsidy, Event.REOPENED, line))
        self.process.start(reopened.run_name, reopened.run_input)
        return reopened

    def name_inspector(self, subsidy: Subsidy, who: str, name: str, email: str) -> Subsidy:
        """Staff say who inspected the accommodation: that person decides nothing of it from then on. Twice is once."""
        if email.lower() in subsidy.inspectors:
            return subsidy
        line = HistoryLine(self.clock(), who, f"Visite faite par {name}")
        inspectors = (*subsidy.inspectors, email.lower())
        return self._save(apply(subsidy, Event.INSPECTOR_NAMED, line, inspectors=inspectors))

    def _happened(self, subsidy: Subsidy, event: Event, line: HistoryLine, by: str) -> Subsidy:
        check_step(subsidy, event)
        if event in {Event.ACCEPTED, Event.SECOND_ACCEPTED}:
            return self._awarded(subsidy, event, line, by)
        if event is Event.WORKED_OUT:
            return self._worked_out(subsidy, line)
        if event is Event.CORRECTED:
            return self._corrected(subsidy, line)
        return self._save(apply(subsidy, event, line, **_stamps(subsidy, event, line)))

    def _worked_out(self, subsidy: Subsidy, line: HistoryLine) -> Subsidy:
        """The amount, worked out once the pivot date is known; nobody is asked about what the rules forbid."""
        assessment = self.assessor.assess(subsidy, paris_day(line.at)).assessment
        if not assessment.is_eligible:
            return self._save(self._ineligible(subsidy, assessment))
        return self._save(apply(subsidy, Event.WORKED_OUT, line, amount=assessment.amount))

    def _awarded(self, subsidy: Subsidy, event: Event, line: HistoryLine, by: str = "") -> Subsidy:
        """The award with its money, or a place in the queue; the rules are asked once more at the last moment."""
        today = paris_day(self.clock())
        self._open_year(today.year)
        assessed = self.assessor.assess(subsidy, today)
        if not assessed.assessment.is_eligible:
            return self._save(self._ineligible(subsidy, assessed.assessment))
        amount = min(subsidy.amount or assessed.assessment.amount, assessed.assessment.amount, key=_cents)
        details: dict[str, Any] = {"amount": amount, **_decided(event, line, by)}
        if event is Event.ACCEPTED and self.assessor.rules_of(subsidy).needs_second_approval(amount.cents):
            second = Status.AWAITING_SECOND_APPROVAL
            return self._save(apply(subsidy, event, line, to=second, **details))
        money: dict[str, Any] = {"granted_on": today, "envelope_year": today.year}
        try:
            return self._save(apply(subsidy, event, line, **details, **money), assessed.seen)
        except EnvelopeExhausted:
            if event is Event.FUNDED:
                raise
            return self._save(apply(subsidy, event, line, to=Status.AWAITING_BUDGET, **details))

    def _open_year(self, year: int) -> None:
        rules = self.office().subsidies
        self.money.open_year(year, rules.envelope_cents(year) if rules else 0)

    def _ineligible(self, subsidy: Subsidy, assessment: Assessment) -> Change:
        """Back to who checks files, with the names of the rules that forbid it: details may tell of other files."""
        why = ", ".join(verdict.label for verdict in assessment.verdicts if verdict.is_blocking)
        line = HistoryLine(self.clock(), SYSTEM, EVENT_WORDS[Event.FOUND_INELIGIBLE], why)
        return apply(subsidy, Event.FOUND_INELIGIBLE, line, amount=None)

    def _corrected(self, subsidy: Subsidy, line: HistoryLine) -> Subsidy:
        """The corrections taken over as far as they hold; where they do not, the line says so."""
        draft = self.corrections.find(subsidy.id)
        office = self.office_at(subsidy.office_version)
        answers = self.answers_in(draft.answers if draft and draft.is_correction else subsidy.answers)
        if not self.is_complete(answers, office):
            return self._save(apply(subsidy, Event.CORRECTED, replace(line, reason=INCOMPLETE)))
        documents = tuple(self.joined(subsidy.id, answers, office))
        taken: dict[str, Any] = {"answers": answers, "documents": documents, "sent_at": line.at}
        change = apply(subsidy, Event.CORRECTED, line, **taken)
        try:
            return self._save(change)
        except UnitTaken:
            return self._save(apply(subsidy, Event.CORRECTED, replace(line, reason=TAKEN)))

    def _save(self, change: Change, seen: Mapping[str, int] | None = None) -> Subsidy:
        mails = emails.mails_of(change, self.office_at(change.after.office_version))
        self.subsidies.save(change, mails, seen or {})
        return change.after


def _stamps(subsidy: Subsidy, event: Event, line: HistoryLine) -> dict[str, Any]:
    """What an event leaves on the file besides its status; the first pivot date stays."""
    if event is Event.FOUND_COMPLETE:
        return {"complete_on": subsidy.complete_on or paris_day(line.at)}
    if event is Event.REFUSED:
        return {"decided_at": line.at, "decided_by": line.who}
    return {}


def _decided(event: Event, line: HistoryLine, by: str) -> dict[str, Any]:
    """Who accepted, and since when the file has its place in the queue."""
    if event is Event.FUNDED:
        return {}
    first = {"first_approver": by} if event is Event.ACCEPTED else {}
    decider = {"decided_by": line.who, "decided_for": line.on_behalf_of, "decided_at": line.at}
    return {**first, **decider, "accepted_at": line.at}


def _cents(amount: Any) -> int:
    return int(amount.cents)
