"""What a membership costs under one version of the office's tariffs."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chalicelib.kernel.errors import RuleBroken
from chalicelib.office.commune_choice import is_outside
from chalicelib.office.model import Office
from chalicelib.partners.model import Fee


def fee_of(answers: Mapping[str, Any], office: Office, on: date) -> Fee:
    """The fee of these answers for someone who joins that day, with its computation."""
    steps = office.fee_steps(
        str(answers["pack"]),
        str(answers["category"]),
        answers.get("capacity_units"),
        on,
        outside_territory=is_outside(str(answers["commune"]), office),
    )
    lines = tuple((step.label, step.cents) for step in steps)
    return Fee(sum(cents for _, cents in lines), lines)


def fee_if_known(answers: Mapping[str, Any], office: Office, on: date) -> Fee | None:
    """The fee, or None while answers that it depends on are missing or do not go together."""
    try:
        return fee_of(answers, office, on)
    except (KeyError, RuleBroken, TypeError):
        return None
