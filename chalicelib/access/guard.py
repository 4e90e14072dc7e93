"""The doors of the site: which person stands before a view, and whether they may pass.

A guarded view stands under `@view` and gets the `User` as its first argument:

    @bp.route("/bureau")
    @view
    @staff_only("director", "network_officer")
    def list_pending(user: User) -> Response: ...
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote, urlencode

from chalice import Response
from chalice.app import Request

from chalicelib.access.bootstrap import session_service
from chalicelib.access.model import LOGIN_PATH, User
from chalicelib.kernel.errors import AccessRefused
from chalicelib.web import pages
from chalicelib.web.requests import cookie, current_request

SESSION_COOKIE = "sid"

Route = Callable[..., Any]


class StaffOnly(AccessRefused):
    """A partner stands before the staff's door."""

    def __init__(self) -> None:
        super().__init__(
            "Cette page est réservée à l’équipe de l’office de tourisme. "
            "Si vous en faites partie, déconnectez-vous puis reconnectez-vous avec votre adresse de l’office."
        )


class RoleMissing(AccessRefused):
    """A staff member stands before a page that belongs to another role."""

    def __init__(self) -> None:
        super().__init__(
            "Cette page ne fait pas partie de vos rôles à l’office. "
            "Pour y accéder, demandez à votre direction de compléter vos rôles."
        )


class PartnersOnly(AccessRefused):
    """A staff member who is not a partner stands before the partners' door."""

    def __init__(self) -> None:
        super().__init__(
            "Cet espace est celui des partenaires, et votre adresse n’est celle d’aucun d’entre eux. "
            "Leurs dossiers se consultent depuis le bureau."
        )


def current_user(request: Request | None = None) -> User | None:
    """The person behind the request, read once per request; None for nobody."""
    request = request or current_request.get()
    if request is None:
        return None
    if not hasattr(request, "cordee_user"):
        sid = cookie(request, SESSION_COOKIE)
        request.cordee_user = session_service().user_of(sid) if sid else None
    found: User | None = request.cordee_user
    return found


def partner_only(route: Route) -> Route:
    """Let partners in, staff members who are partners too included; others log in first."""

    def refuse(user: User) -> None:
        if not session_service().is_partner(user):
            raise PartnersOnly

    return _guarded(route, refuse)


def staff_only(*roles: str) -> Callable[[Route], Route]:
    """Let staff in who hold one of `roles` today; when none is named, all who work with files."""

    def refuse(user: User) -> None:
        if not user.is_staff:
            raise StaffOnly
        if user.sees_totals_only if not roles else not user.roles.intersection(roles):
            raise RoleMissing

    return lambda route: _guarded(route, refuse)


def _guarded(route: Route, refuse: Callable[[User], None]) -> Route:
    @wraps(route)
    def guarded(*args: Any, **kwargs: Any) -> Response:
        user = current_user()
        if user is None:
            return to_login()
        refuse(user)
        response: Response = route(user, *args, **kwargs)
        return response

    guarded.is_guarded = True  # type: ignore[attr-defined]
    return guarded


def to_login() -> Response:
    """303 to the login, which comes back here; what was posted is not replayed."""
    request = current_request.get()
    wanted = _asked_path(request) if request is not None and request.method == "GET" else ""
    return pages.redirect(f"{LOGIN_PATH}?vers={quote(wanted, safe='')}" if wanted else LOGIN_PATH)


def _asked_path(request: Request) -> str:
    """The path as the browser asked for it: Chalice's `path` is the template of the route."""
    path = str(request.path)
    for name, value in (request.uri_params or {}).items():
        path = path.replace(f"{{{name}}}", value)
    query = request.query_params
    pairs = [(name, value) for name in query for value in query.getlist(name)] if query else []
    return f"{path}?{urlencode(pairs)}" if pairs else path
