import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

import app
from chalicelib.web import api_document

ROUTES = {
    (method.lower(), path)
    for path, methods in app.app.routes.items()
    for method in methods
    if path.startswith("/api/")
}


@pytest.fixture
def document(monkeypatch):
    monkeypatch.setenv("BASE_URL", "https://example.org/api")
    return api_document.document()


def test_the_document_is_valid_openapi(document):
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_every_operation_of_the_api_is_described(document):
    described = {(method, path) for path, item in document["paths"].items() for method in item}
    assert described ^ ROUTES == set(), "its room says it in api_description.py, registered in api_document"


def test_every_schema_is_a_schema(document):
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_a_request_says_its_outcomes_and_that_it_may_be_repeated(document):
    operation = document["paths"]["/api/v1/membership-applications"]["post"]
    assert set(operation["responses"]) == {"201", "400", "409", "413", "415", "422", "429"}
    assert operation["parameters"][0]["name"] == "Idempotency-Key"
    refused = operation["responses"]["422"]["content"]["application/problem+json"]
    assert refused["schema"] == {"$ref": "#/components/schemas/InvalidAnswers"}


def test_the_schema_of_the_application_is_the_one_of_the_form(document):
    schema = document["components"]["schemas"]["MembershipApplication"]
    assert schema["properties"]["siret"]["format"] == "siret"
    assert "14\u00a0chiffres" in schema["properties"]["siret"]["description"]
    assert not [key for key in schema if key.startswith("x-")]
