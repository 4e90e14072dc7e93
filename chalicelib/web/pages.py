"""Answers as Chalice responses: HTML pages, redirects, problems."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from chalice import Response

from chalicelib.web import site
from chalicelib.web.requests import current_request
from chalicelib.web.site import set_office_provider, set_user_provider
from chalicelib.web.urls import static, url

__all__ = [
    "download",
    "lead_to_file",
    "page",
    "problem",
    "redirect",
    "render_page",
    "safe_next",
    "set_office_provider",
    "set_user_provider",
]

HTML = "text/html; charset=utf-8"
PROBLEM = "application/problem+json"
INSIDE = re.compile(r"/(?!/)[^\\\x00-\x20\x7f-\U0010ffff]*")
INSIDE_DECODED = re.compile(r"/(?!/)[^\\\x00-\x1f\x7f]*")


def page(
    template: str,
    *,
    status: int = 200,
    cookies: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    """The rendered `template` (`<room>/<path>`), with the office and the person in its context.

    `office` and `user` may be given to replace the ones of `web.site`; `cookies` are `Set-Cookie` values.
    """
    context.setdefault("office", None)
    context["office"] = context["office"] or site.current_office()
    if "user" not in context:
        context["user"] = site.current_user(current_request.get())
    body = render_page(template, **context)
    return Response(
        body, status_code=status, headers=_headers({"Content-Type": HTML, **(headers or {})}, cookies)
    )


def redirect(path: str, cookies: Sequence[str] = ()) -> Response:
    """303 to a path of this site, such as `/espace`; POST, redirect, GET."""
    return Response("", status_code=303, headers=_headers({"Location": url(safe_next(path))}, cookies))


def lead_to_file(address: str) -> Response:
    """303 to a file in the bucket: an address that we signed ourselves, never one that came with a request."""
    return Response("", status_code=303, headers=_headers({"Location": address}, ()))


def download(body: str | bytes, content_type: str, name: str) -> Response:
    """A file to keep, under this name, such as `enveloppe.csv`; nobody keeps it for others on the way."""
    headers = {"Content-Type": content_type, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, headers={**headers, "Cache-Control": "no-store"})


def problem(status: int, title: str, detail: str, **members: Any) -> Response:
    """An RFC 9457 problem; `members` stand beside the standard ones."""
    document = {"type": "about:blank", "title": title, "status": status, "detail": detail, **members}
    return Response(
        json.dumps(document, ensure_ascii=False), status_code=status, headers={"Content-Type": PROBLEM}
    )


def safe_next(target: str, default: str = "/") -> str:
    """`target` if it is a path of this site, else `default`: nobody is sent elsewhere by a crafted link."""
    decoded = unquote(unquote(target))
    return target if INSIDE.fullmatch(target) and INSIDE_DECODED.fullmatch(decoded) else default


def render_page(template: str, /, **context: Any) -> str:
    """The text of a page; `url` and `static` are known to every template."""
    return str(_environment().get_template(template).render(**context))


def _headers(headers: dict[str, str], cookies: Sequence[str]) -> dict[str, str | list[str]]:
    return {**headers, "Set-Cookie": list(cookies)} if cookies else {**headers}


@lru_cache(maxsize=1)
def _environment() -> Any:
    # Jinja is imported at the first page, so that a style sheet does not wait for it.
    from chalicelib.runtime.templating import environment

    env = environment().overlay()
    # Of its own: a template that a mail has loaded before keeps the names that it knew then.
    env.globals = {**env.globals, "url": url, "static": static}
    return env
