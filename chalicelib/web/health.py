"""`GET /api/v1/health`: is the site up, which version, which stage."""

from chalice import Blueprint, Response

from chalicelib.runtime import config
from chalicelib.web.views import view

bp = Blueprint(__name__)


@bp.route("/api/v1/health")
@view
def show_health() -> Response:
    """Version and stage of the running code."""
    return Response({"status": "ok", "version": config.version(), "stage": config.stage()})
