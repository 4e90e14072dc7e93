"""Reading what a browser or a program sent, strictly, with refusals that a person understands."""

import json
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any
from urllib.parse import unquote_to_bytes

from chalice.app import Request

from chalicelib.kernel.errors import Situation
from chalicelib.web.cookies import full_name

BODY_LIMIT_BYTES = 100_000
FIELD_LIMIT = 500
FORM_TYPE = "application/x-www-form-urlencoded"
JSON_TYPE = "application/json"

current_request: ContextVar[Request | None] = ContextVar("current_request", default=None)
"""The HTTP request being answered, set by the middleware; `None` outside a request."""


class BodyTooLarge(Situation):
    """More was sent than a form can hold."""


class MediaTypeRefused(Situation):
    """The body has another type than the one this address understands."""


class BodyUnreadable(Situation):
    """The body cannot be read as what it says it is."""


def form_fields(request: Request) -> dict[str, list[str]]:
    """The fields of a posted form, each with its values in order; newlines are `\\n`, NUL is dropped.

    Raises `MediaTypeRefused`, `BodyTooLarge` or `BodyUnreadable`.
    """
    fields: dict[str, list[str]] = {}
    pairs = [pair for pair in _body(request, FORM_TYPE).split(b"&") if pair]
    if len(pairs) > FIELD_LIMIT:
        raise BodyTooLarge("Ce formulaire contient trop de champs. Rechargez la page puis recommencez.")
    for pair in pairs:
        name, _, value = pair.partition(b"=")
        fields.setdefault(_text(name), []).append(_text(value))
    return fields


def first_of(fields: Mapping[str, list[str]], name: str) -> str:
    """What was sent first under that name; empty where nothing was."""
    return (fields.get(name) or [""])[0]


def json_body(request: Request) -> dict[str, Any]:
    """The JSON object that was sent. Raises `MediaTypeRefused`, `BodyTooLarge` or `BodyUnreadable`."""
    body = _body(request, JSON_TYPE)
    try:
        document = json.loads(_utf8(body), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BodyUnreadable("Le corps de la requête n’est pas du JSON valide.") from None
    if not isinstance(document, dict):
        raise BodyUnreadable("Le corps de la requête doit être un objet JSON.")
    return document


def cookie(request: Request, name: str) -> str | None:
    """The value of our cookie `name` (`sid` or `__Host-sid`), or None."""
    wanted = full_name(name)
    for part in (request.headers.get("cookie") or "").split(";"):
        key, equals, value = part.strip().partition("=")
        if equals and key == wanted:
            return str(value)
    return None


def client_ip(request: Request) -> str:
    """The address that the gateway saw; headers that a client can write are not believed."""
    return str((request.context.get("identity") or {}).get("sourceIp") or "")


def _body(request: Request, media_type: str) -> bytes:
    sent_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent_type != media_type:
        raise MediaTypeRefused(f"Cette adresse attend des données de type {media_type}.")
    try:
        body = request.raw_body
    except ValueError:
        raise BodyUnreadable("Ce qui a été envoyé est arrivé abîmé. Recommencez l’envoi.") from None
    if len(body) > BODY_LIMIT_BYTES:
        raise BodyTooLarge(
            "Ce qui a été envoyé dépasse 100\u00a0ko. Raccourcissez les textes puis recommencez."
        )
    return body if isinstance(body, bytes) else body.encode()


def _text(encoded: bytes) -> str:
    text = _utf8(unquote_to_bytes(encoded.replace(b"+", b" ")))
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _utf8(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BodyUnreadable(
            "Des caractères envoyés ne sont pas lisibles (le texte doit être en UTF-8). "
            "Retapez le texte au lieu de le coller, puis recommencez."
        ) from None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
