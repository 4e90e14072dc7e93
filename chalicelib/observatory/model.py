"""The monthly return of one establishment: what it offered and sold, slice by slice, and what goes wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from chalicelib.kernel.errors import Expired, NotFound
from chalicelib.observatory.figures import Guests, Occupancy, total
from chalicelib.observatory.voices import Said


class Status(StrEnum):
    """Where a return stands."""

    ASKED = "asked"
    GIVEN = "given"


class Source(StrEnum):
    """How figures came: typed, by a file of the establishment, by one of the office's data provider."""

    TYPED = "typed"
    FILE = "file"
    PROVIDER = "provider"


@dataclass(frozen=True)
class Establishment:
    """A lodging partner as it was when the return was asked: figures are counted by what it was then.

    `units` are rooms, pitches, beds or dwellings, `persons` how many people it takes, `stars` 0 for none.
    """

    id: str
    name: str
    email: str
    category: str
    commune: str
    units: int
    persons: int
    stars: int = 0


@dataclass(frozen=True)
class Sold:
    """What was offered and sold in a slice, in unit-nights; of the people who came, None where it was not said.

    `days` are both on each day of the slice, in order, where they were given so: they add up to `offered` and
    `occupied`. A month has them for all of its slices, or for none.
    """

    offered: int
    occupied: int
    guests: Guests | None = None
    days: tuple[tuple[int, int], ...] = ()

    @classmethod
    def by_day(cls, days: Iterable[tuple[int, int]], guests: Guests | None = None) -> "Sold":
        """What was offered and sold on each day of a slice, in order."""
        listed = tuple(days)
        return cls(sum(one for one, _ in listed), sum(one for _, one in listed), guests, listed)


@dataclass(frozen=True)
class MonthlyReturn:
    """What one establishment gives for one month (`2027-03`); `sold` is by the slices' identifiers.

    `origins` are arrivals by country of residence (`FR`, `CH`, ...). `reminders` counts those that went out,
    the last one at `reminded_at`. `questioned` says since when which doubts are put to the establishment;
    at `confirmed_at` it said that its figures are right. `said` is what it says beside its figures. `version` is 0 of
    one that nobody was asked for.
    """

    establishment: Establishment
    month: str
    status: Status
    asked_at: datetime
    sold: Mapping[str, Sold] = field(default_factory=dict)
    origins: Mapping[str, int] = field(default_factory=dict)
    source: Source = Source.TYPED
    given_at: datetime | None = None
    given_by: str = ""
    reminders: int = 0
    reminded_at: datetime | None = None
    questioned: Mapping[str, datetime] = field(default_factory=dict)
    confirmed_at: datetime | None = None
    said: Said = field(default_factory=Said)
    version: int = 1

    @property
    def id(self) -> str:
        """One for each establishment and month."""
        return f"{self.month}-{self.establishment.id}"

    @property
    def is_unasked(self) -> bool:
        """Whether it is not kept: the establishment was never asked for this month."""
        return self.version == 0

    @property
    def is_given(self) -> bool:
        """Whether there are figures."""
        return self.status is Status.GIVEN

    @property
    def is_by_day(self) -> bool:
        """Whether what was offered and sold is known of each day."""
        return bool(self.sold) and all(one.days for one in self.sold.values())

    def awaits_answer(self, doubt: str) -> bool:
        """Whether this was asked, and the figures neither corrected nor confirmed since."""
        asked_at = self.questioned.get(doubt)
        return asked_at is not None and not self.has_answered(doubt)

    def has_answered(self, doubt: str) -> bool:
        """Whether nobody needs to ask this any more: the figures are confirmed, or corrected since it was asked."""
        asked_at = self.questioned.get(doubt)
        corrected = asked_at is not None and self.given_at is not None and self.given_at > asked_at
        return corrected or self.confirmed_at is not None

    def says(self, sold: Mapping[str, Sold], origins: Mapping[str, int], said: Said | None = None) -> bool:
        """Whether these very figures were given; `said` counts where it is told."""
        is_same = (dict(self.sold), dict(self.origins)) == (dict(sold), dict(origins))
        return self.is_given and is_same and said in (None, self.said)

    def occupancy(self, days: Mapping[str, int]) -> Occupancy:
        """The sum over slices, of which `days` says how long each is."""
        return total(
            Occupancy(self.establishment.units * days[key], one.offered, one.occupied)
            for key, one in self.sold.items()
            if key in days
        )


def rate_of(own: Iterable[MonthlyReturn], days: Mapping[str, int]) -> Fraction | None:
    """What an establishment sold of what it offered in these slices; None where it gave nothing or was closed."""
    return total(one.occupancy(days) for one in own if one.is_given).rate


class ReturnUnknown(NotFound):
    """No such return for this person."""

    def __init__(self) -> None:
        super().__init__(
            "Ces chiffres ne vous sont pas demandés, ou plus à cette adresse. Ouvrez le lien du dernier mail reçu."
        )


class MonthClosed(Expired):
    """The month takes no figures any more."""

    def __init__(self) -> None:
        super().__init__(
            "Ce mois est clos\u00a0: ses chiffres sont déjà dans les bilans. Pour les corriger, écrivez à l’office."
        )
