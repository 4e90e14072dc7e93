"""schemathesis: whatever is sent to the API, right or wrong, the answer is the one that its OpenAPI document announces."""

import base64
from collections.abc import Callable, Iterable
from http.client import responses
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

import app
from tests.e2e.local_site import event
from tests.security.http import CONTEXT
from tests.security.routes import registered
from tests.security.town import Town

EXAMPLES = 40
BEYOND_A_SCHEMA = [positive_data_acceptance]
"""A schema cannot say which SIRET, telephone number or commune exists: such answers are refused by name."""
OPERATIONS = sorted(one for one in registered() if " /api/" in one)


def wsgi(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The application as the gateway's catch-all calls it."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    headers = {
        name[5:].replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_")
    }
    if environ.get("CONTENT_TYPE"):
        headers["Content-Type"] = environ["CONTENT_TYPE"]
    target = environ["PATH_INFO"] + (f"?{query}" if (query := environ.get("QUERY_STRING")) else "")
    asked = event(environ["REQUEST_METHOD"], target, headers, environ["wsgi.input"].read(length))
    answered = app.app(asked, CONTEXT)
    status = answered["statusCode"]
    lists = [(name, value) for name, values in answered["multiValueHeaders"].items() for value in values]
    start_response(f"{status} {responses[status]}", [*answered["headers"].items(), *lists])
    body = answered["body"]
    return [base64.b64decode(body) if answered.get("isBase64Encoded") else body.encode()]


@pytest.fixture(scope="module")
def api(whole_town: Town) -> BaseSchema:
    whole_town.at("submitted")
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", wsgi)


@pytest.fixture(autouse=True)
def _no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits are tested by themselves: here they would hide everything else."""
    monkeypatch.setattr("chalicelib.partners.routes.floods.is_within_limits", lambda *_: True)


def test_every_operation_of_the_api_is_described(api: BaseSchema) -> None:
    paths = api.raw_schema["paths"].items()
    described = [f"{method.upper()} {path}" for path, methods in paths for method in methods]
    assert sorted(described) == OPERATIONS


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_api_answers_as_its_description_says(
    api: BaseSchema, operation: str, mode: GenerationMode
) -> None:
    method, path = operation.split()
    described = api[path][method]
    if mode is GenerationMode.NEGATIVE and not (described.body or described.query or described.headers):
        return

    @given(case=described.as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    def answers_as_described(case: Case) -> None:
        case.call_and_validate(excluded_checks=BEYOND_A_SCHEMA)

    answers_as_described()
