"""From the `subsidies` section of an office file to what the rules read. Pure: no library, no file."""

from collections.abc import Mapping
from typing import Any

from chalicelib.office.periods import dated
from chalicelib.office.schemes import (
    AskedDocument,
    DeMinimis,
    Payer,
    Scheme,
    Subsidies,
    Validity,
    YearEnvelope,
)

Part = Mapping[str, Any]
_LISTS = ("categories", "excluded_spending", "readers")


def subsidies(part: Part) -> Subsidies:
    """The aid to classification that the section describes."""
    return Subsidies(
        siret=part["siret"],
        schemes=tuple(scheme(each) for each in part["schemes"]),
        envelopes=tuple(YearEnvelope(**each) for each in part["envelopes"]),
        de_minimis=tuple(DeMinimis(**dated(each)) for each in part["de_minimis"]),
        validities=tuple(Validity(**dated(each)) for each in part["validities"]),
        documents=tuple(AskedDocument(**_listed(each)) for each in part["documents"]),
        payer=Payer(**part["payer"]),
        appeal=part["appeal"],
        lapse_reminder_days=tuple(part["lapse_reminder_days"]),
        renewal_reminder_days=tuple(part["renewal_reminder_days"]),
        second_approval_from_cents=part.get("second_approval_from_cents"),
        decisions_need_login=part.get("decisions_need_login", False),
    )


def scheme(part: Part) -> Scheme:
    """One dated scheme."""
    return Scheme(**_listed(dated(part)))


def _listed(part: Part) -> dict[str, Any]:
    return {key: tuple(value) if key in _LISTS else value for key, value in part.items()}
