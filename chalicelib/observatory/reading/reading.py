"""A whole file of figures as it was understood: by establishment and month, with all that is wrong by line."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chalicelib.observatory.months import month_of
from chalicelib.observatory.reading.entries import Entry, Problem, entries, titles_of
from chalicelib.observatory.reading.headers import Columns
from chalicelib.observatory.reading.refusals import FileRefused, Refusal
from chalicelib.observatory.reading.sums import MonthRead, month_read
from chalicelib.observatory.reading.tables import table_of

MOST_PROBLEMS = 10_000
"""Who has more has one mistake all through: nobody reads so many."""
Key = tuple[str, str]
"""An establishment as the file names it, and a month."""


@dataclass(frozen=True)
class Reading:
    """What was understood of a file; `problems` are of lines whose month is unknown, `lines` how many were read."""

    columns: Columns
    months: Mapping[Key, MonthRead]
    problems: tuple[Problem, ...] = ()
    lines: int = 0

    def all_problems(self) -> list[Problem]:
        """All that is wrong, by line; what concerns no single line comes first."""
        of_months = (problem for month in self.months.values() for problem in month.problems)
        return sorted([*self.problems, *of_months], key=lambda one: (one.line, one.who))


@dataclass
class _Gathered:
    entries: dict[Key, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    wrong: dict[Key, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    unplaced: list[Problem] = field(default_factory=list)
    lines: int = 0
    told: int = 0


def read_figures(content: bytes, given: Mapping[str, str] | None = None) -> Reading:
    """What a file says; `given` are the titles of its columns where they are known. Raises `FileRefused`."""
    table = table_of(content)
    titles = titles_of(table, given)
    found = _gathered(entries(table, titles))
    if not found.lines:
        raise FileRefused(Refusal.ONLY_HEADER)
    keys = sorted({*found.entries, *found.wrong})
    months = {key: month_read(*key, found.entries.get(key, []), found.wrong.get(key, [])) for key in keys}
    return Reading(titles.columns, months, tuple(found.unplaced), found.lines)


def _gathered(read: Iterator[Entry | Problem]) -> _Gathered:
    found = _Gathered()
    for one in read:
        found.lines += 1
        if isinstance(one, Entry):
            found.entries[one.who, month_of(one.day)].append(one)
            continue
        found.told += 1
        if found.told > MOST_PROBLEMS:
            raise FileRefused(Refusal.TOO_MANY_PROBLEMS)
        place = found.wrong[one.who, month_of(one.day)] if one.day else found.unplaced
        place.append(one)
    return found
