"""What the partners' JSON API says of itself in the OpenAPI document."""

from typing import Any

from chalicelib.partners.application_form import membership_form
from chalicelib.web.openapi import Operation, Parameter

IDEMPOTENCY_KEY = Parameter(
    "Idempotency-Key",
    "header",
    "Une clé choisie par l’appelant, différente à chaque demande : répéter l’envoi avec la même clé "
    "ne crée pas de second dossier et renvoie la première réponse.",
    {
        "type": "string",
        "minLength": 1,
        "maxLength": 255,
        "examples": ["6f1c2b8e-6b0c-4d3e-9a55-0c9c8f5d7a11"],
    },
)
POSTCODE = Parameter(
    "postcode",
    "query",
    "Code postal, à ne pas confondre avec le code INSEE.",
    {"type": "string", "pattern": "^[0-9]{5}$", "examples": ["01210"]},
    required=True,
)
OPERATIONS = (
    Operation(
        "post", "/api/v1/membership-applications", "submitMembershipApplication",
        "Déposer une demande d’adhésion ou de partenariat.",
        status=201, body="MembershipApplication", returns="ApplicationReceived",
        parameters=(IDEMPOTENCY_KEY,),
        problems=(
            (400, "Le corps de la requête n’est pas du JSON lisible."),
            (409, "La même clé d’idempotence a servi à une autre demande."),
            (413, "La demande est trop volumineuse."),
            (415, "Le corps de la requête n’est pas annoncé comme application/json."),
            (422, "Des réponses sont à corriger ; toutes sont nommées."),
            (429, "Trop de demandes pour le moment."),
        ),
    ),
    Operation(
        "get", "/api/v1/schemas/membership_application", "showMembershipApplicationSchema",
        "Le schéma de la demande.", returns="JsonSchema", media="application/schema+json",
    ),
    Operation(
        "get", "/api/v1/communes", "listCommunes", "Les communes du territoire qui ont ce code postal.",
        returns="Communes", parameters=(POSTCODE,), problems=((422, "Le code postal ne se lit pas."),),
    ),
)  # fmt: skip


def schemas() -> dict[str, Any]:
    """The schemas that these operations name."""
    return {
        "MembershipApplication": membership_form().api_schema(),
        "ApplicationReceived": {
            "type": "object",
            "properties": {"reference": {"type": "string"}, "status": {"type": "string"}},
            "required": ["reference", "status"],
        },
        "Communes": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "insee": {"type": "string", "description": "Code INSEE."},
                    "name": {"type": "string"},
                },
                "required": ["insee", "name"],
            },
        },
    }
