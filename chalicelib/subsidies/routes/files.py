"""The aid files as staff see them: lists, search, one file with all that is known about it."""

from chalice import Blueprint, Response
from markupsafe import Markup

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.decisions import applicants
from chalicelib.decisions.bootstrap import decision_repository
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import FieldError, RuleBroken
from chalicelib.kernel.french import french_date, french_money
from chalicelib.mail.bootstrap import outbox, refusal_desk, subject_of
from chalicelib.mail.wording import mail_row
from chalicelib.office.people import roles_in_words
from chalicelib.subsidies.bootstrap import awarding, papers, paying, stores
from chalicelib.subsidies.dossier import Sections
from chalicelib.subsidies.eligibility import Assessment
from chalicelib.subsidies.model import Subsidy, SubsidyUnknown
from chalicelib.subsidies.paths import FILE, FILES
from chalicelib.subsidies.proofs import proofs_of
from chalicelib.subsidies.readers import READERS
from chalicelib.subsidies.routes.obligations import shown_to
from chalicelib.subsidies.routes.opening import link_to_upload
from chalicelib.subsidies.stages import STAGES, list_in, stage_of
from chalicelib.subsidies.statuses import SPENT, WITHOUT_AID, Status
from chalicelib.subsidies.wording import STATUS_WORDS
from chalicelib.uploads.model import UploadUnknown
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.urls import url
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE = 422
DECIDERS = ("director", "quality_officer")


@bp.route(FILES, methods=["GET"])
@view
@staff_only(*READERS)
def list_subsidies(user: User) -> Response:
    """The files at one stage, `?etat=a-classer`, or those that match a search; newest first."""
    asked = bp.current_request.query_params or {}
    stage, search = stage_of(asked.get("etat", "")), asked.get("q", "").strip()
    return pages.page(
        "subsidies/files.html",
        section="bureau",
        rows=[_row(file) for file in (_found(search) if search else list_in(stage, stores.subsidies()))],
        stages=STAGES,
        chosen=stage,
        search=search,
    )


@bp.route(FILE, methods=["GET"])
@view
@staff_only(*READERS)
def show_subsidy(user: User, reference: str) -> Response:
    """One file with all that is known about it."""
    return _file(awarding.subsidy_service().get_by_reference(reference), user)


