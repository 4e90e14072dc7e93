"""One French sentence for each way a schema can refuse an answer."""

from typing import Any

from chalicelib.kernel.french import french_integer, french_money
from chalicelib.web import amounts, formats
from chalicelib.web.fields import Field
from chalicelib.web.text_formats import typeset

NOT_OFFERED = "Choisissez une réponse dans la liste."
NATIONAL_NUMBER = typeset("Numéro d'enregistrement national : l'office de tourisme le vérifiera.")
NOT_AN_OBJECT = "La demande doit être un objet JSON, avec un champ par réponse."
UNKNOWN_FIELD = typeset("Ce champ est inconnu : retirez-le ou vérifiez son nom dans le schéma.")
TYPES = {
    "string": "Ce champ doit être un texte.",
    "integer": "Ce champ doit être un nombre entier, par exemple 4.",
    "boolean": "Ce champ doit être vrai ou faux (true ou false).",
    "array": "Ce champ doit être une liste de textes.",
    "money": "Ce champ doit être un nombre entier de centimes, par exemple 123450 pour 1234,50 euros.",
    "rows": "Ce champ doit être une liste d'objets, un par ligne.",
}
"""By the kind of the field, else by its type."""
LIMITS = {
    "maxLength": "Raccourcissez cette réponse : {limit} caractères au plus, vous en avez saisi {typed}.",
    "minimum": "Indiquez un nombre entier à partir de {limit}.",
    "maximum": "Indiquez un nombre entier jusqu'à {limit}.",
    "uniqueItems": "Cochez chaque réponse une seule fois.",
}
MONEY_LIMITS = {
    "minimum": "Indiquez un montant à partir de {limit}.",
    "maximum": "Indiquez un montant jusqu'à {limit}.",
}
ROWS_LIMITS = {
    "maxItems": "Gardez {limit} lignes au plus : vous en avez rempli {typed}, retirez les autres.",
    "minItems": "Remplissez au moins {limit} lignes : vous en avez rempli {typed}.",
    "uniqueItems": "Deux lignes sont les mêmes : retirez l'une d'elles.",
    "minProperties": "Remplissez cette ligne, ou retirez-la.",
}
IN_THE_FUTURE = "Cette date est dans le futur : vérifiez l'année."
IN_THE_PAST = "Cette date est déjà passée : vérifiez l'année."
MOST_TELLING_FIRST = ("not", "type", "required", "maxLength", "format")


def rank(error: Any) -> int:
    """Which of several mistakes at one field is told: what does not belong, then the type, then the rest."""
    order = MOST_TELLING_FIRST
    return order.index(error.validator) if error.validator in order else len(order)


def wrong_type(field: Field) -> str:
    """What JSON should have held at `field`."""
    return typeset(TYPES.get(field.kind) or TYPES[field.type])


def sentence(error: Any, field: Field) -> str:
    """What to do about one jsonschema error at `field`; the schema's own `x-message` comes first."""
    if isinstance(error.schema, dict) and "x-message" in error.schema:
        return str(error.schema["x-message"])
    return typeset(_sentence(error, field))


def _sentence(error: Any, field: Field) -> str:
    limit, value = error.validator_value, error.instance
    if error.validator in ("required", "const"):
        return field.required_message
    if error.validator == "type":
        return _not_of_type(field, str(limit), value)
    if error.validator == "format":
        return formats.explain(str(limit), value) or field.required_message
    said = _limits(field).get(error.validator, NOT_OFFERED)
    typed = french_integer(len(value)) if isinstance(value, str | list) else ""
    return said.format(limit=_limit(field, limit), typed=typed)


def _not_of_type(field: Field, wanted: str, value: object) -> str:
    if field.is_money and isinstance(value, str):
        return amounts.explain(value) or TYPES["money"]
    return TYPES.get(field.kind) or TYPES.get(wanted, NOT_OFFERED)


def _limits(field: Field) -> dict[str, str]:
    if field.is_money:
        return MONEY_LIMITS
    return ROWS_LIMITS if field.has_rows else LIMITS


def _limit(field: Field, limit: object) -> object:
    if not isinstance(limit, int):
        return limit
    return french_money(limit) if field.is_money else french_integer(limit)
