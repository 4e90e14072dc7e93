"""What an event did: the weeks that have a day of it beside weeks like them, near it and without any event."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.observatory.counting import Period
from chalicelib.observatory.groups import PeriodKey
from chalicelib.observatory.slices import Slice

NEAR = timedelta(weeks=4)
"""What is further away is another season."""


@dataclass(frozen=True)
class LocalEvent:
    """Something that brings people, from the first to the last day, both included; no `commune` means everywhere."""

    id: str
    label: str
    first: date
    last: date
    commune: str = ""

    def includes(self, day: date) -> bool:
        """Whether it is on that day."""
        return self.first <= day <= self.last

    def touches(self, one: Slice) -> bool:
        """Whether it has a day in the slice."""
        return self.first <= one.last and one.first <= self.last

    def is_near(self, one: Slice) -> bool:
        """Whether the slice is not long before or after it."""
        return self.first - NEAR <= one.first and one.last <= self.last + NEAR


def periods_of(
    events: Sequence[LocalEvent], slices: Sequence[Slice], zones: Mapping[str, int] | None
) -> Iterator[tuple[PeriodKey, Period]]:
    """For each event of the season its slices, and those to compare with; nothing for one that has none of these."""
    for event in events:
        during = [one for one in slices if event.touches(one)]
        alike = list(_alike(event, during, events, slices, zones))
        if during and alike:
            yield PeriodKey("event", event.id), frozenset(one.id for one in during)
            yield PeriodKey("comparable", event.id), frozenset(one.id for one in alike)


def _alike(
    event: LocalEvent,
    during: Sequence[Slice],
    events: Sequence[LocalEvent],
    slices: Iterable[Slice],
    zones: Mapping[str, int] | None,
) -> Iterator[Slice]:
    """Slices near the event, without an event, with as many zones on holiday as some of its own."""
    known = zones or {}
    counts = {known.get(one.id) for one in during}
    for one in slices:
        if (
            event.is_near(one)
            and known.get(one.id) in counts
            and not any(other.touches(one) for other in events)
        ):
            yield one
