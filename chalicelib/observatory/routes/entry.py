"""The form of a monthly return, behind its mailed link: no login is needed."""

from chalice import Blueprint, Response

from chalicelib.access.bootstrap import limiter
from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import Link
from chalicelib.links.views import link_sent, link_view
from chalicelib.mail.bootstrap import mail_desk
from chalicelib.observatory import bootstrap
from chalicelib.observatory.model import MonthClosed, MonthlyReturn, ReturnUnknown
from chalicelib.observatory.paths import ENTRY_PAGE
from chalicelib.observatory.routes import entering
from chalicelib.observatory.routes.entering import Entry
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

LINKS_PER_HOUR, AN_HOUR = 5, 3600


def of_holder(link: Link) -> MonthlyReturn:
    """The return, while its establishment has the address that the link was mailed to.

    Raises `ReturnUnknown`, and `MonthClosed` once its figures are not taken any more.
    """
    month, commune, establishment_id = link.subject.split("#")
    asked = bootstrap.gathering().get(month, commune, establishment_id)
    if asked.establishment.email.lower() != link.holder.lower():
        raise ReturnUnknown
    if not bootstrap.gathering().is_open(asked):
        raise MonthClosed
    return asked


@bp.route(ENTRY_PAGE + "/{token}", methods=["GET"])
@view
@link_view(ENTRY_PAGE, of_holder)
def show_entry(link: Link, token: str) -> Response:
    """The form, filled in with what is known; nothing is written."""
    return entering.show(entry_of(link, token), bp.current_request.query_params or {})


@bp.route(ENTRY_PAGE + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(ENTRY_PAGE, of_holder)
def submit_entry(link: Link, token: str) -> Response:
    """Take the figures, or show what is wrong with them."""
    return entering.take(entry_of(link, token), form_fields(bp.current_request))


@bp.route(ENTRY_PAGE + "/{token}/courbe.svg", methods=["GET"])
@view
@link_view(ENTRY_PAGE, of_holder)
def draw_entry(link: Link, token: str) -> Response:
    """One's own curve."""
    return entering.draw(entry_of(link, token), bp.current_request.query_params or {})


@bp.route(ENTRY_PAGE + "/{token}/confirmation", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(ENTRY_PAGE, of_holder)
def confirm_entry(link: Link, token: str) -> Response:
    """The figures that were asked about are right."""
    return entering.confirm(entry_of(link, token))


@bp.route(ENTRY_PAGE + "/{token}/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
def send_entry_link(token: str) -> Response:
    """Mail a fresh link to the holder, a few times an hour, while the month takes figures."""
    asked = of_holder(link_service().recognise(token, ENTRY_PAGE))
    if limiter().allow("entry-link", asked.id, LINKS_PER_HOUR, AN_HOUR):
        mail_desk().enqueue(bootstrap.gathering().link_again(asked))
    return link_sent("observatoire", is_pending=True)


def entry_of(link: Link, token: str) -> Entry:
    """The return behind a link, as its pages need it. Raises `ReturnUnknown` or `MonthClosed`."""
    asked = of_holder(link)
    return Entry(asked, f"{ENTRY_PAGE}/{token}", "observatoire", asked.establishment.name)
