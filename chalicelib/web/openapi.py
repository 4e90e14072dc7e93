"""The OpenAPI 3.1 document, built from JSON Schemas and a table of operations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

Schema = Mapping[str, Any]

JSON = "application/json"
PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Parameter:
    """One header, query or path parameter; `place` is `header`, `query` or `path`."""

    name: str
    place: str
    description: str
    schema: Schema
    required: bool = False

    def described(self) -> dict[str, Any]:
        """The parameter object of the specification."""
        return {
            "name": self.name, "in": self.place, "required": self.required,
            "description": self.description, "schema": dict(self.schema),
        }  # fmt: skip


@dataclass(frozen=True)
class Operation:
    """One method of one path. `body` and `returns` name schemas, `media` the type of the latter.

    `problems`: status and meaning.
    """

    method: str
    path: str
    name: str
    summary: str
    returns: str
    status: int = 200
    body: str | None = None
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[tuple[int, str], ...] = ()
    media: str = JSON

    def described(self) -> dict[str, Any]:
        """The operation object of the specification."""
        answers = {str(self.status): _answer(HTTPStatus(self.status).phrase, self.media, self.returns)}
        answers |= {str(status): _answer(why, PROBLEM, _problem(status)) for status, why in self.problems}
        described: dict[str, Any] = {"operationId": self.name, "summary": self.summary, "responses": answers}
        if self.parameters:
            described["parameters"] = [parameter.described() for parameter in self.parameters]
        if self.body:
            described["requestBody"] = {"required": True, "content": _content(JSON, self.body)}
        return described


TEXT: Schema = {"type": "string"}
SCHEMAS: Mapping[str, Schema] = {
    "Problem": {
        "description": "RFC 9457",
        "type": "object",
        "properties": {
            "type": {"type": "string", "format": "uri-reference", "default": "about:blank"},
            "title": TEXT, "status": {"type": "integer"}, "detail": TEXT, "instance": TEXT,
        },
        "required": ["title", "status"],
    },
    "InvalidAnswers": {
        "description": "RFC 9457, avec toutes les erreurs à la fois, dans l’ordre du formulaire.",
        "allOf": [{"$ref": "#/components/schemas/Problem"}],
        "type": "object",
        "properties": {
            "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}, "minItems": 1}
        },
        "required": ["errors"],
    },
    "FieldError": {
        "type": "object",
        "properties": {
            "field": {"type": "string", "description": "Nom du champ ; vide pour la demande entière."},
            "message": {"type": "string", "description": "Ce qu’il faut corriger, en français."},
        },
        "required": ["field", "message"],
    },
    "Health": {
        "type": "object",
        "properties": {"status": {"const": "ok"}, "version": TEXT, "stage": TEXT},
        "required": ["status", "version", "stage"],
    },
    "JsonSchema": {"type": "object", "description": "Un schéma JSON Schema 2020-12."},
    "OpenApi": {"type": "object", "description": "Ce document, en OpenAPI 3.1."},
}  # fmt: skip
OPERATIONS = (
    Operation("get", "/api/v1/health", "showHealth", "Version et étape de déploiement du service.", "Health"),
    Operation("get", "/api/v1/openapi.json", "showOpenApi", "La description de cette API.", "OpenApi"),
)


def document(
    *,
    title: str,
    version: str,
    server_url: str,
    operations: Sequence[Operation],
    schemas: Mapping[str, Schema],
) -> dict[str, Any]:
    """The whole document: the site's own operations and schemas, then those of the features."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in (*OPERATIONS, *operations):
        paths.setdefault(operation.path, {})[operation.method] = operation.described()
    return {
        "openapi": "3.1.1",
        "info": {"title": title, "version": version},
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": server_url}],
        "paths": paths,
        "components": {"schemas": {**SCHEMAS, **schemas}},
    }


def _problem(status: int) -> str:
    return "InvalidAnswers" if status == HTTPStatus.UNPROCESSABLE_ENTITY else "Problem"


def _answer(description: str, media: str, schema: str) -> dict[str, Any]:
    return {"description": description, "content": _content(media, schema)}


def _content(media: str, schema: str) -> dict[str, Any]:
    return {media: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
