"""The declaration of accessibility (law 2005-102, art. 47)."""

from chalice import Blueprint, Response

from chalicelib.web import pages
from chalicelib.web.views import view

bp = Blueprint(__name__)


@bp.route("/accessibilite")
@view
def show_accessibility() -> Response:
    """The declaration, with what is not conform yet."""
    return pages.page("web/accessibility.html")
