"""What staff read of the figures of a month, and the one return that they look at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.observatory.doubts import Doubtful, doubts
from chalicelib.observatory.model import MonthlyReturn
from chalicelib.observatory.months import asked_for, moved
from chalicelib.observatory.overview import A_YEAR, Overview, months_before, overview_of
from chalicelib.office.model import Office


class Returns(Protocol):
    """What is read of returns."""

    def list_of(self, month: str, commune: str) -> list[MonthlyReturn]:
        """The returns of a commune for a month."""

    def list_at(self, places: Iterable[MonthlyReturn], month: str) -> dict[str, MonthlyReturn]:
        """The returns for another month of the establishments of these, by establishment."""

    def count_late(self, month: str) -> int:
        """How many gave nothing for a month yet."""


@dataclass(frozen=True)
class LookingAfter:
    """Reads one month: a query for each commune, and those that it is compared with in one go."""

    returns: Returns
    office: Callable[[], Office]
    clock: Clock

    def present_month(self) -> str:
        """The month that is asked for today."""
        office = self.office()
        return asked_for(paris_day(self.clock()), office.observatory_rules.entry_opens_day)

    def months(self) -> tuple[str, ...]:
        """The months to choose from, the latest first."""
        present = self.present_month()
        return tuple(moved(present, -number) for number in range(A_YEAR + 1))

    def overview(self, month: str) -> Overview:
        """The figures of a month."""
        office = self.office()
        found = [one for commune in office.communes for one in self.returns.list_of(month, commune.insee)]
        given = [one for one in found if one.is_given]
        before, year_before = (self.returns.list_at(given, other) for other in months_before(month))
        return overview_of(month, found, before, year_before, office)

    def doubts_of(self, given: MonthlyReturn) -> list[Doubtful]:
        """What is strange in one return."""
        key, jump_percent = given.establishment.id, self.office().observatory_rules.jump_percent
        before, year_before = (
            self.returns.list_at([given], month).get(key) for month in months_before(given.month)
        )
        return list(doubts(given, before, year_before, jump_percent))

    def count_late(self) -> int:
        """How many lodgings owe the figures of the month that is asked for."""
        return self.returns.count_late(self.present_month())
