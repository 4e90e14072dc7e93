"""How a question about an aid file is put to a person: to staff by their role, or to its applicant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from chalicelib.decisions.model import Addressee, Asked, Outcome, Question, Timetable, calendar_days
from chalicelib.office.model import Delays, Office
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.paths import CORRECTIONS_PAGE
from chalicelib.subsidies.readers import READERS

COMMITTING = frozenset({"subsidy_award", "subsidy_second_approval", "subsidy_payment"})
"""The steps at which an answer commits money."""


class AboutFile(Protocol):
    """A file with the office whose people are asked, on a day in Paris."""

    @property
    def subsidy(self) -> Subsidy:
        """The file."""

    @property
    def office(self) -> Office:
        """Who is asked, and how long they have."""

    @property
    def on(self) -> date:
        """The day."""


@dataclass(frozen=True)
class Step:
    """A step at which somebody is asked: its key, what it is called, the possible answers.

    `call` is what the subject of the mail begins with, `excluded` are addresses that may not answer.
    """

    key: str
    title: str
    outcomes: tuple[Outcome, ...]
    process: str
    call: str = Question.call
    excluded: frozenset[str] = frozenset()


def to_staff(about: AboutFile, step: Step, role: str, dossier: Mapping[str, Any]) -> Asked:
    """The question to whoever answers for `role`. Raises `NobodyToAsk`."""
    office = about.office
    excluded = step.excluded | barred(about.subsidy, office)
    question = _question(
        about.subsidy,
        step,
        role=role,
        timetable=_timetable_of(office.delays),
        mail="decisions/request",
        reminder_mail="decisions/reminder",
        dossier=dossier,
        excluded=excluded,
        call=step.call,
        needs_session=step.key in COMMITTING and _needs_login(office),
        readers=READERS,
    )
    approver = office.approver(role, about.on, excluded)
    return Asked(question, Addressee(approver.name, approver.email, approver.on_behalf_of or ""))


def to_applicant(about: AboutFile, step: Step, mail: str) -> Asked:
    """What the office asked for: the applicant corrects and sends again. `mail` has a reminder of the same name."""
    subsidy, delays = about.subsidy, about.office.delays
    question = _question(
        subsidy,
        step,
        role="",
        timetable=calendar_days(delays.correction_days, delays.correction_reminder_days),
        mail=mail,
        reminder_mail=f"{mail}_reminder",
        page=CORRECTIONS_PAGE,
        dossier={"reason": subsidy.note},
    )
    return Asked(question, Addressee(subsidy.beneficiary.contact_name, subsidy.email))


def _question(subsidy: Subsidy, step: Step, **more: Any) -> Question:
    """What is asked about the file at that step; `more` says of whom, by when and how."""
    return Question(
        record=subsidy.id,
        step=step.key,
        round=subsidy.round,
        reference=subsidy.reference,
        title=step.title,
        subject_name=subsidy.beneficiary.business_name,
        outcomes=step.outcomes,
        process=step.process,
        **more,
    )


def barred(subsidy: Subsidy, office: Office) -> frozenset[str]:
    """Who may decide nothing of a file: its applicant, and who inspects or inspected the accommodation."""
    ours = office.staff.holders("inspector") if subsidy.request.is_inspected_by_office else ()
    return frozenset({subsidy.email, *subsidy.inspectors, *(person.email.lower() for person in ours)})


def _needs_login(office: Office) -> bool:
    return office.subsidies is not None and office.subsidies.decisions_need_login


def _timetable_of(delays: Delays) -> Timetable:
    """When staff are reminded, stood in for, given up."""
    return Timetable(
        reminder_days=delays.decision_reminder_working_days,
        expiry_days=delays.decision_expiry_working_days,
        escalation_days=delays.decision_escalation_working_days,
    )
