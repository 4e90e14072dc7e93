"""The real schemes of three offices, and one that pays the whole cost, as rules."""

from datetime import date
from typing import Any

from chalicelib.office.periods import Period
from chalicelib.office.schemes import DeMinimis, Scheme

CLASSIFIED = (
    "hotel", "campsite", "leisure_park", "tourist_residence", "holiday_village", "hostel", "furnished_rental",
)  # fmt: skip


def a_scheme(**rules: Any) -> Scheme:
    """The whole cost, nothing else said; `rules` replace."""
    plain: dict[str, Any] = {
        "id": "x", "name": "Aide", "summary": "Une aide.", "period": Period(date(2026, 1, 1)), "categories": CLASSIFIED,
        "rate_percent": 100, "base": "excl_vat", "completion_months": 12, "renewal_window_months": 12,
    }  # fmt: skip
    return Scheme(**{**plain, **rules})


A = a_scheme(
    id="a", categories=(*CLASSIFIED, "guest_house"), rate_percent=80, base="excl_vat",
    eligible_ceiling_cents=30_000, file_ceiling_cents=24_000, engagement_years=5,
)  # fmt: skip
"""Ventadour-Egletons-Monédières."""

B = a_scheme(
    id="b", categories=("furnished_rental",), rate_percent=60, base="excl_vat", file_ceiling_cents=14_000, units_per_file=4,
    once_per_owner=True, public_aid_cap_percent=60, excluded_spending=("Le conseil",),
    period=Period(date(2026, 1, 1), date(2027, 12, 31)),
)  # fmt: skip
"""Clermont Auvergne Métropole."""

C = a_scheme(
    id="c", categories=("guest_house",), rate_percent=50, base="incl_vat", owner_year_ceiling_cents=20_000
)
"""Aunis Atlantique and Aunis Sud."""

WHOLE = a_scheme(
    id="whole", base="by_vat_status", engagement_years=3, if_not_classified="half", extension_months=6
)
"""Like Saint-Marcellin Vercors Isère."""

DE_MINIMIS = (
    DeMinimis("Règlement (UE) 2023/2831", 30_000_000, 3, Period(date(2024, 1, 1), date(2030, 12, 31))),
)
