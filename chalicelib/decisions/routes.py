"""The page of a question, by its mailed link or at the staff's desk: GET shows, POST answers."""

from typing import Any

from chalice import Blueprint, Response

from chalicelib.access.guard import current_user, staff_only
from chalicelib.access.model import User
from chalicelib.decisions.asking_again import mail_again
from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.decisions.model import (
    AlreadyDecided,
    ChoiceMissing,
    Decision,
    DecisionState,
    DecisionUnknown,
    ReasonMissing,
    ReasonTooLong,
    SessionNeeded,
    Visitor,
    may_answer,
    may_read,
)
from chalicelib.kernel.errors import AccessRefused, FieldError, RuleBroken
from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import Link
from chalicelib.links.views import link_sent, link_view
from chalicelib.office.bootstrap import office_repository
from chalicelib.uploads.bootstrap import upload_service
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

PATH = "/decisions"
DESK_PATH = "/bureau/decisions"
FORBIDDEN = 403
CONFLICT = 409
UNPROCESSABLE = 422


class NoLongerStaff(AccessRefused):
    """The holder of the link has left the office file since it was mailed."""

    def __init__(self) -> None:
        super().__init__(
            "Ce lien était destiné à une personne qui ne fait plus partie de l’équipe de l’office."
        )


@bp.route(PATH + "/{token}", methods=["GET"])
@view
@link_view(PATH)
def show_decision(link: Link, token: str) -> Response:
    """The question behind a mailed link, or the answer it got; nothing is written."""
    decision, visitor = _by_link(link)
    is_refused = decision_service().is_open(decision) and _must_log_in(decision, visitor)
    return _page(decision, visitor, f"{PATH}/{token}", status=FORBIDDEN if is_refused else 200)


