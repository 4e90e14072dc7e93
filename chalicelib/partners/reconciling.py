"""Files compared with the runs of their process: what a crash left between the two is repaired."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from chalicelib.decisions.model import Decision, DecisionState
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.ports import Process, RunState
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


@dataclass(frozen=True)
class Reconciler:
    """Starts what never started, starts again what died, closes questions left behind."""

    applications: ApplicationStore
    questions_of: Callable[[str], list[Decision]]
    decisions: DecisionDesk
    process: Process
    clock: Clock

    def reconcile(self) -> int:
        """Look at every file in progress; how many were mended."""
        limit = self.clock() - GRACE
        files = [
            application
            for status in sorted(IN_PROGRESS)
            for application in self.applications.list_in_status(status)
            if application.status_since <= limit
        ]
        return sum(self._mend(application) for application in files)

    def withdraw_stale(self, application: Application) -> int:
        """Close the pending questions that this file does not wait for; how many."""
        stale = [one for one in self.questions_of(application.id) if _is_stale(one, application)]
        for decision in stale:
            self.decisions.withdraw(decision.id, "Le dossier a avancé sans cette réponse.")
        return len(stale)

    def _mend(self, application: Application) -> bool:
        if self.withdraw_stale(application):
            return True
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


def _is_stale(decision: Decision, application: Application) -> bool:
    if decision.state is not DecisionState.PENDING:
        return False
    awaited = (STEP_OF.get(application.status), application.round)
    return (decision.question.step, decision.question.round) != awaited
