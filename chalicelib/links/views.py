"""`@link_view`, `@signed_link_view`: what the page behind a mailed link wears, so that all answer an old one alike.

They stand under `@view`; the view gets the opened link before the token of its path and what else it names:

    @bp.route(PAGE + "/{token}")
    @view
    @link_view(PAGE)
    def show_question(link: Link, token: str) -> Response: ...
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from chalice import Response

from chalicelib.kernel.errors import Expired
from chalicelib.links.bootstrap import link_service, signed_link_service
from chalicelib.links.model import Link, LinkExpired
from chalicelib.links.signed import SignedLinkExpired
from chalicelib.web import pages

GONE = 410
DESK, SPACE = "bureau", "espace"

Route = Callable[..., Any]


def link_view(page: str, about: Callable[[Link], object] = lambda link: link) -> Callable[[Route], Route]:
    """Open the token of the path, bound to `page`; an expired link is answered with the offer of a fresh one.

    The button of that page posts to `<page>/<token>/lien`. `about` finds what the link is about and
    raises its own situation when that is gone: then there is nothing to send a fresh link for.
    """

    def decorate(route: Route) -> Route:
        @wraps(route)
        def opened(token: str, **more: str) -> Response:
            try:
                link = link_service().open(token, page)
            except LinkExpired as expired:
                about(expired.link)
                return _expired(expired, page.split("/")[1], f"{page}/{token}/lien")
            response: Response = route(link, token, **more)
            return response

        return opened

    return decorate


def signed_link_view(page: str) -> Callable[[Route], Route]:
    """Open the signed token of the path, bound to `page`; one that has ended is answered with the way to the space."""

    def decorate(route: Route) -> Route:
        @wraps(route)
        def opened(token: str) -> Response:
            try:
                link = signed_link_service().open(token, page)
            except SignedLinkExpired as expired:
                return _expired(expired, SPACE)
            response: Response = route(link, token)
            return response

        return opened

    return decorate


def link_sent(section: str, *, is_pending: bool) -> Response:
    """The page after the button: a fresh link is on its way, unless nothing waits for an answer any more."""
    return pages.page("links/sent.html", section=section, is_pending=is_pending, is_for_desk=section == DESK)


def _expired(expired: Expired, section: str, action: str = "") -> Response:
    """The way on: the button posts to `action` for a fresh link, or leads to the space."""
    return pages.page("links/expired.html", status=GONE, section=section, said=str(expired), action=action)
