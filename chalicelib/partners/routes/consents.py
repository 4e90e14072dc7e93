"""Consents: seen and changed by a mailed link or in the space, listed for who sends the office's newsletter."""

from chalice import Blueprint, Response
from chalice.app import Request

from chalicelib.access.guard import partner_only, staff_only
from chalicelib.access.model import User
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import RuleBroken
from chalicelib.kernel.french import french_moment
from chalicelib.links.bootstrap import signed_link_service
from chalicelib.links.signed import SignedLink
from chalicelib.links.views import signed_link_view
from chalicelib.partners import bootstrap
from chalicelib.partners.consent_links import PAGE, OvertakenLink, is_overtaken
from chalicelib.partners.consents import Consent
from chalicelib.partners.model import Application, Status
from chalicelib.partners.routes.space import FILE
from chalicelib.partners.wording import consent_rows
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.spreadsheet import CSV, csv_text
from chalicelib.web.views import view

bp = Blueprint(__name__)

NEWSLETTER = "/bureau/lettre-d-information"
FORBIDDEN = 403
CHOICES = {"donner": True, "retirer": False}
COLUMNS = ("Adresse e-mail", "Prénom", "Nom", "Établissement", "Accord donné le")


class NothingChosen(RuleBroken):
    """What was sent names no consent, or no choice."""

    def __init__(self) -> None:
        super().__init__(
            "Choisissez l’accord que vous voulez donner ou retirer, avec les boutons de la page."
        )


@bp.route(PAGE + "/{token}", methods=["GET"])
@view
@signed_link_view(PAGE)
def show_consents(link: SignedLink, token: str) -> Response:
    """How the consents of one file stand, with a button for each; no login."""
    return _consents(link, token)


@bp.route(PAGE + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
@signed_link_view(PAGE)
def submit_consent(link: SignedLink, token: str) -> Response:
    """Give or withdraw one consent; the page that follows gives as much as this one did."""
    consent, is_given = _chosen(bp.current_request)
    try:
        following = bootstrap.consent_service().choose_by_link(link, consent, is_given=is_given)
    except OvertakenLink:
        return _consents(link, token, is_refused=True)
    return pages.redirect(f"{signed_link_service().path_of(following)}?accord={consent.value}")


@bp.route(FILE + "/accords", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def submit_own_consent(user: User, reference: str) -> Response:
    """Give or withdraw one consent of one's own file."""
    consent, is_given = _chosen(bp.current_request)
    application = bootstrap.application_service().get_for(reference, user.email)
    bootstrap.consent_service().choose(application, consent, is_given=is_given)
    return pages.redirect(f"{FILE.format(reference=reference)}?accord={consent.value}#accords")


@bp.route(NEWSLETTER, methods=["GET"])
@view
@staff_only("director", "network_officer")
def download_newsletter_list(user: User) -> Response:
    """The active partners who want the newsletter, for the tool that sends it."""
    name = f"lettre-d-information-{paris_day(bootstrap.now()).isoformat()}.csv"
    files = bootstrap.applications().list_in_status(Status.ACTIVE)
    wanted = [file for file in files if file.consent(Consent.NEWSLETTER).is_given]
    headers = {"Content-Type": CSV, "Content-Disposition": f'attachment; filename="{name}"'}
    body = csv_text(COLUMNS, [_subscriber(file) for file in wanted])
    return Response(body, headers={**headers, "Cache-Control": "no-store"})


def _consents(link: SignedLink, token: str, *, is_refused: bool = False) -> Response:
    """The page behind the link; `is_refused`: an overtaken link was to give a consent."""
    application = bootstrap.consent_service().file_behind(link)
    return pages.page(
        "partners/consents.html",
        status=FORBIDDEN if is_refused else 200,
        section="espace",
        application=application,
        consents=consent_rows(application),
        chosen=(bp.current_request.query_params or {}).get("accord", ""),
        may_give=not is_overtaken(link, application),
        is_refused=is_refused,
        action=f"{PAGE}/{token}",
    )


def _chosen(request: Request) -> tuple[Consent, bool]:
    """Which consent, and whether it is given. Raises `NothingChosen`."""
    fields = form_fields(request)
    consent, choice = (first_of(fields, name) for name in ("accord", "choix"))
    if consent not in list(Consent) or choice not in CHOICES:
        raise NothingChosen
    return Consent(consent), CHOICES[choice]


def _subscriber(file: Application) -> tuple[str, ...]:
    since = french_moment(file.consent(Consent.NEWSLETTER).since)
    first_name, last_name = (str(file.answers[name]) for name in ("first_name", "last_name"))
    return file.email, first_name, last_name, file.business_name, since
