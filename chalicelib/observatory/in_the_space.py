"""The figures of a lodging on the front page of its space, and in what its partner takes away."""

from datetime import timedelta
from typing import Any

from chalicelib.kernel.french import french_date, french_of_month
from chalicelib.observatory import bootstrap
from chalicelib.observatory.due import closed_on
from chalicelib.observatory.model import MonthlyReturn
from chalicelib.observatory.months import first_day, moved
from chalicelib.observatory.paths import OWN_ENTRY, key_of
from chalicelib.web.cards import Card

A_DAY = timedelta(days=1)


def cards_of(email: str) -> list[Card]:
    """The latest month that each lodging of this address was asked for: to be given, or to be read."""
    if bootstrap.office().observatory is None:
        return []
    since = moved(bootstrap.looking_after().present_month(), -1)
    found = (bootstrap.returns().list_own(one, since) for one in bootstrap.lodgings_of(email))
    return [_card(own[-1]) for own in found if own]


def data_of(email: str) -> dict[str, list[dict[str, Any]]]:
    """The returns of the lodgings of this address, in order, as plain JSON: as long as they are kept."""
    from chalicelib.observatory.portable import portable

    found = [
        one for lodging in bootstrap.lodgings_of(email) for one in bootstrap.returns().list_own(lodging, "")
    ]
    return {"figures": [portable(one) for one in found]}


def _card(one: MonthlyReturn) -> Card:
    is_open = bootstrap.gathering().is_open(one)
    label, tone = ("Donnés", "success") if one.is_given else ("À donner", "waiting")
    return Card(
        path=OWN_ENTRY.format(entry=key_of(one)),
        title=one.establishment.name,
        label=label if is_open or one.is_given else "Pas donnés",
        tone=tone if is_open or one.is_given else "neutral",
        about=f"vos chiffres {french_of_month(first_day(one.month))}",
        next=_next(one, is_open),
        is_mine_to_do=is_open and not one.is_given,
    )


def _next(one: MonthlyReturn, is_open: bool) -> str:
    if not is_open and not one.is_given:
        return "Ce mois est clos\u00a0: il ne prend plus de chiffres."
    if not is_open:
        return "Ce mois est clos\u00a0: votre courbe reste à lire à côté de celle du territoire."
    last = closed_on(one.month, bootstrap.office().observatory_rules) - A_DAY
    if one.is_given:
        return f"Votre courbe est prête. Vos chiffres se corrigent jusqu’au {french_date(last)}."
    return f"Trois minutes, avant le {french_date(last + A_DAY)}."
