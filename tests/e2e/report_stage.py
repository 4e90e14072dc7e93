"""The figures of lodgings and where a report stands, made by the application itself in a runner."""

from dataclasses import replace
from typing import Any

MONTHS = 15
HOTELS = 4
"""In each sector: nothing has to be secret."""
CLOSES_DAYS = 45
"""Whatever day it is, last month takes figures still, and the third before takes none any more."""


def sectored(**rules: Any) -> None:
    """The office has three sectors: a report is read in as many parts, and one more. `rules` are its observatory's.

    Figures are taken for long enough.
    """
    from chalicelib.office import loading
    from chalicelib.office.bootstrap import office_repository
    from chalicelib.office.territories import with_communes
    from infra.local.settings import DEFAULT_OFFICE
    from infra.packaging.names import ROOT

    document = with_communes(loading.read_file(ROOT / "offices" / f"{DEFAULT_OFFICE}.json"))
    insee = [one["insee"] for one in document["territory"]["communes"][:3]]
    sectors = [{"name": f"Secteur {code}", "communes": [code]} for code in insee]
    territory = {**document["territory"], "sectors": sectors}
    observatory = {**document["observatory"], "entry_closes_days": CLOSES_DAYS, **rules}
    office_repository().publish({**document, "territory": territory, "observatory": observatory})


def figures(partner_id: str) -> str:
    """Fifteen months of figures of hotels in three sectors, the partner's among them; the report that is due first."""
    from chalicelib.kernel.clock import paris_day
    from chalicelib.observatory import bootstrap
    from chalicelib.observatory.due import due_reports
    from chalicelib.observatory.months import month_of, moved
    from tests.observatory import HOTEL

    office, today = bootstrap.office(), paris_day(bootstrap.now())
    hotels = [
        replace(HOTEL, id=f"{sector.communes[0]}-{number}", commune=sector.communes[0])
        for sector in office.sectors
        for number in range(HOTELS)
    ]
    own = replace(HOTEL, id=partner_id, commune=office.sectors[0].communes[0])
    for back in range(1, MONTHS + 1):
        for one in (own, *hotels):
            _gives(one, moved(month_of(today), -back))
    due = (one.slug for one in due_reports(office.observatory_rules, today) if _may_begin(one, today))
    return next(slug for slug in due if bootstrap.reports().find_by_slug(slug) is None)


def _may_begin(due: Any, today: Any) -> bool:
    """Whether its months are closed, and it has some to tell of: each has figures."""
    from chalicelib.observatory import bootstrap
    from chalicelib.observatory.covering import months_of
    from chalicelib.observatory.due import closed_on

    rules = bootstrap.office().observatory_rules
    months = months_of(due.kind, due.about, rules)
    return bool(months.told) and all(closed_on(month, rules) <= today for month in months.all)


def standing(slug: str) -> tuple[str, str]:
    """The title of a report, and where it stands; empty before it is begun."""
    from chalicelib.observatory import bootstrap
    from chalicelib.observatory.due import title_of

    found = bootstrap.reports().find_by_slug(slug)
    return (title_of(found.kind, found.about, found.subject), found.status.value) if found else ("", "")


def _gives(one: Any, month: str) -> None:
    from chalicelib.kernel.history import HistoryLine
    from chalicelib.observatory import bootstrap
    from chalicelib.observatory.model import Sold
    from chalicelib.observatory.slices import slices_of_month
    from tests.observatory import a_return, given

    sold = {each.id: Sold(20 * each.length_days, 10 * each.length_days) for each in slices_of_month(month)}
    asked = a_return(establishment=one, month=month)
    line = HistoryLine(asked.asked_at, "Cordée", "Chiffres demandés")
    bootstrap.returns().ask(asked, line, None, 24)
    after = given(asked, sold=sold)
    bootstrap.returns().save(asked, after, replace(line, what="Chiffres donnés"), [], 24)
