"""A scheme in plain words, as partners read it."""

from collections.abc import Iterator

from chalicelib.kernel.french import french_list, french_money
from chalicelib.office.categories import CATEGORY_LABELS
from chalicelib.office.schemes import Scheme

BASES = {
    "excl_vat": "hors taxes",
    "incl_vat": "toutes taxes comprises",
    "by_vat_status": "toutes taxes comprises, ou hors taxes si vous récupérez la TVA",
}
FAILURES = {
    "none": "l’aide n’est pas versée",
    "half": "la moitié de l’aide est versée",
    "full": "l’aide est versée quand même",
}


def scheme_rows(scheme: Scheme) -> list[dict[str, str]]:
    """What the scheme gives and asks for, as label and value."""
    return [{"label": label, "value": value} for label, value in _rows(scheme)]


def _rows(scheme: Scheme) -> Iterator[tuple[str, str]]:
    yield "Pour qui", french_list(CATEGORY_LABELS[category] for category in scheme.categories)
    yield "Combien", f"{scheme.rate_percent}\u00a0% du coût de la visite, {BASES[scheme.base]}"
    yield from _ceilings(scheme)
    if scheme.excluded_spending:
        yield "Ce qui n’est pas couvert", french_list(scheme.excluded_spending)
    yield (
        "Quand",
        f"Le classement s’obtient dans les {scheme.completion_months}\u00a0mois qui suivent l’accord",
    )
    yield "Si l’hébergement n’est pas classé", FAILURES[scheme.if_not_classified]
    if scheme.engagement_years:
        yield "En échange", f"Vous restez partenaire {_years(scheme.engagement_years)}"


def _ceilings(scheme: Scheme) -> Iterator[tuple[str, str]]:
    found = (
        ("au plus {} par dossier", scheme.file_ceiling_cents),
        ("au plus {} par propriétaire et par an", scheme.owner_year_ceiling_cents),
        ("sur une dépense de {} au plus", scheme.eligible_ceiling_cents),
    )
    limits = [words.format(french_money(cents)) for words, cents in found if cents is not None]
    if limits:
        yield "Plafonds", ", ".join(limits)
    if scheme.public_aid_cap_percent is not None:
        yield (
            "Avec d’autres aides publiques",
            f"au plus {scheme.public_aid_cap_percent}\u00a0% du coût en tout",
        )


def _years(years: int) -> str:
    return f"{years}\u00a0an{'s' if years > 1 else ''}"
