"""The runs of the payment machine: the same files, seen by the process that pays them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.statuses import PAYING


def payment_run_name(subsidy: Subsidy) -> str:
    """The name of the present execution of the payment machine."""
    return f"{subsidy.id}-{subsidy.payment_run}"


def payment_run_input(subsidy: Subsidy) -> Mapping[str, Any]:
    """What a run of the payment machine is started with."""
    return {"subsidy_id": subsidy.id}


@dataclass(frozen=True)
class PaymentRun:
    """An aid file as the payment machine drives it."""

    subsidy: Subsidy

    @property
    def id(self) -> str:
        """The identifier of the file."""
        return self.subsidy.id

    @property
    def round(self) -> int:
        """How many times staff were asked."""
        return self.subsidy.round

    @property
    def status_since(self) -> datetime:
        """Since when it stands where it stands."""
        return self.subsidy.status_since

    @property
    def awaited_step(self) -> str:
        """The step of the question that the file waits for, of either machine."""
        return self.subsidy.awaited_step

    @property
    def is_in_progress(self) -> bool:
        """Whether a run of the payment machine has work to do."""
        return self.subsidy.status in PAYING

    @property
    def run_name(self) -> str:
        """The name of the present execution."""
        return payment_run_name(self.subsidy)

    @property
    def run_input(self) -> Mapping[str, Any]:
        """What a run is started with."""
        return payment_run_input(self.subsidy)


class PaidFiles(Protocol):
    """The aid files."""

    def find(self, subsidy_id: str) -> Subsidy | None:
        """The file, read strongly, or None."""

    def list_being_paid(self, unchanged_since: datetime) -> list[str]:
        """The identifiers of the files that the payment machine works on, unchanged since; it may lag behind."""

    def renew_payment_run(self, subsidy: Subsidy) -> Subsidy:
        """Count one more run of the payment machine. Raises `ChangedMeanwhile`."""


@dataclass(frozen=True)
class PaymentRuns:
    """The files, for the reconciler of the payment machine."""

    files: PaidFiles

    def find(self, subsidy_id: str) -> PaymentRun | None:
        """The file, read strongly, or None."""
        found = self.files.find(subsidy_id)
        return PaymentRun(found) if found else None

    def list_in_progress(self, unchanged_since: datetime) -> list[str]:
        """The identifiers of the files under way that did not change since; it may lag behind."""
        return self.files.list_being_paid(unchanged_since)

    def renew_run(self, run: PaymentRun) -> PaymentRun:
        """Count one more run. Raises `ChangedMeanwhile`."""
        return PaymentRun(self.files.renew_payment_run(run.subsidy))