@bp.route(FILE + "/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def send_subsidy_link_again(user: User, reference: str) -> Response:
    """Mail the applicant the link of the step that waits for them once more."""
    decision = applicants.pending_question(awarding.subsidy_service().get_by_reference(reference))
    if decision:
        applicants.mail_again(decision)
    return pages.redirect(FILE.format(reference=reference))


@bp.route(FILE + "/reprise", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*DECIDERS)
def reopen_subsidy(user: User, reference: str) -> Response:
    """Take an overdue file up again, with a reason."""
    subsidy = awarding.subsidy_service().get_by_reference(reference)
    reason = first_of(form_fields(bp.current_request), "reason").strip()
    if not reason:
        return _file(subsidy, user, [FieldError("reason", "Indiquez pourquoi le dossier est repris.")])
    if subsidy.status is Status.PAYMENT_OVERDUE:
        paying.payment_service().reopen(subsidy, user.name, reason)
    else:
        awarding.subsidy_service().reopen(subsidy, user.name, reason)
    return pages.redirect(FILE.format(reference=reference))


@bp.route(FILE + "/visite", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*DECIDERS)
def name_subsidy_inspector(user: User, reference: str) -> Response:
    """Say who of the office inspected the accommodation: that person decides nothing of it from then on."""
    subsidy = awarding.subsidy_service().get_by_reference(reference)
    chosen = first_of(form_fields(bp.current_request), "personne")
    person = stores.office().staff.person(chosen)
    if person is None:
        return _file(subsidy, user, [FieldError("personne", "Choisissez la personne qui a fait la visite.")])
    named = awarding.subsidy_service().name_inspector(subsidy, user.name, person.name, person.email)
    awarding.reconciler().withdraw_stale(named.id)
    return pages.redirect(FILE.format(reference=reference))


@bp.route(FILE + "/pieces/{upload_id}", methods=["GET"])
@view
@staff_only(*READERS)
def download_subsidy_document(user: User, reference: str, upload_id: str) -> Response:
    """A document that was joined, by a link that lives minutes."""
    subsidy = awarding.subsidy_service().get_by_reference(reference)
    found = (one for one in subsidy.all_documents if one.upload_id == upload_id)
    if not any(document.is_for(user.roles) for document in found):
        raise UploadUnknown
    return pages.lead_to_file(link_to_upload(subsidy, upload_id))


@bp.route(FILE + "/documents/{kind}", methods=["GET"])
@view
@staff_only(*READERS)
def download_subsidy_letter(user: User, reference: str, kind: str) -> Response:
    """The receipt or the letter of the award, by a link that lives minutes."""
    subsidy = awarding.subsidy_service().get_by_reference(reference)
    printed = subsidy.printed_as(kind)
    if printed is None:
        raise SubsidyUnknown
    return pages.lead_to_file(papers.link_to(printed, subsidy))


def _file(subsidy: Subsidy, user: User, errors: list[FieldError] | tuple[()] = ()) -> Response:
    office = stores.office()
    return pages.page(
        "subsidies/file.html",
        status=UNPROCESSABLE if errors else 200,
        section="bureau",
        subsidy=subsidy,
        words=STATUS_WORDS[subsidy.status],
        assessment=_assessment(subsidy),
        answers=awarding.describe(subsidy.answers, stores.office_of(subsidy)),
        history=stores.subsidies().list_history(subsidy.id),
        decisions=decision_repository().list_by_record(subsidy.id),
        mails=[mail_row(mail, subject_of(mail)) for mail in outbox().list_by_record(subsidy.id)],
        refuses_mail=refusal_desk().refuses(subsidy.email),
        proofs=_proofs(subsidy, user),
        obligations=shown_to(user, subsidy),
        staff=office.people,
        may_reopen=subsidy.status in (Status.OVERDUE, Status.PAYMENT_OVERDUE),
        is_open=subsidy.status not in SPENT | WITHOUT_AID,
        roles_in_words=roles_in_words,
        errors=errors,
    )


def _proofs(subsidy: Subsidy, user: User) -> Sections:
    """What was sent after the visit; accounting alone reads the whole account number."""
    if not subsidy.proofs:
        return []
    account = proofs_of(subsidy.proofs, subsidy.request.spending).account
    shown = account.iban if "accounting" in user.roles else account.masked
    return paying.describe_proofs({**subsidy.proofs, "iban": shown})


def _assessment(subsidy: Subsidy) -> Assessment | None:
    """What the rules say of it today; None once it has ended."""
    if subsidy.status in SPENT | WITHOUT_AID:
        return None
    try:
        return awarding.assessor().assess(subsidy, paris_day(stores.now())).assessment
    except RuleBroken:
        return None


def _found(search: str) -> list[Subsidy]:
    """Files by reference, by address, or by a piece of a name."""
    if exact := stores.subsidies().find_by_reference(search.upper()):
        return [exact]
    if "@" in search:
        return stores.subsidies().list_by_email(search)
    wanted = search.casefold()
    everyone = [file for status in Status for file in stores.subsidies().list_recent(status)]
    return [file for file in everyone if wanted in _names(file)]


def _names(file: Subsidy) -> str:
    return f"{file.beneficiary.business_name} {file.beneficiary.contact_name}".casefold()


def _row(file: Subsidy) -> dict[str, object]:
    """One line of the table of files."""
    link = Markup('<a href="{}">{}</a>').format(
        url(FILE.format(reference=file.reference)), file.beneficiary.business_name
    )
    return {
        "name": link,
        "reference": file.reference,
        "amount": french_money(file.cents) if file.amount else "",
        "status": STATUS_WORDS[file.status].label,
        "since": french_date(file.status_since),
    }
