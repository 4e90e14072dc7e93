"""What lodgings wrote to the office about a season: read at the desk, never published, gone with the return."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.observatory.model import MonthlyReturn
from chalicelib.observatory.months import asked_for
from chalicelib.observatory.slices import last_month_of
from chalicelib.observatory.wording import RATING_WORDS, REASON_WORDS
from chalicelib.office.model import Office
from chalicelib.office.observatory import Season


class Returns(Protocol):
    """What is read of returns."""

    def list_of(self, month: str, commune: str) -> list[MonthlyReturn]:
        """The returns of a commune for a month."""


@dataclass(frozen=True)
class Remark:
    """A remark with who wrote it, and what they answered beside it, in words."""

    given: MonthlyReturn
    rating: str
    reasons: Sequence[str]
    text: str


@dataclass(frozen=True)
class Remarks:
    """Reads the returns of the month in which a season ended: a query for each commune."""

    returns: Returns
    office: Callable[[], Office]
    clock: Clock

    def seasons(self) -> list[Season]:
        """Those that lodgings were asked about until today, the latest first."""
        rules = self.office().observatory_rules
        present = asked_for(paris_day(self.clock()), rules.entry_opens_day)
        found = [one for one in rules.seasons if last_month_of(one) <= present]
        return sorted(found, key=lambda one: one.last_day, reverse=True)

    def list_of(self, season: Season) -> list[Remark]:
        """The remarks about a season, by the names of who wrote them."""
        month = last_month_of(season)
        communes = self.office().communes
        found = (one for commune in communes for one in self.returns.list_of(month, commune.insee))
        return sorted(_remarks(found, season), key=lambda one: one.given.establishment.name)


def _remarks(returns: Iterable[MonthlyReturn], season: Season) -> Iterator[Remark]:
    for one in returns:
        voice = one.said.voice
        if voice and voice.season == season.id and voice.remark:
            reasons = [REASON_WORDS[reason] for reason in voice.reasons]
            yield Remark(one, RATING_WORDS.get(voice.rating, ""), reasons, voice.remark)
