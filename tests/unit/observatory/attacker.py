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
