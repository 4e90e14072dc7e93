"""The reports at the desk: by where they stand, and one of them with its commentary, its history and its mails."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.decisions.bootstrap import decision_repository
from chalicelib.kernel.errors import FieldError
from chalicelib.mail.bootstrap import outbox, subject_of
from chalicelib.mail.model import MailState, OutboxMail
from chalicelib.mail.wording import mail_row
from chalicelib.observatory import bootstrap
from chalicelib.observatory.paths import DESK_REPORT, DESK_REPORTS
from chalicelib.observatory.readers import READERS
from chalicelib.observatory.reports import Report
from chalicelib.observatory.standing import GROUPS, standing_of
from chalicelib.web import pages
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE = 422
MOST_MAILS = 20
"""Everybody is told of a report: those whose mail did not leave come first, the others are counted."""
DONE = {
    "commentaire": "Le commentaire est enregistré",
    "reprise": "La relecture est demandée de nouveau",
    "abandon": "Le bilan est abandonné",
}
"""What was just done, by the word for it in the address."""


@dataclass(frozen=True)
class Typed:
    """What was sent with a form that was not taken, and what is wrong with it."""

    errors: Sequence[FieldError] = ()
    fields: dict[str, str] = field(default_factory=dict)


NOTHING = Typed()


@bp.route(DESK_REPORTS, methods=["GET"])
@view
@staff_only(*READERS)
def list_desk_reports(user: User) -> Response:
    """Every report by where it stands; what waits for somebody comes first."""
    groups = [(title, _listed(bootstrap.reports().list_in_status(*statuses))) for title, statuses in GROUPS]
    return pages.page(
        "observatory/desk_reports.html", section="bureau", groups=[one for one in groups if one[1]]
    )


@bp.route(DESK_REPORT, methods=["GET"])
@view
@staff_only(*READERS)
def show_desk_report(user: User, slug: str) -> Response:
    """One report; `?fait=` says what was just done."""
    done = (bp.current_request.query_params or {}).get("fait", "")
    return report_page(bootstrap.report_service().get_by_slug(slug), done=DONE.get(done, ""))


def report_page(report: Report, typed: Typed = NOTHING, *, done: str = "") -> Response:
    """The page of a report; what was typed and not taken stands in its forms."""
    mails = sorted(outbox().list_by_record(report.id), key=_leaves_last)
    return pages.page(
        "observatory/desk_report.html",
        status=UNPROCESSABLE if typed.errors else 200,
        section="bureau",
        standing=standing_of(report),
        report=report,
        decisions=decision_repository().list_by_record(report.id),
        history=bootstrap.reports().list_history(report),
        mails=[mail_row(mail, subject_of(mail)) for mail in mails[:MOST_MAILS]],
        more_mails=len(mails[MOST_MAILS:]),
        errors=typed.errors,
        typed=typed.fields,
        done=done,
    )


def to_report(report: Report, done: str) -> Response:
    """303 to its page, which says what was done."""
    return pages.redirect(f"{DESK_REPORT.format(slug=report.slug)}?fait={done}")


def _listed(reports: Sequence[Report]) -> list[object]:
    return [standing_of(one) for one in reports]


def _leaves_last(mail: OutboxMail) -> tuple[bool, str]:
    return mail.state is MailState.SENT, mail.message.to
