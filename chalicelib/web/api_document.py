"""`GET /api/v1/openapi.json`: what every feature says of its part of the JSON API, in one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalice import Blueprint, Response

from chalicelib.runtime import config
from chalicelib.web.views import view

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chalicelib.web.openapi import Operation, Schema

    Describe = Callable[[], tuple[Sequence[Operation], Mapping[str, Schema]]]

bp = Blueprint(__name__)

_features: list[Describe] = []


def register(describe: Describe) -> None:
    """Add a feature's operations and schemas; `describe` runs when the document is asked for, not before."""
    _features.append(describe)


def document() -> dict[str, Any]:
    """The OpenAPI document of this deployment."""
    from chalicelib.web import openapi

    described = [describe() for describe in _features]
    return openapi.document(
        title="Cordée",
        version=config.version(),
        server_url=config.base_url(),
        operations=[operation for operations, _ in described for operation in operations],
        schemas={name: schema for _, schemas in described for name, schema in schemas.items()},
    )


@bp.route("/api/v1/openapi.json", methods=["GET"])
@view
def show_openapi() -> Response:
    """The description of this API, built from the schemas."""
    return Response(document())
