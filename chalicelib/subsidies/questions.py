"""The questions that the award machine puts to people about an aid file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.decisions.model import Addressee, Asked, Outcome, Question, Timetable, calendar_days
from chalicelib.kernel.french import french_moment, french_money
from chalicelib.kernel.history import HistoryLine
from chalicelib.office.model import Delays, Office
from chalicelib.office.people import roles_in_words
from chalicelib.subsidies.amounts import Step
from chalicelib.subsidies.eligibility import Assessment
from chalicelib.subsidies.model import AWARD_PROCESS, JoinedDocument, Subsidy
from chalicelib.subsidies.paths import CORRECTIONS_PAGE
from chalicelib.subsidies.readers import READERS
from chalicelib.web.form_text import NOT_ANSWERED

Sections = list[tuple[str, list[tuple[str, str]]]]
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

COMMITTING = frozenset({"subsidy_award", "subsidy_second_approval"})
"""The questions whose answers commit money."""


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
        return self._to_staff(case, "subsidy_check", outcomes, "demande d’aide au classement", "À vérifier")

    def award(self, case: Case) -> Asked:
        """Is the aid granted?"""
        return self._to_staff(case, "subsidy_award", (ACCEPT, SEND_BACK, REFUSE), _aid(case))

    def second_approval(self, case: Case) -> Asked:
        """Does a second person agree?"""
        outcomes = (SECOND, SEND_BACK, REFUSE)
        excluded = frozenset({case.subsidy.first_approver})
        return self._to_staff(
            case, "subsidy_second_approval", outcomes, f"{_aid(case)}, second accord", excluded=excluded
        )

    def corrections(self, case: Case) -> Asked:
        """What the office asked for: please correct and send again."""
        subsidy, delays = case.subsidy, case.office.delays
        question = Question(
            record=subsidy.id,
            step="subsidy_corrections",
            round=subsidy.round,
            reference=subsidy.reference,
            title="demande d’aide au classement",
            subject_name=subsidy.beneficiary.business_name,
            role="",
            outcomes=(RESUBMIT,),
            timetable=calendar_days(delays.correction_days, delays.correction_reminder_days),
            mail="subsidies/changes_requested",
            reminder_mail="subsidies/changes_requested_reminder",
            page=CORRECTIONS_PAGE,
            dossier={"reason": subsidy.note},
            process=AWARD_PROCESS,
        )
        return Asked(question, Addressee(subsidy.beneficiary.contact_name, subsidy.email))

    def _to_staff(
        self, case: Case, step: str, outcomes: tuple[Outcome, ...], title: str, call: str = Question.call,
        excluded: frozenset[str] = frozenset(),
    ) -> Asked:  # fmt: skip
        subsidy, role = case.subsidy, case.office.role_for(step)
        excluded |= barred(subsidy, case.office)
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
            process=AWARD_PROCESS,
            call=call,
            needs_session=step in COMMITTING and needs_login(case.office),
            readers=READERS,
        )
        approver = case.office.approver(role, case.on, excluded)
        return Asked(question, Addressee(approver.name, approver.email, approver.on_behalf_of or ""))

    def _dossier(self, case: Case, role: str) -> dict[str, Any]:
        """The file as it stands, for the decision page and the mail: plain JSON, dates in words."""
        amount = case.assessment.amount
        described = self.describe(case.subsidy.answers, case.office)
        return {
            "verdicts": [vars(verdict) for verdict in case.assessment.verdicts],
            "fee": [step_row(step) for step in amount.steps],
            "fee_total": french_money(amount.cents),
            "documents": [document_row(case.subsidy, one, role) for one in case.subsidy.documents],
            "sections": [{"title": title, "rows": rows_of(rows)} for title, rows in described if rows],
            "history": [history_row(line) for line in case.history],
        }


def barred(subsidy: Subsidy, office: Office) -> frozenset[str]:
    """Who may decide nothing of a file: its applicant, and who inspects or inspected the accommodation."""
    ours = office.staff.holders("inspector") if subsidy.request.is_inspected_by_office else ()
    return frozenset({subsidy.email, *subsidy.inspectors, *(person.email.lower() for person in ours)})


def needs_login(office: Office) -> bool:
    """Whether the office wants who commits money to be logged in."""
    return office.subsidies is not None and office.subsidies.decisions_need_login


def _aid(case: Case) -> str:
    return f"aide au classement de {french_money(case.assessment.amount.cents)}"


def step_row(step: Step) -> dict[str, str]:
    """One line of a computation, for a dossier."""
    label = f"{step.label} ({step.note})" if step.note else step.label
    return {"label": label, "value": french_money(step.cents)}


def document_row(subsidy: Subsidy, document: JoinedDocument, role: str) -> dict[str, Any]:
    """A document that was joined, for a dossier; who answers for that role opens it, or reads for whom it is."""
    is_open = document.is_for([role])
    return {
        "title": document.title,
        "name": document.name,
        "owner": subsidy.id,
        "upload_id": document.upload_id if is_open else "",
        "only_for": "" if is_open else roles_in_words(document.readers),
    }


def rows_of(described: list[tuple[str, str]]) -> list[dict[str, str]]:
    """What was answered, for a dossier; what was not is left out."""
    return [{"label": label, "value": value} for label, value in described if value != NOT_ANSWERED]


def history_row(line: HistoryLine) -> dict[str, str]:
    """What happened, for a dossier."""
    return {"when": french_moment(line.at), "who": line.who, "what": line.what, "reason": line.reason}


def timetable_of(delays: Delays) -> Timetable:
    """When staff are reminded, stood in for, given up."""
    return Timetable(
        reminder_days=delays.decision_reminder_working_days,
        expiry_days=delays.decision_expiry_working_days,
        escalation_days=delays.decision_escalation_working_days,
    )
