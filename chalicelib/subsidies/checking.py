"""The few questions that tell at once whether an aid is likely, before anything is filled in."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from chalicelib.kernel.verdicts import Verdict
from chalicelib.office.schemes import NoScheme, Scheme, Subsidies
from chalicelib.subsidies.eligibility import (
    UNTIL_FURTHER_NOTICE,
    covered,
    not_begun,
    partnership,
    timing,
)
from chalicelib.subsidies.request import YES
from chalicelib.web.forms import Form

SCHEMA = Path(__file__).resolve().parent / "schemas" / "eligibility_check.json"


def check_form() -> Form:
    """The questions, read once."""
    return Form.load(SCHEMA)


def quick_verdicts(answers: Mapping[str, Any], rules: Subsidies, on: date) -> Sequence[Verdict]:
    """What the rules say of valid answers to the questions, on that day."""
    scheme = scheme_of(str(answers["category"]), rules, on)
    until = UNTIL_FURTHER_NOTICE if answers["is_partner"] == YES else None
    found = [partnership(until, on), covered(scheme)]
    if scheme:
        classified = answers.get("classified_until")
        found.append(timing(scheme, date.fromisoformat(classified) if classified else None, on))
        found.append(not_begun(on if answers["visit_ordered"] == YES else None, None))
    return found


def scheme_of(category: str, rules: Subsidies, on: date) -> Scheme | None:
    """The scheme for this kind of accommodation on that day, or None."""
    try:
        return rules.scheme_for(category, on)
    except NoScheme:
        return None
