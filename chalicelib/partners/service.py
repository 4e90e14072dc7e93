"""The membership file from its submission to the active partner, one method per thing that happens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from chalicelib.drafts.model import Draft
from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.ports import Process
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.partners import emails
from chalicelib.partners.consents import answered_anew
from chalicelib.partners.fees import fee_if_known
from chalicelib.partners.model import (
    AlreadyKnown,
    Application,
    ApplicationUnknown,
    Change,
    Event,
    OutOfStep,
    Status,
    apply,
)
from chalicelib.partners.wording import EVENT_WORDS

SYSTEM = "Cordée"
INCOMPLETE = "Les réponses corrigées sont incomplètes\u00a0: les précédentes sont gardées."
SIRET_TAKEN = "Le SIRET corrigé appartient à un autre dossier\u00a0: l’ancien est gardé."


class ApplicationStore(Protocol):
    """The files; every change is one transaction with its line of history and its mails."""

    def find(self, application_id: str) -> Application | None:
        """The file, read strongly, or None."""

    def find_by_reference(self, reference: str) -> Application | None:
        """The file with this reference, or None."""

    def find_holder(self, email: str, siret: str) -> Application | None:
        """The file that holds this address or this SIRET, or None."""

    def save(self, change: Change, mails: list[Message]) -> None:
        """Keep a change; corrections in place of their draft.

        Raises `ChangedMeanwhile`, or `AlreadyKnown` when its identity is held.
        """

    def renew_run(self, application: Application) -> Application:
        """Count one more run of the process. Raises `ChangedMeanwhile`."""

    def list_in_status(self, status: Status) -> list[Application]:
        """The files in this status, oldest first."""

    def list_by_email(self, email: str) -> list[Application]:
        """The files of this address, newest first."""

    def list_history(self, application_id: str) -> list[HistoryLine]:
        """The lines of one file, oldest first."""


class Corrections(Protocol):
    """The answers that applicants correct."""

    def find(self, draft_id: str) -> Draft | None:
        """The draft, or None."""


@dataclass(frozen=True)
class ApplicationService:
    """What happens to membership files; `is_complete` is the check that the form makes of its answers."""

    applications: ApplicationStore
    corrections: Corrections
    process: Process
    office: Callable[[], Office]
    office_at: Callable[[int], Office]
    is_complete: Callable[[Mapping[str, Any], Office], bool]
    clock: Clock
    process_version: str = ""

    def get(self, application_id: str) -> Application:
        """The file. Raises `ApplicationUnknown`."""
        application = self.applications.find(application_id)
        if application is None:
            raise ApplicationUnknown
        return application

    def get_for(self, reference: str, email: str) -> Application:
        """The file of this applicant. Raises `ApplicationUnknown` for an unknown and for a foreign one."""
        application = self.applications.find_by_reference(reference)
        if application is None or application.email != email.lower():
            raise ApplicationUnknown
        return application

    def record(
        self, application_id: str, event: Event, line: HistoryLine, in_round: int | None = None
    ) -> Application:
        """What happened to the file; a repeated or late event leaves it as it is.

        `in_round` is the round that the event was seen in: it says nothing of a later one.
        """
        application = self.get(application_id)
        if in_round not in (None, application.round):
            return application
        try:
            return self._save(self._change(application, event, line))
        except OutOfStep:
            return application
        except AlreadyKnown:
            return self._identity_held(application, event, line)

    def activate(self, application_id: str) -> Application:
        """Make an approved applicant a partner; a repeated call leaves things as they are."""
        return self.record(application_id, Event.ACTIVATED, self._line(Event.ACTIVATED))

    def withdraw(self, application: Application) -> Application:
        """The applicant takes the file back. Raises `OutOfStep`."""
        line = HistoryLine(self.clock(), application.contact_name, EVENT_WORDS[Event.WITHDRAWN])
        return self._save(apply(application, Event.WITHDRAWN, line))

    def reopen(self, application: Application, who: str, reason: str) -> Application:
        """Staff take an overdue or unpaid file up again, in a new run. Raises `OutOfStep`."""
        line = HistoryLine(self.clock(), who, EVENT_WORDS[Event.REOPENED], reason)
        reopened = self._save(apply(application, Event.REOPENED, line))
        self.process.start(reopened.run_name, reopened.run_input)
        return reopened

    def _save(self, change: Change) -> Application:
        self.applications.save(change, emails.mails_of(change, self.office_at(change.after.office_version)))
        return change.after

    def _identity_held(self, application: Application, event: Event, line: HistoryLine) -> Application:
        """Another file took the address or SIRET first: a new file is set aside, an old one keeps its own."""
        if event is Event.CORRECTED:
            return self._save(self._corrected(application, line, siret=application.siret, why=SIRET_TAKEN))
        holder = self.applications.find_holder(application.email, application.siret)
        aside = apply(
            application, Event.FOUND_DUPLICATE, replace(self._line(Event.FOUND_DUPLICATE), at=line.at)
        )
        told = [emails.already_known(holder, application, self.office())] if holder else []
        self.applications.save(aside, told)
        return aside.after

    def _change(self, application: Application, event: Event, line: HistoryLine) -> Change:
        """The event with what else it changes."""
        if event is Event.CORRECTED:
            return self._corrected(application, line)
        return apply(application, event, line, **self._frozen(application, event))

    def _frozen(self, application: Application, event: Event) -> dict[str, Any]:
        """What the event writes down for good: the days of the membership, the rules of the decision."""
        if event is Event.ACTIVATED:
            return self._membership(application)
        if event in {Event.ACCEPTED, Event.REFUSED}:
            office = self.office().version
            return {"decided_office_version": office, "decided_process_version": self.process_version}
        return {}

    def _corrected(
        self, application: Application, line: HistoryLine, *, siret: str | None = None, why: str = ""
    ) -> Change:
        """The corrections taken over as far as they hold; where they do not, the line says so."""
        draft = self.corrections.find(application.id)
        answers = draft.answers if draft and draft.is_correction else application.answers
        kept = {**answers, "email": application.answers["email"]}
        if siret is not None:
            kept["siret"] = siret
        office = self.office_at(application.office_version)
        fee = fee_if_known(kept, office, paris_day(application.created_at))
        if fee is None or not self.is_complete(kept, office):
            return apply(application, Event.CORRECTED, replace(line, reason=INCOMPLETE))
        told = replace(line, reason=why) if why else line
        consents = answered_anew(application.answers, kept, line.at, application.consents)
        return apply(
            application,
            Event.CORRECTED,
            told,
            answers=kept,
            fee=fee,
            consents=consents,
            consents_version=application.consents_version + (consents != application.consents),
        )

    def _membership(self, application: Application) -> dict[str, Any]:
        today = paris_day(self.clock())
        covered = self.office_at(application.office_version).covered_period(today)
        return {"active_from": today, "active_until": covered.valid_to}

    def _line(self, event: Event) -> HistoryLine:
        return HistoryLine(self.clock(), SYSTEM, EVENT_WORDS[event])
