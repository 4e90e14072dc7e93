"""What staff do with a report at the desk: say something of the figures, have it read again, give it up."""

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.kernel.errors import AlreadySettled, ChangedMeanwhile, FieldError
from chalicelib.kernel.french import french_integer
from chalicelib.observatory import bootstrap
from chalicelib.observatory.paths import DESK_REPORT
from chalicelib.observatory.readers import READERS
from chalicelib.observatory.reports import MOST_LETTERS, Report, ReportStatus
from chalicelib.observatory.routes.desk_report import Typed, report_page, to_report
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

COMMENTARY, SEEN, REASON = "commentaire", "vu", "motif"
TOO_LONG = f"Raccourcissez le commentaire\u00a0: {french_integer(MOST_LETTERS)}\u00a0caractères au plus."
SOMEBODY_ELSE = (
    "Quelqu’un a changé ce commentaire entre-temps\u00a0: le sien est ci-dessous. "
    "Enregistrez le vôtre pour le remplacer."
)
MOVED_ON = (
    "Ce bilan n’est plus à relire\u00a0: votre commentaire n’est pas enregistré. Copiez-le s’il doit servir."
)
NO_REASON = "Indiquez pourquoi ce bilan est abandonné\u00a0: ce motif reste dans l’historique."


@bp.route(DESK_REPORT + "/commentaire", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def submit_commentary(user: User, slug: str) -> Response:
    """Keep what the office says of the figures; what cannot be kept stays on the page."""
    report, fields = bootstrap.report_service().get_by_slug(slug), form_fields(bp.current_request)
    text = first_of(fields, COMMENTARY).replace("\r\n", "\n").strip()
    wrong = _wrong_with(text, report, first_of(fields, SEEN))
    if not wrong:
        try:
            return to_report(bootstrap.report_service().comment(report, text, user.name), COMMENTARY)
        except (AlreadySettled, ChangedMeanwhile):
            report = bootstrap.report_service().get_by_slug(slug)
            wrong = _wrong_with(text, report, first_of(fields, SEEN)) or MOVED_ON
    return report_page(report, Typed([FieldError(COMMENTARY, wrong)], {COMMENTARY: text}))


@bp.route(DESK_REPORT + "/reprise", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def confirm_taking_up(user: User, slug: str) -> Response:
    """Have it read again; sent twice, it is done once."""
    report = bootstrap.report_service().get_by_slug(slug)
    if report.status is not ReportStatus.IN_REVIEW:
        bootstrap.report_service().take_up(report, user.name)
    return to_report(report, "reprise")


@bp.route(DESK_REPORT + "/abandon", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def confirm_dropping(user: User, slug: str) -> Response:
    """Give it up, with a reason; sent twice, it is done once."""
    report = bootstrap.report_service().get_by_slug(slug)
    reason = first_of(form_fields(bp.current_request), REASON).strip()
    if report.status is not ReportStatus.DROPPED:
        if not reason:
            return report_page(report, Typed([FieldError(REASON, NO_REASON)]))
        bootstrap.report_service().drop(report, user.name, reason)
    bootstrap.report_files().forget_people(report.id)
    bootstrap.report_reconciler().withdraw_stale(report.id)
    return to_report(report, "abandon")


def _wrong_with(text: str, report: Report, seen: str) -> str:
    """Why a commentary cannot be kept; empty if it can."""
    if report.status is not ReportStatus.IN_REVIEW:
        return MOVED_ON
    if len(text) > MOST_LETTERS:
        return TOO_LONG
    is_stale = seen != str(report.version) and text != report.commentary
    return SOMEBODY_ELSE if is_stale else ""
