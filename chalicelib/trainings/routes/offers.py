"""The page behind the link of an offer: a freed seat is taken or left, until the hour that the mail says."""

from chalice import Blueprint, Response

from chalicelib.decisions import applicants
from chalicelib.decisions.bootstrap import decision_service
from chalicelib.decisions.model import AlreadyDecided, ChoiceMissing, Decision, DecisionState, Visitor
from chalicelib.kernel.errors import FieldError
from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import Link
from chalicelib.links.views import link_sent, link_view
from chalicelib.trainings.bootstrap import registering, stores
from chalicelib.trainings.emails import facts
from chalicelib.trainings.gate import has_begun
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.paths import MANAGE_PAGE, OFFER_PAGE
from chalicelib.trainings.statuses import Status
from chalicelib.web import pages
from chalicelib.web.fields import Choice
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

CHOICE = "reponse"
UNPROCESSABLE, CONFLICT = 422, 409
NO_CHOICE = "Choisissez de prendre la place ou de la laisser."


@bp.route(OFFER_PAGE + "/{token}", methods=["GET"])
@view
@link_view(OFFER_PAGE)
def show_offer(link: Link, token: str) -> Response:
    """The seat, until when it is kept, and the choice; or what was answered."""
    return _page(decision_service().get(link.subject), token)


@bp.route(OFFER_PAGE + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(OFFER_PAGE)
def answer_offer(link: Link, token: str) -> Response:
    """Take the seat, or leave it: once, in whatever tab, and not after its hour."""
    decision = decision_service().get(link.subject)
    chosen = first_of(form_fields(bp.current_request), CHOICE)
    addressee = decision.addressees[0]
    if _is_over(decision):
        return _page(decision, token, status=CONFLICT)
    try:
        decision_service().record(decision, Visitor(addressee.name, link.holder, "link"), chosen, "")
    except ChoiceMissing:
        return _page(decision, token, errors=[FieldError(CHOICE, NO_CHOICE)], status=UNPROCESSABLE)
    except AlreadyDecided as already:
        answer = already.decision.answer
        is_same = answer is not None and answer.outcome == chosen
        return _page(already.decision, token, status=200 if is_same else CONFLICT)
    return pages.redirect(f"{OFFER_PAGE}/{token}")


@bp.route(OFFER_PAGE + "/{token}/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
def send_offer_link(token: str) -> Response:
    """Mail a fresh link to the holder of an old one, while the seat is kept."""
    decision = decision_service().get(link_service().recognise(token, OFFER_PAGE).subject)
    return link_sent("formations", is_pending=applicants.mail_again(decision))


def _is_over(decision: Decision) -> bool:
    """Whether there is nothing to take before anybody answered: the person left, or the session has begun."""
    registration, session = _session_of(decision)
    is_gone = registration.status is not Status.OFFERED or has_begun(session, stores.now())
    return decision.state is DecisionState.PENDING and is_gone


def _session_of(decision: Decision) -> tuple[Registration, Session]:
    service = registering.registration_service()
    registration = service.get(decision.question.record)
    return registration, service.session_of(registration)


def _page(
    decision: Decision, token: str, errors: list[FieldError] | tuple[()] = (), status: int = 200
) -> Response:
    registration, session = _session_of(decision)
    is_pending = decision.state is DecisionState.PENDING and registration.status is Status.OFFERED
    has_gone = is_pending and has_begun(session, stores.now())
    return pages.page(
        "trainings/offer.html",
        status=status,
        section="formations",
        decision=decision,
        facts=facts(session, registration, stores.office()),
        registration=registration,
        session=session,
        plan=session.plan,
        is_pending=is_pending and not has_gone,
        has_gone=has_gone,
        is_late=status == CONFLICT,
        choices=[Choice(one.code, one.label, one.hint) for one in decision.question.outcomes],
        errors=errors,
        action=f"{OFFER_PAGE}/{token}",
        manage=MANAGE_PAGE,
    )
