"""What Lambda calls for HTTP: each request waits for the rooms that it needs, and for no other.

A browser asks for a page's files at once, and each one may start a function: a style sheet or a picture is answered
before any room is imported.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from chalice import Chalice

from chalicelib.web import middleware, static

if TYPE_CHECKING:
    from chalicelib.rooms import Wing


def handle(event: dict[str, Any], context: Any) -> Any:
    """Answer one request of API Gateway."""
    path = event.get("requestContext", {}).get("resourcePath") or ""
    site = _static_files() if path == static.PATH and _is_known(event) else _site(path)
    return site(event, context)


def _is_known(event: dict[str, Any]) -> bool:
    return static.is_known((event.get("pathParameters") or {}).get("name", ""))


@cache
def _static_files() -> Chalice:
    files = Chalice(app_name="cordee", configure_logs=False)
    files.register_blueprint(static.bp)
    middleware.register(files)
    return files


def _site(path: str) -> Chalice:
    from chalicelib import rooms

    for wing in rooms.wings_for(path):
        _open(wing)
    return _rooms()


@cache
def _rooms() -> Chalice:
    from chalicelib import rooms
    from chalicelib.runtime import config

    site = Chalice(app_name="cordee", configure_logs=False)
    rooms.open_rooms(site, rooms.ALWAYS)
    middleware.register(site, form_origins=config.form_origins())
    return site


@cache
def _open(wing: Wing) -> None:
    from chalicelib import rooms

    rooms.open_rooms(_rooms(), wing.rooms)
