"""A report in each standing, made by the application itself in a runner: what each says is a sample."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

AN_HOUR = timedelta(hours=1)
WORDS = {"closing": "bilan", "opening": "ouverture", "bulletin": "bulletin"}
SEASONS = {
    "in review": ("hiver-2018-2019", "Hiver 2018-2019"),
    "awaiting": ("ete-2019", "Été 2019"),
    "gathering": ("automne-2019", "Automne 2019"),
    "printing": ("basse-saison-2019", "Basse saison 2019"),
    "sending": ("hiver-2019-2020", "Hiver 2019-2020"),
    "published": ("ete-2020", "Été 2020"),
    "overdue": ("automne-2020", "Automne 2020"),
    "dropped": ("basse-saison-2020", "Basse saison 2020"),
}
"""By where they stand; seasons of years ago, which no report is due for."""


def staged() -> dict[str, str]:
    """The ends of the addresses of these reports by their standing, and of a bulletin and an outlook that are public."""
    from chalicelib.observatory.reports import ReportKind

    found = {f"report, {name}": _season(name) for name in SEASONS}
    found["report, opening"] = stands("published", ReportKind.OPENING, "ete-2021", "Été 2021", _outlook())
    found["report, bulletin"] = stands(
        "published", ReportKind.BULLETIN, "2020-11", "novembre 2020", _bulletin()
    )
    return found


def stands(
    status: str, kind: Any, about: str, subject: str, content: Any, *, has_run: bool = True, **more: Any
) -> str:
    """A report stands so; the end of its address. What a run would go on with is of the hour to come: no run is missed."""
    from chalicelib.kernel.history import HistoryLine
    from chalicelib.observatory import bootstrap
    from chalicelib.observatory.due import title_of
    from chalicelib.observatory.reports import Report, ReportStatus
    from chalicelib.observatory.wording import BEGUN

    now = bootstrap.now()
    slug = f"{WORDS[kind.value]}-{about}"
    report = Report(f"id-{slug}", slug, kind, about, subject, ReportStatus(status), now, now, 1, **more)
    if report.is_in_progress and not report.awaited_step:
        report = replace(report, status_since=now + AN_HOUR, created_at=now + AN_HOUR)
    elif report.is_public:
        report = replace(report, published_at=now)
    assert bootstrap.reports().add(report, HistoryLine(now, "Cordée", BEGUN))
    bootstrap.report_files().keep_content(report.id, replace(content, title=title_of(kind, about, subject)))
    if report.awaited_step and has_run:
        bootstrap.report_service().process.start(report.run_name, report.run_input)
    return slug


def _season(name: str) -> str:
    from chalicelib.observatory.reports import ReportKind, ReportStatus
    from tests.unit.documents.report_samples import a_report

    status = {"awaiting": ReportStatus.AWAITING_APPROVAL}.get(name) or ReportStatus(name.replace(" ", "_"))
    notes = {"dropped": "Trop peu de réponses pour en dire quelque chose."}
    commentary = (
        "La neige est venue tard.\n\nLes vacances de février ont tout sauvé." if name == "awaiting" else ""
    )
    more = {"note": notes.get(name, ""), "commentary": commentary}
    return stands(status.value, ReportKind.CLOSING, *SEASONS[name], a_report(), **more)


def _outlook() -> Any:
    from tests.unit.documents.report_samples import a_report

    nothing: Any = dict.fromkeys(
        ("key_figures", "weeks", "tables", "zones", "effects", "origins", "commentary"), ()
    )
    whole = a_report(kind="season_start")
    return replace(whole, **nothing, satisfaction=replace(whole.satisfaction, answers=0, rows=()))


def _bulletin() -> Any:
    from tests.unit.documents.report_samples import a_bare_report

    return a_bare_report()
