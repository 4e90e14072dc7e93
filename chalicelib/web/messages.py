"""One French sentence for each way a schema can refuse an answer."""

from typing import Any

from chalicelib.kernel.french import french_integer
from chalicelib.web import formats
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
}
LIMITS = {
    "maxLength": "Raccourcissez cette réponse : {limit} caractères au plus, vous en avez saisi {typed}.",
    "minimum": "Indiquez un nombre entier à partir de {limit}.",
    "maximum": "Indiquez un nombre entier jusqu'à {limit}.",
    "uniqueItems": "Cochez chaque réponse une seule fois.",
}
MOST_TELLING_FIRST = ("not", "type", "required", "maxLength", "format")


def rank(error: Any) -> int:
    """Which of several mistakes at one field is told: what does not belong, then the type, then the rest."""
    order = MOST_TELLING_FIRST
    return order.index(error.validator) if error.validator in order else len(order)


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
        return TYPES.get(str(limit), NOT_OFFERED)
    if error.validator == "format":
        return formats.explain(str(limit), value) or field.required_message
    said = LIMITS.get(error.validator, NOT_OFFERED)
    typed = french_integer(len(value)) if isinstance(value, str) else ""
    told = french_integer(limit) if isinstance(limit, int) else limit
    return said.format(limit=told, typed=typed)
