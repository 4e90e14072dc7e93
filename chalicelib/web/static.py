"""Style sheets, script, fonts and pictures, under an address that changes with their content.

Only the standard library, Chalice and `@view` are imported: a cold start must not delay a style sheet.
"""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from chalice import Blueprint, NotFoundError, Response

from chalicelib.web.views import view

bp = Blueprint(__name__)

PATH = "/static/{version}/{name}"
FOLDER = Path(__file__).parent / "static"
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".ico": "image/x-icon",
}
BINARY_TYPES = ("font/woff2", "image/png", "image/x-icon")
THEME = re.compile(r"theme-([0-9a-f]{6})\.css")
FOR_EVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=60"


@lru_cache(maxsize=1)
def content_version() -> str:
    """Twelve hexadecimal characters that change when any static file does."""
    total = hashlib.sha256()
    for name, path in sorted(_files().items()):
        total.update(name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:12]


@bp.route(PATH)
@view
def show_static(version: str, name: str) -> Response:
    """One file; the page of an earlier deployment gets today's file, but may not keep it."""
    cache = FOR_EVER if version == content_version() else BRIEFLY
    return file_response(name, cache)


def is_known(name: str) -> bool:
    """Whether there is a file of that name, or one is made for it."""
    return name in _files() or THEME.fullmatch(name) is not None


def file_response(name: str, cache: str) -> Response:
    """The file `name` with that `Cache-Control`; raises Chalice's `NotFoundError` when there is none."""
    theme = THEME.fullmatch(name)
    if theme:
        return _response(_theme(theme[1]), ".css", cache)
    path = _files().get(name)
    if path is None:
        raise NotFoundError("Fichier inconnu")
    return _response(path.read_bytes(), path.suffix, cache)


def _response(content: bytes, suffix: str, cache: str) -> Response:
    content_type = CONTENT_TYPES[suffix]
    body = content if content_type in BINARY_TYPES else content.decode()
    return Response(body, headers={"Content-Type": content_type, "Cache-Control": cache})


def _theme(accent: str) -> bytes:
    from chalicelib.web.theme import stylesheet

    return stylesheet((FOLDER / "theme.css").read_text("utf-8"), f"#{accent}").encode()


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    return {path.name: path for path in FOLDER.iterdir() if path.suffix in CONTENT_TYPES}