@bp.route(PATH + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(PATH)
def submit_decision(link: Link, token: str) -> Response:
    """Answer the question behind a mailed link."""
    decision, visitor = _by_link(link)
    return _submit(decision, visitor, f"{PATH}/{token}")


@bp.route(PATH + "/{token}/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
def send_fresh_link(token: str) -> Response:
    """Mail a fresh link to the holder of this one, expired or not."""
    link = link_service().recognise(token, PATH)
    decision, visitor = _by_link(link)
    if not (link_service().is_expired(link) or _is_wanted()):
        return _unwanted(decision, visitor, f"{PATH}/{token}")
    _mail_again(decision, visitor.email)
    return _link_sent(decision)


@bp.route(PATH + "/{token}/pieces/{upload_id}", methods=["GET"])
@view
@link_view(PATH)
def download_decision_document(link: Link, token: str, upload_id: str) -> Response:
    """A document of the file that the question is about, for who may answer it."""
    decision, visitor = _by_link(link)
    if _must_log_in(decision, visitor):
        return _page(decision, visitor, f"{PATH}/{token}", status=FORBIDDEN)
    return _document(decision, visitor, upload_id)


@bp.route(DESK_PATH + "/{decision_id}", methods=["GET"])
@view
@staff_only()
def show_desk_decision(user: User, decision_id: str) -> Response:
    """The same question for staff who are logged in: a lost mail blocks nothing."""
    decision = _for_staff(user, decision_id)
    return _page(decision, _visitor(user), f"{DESK_PATH}/{decision_id}")


@bp.route(DESK_PATH + "/{decision_id}", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only()
def submit_desk_decision(user: User, decision_id: str) -> Response:
    """Answer the question at the desk."""
    decision = _for_staff(user, decision_id)
    return _submit(decision, _visitor(user), f"{DESK_PATH}/{decision_id}")


@bp.route(DESK_PATH + "/{decision_id}/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only()
def send_link_again(user: User, decision_id: str) -> Response:
    """Mail fresh links to all who were asked."""
    decision = _for_staff(user, decision_id)
    if not _is_wanted():
        return _unwanted(decision, _visitor(user), f"{DESK_PATH}/{decision_id}")
    for addressee in decision.addressees:
        _mail_again(decision, addressee.email)
    return _link_sent(decision)


@bp.route(DESK_PATH + "/{decision_id}/pieces/{upload_id}", methods=["GET"])
@view
@staff_only()
def download_desk_document(user: User, decision_id: str, upload_id: str) -> Response:
    """The same, at the desk."""
    return _document(_for_staff(user, decision_id), _visitor(user), upload_id)


def _by_link(link: Link) -> tuple[Decision, Visitor]:
    decision = decision_service().get(link.subject)
    addressee = decision.addressee(link.holder)
    if addressee is None:
        raise DecisionUnknown
    if decision.question.role and office_repository().current().person_by_email(addressee.email) is None:
        raise NoLongerStaff
    return decision, Visitor(addressee.name, addressee.email, "link")


def _visitor(user: User) -> Visitor:
    return Visitor(user.name, user.email, "desk", user.roles)


def _for_staff(user: User, decision_id: str) -> Decision:
    """The question, unless it is an applicant's, whom staff see in the file, or none of this person's work."""
    decision = decision_service().get(decision_id)
    if not decision.question.role or not may_read(decision, _visitor(user)):
        raise DecisionUnknown
    return decision


def _document(decision: Decision, visitor: Visitor, upload_id: str) -> Response:
    """A link of some minutes to the document. Raises `DecisionUnknown` where it is none of this person's."""
    document = decision.question.document(upload_id)
    if document is None or not may_answer(decision, visitor):
        raise DecisionUnknown
    return pages.lead_to_file(upload_service().download_url_of(document["owner"], upload_id))


def _must_log_in(decision: Decision, visitor: Visitor) -> bool:
    """Whether the mailed link alone does not suffice, and nobody is logged in as its holder."""
    if not decision.question.needs_session or visitor.via != "link":
        return False
    user = current_user()
    return user is None or not user.is_staff or user.email != visitor.email.lower()


def _page(decision: Decision, visitor: Visitor, action: str, **more: Any) -> Response:
    """The question with its form, or the recorded answer."""
    status = more.pop("status", 200)
    decision = decision_service().as_shown(decision)
    return pages.page(
        "decisions/decision.html",
        status=status,
        section="bureau",
        decision=decision,
        visitor=visitor,
        action=action,
        may_answer=may_answer(decision, visitor),
        must_log_in=_must_log_in(decision, visitor),
        is_pending=decision.state is DecisionState.PENDING,
        history=decision_repository().list_history(decision.id),
        **{"errors": (), "chosen": "", "reason": "", "second": False, **more},
    )


def _submit(decision: Decision, visitor: Visitor, action: str) -> Response:
    fields = form_fields(bp.current_request)
    outcome = first_of(fields, "outcome")
    reason = first_of(fields, "reason").replace("\r\n", "\n")
    try:
        if _must_log_in(decision, visitor):
            raise SessionNeeded
        decision_service().record(decision, visitor, outcome, reason)
    except AlreadyDecided as already:
        return _second_answer(already.decision, visitor, action, outcome)
    except SessionNeeded:
        return _page(decision, visitor, action, status=FORBIDDEN)
    except (ChoiceMissing, ReasonMissing, ReasonTooLong) as missing:
        errors = [FieldError(_field_of(missing), str(missing))]
        return _page(
            decision, visitor, action, status=UNPROCESSABLE, errors=errors, chosen=outcome, reason=reason
        )
    return pages.redirect(action)


def _field_of(missing: RuleBroken) -> str:
    return "outcome" if isinstance(missing, ChoiceMissing) else "reason"


def _second_answer(decision: Decision, visitor: Visitor, action: str, outcome: str) -> Response:
    """The recorded answer: a repetition of it is a success, another one a conflict."""
    answer = decision.answer
    same = answer and answer.outcome == outcome and answer.by_email == visitor.email.lower()
    return _page(decision, visitor, action, status=200 if same else CONFLICT, second=not same)


def _is_wanted() -> bool:
    """Whether the box is ticked: a scanner that presses every button of a mailed page asks for no new mail."""
    return bool(form_fields(bp.current_request).get("again"))


def _unwanted(decision: Decision, visitor: Visitor, action: str) -> Response:
    errors = [FieldError("again", "Cochez la case pour recevoir le lien à nouveau.")]
    return _page(decision, visitor, action, status=UNPROCESSABLE, errors=errors)


def _link_sent(decision: Decision) -> Response:
    return link_sent("bureau", is_pending=decision_service().is_open(decision))


def _mail_again(decision: Decision, email: str) -> None:
    addressee = decision.addressee(email)
    if addressee and decision_service().is_open(decision):
        mail_again(decision, addressee)
