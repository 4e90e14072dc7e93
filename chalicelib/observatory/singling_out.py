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
    for reader in ("", *people):
        for other in people:
            if other != reader:
                yield from _given_away(rows, members, frozenset({reader}), frozenset({reader, other}))


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
