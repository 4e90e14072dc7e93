"""The demand for payment as a form."""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.web.forms import Form

SCHEMA = Path(__file__).resolve().parent / "schemas" / "classification_proofs.json"
FORM = "classification_proofs"
KEPT = ("email",)
"""What a draft knows beside the answers: whose it is."""


def proofs_form() -> Form:
    """The one form, read once."""
    return Form.load(SCHEMA)


def answers_in(draft: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of the form alone."""
    return {name: value for name, value in draft.items() if name not in KEPT}


def proofs_errors(
    answers: Mapping[str, Any], on: date, sections: Collection[str] | None = None
) -> list[FieldError]:
    """Every mistake, at most one a field, in the order of the form; `sections` limits it to some pages."""
    form, given = proofs_form(), answers_in(answers)
    found = form.errors(given, sections=sections, on=on)
    ours = [e for e in _amounts(given) if sections is None or form.section_key(e.field) in sections]
    return form.in_order(found, ours)


def _amounts(answers: Mapping[str, Any]) -> list[FieldError]:
    excl, incl = answers.get("invoice_excl_vat_cents"), answers.get("invoice_incl_vat_cents")
    excluded = answers.get("excluded_excl_vat_cents", 0)
    if not isinstance(excl, int) or not isinstance(incl, int):
        return []
    found = []
    if incl < excl:
        sentence = "Le montant TTC ne peut pas être inférieur au montant HT."
        found.append(FieldError("invoice_incl_vat_cents", sentence))
    if isinstance(excluded, int) and excluded and excluded >= excl:
        sentence = "Les dépenses non couvertes dépassent la facture\u00a0: il ne resterait rien à aider."
        found.append(FieldError("excluded_excl_vat_cents", sentence))
    return found
