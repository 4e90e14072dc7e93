"""What is done to reports at the same instant, by the application itself in a runner."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from tests.e2e.report_standings import stands

MONTHS = ("03", "04")
"""Of these two bulletins are due on a 15th of June, and of no other report."""


def made(status: str, number: int, has_run: bool = True) -> dict[str, str]:
    """The bulletin of a month from 2000 on that stands so; `decision_id` is the question that it waits for."""
    from chalicelib.decisions.model import question_id
    from chalicelib.observatory import bootstrap
    from chalicelib.observatory.reports import ReportKind
    from tests.unit.documents.report_samples import a_bare_report

    about = f"{2000 + number // 12}-{number % 12 + 1:02d}"
    slug = stands(status, ReportKind.BULLETIN, about, about, a_bare_report(), has_run=has_run)
    report = bootstrap.report_service().get_by_slug(slug)
    return {
        "id": report.id,
        "slug": slug,
        "decision_id": question_id(report.id, report.awaited_step, report.round),
    }


def happens(report_id: str, event: str) -> str:
    """What an answer makes of it; where it stands then."""
    from chalicelib.kernel.errors import ChangedMeanwhile
    from chalicelib.kernel.history import HistoryLine
    from chalicelib.observatory import bootstrap
    from chalicelib.observatory.reports import ReportEvent
    from chalicelib.observatory.wording import REPORT_EVENT_WORDS

    line = HistoryLine(bootstrap.now(), "Hélène Bourgeat", REPORT_EVENT_WORDS[ReportEvent(event)])
    try:
        return str(bootstrap.report_service().record(report_id, ReportEvent(event), line).status)
    except ChangedMeanwhile:
        return "changed meanwhile"


def forget(report_id: str, slug: str) -> None:
    """Nobody knows of it any more: nothing goes on with it."""
    from chalicelib.observatory.items import ReportItem, SlugItem, report_key, slug_key

    for row in list(ReportItem.query(report_key(report_id))):
        row.delete()
    for pointer in list(SlugItem.query(slug_key(slug))):
        pointer.delete()


def told(report_id: str) -> dict[str, Any]:
    """Where it stands, what its history says, and how often its question was put anew."""
    from chalicelib.observatory import bootstrap

    report = bootstrap.report_service().get(report_id)
    lines = [line.what for line in bootstrap.reports().list_history(report)]
    return {"status": report.status.value, "lines": lines, "round": report.round, "said": report.commentary}


def begin(year: int) -> int:
    """The round of a day of long ago; how many reports it began."""
    from chalicelib.observatory import bootstrap
    from chalicelib.office.observatory import Season
    from chalicelib.office.periods import Period

    office = bootstrap.office()
    whole = Season(f"annee-{year}", "low", f"Année {year}", Period(date(year, 1, 1), date(year, 12, 31)))
    then = replace(office, observatory=replace(office.observatory_rules, seasons=(whole,)))
    clock = lambda: datetime(year, 6, 15, 6, 0, tzinfo=UTC)  # noqa: E731
    told = SimpleNamespace(has_figures=lambda _: True)
    service = replace(bootstrap.report_service(), returns=told, office=lambda: then, clock=clock)
    return int(service.begin_due())


def begun(year: int) -> list[dict[str, Any]]:
    """Those reports as they stand."""
    from chalicelib.observatory import bootstrap

    found = [bootstrap.report_service().get_by_slug(f"bulletin-{year}-{month}") for month in MONTHS]
    return [{"id": one.id, **told(one.id)} for one in found]
