"""From lines to the slices of a month: nothing twice, nothing missing, and days added up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from chalicelib.kernel.french import capitalised, french_date, french_of_month, french_period
from chalicelib.observatory.checking import day_mistakes, mistakes
from chalicelib.observatory.figures import Guests
from chalicelib.observatory.model import Establishment, Sold
from chalicelib.observatory.months import first_day
from chalicelib.observatory.reading.entries import Entry, Problem
from chalicelib.observatory.slices import Slice, slice_of, slices_of_month

MOST_NAMED = 3
SOME_GUESTS = "Les nuitées et les arrivées manquent ici, alors que d’autres lignes de la semaine les donnent."
CUT = "Une semaine à cheval sur deux mois se donne en deux lignes, une pour chaque mois."


@dataclass(frozen=True)
class MonthRead:
    """What a file says of one establishment, as the file names it, and of one month: all of it right, or problems.

    `first_lines` says on which line of the file each slice begins, `day_lines` on which each day is.
    """

    who: str
    month: str
    sold: Mapping[str, Sold] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    first_lines: Mapping[str, int] = field(default_factory=dict)
    day_lines: Mapping[date, int] = field(default_factory=dict)


def month_read(who: str, month: str, entries: Sequence[Entry], problems: Iterable[Problem] = ()) -> MonthRead:
    """The figures of a month, of each day where lines are for days; `problems` are of lines that could not be read."""
    own = list(problems)
    by_day, twice = _on_days(entries)
    days = {*by_day, *(one.day for one in own if one.day)}
    is_by_week = days <= {one.first for one in slices_of_month(month)}
    own += [*twice, *_missing(who, month, days, is_by_week)]
    sold: dict[str, Sold] = {}
    for one in slices_of_month(month):
        inside = [by_day[day] for day in one.days if day in by_day]
        own += _without_guests(inside)
        if inside:
            sold[one.id] = _sum(inside) if is_by_week or len(inside) != one.length_days else _by_day(inside)
    lines = {slice_of(day).id: entry.line for day, entry in sorted(by_day.items(), reverse=True)}
    return MonthRead(who, month, sold, tuple(own), lines, {day: by_day[day].line for day in by_day})


def untrue(read: MonthRead, establishment: Establishment) -> Iterator[Problem]:
    """What cannot be true of this establishment, each with the slice that it is in and where that begins."""
    for one in slices_of_month(read.month):
        if sold := read.sold.get(one.id):
            yield from list(_untrue_days(read, one, sold, establishment)) or _untrue(
                read, one, sold, establishment
            )


def _untrue_days(read: MonthRead, one: Slice, sold: Sold, establishment: Establishment) -> Iterator[Problem]:
    for place, mistake in day_mistakes(sold, establishment):
        day = one.days[place]
        told = f"Le {french_date(day)}\u00a0: {mistake.sentence}"
        yield Problem(read.day_lines.get(day, 0), told, read.who, day)


def _untrue(read: MonthRead, one: Slice, sold: Sold, establishment: Establishment) -> Iterator[Problem]:
    for mistake in mistakes(sold, one.length_days, establishment):
        told = f"{_title(one)}\u00a0: {mistake.sentence}"
        yield Problem(read.first_lines.get(one.id, 0), told, read.who, one.first)


def _on_days(entries: Iterable[Entry]) -> tuple[dict[date, Entry], list[Problem]]:
    found: dict[date, Entry] = {}
    twice = []
    for entry in entries:
        first = found.setdefault(entry.day, entry)
        if first is not entry:
            told = f"Le {french_date(entry.day)} est déjà donné à la ligne\u00a0{first.line}."
            twice.append(Problem(entry.line, told, entry.who, entry.day))
    return found, twice


def _missing(who: str, month: str, days: set[date], is_by_week: bool) -> Iterator[Problem]:
    """The days that nobody told of: of lines for weeks those of whole slices."""
    slices = slices_of_month(month)
    if is_by_week:
        periods = [(one.first, one.last) for one in slices if one.first not in days]
    else:
        periods = _runs([day for one in slices for day in one.days if day not in days])
    if periods:
        named = ", ".join(french_period(*period) for period in periods[:MOST_NAMED])
        more = f" et {len(periods) - MOST_NAMED} autres périodes" if len(periods) > MOST_NAMED else ""
        told = f"Le mois {french_of_month(first_day(month))} est incomplet. Il manque\u00a0: {named}{more}."
        yield Problem(0, f"{told} {CUT}" if is_by_week else told, who)


def _runs(days: Sequence[date]) -> list[tuple[date, date]]:
    """Days in order as periods without gaps."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and (day - runs[-1][1]).days == 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _without_guests(inside: Sequence[Entry]) -> list[Problem]:
    """Lines that leave out how many came, where others of the slice tell; nobody came where nothing was sold."""
    if all(entry.nights is None for entry in inside):
        return []
    return [
        Problem(entry.line, SOME_GUESTS, entry.who, entry.day)
        for entry in inside
        if entry.nights is None and entry.occupied
    ]


def _by_day(inside: Sequence[Entry]) -> Sold:
    """Of lines for each day of a slice, in order."""
    told = any(entry.nights is not None for entry in inside)
    guests = Guests(sum(one.nights or 0 for one in inside), sum(one.arrivals or 0 for one in inside))
    return Sold.by_day([(one.offered, one.occupied) for one in inside], guests if told else None)


def _sum(inside: Sequence[Entry]) -> Sold:
    """The same without its days, of one line for all of them."""
    return replace(_by_day(inside), days=())


def _title(one: Slice) -> str:
    return capitalised(french_period(one.first, one.last))
