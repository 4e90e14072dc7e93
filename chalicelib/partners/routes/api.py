"""The JSON API of the membership form, from the same schema as its pages."""

import json
from hashlib import sha256
from typing import Any

from chalice import Blueprint, Response

from chalicelib.kernel.clock import paris_day, utc_now
from chalicelib.kernel.errors import InvalidAnswers, TooMany
from chalicelib.partners import bootstrap
from chalicelib.partners.application_form import membership_form
from chalicelib.partners.choices import all_choices
from chalicelib.partners.routes import floods
from chalicelib.partners.rules import territory_errors
from chalicelib.partners.submitting import Submission
from chalicelib.partners.wording import public_status
from chalicelib.runtime import config
from chalicelib.web.requests import JSON_TYPE, client_ip, json_body
from chalicelib.web.views import view

bp = Blueprint(__name__)

SENDINGS_PER_ADDRESS = 10
CREATED = 201


@bp.route("/api/v1/membership-applications", methods=["POST"], content_types=[JSON_TYPE])
@view
def submit_api_application() -> Response:
    """Take an application in: 201 with its reference and status, once per idempotency key."""
    document = json_body(bp.current_request)
    answers = _valid(document)
    key = _key(answers)
    _refuse_floods(key, str(answers["email"]))
    submission = Submission(key, answers, membership_form().version, origin="api")
    application = bootstrap.submission_service().submit(submission)
    shown = {"reference": application.reference, "status": public_status(application.status)}
    return Response(shown, status_code=CREATED)


@bp.route("/api/v1/schemas/membership_application", methods=["GET"])
@view
def show_application_schema() -> Response:
    """The JSON Schema of the application."""
    return Response(membership_form().api_schema(), headers={"Content-Type": "application/schema+json"})


@bp.route("/api/v1/openapi.json", methods=["GET"])
@view
def show_openapi() -> Response:
    """The description of this API, built from the schemas."""
    from chalicelib.partners import api_description
    from chalicelib.web import openapi

    return Response(
        openapi.document(
            title="Cordée",
            version=config.version(),
            server_url=config.base_url(),
            operations=api_description.OPERATIONS,
            schemas=api_description.schemas(),
        )
    )


def _valid(document: dict[str, Any]) -> dict[str, Any]:
    """The answers, or `InvalidAnswers` with every mistake."""
    office = bootstrap.office()
    form = membership_form()
    answers, _ = form.validate_json(document)
    answers, errors = form.validate_json(document, all_choices(answers, office))
    found = form.in_order(territory_errors(answers, office), errors)
    if found:
        raise InvalidAnswers(found)
    return dict(answers)


def _key(answers: dict[str, Any]) -> str:
    """The caller's key, or one made of the day and the answers: the same application is taken once a day."""
    given = bp.current_request.headers.get("idempotency-key", "").strip()
    day = paris_day(utc_now()).isoformat()
    text = f"key\n{given}" if given else f"{day}\n{json.dumps(answers, sort_keys=True)}"
    return sha256(text.encode()).hexdigest()[:32]


def _refuse_floods(key: str, email: str) -> None:
    ip = client_ip(bp.current_request)
    if not floods.is_within_limits("application-api", key, email, SENDINGS_PER_ADDRESS, ip):
        raise TooMany("Trop de demandes en peu de temps. Réessayez dans une heure.")
