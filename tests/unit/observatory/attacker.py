"""Somebody who reads all published tables and solves for what is hidden: dense algebra over fractions, nothing shared."""

from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction

Unit = tuple[str, Hashable]
"""One establishment in one slice of time."""


class Attacker:
    """`known` are sums over sets of units; with `own`, every unit of one establishment is known too."""

    def __init__(self, units: Sequence[Unit], known: Iterable[frozenset[Unit]], own: str = "") -> None:
        self.units = [unit for unit in units if unit[0] != own]
        self.rows: list[list[Fraction]] = []
        for one in known:
            self._learn(self._line(one))

    def computes(self, wanted: frozenset[Unit]) -> bool:
        """Whether the sum over these units follows from what is known."""
        line = self._line(wanted)
        return any(line) and not any(self._reduced(line))

    def _line(self, units: frozenset[Unit]) -> list[Fraction]:
        return [Fraction(unit in units) for unit in self.units]

    def _reduced(self, line: list[Fraction]) -> list[Fraction]:
        for row in self.rows:
            lead = next(place for place, value in enumerate(row) if value)
            factor = line[lead] / row[lead]
            line = [value - factor * known for value, known in zip(line, row, strict=True)]
        return line

    def _learn(self, line: list[Fraction]) -> None:
        rest = self._reduced(line)
        if any(rest):
            self.rows.append(rest)

    def names(self) -> set[str]:
        """The establishments of which anything at all follows, whatever of their units it is the sum of."""
        rows = _reduced_rows(self.rows)
        leads = [next(place for place, value in enumerate(row) if value) for row in rows]
        return {name for name in {unit[0] for unit in self.units} if self._is_single(name, rows, leads)}

    def _is_single(self, name: str, rows: Sequence[list[Fraction]], leads: Sequence[int]) -> bool:
        """Rows led by units of somebody else say something of these: the others must cancel each other out."""
        own = [place for place, unit in enumerate(self.units) if unit[0] == name]
        left = [
            [value for place, value in enumerate(row) if place not in own]
            for row, lead in zip(rows, leads, strict=True)
            if lead in own
        ]
        return len(_reduced_rows(left)) < len(left)


def _reduced_rows(rows: Iterable[list[Fraction]]) -> list[list[Fraction]]:
    """Gauss and Jordan: each row is led by a 1 that no other row has anything below or above of."""
    done: list[list[Fraction]] = []
    for given in rows:
        line = given
        for row in done:
            line = _without(line, row)
        if any(line):
            lead = next(value for value in line if value)
            line = [value / lead for value in line]
            done = [*(_without(row, line) for row in done), line]
    return done


def _without(line: list[Fraction], row: list[Fraction]) -> list[Fraction]:
    lead = next(place for place, value in enumerate(row) if value)
    factor = line[lead]
    return [value - factor * known for value, known in zip(line, row, strict=True)] if factor else line
