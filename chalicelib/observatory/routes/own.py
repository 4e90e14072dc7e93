"""The form of a month in the space of the partner whose lodging it is: the page behind the mailed link, after a login.

There it can be read after the month is closed too, beside what was published since.
"""

from chalice import Blueprint, Response

from chalicelib.access.guard import partner_only
from chalicelib.access.model import User
from chalicelib.observatory import bootstrap
from chalicelib.observatory.model import ReturnUnknown
from chalicelib.observatory.paths import OWN_ENTRY
from chalicelib.observatory.routes import entering
from chalicelib.observatory.routes.desk import return_called
from chalicelib.observatory.routes.entering import Entry
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)


@bp.route(OWN_ENTRY, methods=["GET"])
@view
@partner_only
def show_own_return(user: User, entry: str) -> Response:
    """The form, filled in with what is known; nothing is written."""
    return entering.show(entry_of(entry, user), bp.current_request.query_params or {})


@bp.route(OWN_ENTRY, methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def submit_own_return(user: User, entry: str) -> Response:
    """Take the figures, or show what is wrong with them."""
    return entering.take(entry_of(entry, user), form_fields(bp.current_request))


@bp.route(OWN_ENTRY + "/courbe.svg", methods=["GET"])
@view
@partner_only
def draw_own_return(user: User, entry: str) -> Response:
    """One's own curve."""
    return entering.draw(entry_of(entry, user), bp.current_request.query_params or {})


@bp.route(OWN_ENTRY + "/confirmation", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def confirm_own_return(user: User, entry: str) -> Response:
    """The figures that were asked about are right."""
    return entering.confirm(entry_of(entry, user))


def entry_of(key: str, user: User) -> Entry:
    """The return that an address calls so, of a lodging of this person's. Raises `ReturnUnknown`."""
    asked = return_called(key)
    if asked.establishment.id not in bootstrap.lodgings_of(user.email):
        raise ReturnUnknown
    return Entry(asked, OWN_ENTRY.format(entry=key), "espace", asked.establishment.name)
