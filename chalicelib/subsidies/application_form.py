"""The application for aid as a form."""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.office import communes
from chalicelib.office.model import Office
from chalicelib.web.fields import Choice, Choices
from chalicelib.web.forms import Form

SCHEMA = Path(__file__).resolve().parent / "schemas" / "classification_subsidy.json"
KEPT = ("email", "partner_id")
"""What a draft knows beside the answers: whose it is."""


def subsidy_form() -> Form:
    """The one form, read once."""
    return Form.load(SCHEMA)


def page_keys() -> tuple[str, ...]:
    """The pages of the form, in order."""
    return tuple(section.key for section in subsidy_form().sections)


def answers_in(draft: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of the form alone."""
    return {name: value for name, value in draft.items() if name not in KEPT}


def all_choices(answers: Mapping[str, Any], office: Office) -> Choices:
    """The communes of the postcode given so far."""
    found = communes.offered(str(answers.get("postcode", "")), office)
    return {"commune": [Choice(commune.insee, commune.name) for commune in found]}


def form_errors(
    answers: Mapping[str, Any], office: Office, on: date, sections: Collection[str] | None = None
) -> list[FieldError]:
    """Every mistake, at most one a field, in the order of the form; `sections` limits it to some pages."""
    form, given = subsidy_form(), answers_in(answers)
    found = form.errors(given, all_choices(given, office), sections, on=on)
    ours = [
        error
        for error in (*_territory(given, office), *_amounts(given), *_units(given))
        if sections is None or form.section_key(error.field) in sections
    ]
    return form.in_order(found, ours)


def _territory(answers: Mapping[str, Any], office: Office) -> list[FieldError]:
    commune = answers.get("commune")
    if not commune or office.commune(str(commune)):
        return []
    return [
        FieldError(
            "commune", "Cette commune n’est pas du territoire de l’office\u00a0: l’aide n’y est pas donnée."
        )
    ]


def _amounts(answers: Mapping[str, Any]) -> list[FieldError]:
    excl, incl = answers.get("excl_vat_cents"), answers.get("incl_vat_cents")
    excluded = answers.get("excluded_excl_vat_cents", 0)
    if not isinstance(excl, int) or not isinstance(incl, int):
        return []
    found = []
    if incl < excl:
        found.append(FieldError("incl_vat_cents", "Le montant TTC ne peut pas être inférieur au montant HT."))
    if isinstance(excluded, int) and excluded and excluded >= excl:
        sentence = "Les dépenses non couvertes dépassent le devis\u00a0: il ne resterait rien à aider."
        found.append(FieldError("excluded_excl_vat_cents", sentence))
    return found


def _units(answers: Mapping[str, Any]) -> list[FieldError]:
    """A file with several furnished rentals names each of them."""
    if answers.get("category") != "furnished_rental" or not isinstance(answers.get("unit_count"), int):
        return []
    others = [each for each in str(answers.get("other_registration_numbers", "")).split(",") if each.strip()]
    wanted = int(answers["unit_count"]) - 1
    if len(others) == wanted:
        return []
    sentence = (
        f"Indiquez les numéros des autres meublés de cette demande\u00a0: il en faut {wanted}, vous en avez saisi "
        f"{len(others)}."
    )
    return [FieldError("other_registration_numbers", sentence)]
