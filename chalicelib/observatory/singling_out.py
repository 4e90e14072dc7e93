"""What figures give away of one establishment alone, whatever weeks it is added up from.

Figures of several weeks and groups may cancel out until somebody is alone in what is left, in weeks that no table is
about. Whoever reads may be the other one of two.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence

from chalicelib.observatory.span import Span, Vector

Row = tuple[Vector, frozenset[Hashable]]
Members = Mapping[Hashable, frozenset[str]]


def singled_out(rows: Sequence[Row], members: Members) -> Iterator[frozenset[Hashable]]:
    """The names of the figures by which somebody can be singled out.

    `rows` are what is known of unknowns of one or two establishments alone, `members` who these are.
    """
    people = sorted({one for vector, _ in rows for unknown in vector for one in members[unknown]})
    led = _led(rows)
    for reader in ("", *people):
        for other in people:
            own, both = frozenset({reader}), frozenset({reader, other})
            if other != reader and _is_given_away(led, members, own, both):
                yield from _given_away(rows, members, own, both)


def _led(rows: Sequence[Row]) -> list[tuple[Hashable, Vector]]:
    span = Span()
    for number, (vector, _) in enumerate(rows):
        span.add(number, vector)
    return span.led()


def _is_given_away(
    led: Sequence[tuple[Hashable, Vector]], members: Members, own: frozenset[str], both: frozenset[str]
) -> bool:
    """Whether there are such sums: mostly no row can be part of them, and all others need not be looked at."""
    near: list[Row] = [(vector, frozenset()) for leader, vector in led if members[leader] <= both]
    return any(True for _ in _given_away(near, members, own, both))


def _given_away(
    rows: Sequence[Row], members: Members, own: frozenset[str], both: frozenset[str]
) -> Iterator[frozenset[Hashable]]:
    """Sums that nobody but these two is in, and not the reader alone."""
    inside = {unknown for vector, _ in rows for unknown in vector if members[unknown] <= both}
    if not any(not members[unknown] <= own for unknown in inside):
        return
    span = Span(last=inside)
    for number, (vector, _) in enumerate(rows):
        span.add(number, vector)
    for vector, numbers in span.of_last():
        if any(not members[unknown] <= own for unknown in vector):
            yield frozenset(name for number in numbers for name in rows[number][1])  # type: ignore[call-overload]
