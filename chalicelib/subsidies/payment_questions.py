"""The questions that the payment machine puts to people about an aid file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.decisions.model import Addressee, Asked, Outcome, Question, calendar_days
from chalicelib.kernel.french import french_money
from chalicelib.kernel.history import HistoryLine
from chalicelib.office.model import Office
from chalicelib.subsidies.amounts import Amount
from chalicelib.subsidies.model import PAYMENT_PROCESS, OutOfStep, Subsidy
from chalicelib.subsidies.paths import CORRECTIONS_PAGE
from chalicelib.subsidies.proofs import Proofs, payable, proofs_of, verdicts
from chalicelib.subsidies.questions import (
    barred,
    document_row,
    history_row,
    needs_login,
    rows_of,
    step_row,
    timetable_of,
)
from chalicelib.subsidies.readers import READERS

Sections = list[tuple[str, list[tuple[str, str]]]]
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
        return self._to_staff(
            case, "subsidy_proofs", outcomes, "justificatifs d’une aide au classement", "À vérifier"
        )

    def payment(self, case: PaymentCase) -> Asked:
        """Is it paid?"""
        title = f"paiement d’une aide de {french_money(case.amount.cents)}"
        return self._to_staff(case, "subsidy_payment", (APPROVE, SEND_BACK), title)

    def corrections(self, case: PaymentCase) -> Asked:
        """What the office asked for: please complete the proofs and send them again."""
        subsidy, delays = case.subsidy, case.office.delays
        question = Question(
            record=subsidy.id,
            step="subsidy_proof_corrections",
            round=subsidy.round,
            reference=subsidy.reference,
            title="justificatifs d’une aide au classement",
            subject_name=subsidy.beneficiary.business_name,
            role="",
            outcomes=(RESUBMIT,),
            timetable=calendar_days(delays.correction_days, delays.correction_reminder_days),
            mail="subsidies/proofs_returned",
            reminder_mail="subsidies/proofs_returned_reminder",
            page=CORRECTIONS_PAGE,
            dossier={"reason": subsidy.note},
            process=PAYMENT_PROCESS,
        )
        return Asked(question, Addressee(subsidy.beneficiary.contact_name, subsidy.email))

    def _to_staff(
        self,
        case: PaymentCase,
        step: str,
        outcomes: tuple[Outcome, ...],
        title: str,
        call: str = Question.call,
    ) -> Asked:
        subsidy, role = case.subsidy, case.office.role_for(step)
        excluded = barred(subsidy, case.office)
        question = Question(
            record=subsidy.id,
            step=step,
            round=subsidy.round,
            reference=subsidy.reference,
            title=title,
            subject_name=subsidy.beneficiary.business_name,
            role=role,
            outcomes=outcomes,
            timetable=timetable_of(case.office.delays),
            mail="decisions/request",
            reminder_mail="decisions/reminder",
            dossier=self._dossier(case, role),
            excluded=excluded,
            process=PAYMENT_PROCESS,
            call=call,
            needs_session=step == "subsidy_payment" and needs_login(case.office),
            readers=READERS,
        )
        approver = case.office.approver(role, case.on, excluded)
        return Asked(question, Addressee(approver.name, approver.email, approver.on_behalf_of or ""))

    def _dossier(self, case: PaymentCase, role: str) -> dict[str, Any]:
        """The proofs as they stand: plain JSON, dates in words, the account by its last signs."""
        subsidy = case.subsidy
        described = self.describe({**subsidy.proofs, "iban": case.proofs.account.masked})
        return {
            "verdicts": [vars(verdict) for verdict in _verdicts(case)],
            "fee": [step_row(step) for step in case.amount.steps],
            "fee_total": french_money(case.amount.cents),
            "documents": [
                document_row(subsidy, one, role) for one in (*subsidy.proof_documents, *subsidy.documents)
            ],
            "sections": [{"title": title, "rows": rows_of(rows)} for title, rows in described if rows],
            "history": [history_row(line) for line in case.history],
        }


def _verdicts(case: PaymentCase) -> list[Any]:
    subsidy = case.subsidy
    if subsidy.complete_on is None or subsidy.lapses_on is None:
        raise OutOfStep(subsidy)
    return verdicts(case.proofs, subsidy.complete_on, subsidy.lapses_on, subsidy.beneficiary.contact_name)
