"""What can be computed from published sums: the linear span of them, kept as rows that share nothing.

Computed modulo a large prime, where integers stay short and divisions are exact: a sum that follows from others over
the rationals follows here too, unless the prime divides a denominator, which these tables of zeros and ones do not
come near.
"""

from collections.abc import Container, Hashable, Iterable, Mapping
from dataclasses import dataclass

PRIME = 2**61 - 1
Vector = Mapping[Hashable, int]


@dataclass(frozen=True)
class _Row:
    pivot: Hashable
    values: dict[Hashable, int]
    sources: dict[Hashable, int]


class Span:
    """Named sums of unknowns, one after the other; each unknown that a row is led by is gone from the later ones.

    Those of `last` lead a row only where nothing else is in it: these rows are all that is known of them alone.
    """

    def __init__(self, last: Container[Hashable] = ()) -> None:
        self._last = last
        self._rows: dict[Hashable, _Row] = {}
        self._order: dict[Hashable, int] = {}

    def add(self, name: Hashable, vector: Vector) -> None:
        """Publish one more sum: what it adds to those before is kept."""
        rest, sources = self._reduced(vector)
        if not rest:
            return
        pivot = next((unknown for unknown in rest if unknown not in self._last), next(iter(rest)))
        scale = pow(rest[pivot], -1, PRIME)
        sources[name] = (sources.get(name, 0) + 1) % PRIME
        self._order[pivot] = len(self._rows)
        self._rows[pivot] = _Row(pivot, _scaled(rest, scale), _scaled(sources, scale))

    def told(self, name: Hashable, unknowns: Iterable[Hashable]) -> "Span":
        """The same to somebody who knows these unknowns themselves."""
        span = Span(self._last)
        span._rows, span._order = dict(self._rows), dict(self._order)
        for unknown in unknowns:
            span.add((name, unknown), {unknown: 1})
        return span

    def of_last(self) -> list[tuple[Vector, frozenset[Hashable]]]:
        """What is known of the unknowns of `last` alone, with the names that it follows from."""
        rows = (row for pivot, row in self._rows.items() if pivot in self._last)
        return [(row.values, frozenset(row.sources)) for row in rows]

    def sources_of(self, vector: Vector) -> frozenset[Hashable] | None:
        """The names of published sums that the given one can be computed from; None where it cannot."""
        rest, sources = self._reduced(vector)
        return None if rest else frozenset(name for name, factor in sources.items() if factor)

    def left_of(self, vector: Vector) -> Vector:
        """What is not known of a sum: nothing where it can be computed."""
        return self._reduced(vector)[0]

    def led(self) -> list[tuple[Hashable, Vector]]:
        """All that is known, as rows led by an unknown that no other of them has.

        What is in the span is put together of those rows alone whose leading unknowns it has.
        """
        found: dict[Hashable, dict[Hashable, int]] = {}
        for row in reversed(self._rows.values()):
            values = dict(row.values)
            for pivot in [unknown for unknown in values if unknown in found]:
                _add(values, found[pivot], PRIME - values[pivot])
            found[row.pivot] = values
        return list(found.items())

    def _reduced(self, vector: Vector) -> tuple[dict[Hashable, int], dict[Hashable, int]]:
        """What is left of it once all that is known was taken away, and what was taken, with its factors."""
        rest = {unknown: value % PRIME for unknown, value in vector.items() if value % PRIME}
        sources: dict[Hashable, int] = {}
        while known := [unknown for unknown in rest if unknown in self._rows]:
            row = self._rows[min(known, key=self._order.__getitem__)]
            factor = PRIME - rest[row.pivot]
            _add(rest, row.values, factor)
            _add(sources, row.sources, factor)
        return rest, sources


def _add(into: dict[Hashable, int], values: Mapping[Hashable, int], factor: int) -> None:
    for key, value in values.items():
        changed = (into.get(key, 0) + factor * value) % PRIME
        if changed:
            into[key] = changed
        else:
            into.pop(key, None)


def _scaled(values: Mapping[Hashable, int], scale: int) -> dict[Hashable, int]:
    return {key: value * scale % PRIME for key, value in values.items() if value}
