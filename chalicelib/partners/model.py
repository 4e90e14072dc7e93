"""The membership file: where it stands, what may happen next, what each event leaves behind."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from chalicelib.kernel.errors import AlreadySettled, NotFound
from chalicelib.kernel.history import HistoryLine
from chalicelib.partners.consents import Choice, Choices, Consent, Standing, standing

PROCESS = "partners_onboarding"
"""The state machine that drives a file."""


class Status(StrEnum):
    """Where a file stands."""

    AWAITING_CONFIRMATION = "awaiting_confirmation"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    AWAITING_PAYMENT = "awaiting_payment"
    APPROVED = "approved"
    ACTIVE = "active"
    REFUSED = "refused"
    OVERDUE = "overdue"
    UNCONFIRMED = "unconfirmed"
    ABANDONED = "abandoned"
    UNPAID = "unpaid"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"


STEP_OF: Mapping[Status, str] = {
    Status.AWAITING_CONFIRMATION: "confirmation",
    Status.SUBMITTED: "membership",
    Status.CHANGES_REQUESTED: "corrections",
    Status.AWAITING_PAYMENT: "payment",
}
"""The question that a file waits for in each status."""


class Event(StrEnum):
    """What happens to a file; the state machine names these."""

    ADDRESS_CONFIRMED = "address_confirmed"
    FOUND_DUPLICATE = "found_duplicate"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CHANGES_REQUESTED = "changes_requested"
    CORRECTED = "corrected"
    PAYMENT_CONFIRMED = "payment_confirmed"
    PAYMENT_CANCELLED = "payment_cancelled"
    ACTIVATED = "activated"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    CONFIRMATION_EXPIRED = "confirmation_expired"
    REVIEW_EXPIRED = "review_expired"
    CORRECTIONS_EXPIRED = "corrections_expired"
    PAYMENT_EXPIRED = "payment_expired"


IN_PROGRESS = frozenset(
    {Status.AWAITING_CONFIRMATION, Status.SUBMITTED, Status.CHANGES_REQUESTED, Status.AWAITING_PAYMENT,
     Status.APPROVED}
)  # fmt: skip
"""A run of the process has work to do on these."""

CLOSED = frozenset(
    {Status.REFUSED, Status.UNCONFIRMED, Status.ABANDONED, Status.UNPAID, Status.WITHDRAWN, Status.DUPLICATE}
)
"""Ended without a partnership: purged in their time."""

DECIDED = frozenset({Status.ACTIVE, Status.REFUSED, Status.AWAITING_PAYMENT, Status.APPROVED})
WITHDRAWABLE = IN_PROGRESS | {Status.OVERDUE}
HOLDS_IDENTITY = frozenset(
    {Status.SUBMITTED, Status.CHANGES_REQUESTED, Status.AWAITING_PAYMENT, Status.APPROVED, Status.ACTIVE,
     Status.OVERDUE}
)  # fmt: skip
"""One file at a time in these for an address or a SIRET."""

_MOVES: Mapping[tuple[Status, Event], Status] = {
    (Status.AWAITING_CONFIRMATION, Event.ADDRESS_CONFIRMED): Status.SUBMITTED,
    (Status.AWAITING_CONFIRMATION, Event.FOUND_DUPLICATE): Status.DUPLICATE,
    (Status.AWAITING_CONFIRMATION, Event.CONFIRMATION_EXPIRED): Status.UNCONFIRMED,
    (Status.SUBMITTED, Event.ACCEPTED): Status.AWAITING_PAYMENT,
    (Status.SUBMITTED, Event.REFUSED): Status.REFUSED,
    (Status.SUBMITTED, Event.CHANGES_REQUESTED): Status.CHANGES_REQUESTED,
    (Status.SUBMITTED, Event.REVIEW_EXPIRED): Status.OVERDUE,
    (Status.CHANGES_REQUESTED, Event.CORRECTED): Status.SUBMITTED,
    (Status.CHANGES_REQUESTED, Event.CORRECTIONS_EXPIRED): Status.ABANDONED,
    (Status.AWAITING_PAYMENT, Event.PAYMENT_CONFIRMED): Status.APPROVED,
    (Status.AWAITING_PAYMENT, Event.PAYMENT_CANCELLED): Status.UNPAID,
    (Status.AWAITING_PAYMENT, Event.PAYMENT_EXPIRED): Status.UNPAID,
    (Status.APPROVED, Event.ACTIVATED): Status.ACTIVE,
    (Status.OVERDUE, Event.REOPENED): Status.SUBMITTED,
    (Status.UNPAID, Event.REOPENED): Status.AWAITING_PAYMENT,
    **{(status, Event.WITHDRAWN): Status.WITHDRAWN for status in WITHDRAWABLE},
}

NEW_ROUND = frozenset({Event.CORRECTED, Event.REOPENED})
"""The office is asked anew after these."""


@dataclass(frozen=True)
class Fee:
    """What the membership costs: integer cents, with the computation line by line."""

    cents: int
    steps: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Application:
    """One membership file with the versions of form, office file and process it was sent and decided under.

    `run` counts the executions of the process, `round` the times the office was asked, `consents_version` the
    times that consents were chosen after the form.
    """

    id: str
    reference: str
    status: Status
    status_since: datetime
    answers: Mapping[str, Any]
    fee: Fee
    created_at: datetime
    office_version: int
    form_version: str
    process_version: str = ""
    decided_office_version: int = 0
    decided_process_version: str = ""
    version: int = 1
    round: int = 1
    run: int = 1
    origin: str = "web"
    confirmed_at: datetime | None = None
    decided_at: datetime | None = None
    active_from: date | None = None
    active_until: date | None = None
    note: str = ""
    consents: Choices = field(default_factory=dict)
    consents_version: int = 0

    @property
    def email(self) -> str:
        """The applicant's address, in lower case."""
        return str(self.answers["email"]).lower()

    @property
    def siret(self) -> str:
        """The SIRET, or the empty string of a private person who has none."""
        return str(self.answers.get("siret") or "")

    @property
    def business_name(self) -> str:
        """The name on the door."""
        return str(self.answers["business_name"])

    @property
    def contact_name(self) -> str:
        """First and last name of the person who applies."""
        return f"{self.answers['first_name']} {self.answers['last_name']}"

    @property
    def run_name(self) -> str:
        """The name of the present execution: the record's identifier and its count."""
        return self.id if self.run == 1 else f"{self.id}-{self.run}"

    def consent(self, consent: Consent) -> Standing:
        """How a consent stands, and since when."""
        return standing(consent, self.answers, self.created_at, self.consents)

    @property
    def run_input(self) -> Mapping[str, Any]:
        """What a run of the process is started with."""
        return {"application_id": self.id}

    @property
    def awaited_step(self) -> str:
        """The step of the question that the file waits for; empty when it waits for none."""
        return STEP_OF.get(self.status, "")

    @property
    def is_in_progress(self) -> bool:
        """Whether a run of the process has work to do."""
        return self.status in IN_PROGRESS


