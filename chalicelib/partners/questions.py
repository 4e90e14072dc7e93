"""The questions that the process puts to people about a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.decisions.model import Addressee, Asked, Outcome, Question, Timetable, calendar_days
from chalicelib.kernel.french import french_moment, french_money
from chalicelib.kernel.history import HistoryLine
from chalicelib.office.model import Delays, Office
from chalicelib.partners.model import PROCESS, Application
from chalicelib.partners.paths import CONFIRMATION_PAGE, CORRECTIONS_PAGE
from chalicelib.partners.rules import verdicts
from chalicelib.web.form_text import NOT_ANSWERED

Sections = list[tuple[str, list[tuple[str, str]]]]
Describe = Callable[[Mapping[str, Any], Office], Sections]

CONFIRM = (Outcome("confirm", "Confirmer mon adresse"),)
REVIEW = (
    Outcome("accept", "Accepter", hint="Le demandeur est prévenu par mail."),
    Outcome("request_changes", "Demander des compléments", True, "Dites ce qui manque ou est à corriger."),
    Outcome("refuse", "Refuser", True, "Le motif est transmis au demandeur."),
)
RESUBMIT = (Outcome("resubmit", "Renvoyer mon dossier"),)
PAYMENT = (
    Outcome("confirm", "Règlement reçu", hint="Le partenariat devient actif."),
    Outcome(
        "cancel", "Clore faute de règlement", True, "Le dossier est clos\u00a0; le demandeur est prévenu."
    ),
)


@dataclass(frozen=True)
class Case:
    """A file with what a question about it needs: the office's rules, its history, the day in Paris."""

    application: Application
    office: Office
    history: list[HistoryLine]
    on: date


@dataclass(frozen=True)
class Questions:
    """Writes the questions about files; `describe` turns answers into readable sections."""

    describe: Describe

    def confirmation(self, case: Case) -> Asked:
        """Is this address yours?"""
        days = case.office.delays.confirmation_days
        return _to_applicant(
            case,
            step="confirmation",
            outcomes=CONFIRM,
            page=CONFIRMATION_PAGE,
            timetable=calendar_days(days, max(1, days // 2)),
            mail="partners/address_confirmation",
        )

    def corrections(self, case: Case) -> Asked:
        """What the office asked for: please correct and send again."""
        delays = case.office.delays
        return _to_applicant(
            case,
            step="corrections",
            outcomes=RESUBMIT,
            page=CORRECTIONS_PAGE,
            timetable=calendar_days(delays.correction_days, delays.correction_reminder_days),
            mail="partners/changes_requested",
        )

    def review(self, case: Case) -> Asked:
        """Does this file become a partner?"""
        return self._to_staff(
            case,
            step="membership",
            outcomes=REVIEW,
            timetable=_review_timetable(case.office.delays),
            title=case.office.words.request,
        )

    def payment(self, case: Case) -> Asked:
        """Has the money come?"""
        delays = case.office.delays
        return self._to_staff(
            case,
            step="payment",
            outcomes=PAYMENT,
            timetable=calendar_days(delays.payment_days, delays.payment_reminder_days),
            title=f"règlement de {french_money(case.application.fee.cents)}",
            call="À confirmer",
        )

    def _to_staff(
        self, case: Case, *, step: str, outcomes: tuple[Outcome, ...], timetable: Timetable, title: str,
        call: str = Question.call,
    ) -> Asked:  # fmt: skip
        application = case.application
        excluded = frozenset({application.email})
        question = Question(
            record=application.id,
            step=step,
            round=application.round,
            reference=application.reference,
            title=title,
            subject_name=application.business_name,
            role=case.office.role_for(step),
            outcomes=outcomes,
            timetable=timetable,
            mail="decisions/request",
            reminder_mail="decisions/reminder",
            dossier=self.dossier(case),
            excluded=excluded,
            process=PROCESS,
            call=call,
        )
        approver = case.office.approver_for(step, case.on, excluded)
        return Asked(question, Addressee(approver.name, approver.email, approver.on_behalf_of or ""))

    def dossier(self, case: Case) -> dict[str, Any]:
        """The file as it stands, for the decision page and the mail: plain JSON, dates in words."""
        answers, fee = case.application.answers, case.application.fee
        return {
            "sections": [
                {"title": title, "rows": _rows(rows)} for title, rows in self.describe(answers, case.office)
            ],
            "fee": [{"label": label, "value": french_money(cents)} for label, cents in fee.steps],
            "fee_total": french_money(fee.cents),
            "verdicts": [vars(verdict) for verdict in verdicts(answers, case.office)],
            "history": [_history(line) for line in case.history],
        }


def _to_applicant(
    case: Case, *, step: str, outcomes: tuple[Outcome, ...], page: str, timetable: Timetable, mail: str
) -> Asked:
    application = case.application
    question = Question(
        record=application.id,
        step=step,
        round=application.round,
        reference=application.reference,
        title=case.office.words.request,
        subject_name=application.business_name,
        role="",
        outcomes=outcomes,
        timetable=timetable,
        mail=mail,
        reminder_mail=f"{mail}_reminder",
        page=page,
        dossier={"reason": application.note},
        process=PROCESS,
    )
    return Asked(question, Addressee(application.contact_name, application.email))


def _rows(described: list[tuple[str, str]]) -> list[dict[str, str]]:
    """What was answered, line by line; what was not, in one line at the end: little is read on a phone."""
    rows = [{"label": label, "value": value} for label, value in described if value != NOT_ANSWERED]
    left = ", ".join(label for label, value in described if value == NOT_ANSWERED)
    return [*rows, {"label": NOT_ANSWERED, "value": left}] if left else rows


def _history(line: HistoryLine) -> dict[str, str]:
    return {"when": french_moment(line.at), "who": line.who, "what": line.what, "reason": line.reason}


def _review_timetable(delays: Delays) -> Timetable:
    return Timetable(
        reminder_days=delays.decision_reminder_working_days,
        expiry_days=delays.decision_expiry_working_days,
        escalation_days=delays.decision_escalation_working_days,
    )
