"""Refusing what another site makes a browser send, without tokens (ASVS 3.5.1).

`Sec-Fetch-Site` is written by the browser and no page can forge it; older browsers send `Origin` with a
POST. A form with neither proves nothing and is refused. Under `/api/` it is a program's: no cookie counts
there, and no page can send JSON to another site without asking first.
"""

from urllib.parse import urlsplit

from chalice.app import Request

from chalicelib.kernel.errors import AccessRefused
from chalicelib.runtime import config
from chalicelib.web.failures import asked_by_program

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class ForeignOrigin(AccessRefused):
    """A browser sent this from the page of another site."""


def refuse_foreign(request: Request) -> None:
    """Raise `ForeignOrigin` when an unsafe request does not come from our own pages."""
    if request.method not in SAFE_METHODS and not _is_ours(request):
        raise ForeignOrigin(
            "Cet envoi ne vient pas d’une page de notre site. Par sécurité, rien n’a été enregistré. "
            "Ouvrez la page depuis notre site, puis recommencez\u00a0; "
            "si cela se répète, mettez à jour votre navigateur."
        )


def _is_ours(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    sent = request.headers.get("origin")
    return asked_by_program(request) if sent is None else sent == _own_origin()


def _own_origin() -> str:
    parts = urlsplit(config.base_url())
    return f"{parts.scheme}://{parts.netloc}"
