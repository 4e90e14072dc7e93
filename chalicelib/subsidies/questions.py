"""The questions that the award machine puts to people about an aid file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.decisions.model import Asked, Outcome
from chalicelib.kernel.french import french_money
from chalicelib.kernel.history import HistoryLine
from chalicelib.office.model import Office
from chalicelib.subsidies.asking import Step, to_applicant, to_staff
from chalicelib.subsidies.dossier import Sections, document_row, dossier_of
from chalicelib.subsidies.eligibility import Assessment
from chalicelib.subsidies.model import AWARD_PROCESS, Subsidy

Describe = Callable[[Mapping[str, Any], Office], Sections]

COMPLETE = Outcome(
    "complete",
    "Dossier complet",
    hint="L’accusé de réception part, et fixe la date à partir de laquelle la visite compte.",
)
CHANGES = Outcome(
    "request_changes", "Demander des compléments", True, "Dites ce qui manque ou est à corriger."
)
REFUSE = Outcome("refuse", "Refuser", True, "Le motif est transmis au demandeur.")
ACCEPT = Outcome(
    "accept",
    "Accorder l’aide",
    hint="Le montant est réservé sur l’enveloppe\u00a0; la lettre d’attribution part.",
)
SECOND = Outcome("accept", "Donner le second accord", hint="Le montant est réservé sur l’enveloppe.")
SEND_BACK = Outcome(
    "send_back", "Renvoyer à l’instruction", True, "La personne chargée de la qualité reprend le dossier."
)
RESUBMIT = Outcome("resubmit", "Renvoyer mon dossier")


@dataclass(frozen=True)
class Case:
    """A file with what a question about it needs: the rules' verdicts, its history, the office, the day in Paris."""

    subsidy: Subsidy
    assessment: Assessment
    office: Office
    history: list[HistoryLine]
    on: date


@dataclass(frozen=True)
class Questions:
    """Writes the questions about files; `describe` turns answers into readable sections."""

    describe: Describe

    def check(self, case: Case) -> Asked:
        """Is the file complete? Not offered while a rule forbids the aid."""
        outcomes = (COMPLETE, CHANGES, REFUSE) if case.assessment.is_eligible else (CHANGES, REFUSE)
        title = "demande d’aide au classement"
        return self._to_staff(case, Step("subsidy_check", title, outcomes, AWARD_PROCESS, "À vérifier"))

    def award(self, case: Case) -> Asked:
        """Is the aid granted?"""
        outcomes = (ACCEPT, SEND_BACK, REFUSE)
        return self._to_staff(case, Step("subsidy_award", _aid(case), outcomes, AWARD_PROCESS))

    def second_approval(self, case: Case) -> Asked:
        """Does a second person agree?"""
        title, outcomes = f"{_aid(case)}, second accord", (SECOND, SEND_BACK, REFUSE)
        first = frozenset({case.subsidy.first_approver})
        step = Step("subsidy_second_approval", title, outcomes, AWARD_PROCESS, excluded=first)
        return self._to_staff(case, step)

    def corrections(self, case: Case) -> Asked:
        """What the office asked for: please correct and send again."""
        step = Step("subsidy_corrections", "demande d’aide au classement", (RESUBMIT,), AWARD_PROCESS)
        return to_applicant(case, step, "subsidies/changes_requested")

    def _to_staff(self, case: Case, step: Step) -> Asked:
        role = case.office.role_for(step.key)
        return to_staff(case, step, role, self._dossier(case, role))

    def _dossier(self, case: Case, role: str) -> dict[str, Any]:
        """The file as it stands."""
        subsidy, assessed = case.subsidy, case.assessment
        documents = (document_row(subsidy, one, role) for one in subsidy.documents)
        described = self.describe(subsidy.answers, case.office)
        return dossier_of(assessed.verdicts, assessed.amount, documents, described, case.history)


def _aid(case: Case) -> str:
    return f"aide au classement de {french_money(case.assessment.amount.cents)}"
