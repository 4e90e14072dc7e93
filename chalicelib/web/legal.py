"""The two pages the law asks for: personal data (GDPR, art. 13), accessibility (law 2005-102, art. 47)."""

from chalice import Blueprint, Response

from chalicelib.web import pages
from chalicelib.web.views import view

bp = Blueprint(__name__)


@bp.route("/confidentialite")
@view
def show_privacy() -> Response:
    """Purposes, legal bases, retention, rights, cookies."""
    return pages.page("web/privacy.html")


@bp.route("/accessibilite")
@view
def show_accessibility() -> Response:
    """The declaration, with what is not conform yet."""
    return pages.page("web/accessibility.html")
