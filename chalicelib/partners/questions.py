"""The questions that the process puts to people about a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.decisions.model import Addressee, Outcome, Question, Timetable
from chalicelib.kernel.french import french_moment, french_money
from chalicelib.kernel.history import HistoryLine
from chalicelib.office.model import Approver, Delays, Office
from chalicelib.partners.model import Application
from chalicelib.partners.rules import Verdict, verdicts

Sections = list[tuple[str, list[tuple[str, str]]]]
Describe = Callable[[Mapping[str, Any], Office], Sections]

CONFIRMATION_PAGE = "/adhesion/confirmation"
CORRECTIONS_PAGE = "/adhesion/corrections"

CONFIRM = (Outcome("confirm", "Confirmer mon adresse"),)
REVIEW = (
    Outcome("accept", "Accepter", hint="Le demandeur est prévenu par mail."),
    Outcome(
        "request_changes", "Demander des compléments", True, "Dites ce qui manque ou ce qui est à corriger."
    ),
    Outcome("refuse", "Refuser", True, "Le motif est transmis au demandeur."),
)
RESUBMIT = (Outcome("resubmit", "Renvoyer mon dossier"),)
PAYMENT = (
    Outcome("confirm", "Règlement reçu", hint="Le partenariat devient actif."),
    Outcome("cancel", "Abandonner faute de règlement", True, "Le dossier est clos ; le demandeur est prévenu."),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A question and the person it is put to."""

    question: Question
    addressee: Addressee


@dataclass(frozen=True)
class Questions:
    """Writes the questions about files; `describe` turns answers into readable sections."""

    describe: Describe

    def confirmation(self, application: Application, office: Office) -> Asked:
        """Is this address yours?"""
        return Asked(
            self._to_applicant(
                application, "confirmation", CONFIRM, CONFIRMATION_PAGE,
                _days(office.delays.confirmation_days, office.delays.confirmation_days // 2),
                "address_confirmation",
            ),
            _applicant(application),
        )  # fmt: skip

    def corrections(self, application: Application, office: Office) -> Asked:
        """What the office asked for: please correct and send again."""
        delays = office.delays
        question = self._to_applicant(
            application, "corrections", RESUBMIT, CORRECTIONS_PAGE,
            _days(delays.correction_days, delays.correction_reminder_days), "changes_requested",
            {"reason": application.note},
        )  # fmt: skip
        return Asked(question, _applicant(application))

    def review(self, application: Application, office: Office, history: list[HistoryLine], on: date) -> Asked:
        """Does this file become a partner?"""
        return self._to_staff(
            application, office, history, on, "membership", REVIEW, _review_timetable(office.delays),
            f"{office.words.request.capitalize()} {application.reference}",
        )  # fmt: skip

    def payment(
        self, application: Application, office: Office, history: list[HistoryLine], on: date
    ) -> Asked:
        """Has the money come?"""
        delays = office.delays
        return self._to_staff(
            application, office, history, on, "payment", PAYMENT,
            _days(delays.payment_days, delays.payment_reminder_days),
            f"Règlement de {french_money(application.fee.cents)} pour {application.reference}",
        )  # fmt: skip

    def _to_applicant(  # noqa: PLR0913 - the parts of a question
        self, application: Application, step: str, outcomes: tuple[Outcome, ...], page: str,
        timetable: Timetable, message: str, dossier: Mapping[str, Any] | None = None,
    ) -> Question:  # fmt: skip
        return Question(
            record=application.id, step=step, round=application.round, reference=application.reference,
            title=application.business_name, subject_name=application.business_name, role="",
            outcomes=outcomes, timetable=timetable, page=page, dossier=dossier or {},
            mail=f"partners/{message}", reminder_mail=f"partners/{message}_reminder",
        )  # fmt: skip

    def _to_staff(  # noqa: PLR0913 - the parts of a question
        self, application: Application, office: Office, history: list[HistoryLine], on: date, step: str,
        outcomes: tuple[Outcome, ...], timetable: Timetable, title: str,
    ) -> Asked:  # fmt: skip
        excluded = frozenset({application.email})
        question = Question(
            record=application.id, step=step, round=application.round, reference=application.reference,
            title=title, subject_name=application.business_name, role=office.approvals[step],
            outcomes=outcomes, timetable=timetable, excluded=excluded,
            dossier=self._dossier(application, office, history),
            mail="decisions/request", reminder_mail="decisions/reminder",
        )  # fmt: skip
        return Asked(question, _addressee(office.approver_for(step, on, excluded)))

    def _dossier(
        self, application: Application, office: Office, history: list[HistoryLine]
    ) -> dict[str, Any]:
        """The file as it stands, for the decision page and the mail: plain JSON, dates in words."""
        return {
            "sections": [
                {"title": title, "rows": [{"label": label, "value": value} for label, value in rows]}
                for title, rows in self.describe(application.answers, office)
            ],
            "fee": [{"label": label, "value": french_money(cents)} for label, cents in application.fee.steps],
            "fee_total": french_money(application.fee.cents),
            "verdicts": [_verdict(one) for one in verdicts(application.answers, office)],
            "history": [_history(line) for line in history],
        }


def _verdict(one: Verdict) -> dict[str, str]:
    return {"label": one.label, "level": one.level, "detail": one.detail}


def _history(line: HistoryLine) -> dict[str, str]:
    return {"when": french_moment(line.at), "who": line.who, "what": line.what, "reason": line.reason}


def _applicant(application: Application) -> Addressee:
    return Addressee(application.contact_name, application.email)


def _addressee(approver: Approver) -> Addressee:
    return Addressee(approver.name, approver.email, approver.on_behalf_of or "")


def _days(expiry: int, reminder: int) -> Timetable:
    reminders = tuple(day for day in range(reminder, expiry, reminder)) if reminder else ()
    return Timetable(reminders, expiry, working_days=False)


def _review_timetable(delays: Delays) -> Timetable:
    return Timetable(
        reminder_days=delays.decision_reminder_working_days,
        expiry_days=delays.decision_expiry_working_days,
        escalation_days=delays.decision_escalation_working_days,
    )
