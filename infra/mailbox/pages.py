"""The pages of the mailbox, in French, from the templates beside this file."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chalicelib.kernel import french
from infra.mailbox.reading import Mail

FOLDER = Path(__file__).resolve().parent / "pages"
# A mail may style itself and show the pictures it carries; it may not run, fetch or ask anything.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    env = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    env.filters.update(moment=french.french_moment, size=_size)
    return env


def render(template: str, **context: Any) -> bytes:
    """A page of the mailbox."""
    return _environment().get_template(template).render(**context).encode()


def mail_body(mail: Mail) -> bytes:
    """The HTML body for its frame: links open in a new tab, for the frame may not leave itself."""
    return b'<!doctype html><meta charset="utf-8"><base target="_blank">' + mail.html.encode(errors="replace")


def as_json(mail: Mail) -> dict[str, Any]:
    """What tests read: the envelope's addresses in `to`, the bodies, and `links` in order."""
    return {
        "id": mail.id, "to": mail.to, "from": mail.sender, "subject": mail.subject,
        "date": mail.arrived_at.isoformat(), "text": mail.text, "html": mail.html, "links": mail.links,
    }  # fmt: skip


def _size(content: bytes) -> str:
    return f"{french.french_integer(max(1, len(content) // 1024))}{french.NBSP}Ko"
