"""Records compared with the runs of their process: what a crash left between the two is repaired."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar

from chalicelib.decisions.model import Decision, DecisionState, question_id
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.ports import Process, RunState
from chalicelib.kernel.rounds import one_by_one

GRACE = timedelta(minutes=2)
"""A record that changed a moment ago is still in good hands."""
PATIENCE = timedelta(hours=1)
"""A run that was started a moment ago has not asked yet: a missing question is lost after that only."""


class Driven(Protocol):
    """A record that a process drives, of any feature."""

    @property
    def id(self) -> str:
        """Its identifier, which its questions name."""

    @property
    def round(self) -> int:
        """How many times its questions were put anew."""

    @property
    def status_since(self) -> datetime:
        """Since when it stands where it stands."""

    @property
    def awaited_step(self) -> str:
        """The step of the question that it waits for; empty when it waits for none."""

    @property
    def is_in_progress(self) -> bool:
        """Whether a run of the process has work to do."""

    @property
    def run_name(self) -> str:
        """The name of its present run."""

    @property
    def run_input(self) -> Mapping[str, Any]:
        """What a run is started with: identifiers only."""


Record = TypeVar("Record", bound=Driven)


class DrivenRecords(Protocol[Record]):
    """The records of one process."""

    def find(self, record_id: str, /) -> Record | None:
        """The record, read strongly, or None."""

    def list_in_progress(self, unchanged_since: datetime) -> list[str]:
        """The identifiers of the records that are under way and did not change since; it may lag behind."""

    def renew_run(self, record: Record, /) -> Record:
        """Count one more run of the process. Raises `ChangedMeanwhile`."""


class DecisionDesk(Protocol):
    """Closes questions."""

    def withdraw(self, decision_id: str, why: str) -> None:
        """Close a question that its record does not wait for any more."""


class AskedQuestions(Protocol):
    """The questions as they are kept; what is asked just now may not be listed yet."""

    def find(self, decision_id: str) -> Decision | None:
        """The question, read strongly, or None."""

    def list_by_record(self, record: str) -> list[Decision]:
        """The questions about a record."""

    def list_pending(self) -> list[Decision]:
        """All the questions that wait for an answer, of every feature."""


@dataclass(frozen=True)
class Reconciler(Generic[Record]):
    """Starts what never started, starts again what died or hears nothing, closes questions left behind."""

    records: DrivenRecords[Record]
    questions: AskedQuestions
    decisions: DecisionDesk
    process: Process
    clock: Clock

    def reconcile(self) -> int:
        """Look at every record in progress and every question of its process; how many were mended."""
        limit = self.clock() - GRACE
        under_way = self.records.list_in_progress(limit)
        asked = [one for one in self.questions.list_pending() if one.asked_at <= limit and self._is_ours(one)]
        return one_by_one(asked, self._withdraw_if_stale) + one_by_one(under_way, self._mend)

    def withdraw_stale(self, record_id: str) -> int:
        """Close the pending questions that this record does not wait for; how many.

        The record is read after its questions: whatever it waits for by then is not among the stale ones.
        """
        return sum(self._withdraw_if_stale(one) for one in self.questions.list_by_record(record_id))

    def _withdraw_if_stale(self, decision: Decision) -> bool:
        if decision.state is not DecisionState.PENDING:
            return False
        record = self.records.find(decision.question.record)
        if not self._is_left_behind(decision, record):
            return False
        self.decisions.withdraw(decision.id, "Le dossier a avancé sans cette réponse.")
        return True

    def _is_ours(self, decision: Decision) -> bool:
        """Questions of old name no process; those of another process, of the same record even, have their own round."""
        return decision.question.process in ("", self.process.name)

    def _is_left_behind(self, decision: Decision, record: Record | None) -> bool:
        """Whether the record moved on without the answer, or is gone: a question is asked after its record is kept."""
        if record is None:
            return decision.question.process == self.process.name
        return not _is_awaited(decision, record)

    def _mend(self, record_id: str) -> bool:
        """See to it that a run drives the record, as it stands now: the list may lag behind."""
        record = self.records.find(record_id)
        if record is None or not record.is_in_progress:
            return False
        state = self.process.state(record.run_name)
        if state is RunState.RUNNING and not self._hears_nothing(record):
            return False
        return self._start(record, state)

    def _hears_nothing(self, record: Record) -> bool:
        """Whether its run waits for an answer that was told to others, or for a question that is not there.

        The next run asks anew, or is answered at once; what the deaf one still does comes too late to count.
        """
        if not record.awaited_step:
            return False
        decision = self.questions.find(question_id(record.id, record.awaited_step, record.round))
        now = self.clock()
        if decision is None:
            return record.status_since <= now - PATIENCE
        ended_at = decision.answer.at if decision.answer else decision.expires_at
        # An answer that the sweep delivers late is news to a run that waits: it gets as long as any other.
        return decision.is_delivered and (decision.delivered_at or ended_at) <= now - GRACE

    def _start(self, record: Record, state: RunState) -> bool:
        """A run that never began keeps its name; any other one is followed by the next."""
        if state is not RunState.UNKNOWN:
            try:
                record = self.records.renew_run(record)
            except ChangedMeanwhile:
                return False
        self.process.start(record.run_name, record.run_input)
        return True


def _is_awaited(decision: Decision, record: Driven) -> bool:
    awaited = (record.awaited_step, record.round)
    return (decision.question.step, decision.question.round) == awaited
