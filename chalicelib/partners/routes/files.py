"""The membership files as staff see them: lists, search, one file with all that is known about it."""

from chalice import Blueprint, Response
from markupsafe import Markup

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.decisions import applicants
from chalicelib.decisions.bootstrap import decision_repository
from chalicelib.kernel.errors import FieldError
from chalicelib.kernel.french import french_date
from chalicelib.mail.bootstrap import outbox, refusal_desk, subject_of
from chalicelib.mail.wording import mail_row
from chalicelib.partners import bootstrap
from chalicelib.partners.at_the_desk import FILES
from chalicelib.partners.model import Application, ApplicationUnknown, Status
from chalicelib.partners.wording import STAFF_WORDS, TONES, consent_rows
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.urls import url
from chalicelib.web.views import view

bp = Blueprint(__name__)

FILE = FILES + "/{reference}"
REOPENABLE = frozenset({Status.OVERDUE, Status.UNPAID})
UNPROCESSABLE = 422


@bp.route(FILES, methods=["GET"])
@view
@staff_only()
def list_files(user: User) -> Response:
    """The files in one status, or those that match a search; newest first."""
    asked = bp.current_request.query_params or {}
    status = asked.get("etat", Status.SUBMITTED.value)
    search = asked.get("q", "").strip()
    return pages.page(
        "partners/files.html",
        section="bureau",
        rows=[_file_row(file) for file in (_found(search) if search else _in_status(status))],
        words=STAFF_WORDS,
        statuses=list(Status),
        chosen=status,
        search=search,
        may_write_to_all=user.roles.intersection(("director", "network_officer")),
    )


@bp.route(FILE, methods=["GET"])
@view
@staff_only()
def show_file(user: User, reference: str) -> Response:
    """One file with all that is known about it."""
    return _file(_by_reference(reference))


@bp.route(FILE + "/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only()
def send_applicant_link_again(user: User, reference: str) -> Response:
    """Mail the applicant the link of the step that waits for them once more."""
    decision = applicants.pending_question(_by_reference(reference))
    if decision:
        applicants.mail_again(decision)
    return pages.redirect(f"{FILES}/{reference}")


@bp.route(FILE + "/reprise", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only("director", "network_officer")
def reopen_application(user: User, reference: str) -> Response:
    """Take an overdue or unpaid file up again, with a reason."""
    application = _by_reference(reference)
    reason = first_of(form_fields(bp.current_request), "reason").strip()
    if not reason:
        return _file(application, [FieldError("reason", "Indiquez pourquoi le dossier est repris.")])
    bootstrap.application_service().reopen(application, user.name, reason)
    return pages.redirect(f"{FILES}/{reference}")


def _file(application: Application, errors: list[FieldError] | tuple[()] = ()) -> Response:
    return pages.page(
        "partners/file.html",
        status=UNPROCESSABLE if errors else 200,
        section="bureau",
        application=application,
        words=STAFF_WORDS[application.status],
        answers=bootstrap.describe(application.answers, bootstrap.office_of(application)),
        consents=[{"label": row.words.label, "value": row.state} for row in consent_rows(application)],
        history=bootstrap.applications().list_history(application.id),
        decisions=decision_repository().list_by_record(application.id),
        mails=[mail_row(mail, subject_of(mail)) for mail in outbox().list_by_record(application.id)],
        refuses_mail=refusal_desk().refuses(application.email),
        tones=TONES,
        may_reopen=application.status in REOPENABLE,
        errors=errors,
    )


def _by_reference(reference: str) -> Application:
    application = bootstrap.applications().find_by_reference(reference)
    if application is None:
        raise ApplicationUnknown
    return application


def _in_status(status: str) -> list[Application]:
    return bootstrap.applications().list_recent(Status(status)) if status in list(Status) else []


def _found(search: str) -> list[Application]:
    """Files by reference, by address, or by a piece of a name."""
    if exact := bootstrap.applications().find_by_reference(search.upper()):
        return [exact]
    if "@" in search:
        return bootstrap.applications().list_by_email(search)
    wanted = search.casefold()
    everyone = [file for status in Status for file in bootstrap.applications().list_recent(status)]
    return [file for file in everyone if wanted in f"{file.business_name} {file.contact_name}".casefold()]


def _file_row(file: Application) -> dict[str, object]:
    """One line of the table of files."""
    link = Markup('<a href="{}">{}</a>').format(url(f"{FILES}/{file.reference}"), file.business_name)
    words = STAFF_WORDS[file.status]
    return {
        "name": link,
        "reference": file.reference,
        "status": words.label,
        "since": french_date(file.status_since),
    }
