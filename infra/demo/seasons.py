"""Which reports are due on a day, and which months need figures for them."""

from datetime import date

from chalicelib.observatory.due import DueReport, closed_on, due_reports
from chalicelib.observatory.months import month_of, moved
from chalicelib.observatory.reports import ReportKind
from chalicelib.office.observatory import ObservatoryRules

A_YEAR = 12


def season_report(rules: ObservatoryRules, on: date) -> DueReport | None:
    """The report on the season that ended last, of those that are due; None where none is."""
    ended = [one for one in due_reports(rules, on) if one.kind is ReportKind.CLOSING]
    return max(ended, key=lambda one: _last_day(one, rules), default=None)


def history_months(rules: ObservatoryRules, on: date) -> list[str]:
    """The months that take no figures of establishments any more, as far back as reports look and figures are kept."""
    last, kept = month_of(on), moved(month_of(on), -rules.kept_months)
    while closed_on(last, rules) > on:
        last = moved(last, -1)
    first = min([moved(last, -A_YEAR), *(_first_month(one, rules) for one in due_reports(rules, on))])
    months = [max(first, kept)]
    while months[-1] < last:
        months.append(moved(months[-1], 1))
    return months


def _first_month(due: DueReport, rules: ObservatoryRules) -> str:
    """The first month of what it is compared with, and the one before: weeks begin there."""
    if due.kind is ReportKind.BULLETIN:
        return moved(due.about, -A_YEAR - 1)
    season = rules.season(due.about)
    compared = (season and rules.previous(season)) or season
    return moved(month_of(compared.first_day), -1) if compared else due.about


def _last_day(due: DueReport, rules: ObservatoryRules) -> date:
    season = rules.season(due.about)
    return season.last_day if season else date.min
