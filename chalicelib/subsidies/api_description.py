"""What the JSON API about aids says of itself in the OpenAPI document."""

from typing import Any

from chalicelib.office.categories import CATEGORIES
from chalicelib.web.openapi import Operation

PATH = "/api/v1/classified-accommodations"
OPERATIONS = (
    Operation(
        "get", PATH, "listClassifiedAccommodations",
        "Les hébergements classés des partenaires de l’office, en données ouvertes (Licence Ouverte 2.0).",
        returns="ClassifiedAccommodations",
    ),
)  # fmt: skip


def schemas() -> dict[str, Any]:
    """The schemas that these operations name."""
    place = {
        "name": {"type": "string", "description": "Le nom connu du public."},
        "category": {"enum": list(CATEGORIES[:8])},
        "commune": {"type": "string", "description": "Code INSEE, à ne pas confondre avec le code postal."},
        "commune_name": {"type": "string"},
        "stars": {
            "type": ["integer", "null"],
            "minimum": 1,
            "maximum": 5,
            "description": "null\u00a0: sans étoile.",
        },
        "capacity_persons": {"type": ["integer", "null"], "minimum": 1},
        "valid_until": {"type": "string", "format": "date", "description": "Dernier jour du classement."},
        "website": {"type": ["string", "null"], "format": "uri"},
        "is_proved": {
            "type": "boolean",
            "description": "true\u00a0: l’office a vu la décision\u00a0; false\u00a0: déclaré par le partenaire.",
        },
    }
    return {
        "ClassifiedAccommodations": {
            "type": "object",
            "properties": {
                "source": {"type": "string", "description": "L’office qui publie la liste."},
                "licence": {"type": "string"},
                "licence_url": {"type": "string", "format": "uri"},
                "count": {"type": "integer", "minimum": 0},
                "accommodations": {
                    "type": "array",
                    "items": {"type": "object", "properties": place, "required": list(place)},
                },
            },
            "required": ["source", "licence", "licence_url", "count", "accommodations"],
        }
    }
