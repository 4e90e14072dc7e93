"""Which reports are due on a day: what a season promises before it, how it was after it, a bulletin for each month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.kernel.french import french_month, french_of_month
from chalicelib.observatory.months import first_day, last_day, month_of, moved
from chalicelib.observatory.reports import ReportKind
from chalicelib.office.observatory import ObservatoryRules, Season

FORGOTTEN_AFTER = timedelta(days=120)
"""What was never made by then is not made up for: an office that begins today gets no reports of years ago.

The report on a season is made up for until that on the next one is due, however long that one lasts.
"""
BULLETINS = 3
"""As many months back as a bulletin is made up for."""


@dataclass(frozen=True)
class DueReport:
    """A report to make; `about` is a season's identifier or a month, `slug` the end of its address."""

    kind: ReportKind
    about: str
    subject: str
    slug: str
    compared: str = ""


def due_reports(rules: ObservatoryRules, on: date) -> Iterator[DueReport]:
    """Everything that is due on that day, whether it was made or not."""
    for season in rules.seasons:
        if _opens(season, rules, on):
            yield _of_season(ReportKind.OPENING, "ouverture", season, rules)
        if _closes(season, rules, on):
            yield _of_season(ReportKind.CLOSING, "bilan", season, rules)
    for back in range(1, BULLETINS + 1):
        month = moved(month_of(on), -back)
        if closed_on(month, rules) <= on and _is_inside(month, rules):
            yield _bulletin(month)


def closed_on(month: str, rules: ObservatoryRules) -> date:
    """The first day on which a month takes no figures any more: they are those of the reports for ever."""
    return last_day(month) + timedelta(days=rules.entry_closes_days + 1)


def _opens(season: Season, rules: ObservatoryRules, on: date) -> bool:
    return season.first_day - timedelta(days=rules.report_opens_days) <= on < season.first_day


def _closes(season: Season, rules: ObservatoryRules, on: date) -> bool:
    """Once the office wants it, and not before every month of the season is closed."""
    due = _due_after(season, rules)
    later = (_due_after(one, rules) for one in rules.seasons if one.first_day > season.first_day)
    return due <= on < max(due + FORGOTTEN_AFTER, min(later, default=due))


def _due_after(season: Season, rules: ObservatoryRules) -> date:
    wanted = season.last_day + timedelta(days=rules.report_closes_days)
    return max(wanted, closed_on(month_of(season.last_day), rules))


def _is_inside(month: str, rules: ObservatoryRules) -> bool:
    return rules.season_on(first_day(month)) is not None


def _of_season(kind: ReportKind, word: str, season: Season, rules: ObservatoryRules) -> DueReport:
    previous = rules.previous(season)
    return DueReport(kind, season.id, season.label, f"{word}-{season.id}", previous.label if previous else "")


def _bulletin(month: str) -> DueReport:
    day, before = first_day(month), first_day(moved(month, -12))
    slug = f"bulletin-{month}"
    return DueReport(ReportKind.BULLETIN, month, french_month(day), slug, french_month(before))


def title_of(kind: ReportKind, about: str, subject: str) -> str:
    """`Bilan : Hiver 2026-2027`, `Ce que promet : Été 2027`, `Bulletin de mars 2027`."""
    if kind is ReportKind.BULLETIN:
        return f"Bulletin {french_of_month(first_day(about))}"
    return f"{'Bilan' if kind is ReportKind.CLOSING else 'Perspectives'}\u00a0: {subject}"
