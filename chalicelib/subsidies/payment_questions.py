"""The questions that the payment machine puts to people about an aid file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.decisions.model import Asked, Outcome
from chalicelib.kernel.french import french_money
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.verdicts import Verdict
from chalicelib.office.model import Office
from chalicelib.subsidies.amounts import Amount
from chalicelib.subsidies.asking import Step, to_applicant, to_staff
from chalicelib.subsidies.dossier import Sections, document_row, dossier_of
from chalicelib.subsidies.model import PAYMENT_PROCESS, OutOfStep, Subsidy
from chalicelib.subsidies.proofs import Proofs, payable, proofs_of, verdicts

Describe = Callable[[Mapping[str, Any]], Sections]

ACCEPT_PROOFS = Outcome(
    "accept", "Justificatifs conformes", hint="La comptabilité est sollicitée pour le paiement."
)
RETURN = Outcome(
    "request_changes", "Demander des compléments", True, "Dites ce qui manque ou est à corriger."
)
REFUSE = Outcome(
    "refuse", "Refuser le paiement", True, "Le dossier est clos\u00a0; le motif est transmis au bénéficiaire."
)
APPROVE = Outcome("approve", "Approuver le paiement", hint="Le virement part avec le prochain ordre.")
SEND_BACK = Outcome("send_back", "Renvoyer à la vérification", True, "Dites ce qui est à revoir.")
RESUBMIT = Outcome("resubmit", "Renvoyer mes justificatifs")
PROOFS = "justificatifs d’une aide au classement"


@dataclass(frozen=True)
class PaymentCase:
    """A file with its proofs and what a question about them needs."""

    subsidy: Subsidy
    office: Office
    rules: Office
    history: list[HistoryLine]
    on: date

    @property
    def proofs(self) -> Proofs:
        """What was sent after the visit."""
        return proofs_of(self.subsidy.proofs, self.subsidy.request.spending)

    @property
    def amount(self) -> Amount:
        """What is paid on them."""
        if self.subsidy.payable:
            return self.subsidy.payable
        scheme = self.rules.aid.scheme(self.subsidy.scheme_id)
        return payable(scheme, self.subsidy.cents, self.proofs)


@dataclass(frozen=True)
class PaymentQuestions:
    """Writes the questions; `describe` turns the answers about proofs into readable sections, accounts masked."""

    describe: Describe

    def proofs(self, case: PaymentCase) -> Asked:
        """Are the proofs in order? Not offered while a rule forbids the payment."""
        is_payable = case.amount.cents and not any(verdict.is_blocking for verdict in _verdicts(case))
        outcomes = (ACCEPT_PROOFS, RETURN, REFUSE) if is_payable else (RETURN, REFUSE)
        return self._to_staff(case, Step("subsidy_proofs", PROOFS, outcomes, PAYMENT_PROCESS, "À vérifier"))

    def payment(self, case: PaymentCase) -> Asked:
        """Is it paid?"""
        title = f"paiement d’une aide de {french_money(case.amount.cents)}"
        return self._to_staff(case, Step("subsidy_payment", title, (APPROVE, SEND_BACK), PAYMENT_PROCESS))

    def corrections(self, case: PaymentCase) -> Asked:
        """What the office asked for: please complete the proofs and send them again."""
        step = Step("subsidy_proof_corrections", PROOFS, (RESUBMIT,), PAYMENT_PROCESS)
        return to_applicant(case, step, "subsidies/proofs_returned")

    def _to_staff(self, case: PaymentCase, step: Step) -> Asked:
        role = case.office.role_for(step.key)
        return to_staff(case, step, role, self._dossier(case, role))

    def _dossier(self, case: PaymentCase, role: str) -> dict[str, Any]:
        """The proofs as they stand, the account by its last signs."""
        subsidy = case.subsidy
        joined = (*subsidy.proof_documents, *subsidy.documents)
        documents = (document_row(subsidy, one, role) for one in joined)
        described = self.describe({**subsidy.proofs, "iban": case.proofs.account.masked})
        return dossier_of(_verdicts(case), case.amount, documents, described, case.history)


def _verdicts(case: PaymentCase) -> list[Verdict]:
    subsidy = case.subsidy
    if subsidy.complete_on is None or subsidy.lapses_on is None:
        raise OutOfStep(subsidy)
    return verdicts(case.proofs, subsidy.complete_on, subsidy.lapses_on, subsidy.beneficiary.contact_name)
