"""The office takes a provider's file in: who is meant, what may be kept, and what establishments said themselves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.errors import ChangedMeanwhile, RuleBroken
from chalicelib.kernel.french import french_month
from chalicelib.observatory.importable import COVERED, why_refused
from chalicelib.observatory.model import Establishment, MonthClosed, MonthlyReturn, Sold, Source, Status
from chalicelib.observatory.months import first_day
from chalicelib.observatory.naming import NameBook, Named
from chalicelib.observatory.reading.entries import Problem
from chalicelib.observatory.reading.reading import Reading
from chalicelib.observatory.reading.sums import MonthRead, untrue
from chalicelib.office.model import Office

NOT_COUNTED = (
    "Cet hébergement n’a pas été interrogé pour ce mois, et son dossier ne permet pas de le compter\u00a0: "
    "il y faut un partenariat actif, une commune du territoire et un nombre d’unités."
)
TWICE = "Le fichier nomme cet hébergement de deux façons\u00a0: gardez-en une."
NO_NAME = "Le nom de l’établissement manque."


class Verdict(StrEnum):
    """What becomes of a month of an establishment."""

    NEW = "new"
    SAME = "same"
    CORRECTED = "corrected"
    THEIRS = "theirs"


@dataclass(frozen=True)
class ProviderSource:
    """Who sends files to the office, and what its columns are called: titles by what they are about."""

    id: str
    name: str
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Taking:
    """A month of an establishment that can be kept."""

    read: MonthRead
    asked: MonthlyReturn
    verdict: Verdict


@dataclass(frozen=True)
class Plan:
    """What would be kept of a file; `refused` are its months that take no figures, in order, each with the reason.

    `refused_lines` say the same for each establishment.
    """

    reading: Reading
    takings: Sequence[Taking]
    problems: Sequence[Problem]
    refused: Mapping[str, str]
    refused_lines: Sequence[Problem]

    def of(self, verdict: Verdict) -> list[Taking]:
        """The takings of that kind."""
        return [one for one in self.takings if one.verdict is verdict]


@dataclass(frozen=True)
class Kept:
    """How many were kept now, and how many are left to be kept.

    `changed` were given anew meanwhile, or a report was begun that is made of them.
    """

    now: int
    left: int
    changed: int


class Taker(Protocol):
    """What keeps the figures of one establishment and month."""

    def bring(
        self, asked: MonthlyReturn, sold: Mapping[str, Sold], origins: Mapping[str, int], who: str
    ) -> MonthlyReturn:
        """Take figures; the same ones are no change. Raises `MonthClosed` or `ChangedMeanwhile`."""


class Returns(Protocol):
    """What is kept of returns."""

    def list_in(self, month: str) -> list[MonthlyReturn]:
        """The returns of a month; it may lag behind."""

    def list_covered(self, months: Sequence[str]) -> set[str]:
        """Which of these months a report is made of, read strongly."""


@dataclass(frozen=True)
class Importing:
    """Plans and keeps; broken off, it goes on where it stopped: what is kept already is kept no second time."""

    taker: Taker
    returns: Returns
    lodgings: Callable[[], Sequence[Named]]
    panel: Callable[[], Sequence[Establishment]]
    office: Callable[[], Office]
    clock: Clock

    def plan(self, reading: Reading) -> Plan:
        """What would be kept of a file that was read."""
        refused = self._refused(sorted({month for _, month in reading.months}))
        taken = {month for _, month in reading.months} - refused.keys()
        asked = self._asked(sorted(taken))
        takings, problems = _judged(reading, self._book(asked), asked)
        told = sorted([*reading.problems, *problems], key=lambda one: (one.line, one.who))
        return Plan(reading, takings, told, refused, _lines_of(reading, refused))

    def keep(self, plan: Plan, who: str, *, replaces: bool, goes_on: Callable[[], bool]) -> Kept:
        """Keep what is planned, as long as `goes_on` says so; what establishments said only if it `replaces`."""
        wanted = (Verdict.NEW, Verdict.CORRECTED, *((Verdict.THEIRS,) if replaces else ()))
        due = [one for one in plan.takings if one.verdict in wanted]
        done = changed = 0
        for number, one in enumerate(due):
            if number and not goes_on():
                break
            try:
                self.taker.bring(one.asked, one.read.sold, one.asked.origins, who)
            except (ChangedMeanwhile, MonthClosed):
                changed += 1
            done += 1
        return Kept(done - changed, len(due) - done, changed)

    def _book(self, asked: Mapping[str, Mapping[str, MonthlyReturn]]) -> NameBook:
        """Everybody by what they are called: partners of today, and who was asked while they were one."""
        returns = (one.establishment for of_month in asked.values() for one in of_month.values())
        return NameBook.of([*self.lodgings(), *(Named(one.id, (one.name,)) for one in returns)])

    def _refused(self, months: Sequence[str]) -> dict[str, str]:
        """The months that take no figures, each with the reason."""
        on, kept_months = paris_day(self.clock()), self.office().observatory_rules.kept_months
        found = {month: why_refused(month, on, kept_months) for month in months}
        free = [month for month, why in found.items() if not why]
        found |= dict.fromkeys(self.returns.list_covered(free), COVERED)
        return {month: why for month, why in found.items() if why}

    def _asked(self, months: Sequence[str]) -> dict[str, dict[str, MonthlyReturn]]:
        """By month, who was asked as they were then, and as they are today who never was."""
        inside, now = {commune.insee for commune in self.office().communes}, self.clock()
        panel = [one for one in self.panel() if one.commune in inside]
        return {
            month: {
                **{one.id: MonthlyReturn(one, month, Status.ASKED, now, version=0) for one in panel},
                **{one.establishment.id: one for one in self.returns.list_in(month)},
            }
            for month in months
        }


def _lines_of(reading: Reading, refused: Mapping[str, str]) -> list[Problem]:
    """A problem for each establishment in each of these months, at its first line."""
    found = [
        Problem(_line(read), f"{french_month(first_day(month)).capitalize()}\u00a0: {refused[month]}", who)
        for (who, month), read in reading.months.items()
        if month in refused
    ]
    return sorted(found, key=lambda one: (one.line, one.who))


def _judged(
    reading: Reading, book: NameBook, asked: Mapping[str, Mapping[str, MonthlyReturn]]
) -> tuple[list[Taking], list[Problem]]:
    takings: dict[str, Taking] = {}
    problems: list[Problem] = []
    named: set[str] = set()
    for (who, month), read in reading.months.items():
        if month not in asked:
            continue
        found = _found(read, book, asked[month])
        if isinstance(found, str):
            problems.append(Problem(_line(read), found, who))
            continue
        wrong = [*read.problems, *untrue(read, found.establishment)]
        if found.id in named:
            wrong.append(Problem(_line(read), TWICE, who))
            takings.pop(found.id, None)
        named.add(found.id)
        problems += [one._replace(who=who) for one in wrong]
        if not wrong:
            takings[found.id] = Taking(read, found, _verdict(read, found))
    return list(takings.values()), problems


def _found(read: MonthRead, book: NameBook, asked: Mapping[str, MonthlyReturn]) -> MonthlyReturn | str:
    """The return that is meant, or why there is none."""
    if not read.who:
        return NO_NAME
    try:
        return asked.get(book.find(read.who)) or NOT_COUNTED
    except RuleBroken as unknown:
        return str(unknown)


def _verdict(read: MonthRead, asked: MonthlyReturn) -> Verdict:
    if not asked.is_given:
        return Verdict.NEW
    if asked.says(read.sold, asked.origins):
        return Verdict.SAME
    return Verdict.CORRECTED if asked.source is Source.PROVIDER else Verdict.THEIRS


def _line(read: MonthRead) -> int:
    return min([*read.first_lines.values(), *(one.line for one in read.problems if one.line)], default=0)
