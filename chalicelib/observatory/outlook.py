"""What is booked already for the months to come, beside the same question a year before: shares of the whole territory.

Each figure comes from at least as many lodgings as the rule of secrecy asks for, none of them with nearly all of it.
Nothing can be subtracted from it: a share is told of the whole territory only, each of another month that is booked
for, so no two figures of one report have anything in common. A later report asks anew, at another date, of whoever
answers then: what a lodging had booked in March is an unknown beside what it had booked in April, and the one is in no
sum with the other. Two reports that read the answers of the same month tell the very same sums.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count

from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.french import capitalised, french_month
from chalicelib.observatory.content import Row
from chalicelib.observatory.due import closed_on
from chalicelib.observatory.figures import one_decimal, points, tenths
from chalicelib.observatory.model import MonthlyReturn
from chalicelib.observatory.months import days_of, first_day, month_of, moved
from chalicelib.observatory.reports import Report, ReportKind
from chalicelib.observatory.tables import Tally
from chalicelib.observatory.voices import months_ahead
from chalicelib.office.observatory import ObservatoryRules, SecrecyRule

A_YEAR = 12


@dataclass(frozen=True)
class Booked:
    """Unit-nights booked for a month, from whom they are, and how many there are of who told them."""

    tally: Tally = field(default_factory=Tally)
    stock: int = 0

    def __add__(self, other: "Booked") -> "Booked":
        """The two together; no establishment is in both."""
        return Booked(self.tally + other.tally, self.stock + other.stock)

    def share(self, rule: SecrecyRule) -> Fraction | None:
        """The share that is booked; None where it is secret."""
        return None if self.tally.why_secret(rule) else Fraction(self.tally.total, self.stock)


def asking_month(report: Report, rules: ObservatoryRules) -> str:
    """With the figures of which month the question was put: the one before a season that is closed; empty for none."""
    if report.kind is ReportKind.BULLETIN:
        return report.about
    if report.kind is ReportKind.CLOSING:
        return ""
    on = paris_day(report.created_at)
    before = (moved(month_of(on), -back) for back in count(1))
    return next(month for month in before if closed_on(month, rules) <= on)


def booked_in(returns: Iterable[MonthlyReturn]) -> dict[str, Booked]:
    """What these say is booked, by the month that it is booked for."""
    found: dict[str, Booked] = defaultdict(Booked)
    for one in returns:
        for month, nights in one.said.booked.items():
            found[month] += Booked(Tally(1, nights, nights), one.establishment.units * days_of(month))
    return dict(found)


def outlook_of(booked: Mapping[str, Booked], month: str, rule: SecrecyRule) -> tuple[Row, ...]:
    """The months that were asked about with the figures of `month`; nothing where none of them may be told."""
    rows = tuple(_rows(booked, months_ahead(month), rule))
    return rows if any(row.rate is not None for row in rows) else ()


def _rows(booked: Mapping[str, Booked], months: Iterable[str], rule: SecrecyRule) -> Iterator[Row]:
    """Nothing of a month that nobody said anything of."""
    for month in months:
        now, before = booked.get(month), booked.get(moved(month, -A_YEAR))
        if now is not None:
            yield _row(
                capitalised(french_month(first_day(month))),
                now.share(rule),
                before.share(rule) if before else None,
            )


def _row(label: str, now: Fraction | None, before: Fraction | None) -> Row:
    if now is None:
        return Row(label, state="secret")
    then = None if before is None else one_decimal(before)
    return Row(label, one_decimal(now), then, tenths(points(now, before)))
