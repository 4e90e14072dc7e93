"""What the site knows from the office file: who it is, what it does with personal data, which communes it covers."""

from chalice import Blueprint, Response

from chalicelib.kernel.errors import FieldError, InvalidAnswers
from chalicelib.office import communes
from chalicelib.office.bootstrap import office_repository
from chalicelib.office.model import Office
from chalicelib.web import pages, site
from chalicelib.web.views import view

bp = Blueprint(__name__)

POSTCODE_LENGTH = 5


def current_office() -> Office:
    """The office whose name stands on every page."""
    return office_repository().current()


site.set_office_provider(current_office)


@bp.route("/confidentialite", methods=["GET"])
@view
def show_privacy() -> Response:
    """Purposes, legal bases, retention, rights, cookies (GDPR, art. 13), as the office file says them."""
    return pages.page("office/privacy.html", office=current_office())


@bp.route("/api/v1/communes", methods=["GET"])
@view
def list_communes() -> Response:
    """The communes to choose from for a postcode: `[{"insee", "name"}]`."""
    postcode = (bp.current_request.query_params or {}).get("postcode", "")
    if not (len(postcode) == POSTCODE_LENGTH and postcode.isdecimal()):
        raise InvalidAnswers([FieldError("postcode", "Un code postal comporte 5 chiffres.")])
    found = communes.offered(postcode, current_office())
    return Response([{"insee": commune.insee, "name": commune.name} for commune in found])
