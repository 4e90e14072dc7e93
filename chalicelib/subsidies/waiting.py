"""The queue for money: served in order as long as there is any."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.subsidies.envelope import EnvelopeExhausted
from chalicelib.subsidies.model import OutOfStep, Subsidy, SubsidyUnknown


class Queue(Protocol):
    """Who waits."""

    def list_waiting(self) -> Sequence[str]:
        """The identifiers of the files that wait, in the order of their acceptance."""


@dataclass(frozen=True)
class WaitingFiles:
    """Nobody is passed over: the first one that the money does not suffice for ends the round."""

    queue: Queue
    fund: Callable[[str], Subsidy]

    def serve(self) -> int:
        """Fund who comes first, then the next; how many were funded or left the queue."""
        served = 0
        for subsidy_id in self.queue.list_waiting():
            try:
                self.fund(subsidy_id)
            except (EnvelopeExhausted, ChangedMeanwhile):
                break
            except (OutOfStep, SubsidyUnknown):
                continue
            served += 1
        return served
