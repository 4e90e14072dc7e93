"""The figures that a report would publish, and from whom each of them comes, without anybody's name.

A *kind* is what establishments have in common in every table: those of one kind are always counted together. A
*slice* is the shortest time that figures are kept for by everybody; a *period* is a set of slices, or of days of
slices, that a figure is of.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from chalicelib.observatory.primary import Secret, why_small
from chalicelib.office.observatory import SecrecyRule

Kind = Any
Slice = Any
Name = Any
"""Whatever names them, such as a tuple: what is computed here does not depend on it."""
Period = frozenset[Slice]
Unknown = Hashable
"""What a kind has in a slice, or on some of its days: the two of them."""
FEW = 2
"""One of two knows the other from their sum."""


@dataclass(frozen=True)
class Tally:
    """How many establishments are in a sum, what it is, and the largest share; `names` when they are one or two."""

    count: int = 0
    total: int = 0
    largest: int = 0
    names: tuple[str, ...] = ()

    def __add__(self, other: "Tally") -> "Tally":
        """The two together; nobody is in both."""
        return Tally(
            self.count + other.count,
            self.total + other.total,
            max(self.largest, other.largest),
            self.names + other.names if self.count + other.count <= FEW else (),
        )

    def why_secret(self, rule: SecrecyRule) -> Secret | None:
        """Why it may not be published; None where it may."""
        return why_small(self.count, self.total, self.largest, rule)


@dataclass(frozen=True)
class Cell:
    """A figure: the sum over `kinds` and the slices of `period`. What is worth least is hidden first."""

    name: Name
    kinds: frozenset[Kind]
    period: Period
    worth: int = 0


@dataclass(frozen=True)
class Finer:
    """A slice of a kind of which somebody gave each day: what these have on each day, and `others` in all of it."""

    others: Tally = field(default_factory=Tally)
    days: Mapping[Slice, Tally] = field(default_factory=dict)


@dataclass(frozen=True)
class Sums:
    """The tallies of each kind, in each slice and in each longer period that a figure is of.

    `moved` are the shares of those who were of several kinds, one after the other: a longer period counts them once.
    """

    of: Mapping[tuple[Kind, Period], Tally]
    moved: Mapping[str, Mapping[tuple[Kind, Period], int]] = field(default_factory=dict)
    finer: Mapping[tuple[Kind, Slice], Finer] = field(default_factory=dict)

    @cached_property
    def days(self) -> frozenset[Slice]:
        """The days that somebody gave."""
        return frozenset(day for finer in self.finer.values() for day in finer.days)

    def tally(self, kinds: Iterable[Kind], period: Period) -> Tally:
        """The tally of some kinds together."""
        listed = list(kinds)
        found = sum((self.of.get((kind, period), Tally()) for kind in listed), Tally())
        for shares in self.moved.values():
            own = [shares[kind, period] for kind in listed if (kind, period) in shares]
            if len(own) > 1:
                largest = max(found.largest, sum(own))
                found = replace(found, count=found.count - len(own) + 1, largest=largest, names=())
        return found
