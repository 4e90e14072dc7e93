"""Files compared with the runs of their process: what a crash left between the two is repaired."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from chalicelib.decisions.model import Decision, DecisionState
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.ports import Process, RunState
from chalicelib.kernel.rounds import one_by_one
from chalicelib.partners.model import IN_PROGRESS, Application, Status
from chalicelib.partners.service import ApplicationStore

GRACE = timedelta(minutes=2)
"""A file that changed a moment ago is still in good hands."""

STEP_OF: dict[Status, str] = {
    Status.AWAITING_CONFIRMATION: "confirmation",
    Status.SUBMITTED: "membership",
    Status.CHANGES_REQUESTED: "corrections",
    Status.AWAITING_PAYMENT: "payment",
}
"""The question that a file waits for in each status."""


class DecisionDesk(Protocol):
    """The questions about files."""

    def withdraw(self, decision_id: str, why: str) -> None:
        """Close a question that its file does not wait for any more."""


class Questions(Protocol):
    """The questions as they are kept; what is asked just now may not be listed yet."""

    def list_by_record(self, record: str) -> list[Decision]:
        """The questions about a file."""

    def list_pending(self) -> list[Decision]:
        """All the questions that wait for an answer."""


@dataclass(frozen=True)
class Reconciler:
    """Starts what never started, starts again what died, closes questions left behind."""

    applications: ApplicationStore
    questions: Questions
    decisions: DecisionDesk
    process: Process
    clock: Clock

    def reconcile(self) -> int:
        """Look at every file in progress and every question; how many were mended."""
        limit = self.clock() - GRACE
        files = [
            application.id
            for status in sorted(IN_PROGRESS)
            for application in self.applications.list_in_status(status)
            if application.status_since <= limit
        ]
        asked = [one for one in self.questions.list_pending() if one.asked_at <= limit]
        return one_by_one(asked, self._withdraw_if_stale) + one_by_one(files, self._mend)

    def withdraw_stale(self, application_id: str) -> int:
        """Close the pending questions that this file does not wait for; how many.

        The file is read after its questions: whatever it waits for by then is not among the stale ones.
        """
        return sum(self._withdraw_if_stale(one) for one in self.questions.list_by_record(application_id))

    def _withdraw_if_stale(self, decision: Decision) -> bool:
        if decision.state is not DecisionState.PENDING:
            return False
        application = self.applications.find(decision.question.record)
        if application is None or _is_awaited(decision, application):
            return False
        self.decisions.withdraw(decision.id, "Le dossier a avancé sans cette réponse.")
        return True

    def _mend(self, application_id: str) -> bool:
        """See to it that a run drives the file, as it stands now: the list of files may lag behind."""
        application = self.applications.find(application_id)
        if application is None or not application.is_in_progress:
            return False
        state = self.process.state(application.run_name)
        if state is RunState.RUNNING:
            return False
        return self._start(application, state)

    def _start(self, application: Application, state: RunState) -> bool:
        """A run that never began keeps its name; one that ended is followed by the next."""
        if state is RunState.ENDED:
            try:
                application = self.applications.renew_run(application)
            except ChangedMeanwhile:
                return False
        self.process.start(application.run_name, {"application_id": application.id})
        return True


def _is_awaited(decision: Decision, application: Application) -> bool:
    awaited = (STEP_OF.get(application.status), application.round)
    return (decision.question.step, decision.question.round) == awaited
