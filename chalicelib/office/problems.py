"""What is wrong in an office file: where, and what to do, in French."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jsonschema import ValidationError

from chalicelib.kernel.errors import Situation
from chalicelib.office.formats import MENDS
from chalicelib.office.typography import typeset


@dataclass(frozen=True)
class Problem:
    """One mistake: `path` such as `people[2].roles`, `message` a French sentence with the mend."""

    path: str
    message: str


class OfficeFileRefused(Situation):
    """The office file has mistakes; `problems` lists all of them, `str()` is the whole list."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [f"  {problem.path or 'fichier'} : {problem.message}" for problem in self.problems]
        count = f"{len(lines)} point{'s' if len(lines) > 1 else ''}"
        super().__init__(
            typeset("\n".join([f"Le fichier de l’office est à corriger ({count})\u00a0:", *lines]))
        )


def path_text(path: Iterable[str | int]) -> str:
    """`people[2].roles` from its parts."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def schema_problems(error: ValidationError) -> list[Problem]:
    """What the schema's refusal means, one problem per field that is concerned."""
    path = list(error.absolute_path)
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return [
            _problem([*path, name], f"il manque ce champ{_title(error, name)}\u00a0: ajoutez-le.")
            for name in missing
        ]
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        unknown = [name for name in error.instance if name not in known]
        return [_problem([*path, name], _unknown(name, list(known))) for name in unknown]
    return [_problem(path, _sentence(error))]


def _problem(path: Iterable[str | int], message: str) -> Problem:
    return Problem(path_text(path), typeset(message))


def _title(error: ValidationError, name: str) -> str:
    title = error.schema.get("properties", {}).get(name, {})
    return f" (« {title['title']} »)" if isinstance(title, dict) and "title" in title else ""


def _unknown(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    hint = (
        f"vouliez-vous écrire «\u00a0{near[0]}\u00a0»\u00a0?" if near else "retirez-le, ou corrigez son nom."
    )
    return f"champ inconnu : {hint}"


def _sentence(error: ValidationError) -> str:
    limit = error.validator_value
    if error.validator == "format":
        return f"{_shown(error.instance)} ne convient pas\u00a0: {MENDS[str(limit)]}."
    return _SENTENCES.get(str(error.validator), _fallback)(error, limit)


def _shown(value: Any) -> str:
    text = f"« {value} »" if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else "cette valeur"


def _fallback(error: ValidationError, _limit: Any) -> str:
    return f"{_shown(error.instance)} ne convient pas\u00a0: consultez la description de ce champ."


def _choice(error: ValidationError, limit: Any) -> str:
    return f"{_shown(error.instance)} n’est pas un choix possible\u00a0: écrivez {_one_of(limit)}."


def _one_of(names: Sequence[str]) -> str:
    quoted = [f"« {name} »" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} ou {quoted[-1]}"


_TYPES = {
    "object": "un bloc entre accolades { }", "array": "une liste entre crochets [ ]",
    "string": "un texte entre guillemets", "integer": "un nombre entier, sans guillemets ni virgule",
    "boolean": "true ou false, sans guillemets", "null": "null, sans guillemets",
}  # fmt: skip


def _type(error: ValidationError, limit: Any) -> str:
    kinds = [limit] if isinstance(limit, str) else limit
    return f"il faut ici {', ou '.join(_TYPES[kind] for kind in kinds)}, et non {_shown(error.instance)}."


def _pattern(error: ValidationError, limit: Any) -> str:
    if "a-z" in limit:
        mend = "lettres minuscules sans accent, chiffres et tirets seulement"
    else:
        mend = "il faut un code de 5 caractères, entre guillemets"
    return f"{_shown(error.instance)} ne convient pas\u00a0: {mend}."


_SENTENCES: dict[str, Callable[[ValidationError, Any], str]] = {
    "type": _type,
    "enum": _choice,
    "pattern": _pattern,
    "not": lambda error, limit: "ce champ ne va pas avec la règle choisie\u00a0: retirez-le.",
    "minLength": lambda error, limit: "ce texte est vide\u00a0: complétez-le.",
    "maxLength": lambda error, limit: f"ce texte est trop long\u00a0: {limit} caractères au plus.",
    "minItems": lambda error, limit: (
        f"il faut au moins {limit} élément{'s' if limit > 1 else ''} dans cette liste."
    ),
    "maxItems": lambda error, limit: f"cette liste est trop longue\u00a0: {limit} éléments au plus.",
    "uniqueItems": lambda error, limit: "la même valeur figure deux fois\u00a0: retirez le doublon.",
    "minimum": lambda error, limit: f"{error.instance} est trop petit\u00a0: {limit} au moins.",
    "maximum": lambda error, limit: f"{error.instance} est trop grand\u00a0: {limit} au plus.",
    "oneOf": lambda error, limit: (
        "indiquez soit «\u00a0slug », soit «\u00a0name\u00a0» et «\u00a0communes », mais pas les deux."
    ),
}