class ApplicationUnknown(NotFound):
    """No such file for this person."""

    def __init__(self) -> None:
        super().__init__("Ce dossier n’existe pas ou ne vous est pas ouvert.")


class OutOfStep(AlreadySettled):
    """The file has moved on: this event no longer applies to it."""

    def __init__(self, application: Application) -> None:
        super().__init__("Ce dossier a changé entre-temps\u00a0: rechargez la page pour voir où il en est.")
        self.application = application


class AlreadyKnown(AlreadySettled):
    """Another file holds this address or SIRET."""


@dataclass(frozen=True)
class Change:
    """A file after an event, with the line that tells it; no event when it stands where it stood."""

    before: Application
    after: Application
    line: HistoryLine
    event: Event | None


def apply(application: Application, event: Event, line: HistoryLine, **details: Any) -> Change:
    """The file after the event. Raises `OutOfStep` when the event does not fit where it stands."""
    target = _MOVES.get((application.status, event))
    if target is None:
        raise OutOfStep(application)
    if target is Status.AWAITING_PAYMENT and application.fee.cents == 0:
        target = Status.APPROVED
    after = replace(
        application,
        status=target,
        status_since=line.at,
        version=application.version + 1,
        round=application.round + (event in NEW_ROUND),
        run=application.run + (event is Event.REOPENED),
        **_stamps(event, line),
        **details,
    )
    return Change(application, after, line, event)


def choose(application: Application, consent: Consent, choice: Choice, line: HistoryLine) -> Change:
    """The file with this choice, wherever it stands."""
    after = replace(
        application,
        version=application.version + 1,
        consents={**application.consents, consent.value: choice},
        consents_version=application.consents_version + 1,
    )
    return Change(application, after, line, event=None)


def _stamps(event: Event, line: HistoryLine) -> dict[str, Any]:
    """What the event leaves on the file besides its status; the last reason given is kept at hand."""
    stamps: dict[str, Any] = {"note": line.reason}
    if event is Event.ADDRESS_CONFIRMED:
        stamps["confirmed_at"] = line.at
    if event in {Event.ACCEPTED, Event.REFUSED}:
        stamps["decided_at"] = line.at
    return stamps


def takes_identity(change: Change) -> bool:
    """Whether the file begins to hold its address and SIRET with this change."""
    return change.after.status in HOLDS_IDENTITY and change.before.status not in HOLDS_IDENTITY


def leaves_identity(change: Change) -> bool:
    """Whether the file gives its address and SIRET back with this change."""
    return change.before.status in HOLDS_IDENTITY and change.after.status not in HOLDS_IDENTITY
