"""What is checked when a form comes in, by whatever door: the schema's rules, then the office's."""

from collections.abc import Collection, Mapping
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.office.model import Office
from chalicelib.partners.application_form import membership_form
from chalicelib.partners.choices import all_choices
from chalicelib.partners.rules import territory_errors


def form_errors(
    answers: Mapping[str, Any], office: Office, sections: Collection[str] | None = None
) -> list[FieldError]:
    """Every mistake, at most one a field, in the order of the form; `sections` limits it to some pages."""
    choices = all_choices(answers, office)
    found = membership_form().errors(dict(answers), choices, sections)
    local = [
        error
        for error in territory_errors(answers, office)
        if sections is None or membership_form().section_key(error.field) in sections
    ]
    return membership_form().in_order(local, found)
