"""The amounts and the rows of the style page: a form of their own, so that they are shown as a real one shows them."""

from functools import lru_cache
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.web.fields import Answers
from chalicelib.web.form_view import ShownGroup
from chalicelib.web.forms import Form

ROWS: dict[str, Any] = {
    "type": "array",
    "x-kind": "rows",
    "x-section": "aides",
    "x-row-title": "Aide",
    "x-add": "Ajouter une aide",
    "maxItems": 2,
    "items": {
        "type": "object",
        "required": ["given_on", "giver", "amount"],
        "properties": {
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
                "maxLength": 80,
                "x-required-message": "Indiquez qui a donné cette aide.",
            },
            "amount": {
                "title": "Montant",
                "type": "integer",
                "x-kind": "money",
                "minimum": 1,
                "maximum": 500_000,
                "x-required-message": "Indiquez le montant.",
            },
        },
    },
}
MONEY: dict[str, Any] = {
    "type": "integer",
    "x-kind": "money",
    "minimum": 0,
    "maximum": 500_000,
    "x-section": "aides",
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "devis": {**MONEY, "title": "Montant du devis", "x-hint": "Hors taxes, par exemple 1234,50."},
        "facture": {**MONEY, "title": "Montant de la facture"},
        "vide": {
            **ROWS,
            "title": "Aides demandées",
            "x-hint": "Laissez vide si vous n’en demandez pas.",
        },
        "aides": {**ROWS, "title": "Aides reçues"},
    },
    "required": ["devis", "facture"],
    "x-sections": [{"key": "aides", "title": "Aides", "intro": "", "order": 1}],
}
RECEIVED: list[Answers] = [
    {"given_on": "2025-03-12", "giver": "Région", "amount": 150_000},
    {"given_on": "31/02/2027", "giver": "Communauté de communes"},
]
TYPED: Answers = {"devis": 123_450, "facture": "1.234", "aides": RECEIVED}


@lru_cache(maxsize=1)
def sample() -> Form:
    """A form of amounts and rows; the names and figures in it are invented."""
    return Form(SCHEMA)


def mistakes() -> list[FieldError]:
    """What is wrong with what was typed into it."""
    return sample().errors(TYPED)


def groups() -> list[ShownGroup]:
    """Its questions: an amount right and wrong; a list without rows, a full one with a wrong row."""
    form = sample()
    return form.shown(form.sections[0], TYPED, mistakes())


def answers() -> list[dict[str, str]]:
    """How they read."""
    return [{"label": label, "value": text} for _, lines in sample().as_text(TYPED) for label, text in lines]
