"""The two questions about a report: is the draft right, and may it be published?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.decisions.model import Addressee, Asked, Outcome, Question, Reason, Timetable
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.french import french_moment
from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory.due import title_of
from chalicelib.observatory.reports import MOST_LETTERS, PROCESS, Report
from chalicelib.office.model import Office

Sections = Sequence[tuple[str, Sequence[tuple[str, str]]]]

SUBMIT = Outcome(
    "submit",
    "Transmettre à la direction",
    hint="Ce que vous écrivez ci-dessous paraît en tête du bilan, comme commentaire de l’office.",
)
PUBLISH = Outcome("accept", "Publier le bilan", hint="La page est publique aussitôt, les mails partent.")
SEND_BACK = Outcome("send_back", "Renvoyer à la relecture", True, "Ce motif est lu par qui relit le bilan.")
DROP = Outcome("drop", "Abandonner ce bilan", True, "Il ne sera jamais publié.")
COMMENTARY = Reason(
    "Commentaire de l’office, ou motif",
    "Un commentaire transmis paraît en tête du bilan\u00a0: une ligne vide entre deux paragraphes. "
    "Un motif est lu à l’office seulement.",
    "Indiquez pourquoi ce bilan est abandonné\u00a0: ce motif reste dans l’historique.",
    MOST_LETTERS,
)
MOTIVE = Reason(
    "Motif",
    "Il est lu à l’office seulement, et reste dans l’historique.",
    "Indiquez le motif\u00a0: il est lu à l’office et reste dans l’historique.",
    MOST_LETTERS,
)
"""What goes with an answer is no message to an applicant; a commentary is as long as at the desk."""
TITLES = {"report_review": "relecture", "report_approval": "publication"}
"""What is asked, as subjects and pages say it: people know a report by its title, not by a reference."""
READERS = frozenset({"observatory", "director"})
"""The roles that read drafts: they hold figures before anybody else knows them."""


@dataclass(frozen=True)
class ReportCase:
    """A report with what a question about it needs; `drafted` is what its draft says, for reading."""

    report: Report
    drafted: Sections
    office: Office
    history: Sequence[HistoryLine]
    at: datetime


def review(case: ReportCase) -> Asked:
    """Is the draft right, and what does the office say of it?"""
    rules = case.office.observatory_rules
    return _asked(case, "report_review", (SUBMIT, DROP), COMMENTARY, _within(rules.review_days))


def approval(case: ReportCase) -> Asked:
    """May it be published?"""
    rules = case.office.observatory_rules
    return _asked(case, "report_approval", (PUBLISH, SEND_BACK, DROP), MOTIVE, _within(rules.approval_days))


def _asked(
    case: ReportCase, step: str, outcomes: tuple[Outcome, ...], reason: Reason, timetable: Timetable
) -> Asked:
    report, office = case.report, case.office
    role = office.role_for(step)
    question = Question(
        record=report.id,
        step=step,
        round=report.round,
        reference="",
        title=TITLES[step],
        subject_name=title_of(report.kind, report.about, report.subject),
        role=role,
        outcomes=outcomes,
        timetable=timetable,
        mail="decisions/request",
        reminder_mail="decisions/reminder",
        dossier={"sections": _sections(case), "history": _history(case.history)},
        process=PROCESS,
        readers=READERS,
        reason=reason,
    )
    approver = office.approver(role, paris_day(case.at), frozenset())
    return Asked(question, Addressee(approver.name, approver.email, approver.on_behalf_of or ""))


def _within(days: int) -> Timetable:
    """Reminded on calendar days, passed on to the deputy, then closed: a report that waits too long is no news."""
    reminders = tuple(sorted({max(1, days // 3), max(1, 2 * days // 3)} - {days}))
    return Timetable(reminders, days, max(1, days // 2), working_days=False)


def _sections(case: ReportCase) -> list[dict[str, Any]]:
    said = (
        [("Commentaire de l’office", [("Commentaire", case.report.commentary)])]
        if case.report.commentary
        else []
    )
    return [
        {"title": title, "rows": [{"label": label, "value": value} for label, value in rows]}
        for title, rows in [*said, *case.drafted]
    ]


def _history(lines: Sequence[HistoryLine]) -> list[dict[str, str]]:
    return [
        {"when": french_moment(line.at), "who": line.who, "what": line.what, "reason": line.reason}
        for line in lines
    ]
