"""The front door and the two small files that every browser and robot asks for."""

from chalice import Blueprint, Response

from chalicelib.web import pages
from chalicelib.web.static import file_response
from chalicelib.web.views import view

bp = Blueprint(__name__)

A_DAY = "public, max-age=86400"
OPEN = (
    "/$",
    "/adhesion$",
    "/subventions$",
    "/hebergements-classes",
    "/formations$",
    "/formations/SES-",
    "/formations.",
    "/observatoire$",
    "/observatoire/bilan-",
    "/observatoire/ouverture-",
    "/observatoire/bulletin-",
    "/static/",
)
"""What robots may see."""
ROBOTS = "".join(["User-agent: *\n", *(f"Allow: {path}\n" for path in OPEN), "Disallow: /\n"])


@bp.route("/")
@view
def show_home() -> Response:
    """The doors of the house: become a partner, my space, the office's desk."""
    return pages.page("web/home.html")


@bp.route("/robots.txt")
@view
def show_robots() -> Response:
    """Files, links and desks are nobody's search result."""
    return Response(ROBOTS, headers={"Content-Type": "text/plain; charset=utf-8", "Cache-Control": A_DAY})


@bp.route("/favicon.ico")
@view
def show_favicon() -> Response:
    """The knot, as SVG under the name that browsers guess."""
    return file_response("favicon.svg", A_DAY)
