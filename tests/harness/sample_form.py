"""A form with every kind of question that the form engine knows, for its own tests; no feature has all of them."""

from typing import Any

from chalicelib.web.fields import Answers
from chalicelib.web.forms import Form

COLUMNS: dict[str, Any] = {
    "given_on": {
        "title": "Date",
        "type": "string",
        "format": "date",
        "x-when": "past",
        "x-required-message": "Indiquez la date.",
    },
    "giver": {
        "title": "Donnée par",
        "type": "string",
        "oneOf": [{"const": "region", "title": "Région"}, {"const": "other", "title": "Autre"}],
        "x-kind": "select",
        "x-required-message": "Choisissez qui a donné cette aide.",
    },
    "amount": {
        "title": "Montant",
        "type": "integer",
        "x-kind": "money",
        "minimum": 1,
        "maximum": 500_000,
        "x-required-message": "Indiquez le montant.",
    },
    "note": {"title": "Remarque", "type": "string", "maxLength": 20, "format": "text-line"},
}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "quote": {
            "title": "Montant du devis",
            "type": "integer",
            "minimum": 100,
            "maximum": 500_000,
            "examples": [123_450],
            "x-section": "cost",
            "x-kind": "money",
            "x-hint": "Hors taxes.",
            "x-required-message": "Indiquez le montant du devis.",
        },
        "visit_on": {
            "title": "Date de la visite",
            "type": "string",
            "format": "date",
            "examples": ["2027-06-01"],
            "x-section": "cost",
            "x-when": "future",
        },
        "iban": {
            "title": "IBAN",
            "type": "string",
            "maxLength": 60,
            "format": "iban",
            "examples": ["FR7630006000011234567890189"],
            "x-section": "cost",
        },
        "grants": {
            "title": "Aides déjà reçues",
            "type": "array",
            "maxItems": 3,
            "items": {
                "type": "object",
                "required": ["given_on", "giver", "amount"],
                "additionalProperties": False,
                "properties": COLUMNS,
            },
            "examples": [[{"given_on": "2025-03-12", "giver": "region", "amount": 150_000}]],
            "x-section": "grants",
            "x-kind": "rows",
            "x-row-title": "Aide",
            "x-add": "Ajouter une aide",
        },
        "rooms": {
            "title": "Chambres",
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {
                        "title": "Nom",
                        "type": "string",
                        "maxLength": 20,
                        "x-required-message": "Nommez-la.",
                    },
                    "beds": {"title": "Lits", "type": "integer", "minimum": 1, "maximum": 9},
                },
            },
            "examples": [[{"name": "Chartreuse", "beds": 2}, {"name": "Vercors"}]],
            "x-section": "grants",
            "x-kind": "rows",
            "x-required-message": "Décrivez au moins une chambre.",
        },
        "agreed": {"title": "D’accord", "type": "boolean", "x-section": "grants"},
    },
    "required": ["quote", "rooms"],
    "additionalProperties": False,
    "x-sections": [
        {"key": "cost", "title": "Le coût", "intro": "", "order": 1},
        {"key": "grants", "title": "Les aides", "intro": "", "order": 2},
    ],
}
SAMPLE = Form(SCHEMA)
GRANT: Answers = {"given_on": "2025-03-12", "giver": "region", "amount": 150_000}
RIGHT: Answers = {"quote": 123_450, "grants": [GRANT], "rooms": [{"name": "Chartreuse", "beds": 2}]}
"""Answers without a mistake."""
