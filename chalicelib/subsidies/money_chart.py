"""The pictures of the money: every year, or the kinds of accommodation in one year."""

from collections.abc import Iterable

from chalicelib.adapters.charts import Part, stacked_bars
from chalicelib.kernel.french import french_money
from chalicelib.office.categories import CATEGORY_LABELS
from chalicelib.subsidies.envelope import Envelope
from chalicelib.subsidies.totals import Year

SHORT = {
    "leisure_park": "Parc de loisirs",
    "tourist_residence": "Résidence",
    "holiday_village": "Village",
    "hostel": "Auberge",
    "furnished_rental": "Meublé",
}
"""What stands beside a bar, where the whole name would leave no room for it."""
WIDE, NARROW = 640, 320


def chart_of_years(envelopes: Iterable[Envelope], *, is_narrow: bool, is_dark: bool) -> str:
    """Each year's budget: paid, reserved, free."""
    years = list(envelopes)
    parts = (
        Part("Versé", "solid", [year.consumed for year in years]),
        Part("Réservé", "hatched", [year.reserved for year in years]),
        Part("Disponible", "open", [year.free for year in years]),
    )
    labels = [str(year.year) for year in years]
    return stacked_bars(said_of(years), labels, parts, NARROW if is_narrow else WIDE, is_dark=is_dark)


def chart_of_kinds(year: Year, *, is_narrow: bool, is_dark: bool) -> str:
    """Each kind of accommodation in a year: paid, reserved, waiting."""
    kinds = [category for category in CATEGORY_LABELS if category in year.by_category]
    totals = [year.by_category[category] for category in kinds]
    parts = (
        Part("Versé", "solid", [total.consumed for total in totals]),
        Part("Réservé", "hatched", [total.reserved for total in totals]),
        Part("En attente", "open", [total.waiting for total in totals]),
    )
    labels = [SHORT.get(category, CATEGORY_LABELS[category]) for category in kinds]
    title = f"Aides de {year.envelope.year} par type d’hébergement"
    return stacked_bars(title, labels, parts, NARROW if is_narrow else WIDE, is_dark=is_dark)


def said_of(years: Iterable[Envelope]) -> str:
    """What the picture of the years shows, in words."""
    return " ".join(
        f"{one.year}\u00a0: {french_money(one.consumed)} versés, {french_money(one.reserved)} réservés, "
        f"{french_money(one.free)} disponibles."
        for one in years
    )
