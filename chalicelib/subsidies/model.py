"""The aid file: what it holds, what each event leaves behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from chalicelib.kernel.errors import AlreadySettled, NotFound
from chalicelib.kernel.ids import id_of
from chalicelib.subsidies.amounts import Amount
from chalicelib.subsidies.classification import Classification
from chalicelib.subsidies.request import Request, request_of
from chalicelib.subsidies.statuses import (
    BEFORE_AWARD,
    MOVES,
    WITHDRAWABLE,
    Event,
    Status,
)

AWARD_PROCESS = "subsidies_award"
"""The state machine from the application to the notified award."""
PAYMENT_PROCESS = "subsidies_payment"
"""The state machine from the proofs to the approved payment."""

STEP_OF: Mapping[Status, str] = {
    Status.SUBMITTED: "subsidy_check",
    Status.CHANGES_REQUESTED: "subsidy_corrections",
    Status.UNDER_REVIEW: "subsidy_award",
    Status.AWAITING_SECOND_APPROVAL: "subsidy_second_approval",
    Status.PAYMENT_REQUESTED: "subsidy_proofs",
    Status.PROOFS_TO_CORRECT: "subsidy_proof_corrections",
    Status.CLASSIFIED: "subsidy_payment",
    Status.NOT_CLASSIFIED: "subsidy_payment",
}
"""The question that a file waits for in each status."""

RECEIPT, AWARD = "receipt", "award"
"""The PDFs of a file."""


@dataclass(frozen=True)
class Beneficiary:
    """The partner who applies: the record of the partnership, and how to reach its person."""

    partner_id: str
    email: str
    contact_name: str
    business_name: str


@dataclass(frozen=True)
class JoinedDocument:
    """A file that was joined, as it was when the form was sent; `sha256` in hexadecimal, `size` in bytes.

    `readers` are the roles that may open it; all who work on files where it names none.
    """

    kind: str
    title: str
    upload_id: str
    name: str
    content_type: str
    size: int
    sha256: str
    readers: tuple[str, ...] = ()

    def is_for(self, roles: Iterable[str]) -> bool:
        """Whether who has these roles may open it."""
        return not self.readers or not set(self.readers).isdisjoint(roles)


@dataclass(frozen=True)
class PrintedDocument:
    """A PDF that was made for the file and is stored under `key`."""

    kind: str
    key: str
    sha256: str
    made_at: datetime


@dataclass(frozen=True)
class Subsidy:
    """One aid file with the versions of form, office file and process it was sent under.

    `run` counts the executions of the award machine, `round` the times that staff were asked. `sent_at` is when the
    answers and documents were sent last. `complete_on` is the pivot date: nothing ordered before it is helped.
    `accepted_at` is its place in the queue for money. `proofs` are the answers that were sent after the visit,
    `payment_run` counts the executions of the payment machine, `payable` is what is paid on them. From
    `renewable_from` on, its accommodations may be applied for again. Of an account that is forgotten the last signs
    stay.
    """

    id: str
    reference: str
    status: Status
    status_since: datetime
    beneficiary: Beneficiary
    answers: Mapping[str, Any]
    documents: tuple[JoinedDocument, ...]
    created_at: datetime
    sent_at: datetime
    scheme_id: str
    office_version: int
    form_version: str
    process_version: str = ""
    version: int = 1
    round: int = 1
    run: int = 1
    note: str = ""
    complete_on: date | None = None
    amount: Amount | None = None
    first_approver: str = ""
    decided_by: str = ""
    decided_for: str = ""
    accepted_at: datetime | None = None
    decided_at: datetime | None = None
    granted_on: date | None = None
    envelope_year: int = 0
    notified_on: date | None = None
    lapses_on: date | None = None
    is_prolonged: bool = False
    proofs: Mapping[str, Any] = field(default_factory=dict)
    proof_documents: tuple[JoinedDocument, ...] = ()
    payment_run: int = 0
    payable: Amount | None = None
    classification: Classification | None = None
    batch: str = ""
    paid_on: date | None = None
    renewable_from: date | None = None
    left_on: date | None = None
    inspectors: tuple[str, ...] = ()
    printed: tuple[PrintedDocument, ...] = ()
    is_account_forgotten: bool = False

    @property
    def email(self) -> str:
        """The applicant's address, in lower case."""
        return self.beneficiary.email.lower()

    @property
    def request(self) -> Request:
        """What it asks for."""
        return request_of(self.answers)

    @property
    def cents(self) -> int:
        """The aid that was worked out; 0 before."""
        return self.amount.cents if self.amount else 0

    @property
    def payable_cents(self) -> int:
        """What is paid on the proofs; 0 before they were checked."""
        return self.payable.cents if self.payable else 0

    @property
    def owner(self) -> str:
        """Who is helped, for ceilings: the SIREN of a company, else the partner."""
        return self.request.siren or f"partner:{self.beneficiary.partner_id}"

    @property
    def units(self) -> tuple[str, ...]:
        """What may have one file at a time: registration numbers, a SIRET, else the partner."""
        return self.request.units or (f"partner:{self.beneficiary.partner_id}",)

    @property
    def all_documents(self) -> tuple[JoinedDocument, ...]:
        """What was joined before and after the visit."""
        return (*self.documents, *self.proof_documents)

    @property
    def proofs_draft(self) -> str:
        """The identifier of the draft in which the proofs are gathered."""
        return id_of(f"proofs of {self.id}")

    @property
    def run_name(self) -> str:
        """The name of the present execution: the record's identifier and its count."""
        return self.id if self.run == 1 else f"{self.id}-{self.run}"

    @property
    def run_input(self) -> Mapping[str, Any]:
        """What a run of the award machine is started with."""
        return {"subsidy_id": self.id}

    @property
    def awaited_step(self) -> str:
        """The step of the question that the file waits for; empty when it waits for none."""
        return STEP_OF.get(self.status, "")

    @property
    def document_due(self) -> str:
        """The PDF that is to be printed and sent now: `receipt`, `award`, or none."""
        if self.status is Status.GRANTED and self.notified_on is None:
            return AWARD
        receipt = self.printed_as(RECEIPT)
        is_new = receipt is None or receipt.made_at < self.sent_at
        return RECEIPT if self.status in BEFORE_AWARD and is_new else ""

    @property
    def is_in_progress(self) -> bool:
        """Whether a run of the award machine has work to do."""
        return self.status in BEFORE_AWARD or self.document_due == AWARD

    @property
    def proof_deadline(self) -> date | None:
        """Until when the visit has to be proved; None once it is, or need not be any more."""
        return self.lapses_on if (self.status, Event.LAPSED) in MOVES else None

    @property
    def may_withdraw(self) -> bool:
        """Whether the applicant may still take it back."""
        return self.status in WITHDRAWABLE

    def printed_as(self, kind: str) -> PrintedDocument | None:
        """The PDF of that kind, the last one made."""
        return next((one for one in reversed(self.printed) if one.kind == kind), None)


class SubsidyUnknown(NotFound):
    """No such file for this person."""

    def __init__(self) -> None:
        super().__init__("Ce dossier n’existe pas ou ne vous est pas ouvert.")


class OutOfStep(AlreadySettled):
    """The file has moved on: this event no longer applies to it."""

    def __init__(self, subsidy: Subsidy) -> None:
        super().__init__("Ce dossier a changé entre-temps\u00a0: rechargez la page pour voir où il en est.")
        self.subsidy = subsidy


class UnitTaken(AlreadySettled):
    """Another file holds one of the accommodations."""

    def __init__(self) -> None:
        super().__init__(
            "Un autre dossier d’aide existe pour cet hébergement\u00a0: ouvrez-le depuis «\u00a0Mon espace\u00a0», "
            "ou appelez l’office."
        )
