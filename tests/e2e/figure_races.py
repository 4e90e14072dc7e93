"""Imported figures and a report that begins, made by the application itself in a runner."""

from dataclasses import replace
from typing import Any

COMMUNE = "38416"


def month_back(number: int) -> str:
    """A month that is closed and whose figures are kept still, another one for each number."""
    from chalicelib.kernel.clock import paris_day
    from chalicelib.observatory import bootstrap
    from chalicelib.observatory.months import month_of, moved

    return moved(month_of(paris_day(bootstrap.now())), -3 - number)


def bring(month: str, lodging: str) -> str:
    """Import the figures of a lodging that was never asked for the month: `kept`, or what stands against it."""
    from chalicelib.observatory import bootstrap
    from chalicelib.observatory.model import MonthlyReturn, Sold, Status
    from chalicelib.observatory.slices import slices_of_month
    from tests.observatory import HOTEL

    one = replace(HOTEL, id=f"{lodging}-{month}", commune=COMMUNE)
    unasked = MonthlyReturn(one, month, Status.ASKED, bootstrap.now(), version=0)
    sold = {each.id: Sold(each.length_days, 0) for each in slices_of_month(month)}
    try:
        bootstrap.gathering().bring(unasked, sold, {}, "Course")
    except Exception as against:
        return type(against).__name__
    return "kept"


def begin(month: str) -> list[str]:
    """Begin a report that is made of the month; the lodgings whose figures it reads from then on."""
    from chalicelib.kernel.history import HistoryLine
    from chalicelib.observatory import bootstrap

    line = HistoryLine(bootstrap.now(), "Course", "Bilan commencé")
    assert bootstrap.reports().add(_report(month), line)
    return given(month)


def given(month: str) -> list[str]:
    """The lodgings whose figures are kept, read strongly."""
    from chalicelib.observatory import bootstrap

    found = bootstrap.returns().list_of(month, COMMUNE)
    return sorted(one.establishment.id.partition("-")[0] for one in found if one.is_given)


def give_up(month: str) -> None:
    """The report is dropped again: it would hold up those of other tests."""
    from chalicelib.observatory import bootstrap

    service = bootstrap.report_service()
    service.drop(service.get(_report(month).id), "Course", "Fin de la course.")


def _report(month: str) -> Any:
    from chalicelib.observatory import bootstrap
    from tests.observatory import a_season_report

    now = bootstrap.now()
    return a_season_report(f"course-{month}", covered=(month,), created_at=now, status_since=now)
