import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from chalicelib.partners import api_description
from chalicelib.web import openapi

ROUTES = {
    ("get", "/api/v1/health"),
    ("get", "/api/v1/openapi.json"),
    ("get", "/api/v1/communes"),
    ("get", "/api/v1/schemas/membership_application"),
    ("post", "/api/v1/membership-applications"),
}


@pytest.fixture(scope="module")
def document():
    return openapi.document(
        title="Cordée",
        version="0.1.0",
        server_url="https://example.org/api",
        operations=api_description.OPERATIONS,
        schemas=api_description.schemas(),
    )


def test_the_document_is_valid_openapi(document):
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_every_operation_of_the_api_is_described(document):
    described = {(method, path) for path, item in document["paths"].items() for method in item}
    assert described == ROUTES


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
