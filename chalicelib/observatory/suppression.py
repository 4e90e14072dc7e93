"""The second rule of secrecy: nothing hidden can be computed from what is published, now or before.

Whoever reads may be one of the establishments, and then knows its own figures. What they could compute is a question
of linear algebra (`span.py`): as long as a hidden figure, or one of few establishments, follows from published ones,
the one of these that is worth least is hidden too.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain

from chalicelib.observatory.primary import Secret
from chalicelib.observatory.singling_out import singled_out
from chalicelib.observatory.span import Span, Vector
from chalicelib.observatory.tables import Cell, Name, Period, Sums, Tally, Unknown
from chalicelib.observatory.unknowns import Unknowns, unknowns_of
from chalicelib.office.observatory import SecrecyRule

OWN = "own"
EARLIER = "earlier"


def hidden_in_turn(
    first: Sequence[Cell], second: Sequence[Cell], sums: Sums, rule: SecrecyRule, earlier: Sequence[Cell] = ()
) -> dict[Name, Secret]:
    """The same as `hidden`, of figures of which the second ones never cost any of the first."""
    why = hidden(first, sums, rule, earlier)
    told = [cell for cell in first if cell.name not in why]
    secret = [cell for cell in first if cell.name in why]
    return why | hidden(second, sums, rule, [*earlier, *told], secret) if second else why


def hidden(
    cells: Sequence[Cell],
    sums: Sums,
    rule: SecrecyRule,
    earlier: Sequence[Cell] = (),
    secret: Sequence[Cell] = (),
) -> dict[Name, Secret]:
    """Which figures of these tables may not be published, and why, beside what was published earlier.

    `earlier` are figures of the same kinds and slices, whatever they were called; `secret` are hidden already, and
    stay so. Figures of nobody at all are not hidden: nothing was open. What earlier reports give away by themselves
    cannot be mended here.
    """
    filled = [cell for cell in cells if sums.tally(cell.kinds, cell.period).count]
    periods = {cell.period for cell in (*filled, *earlier, *secret)}
    what = unknowns_of(sums, periods)
    why = _primary(filled, sums, rule)
    small = [*_small(sums, what, rule, periods), *map(what.vector, secret)]
    readers = _readers(what)
    by_name = {cell.name: cell for cell in filled}
    while more := _cheapest(_leaks(filled, why, small, what, earlier, readers), by_name, sums):
        why.update(dict.fromkeys(more, Secret.COMPLEMENTARY))
    return why


def _primary(cells: Iterable[Cell], sums: Sums, rule: SecrecyRule) -> dict[Name, Secret]:
    found = ((cell.name, sums.tally(cell.kinds, cell.period).why_secret(rule)) for cell in cells)
    return {name: secret for name, secret in found if secret}


def _span(published: Iterable[Cell], what: Unknowns, earlier: Sequence[Cell]) -> Span:
    span = Span(last=what.few())
    for cell in _short_first(earlier):
        span.add((EARLIER, cell.name), what.vector(cell))
    for cell in _short_first(published):
        span.add(cell.name, what.vector(cell))
    return span


def _short_first(cells: Iterable[Cell]) -> list[Cell]:
    """What is of one slice shares no unknown with what is of another: rows stay short."""
    return sorted(cells, key=lambda cell: len(cell.period))


def _small(sums: Sums, what: Unknowns, rule: SecrecyRule, periods: Container[Period]) -> list[Vector]:
    """What few establishments of one kind have in a period: no table shows it, and none may give it away."""
    of_kinds = (
        what.vector(Cell(kind, frozenset({kind}), period))
        for (kind, period), tally in sums.of.items()
        if tally.count and tally.why_secret(rule) and (period in periods or not period <= sums.days)
    )
    alone = ({unknown: 1} for unknown, tally in what.tallies.items() if tally.why_secret(rule))
    return list({frozenset(vector): vector for vector in chain(of_kinds, alone)}.values())


def _readers(what: Unknowns) -> list[dict[Unknown, int]]:
    """What is known by an establishment that is alone of its kind in some slice; others know nothing that helps."""
    own: dict[str, dict[Unknown, int]] = {}
    for unknown, names in what.few().items():
        if len(names) == 1:
            own.setdefault(next(iter(names)), {})[unknown] = 1
    return list(own.values())


def _leaks(
    cells: Sequence[Cell],
    why: Mapping[Name, Secret],
    small: Sequence[Vector],
    what: Unknowns,
    earlier: Sequence[Cell],
    readers: Sequence[Vector],
) -> list[frozenset[Name]]:
    """For each thing that can be computed and must not be: the published figures that it is computed from."""
    span = _span((cell for cell in cells if cell.name not in why), what, earlier)
    targets = [*small, *(what.vector(cell) for cell in cells if cell.name in why)]
    left = [(span.left_of(target).keys(), target) for target in targets]
    computed = (_computed_by(reader, span, left) for reader in ({}, *readers))
    return [*chain.from_iterable(computed), *singled_out(span.of_last(), what.few())]


def _computed_by(
    reader: Vector, span: Span, left: Iterable[tuple[Set[Unknown], Vector]]
) -> Iterable[frozenset[Name]]:
    """What a reader can compute: only where their own figures reach all that is left of a target."""
    reach = {unknown for own in reader for unknown in span.left_of({own: 1})}
    near = [target for unknowns, target in left if unknowns <= reach]
    return _computed(span.told(OWN, reader), near, reader) if near else ()


def _computed(span: Span, targets: Iterable[Vector], reader: Vector) -> Iterator[frozenset[Name]]:
    """What is the reader's own is no secret to them."""
    for target in targets:
        foreign = {unknown: value for unknown, value in target.items() if unknown not in reader}
        sources = span.sources_of(foreign) if foreign else None
        if sources is not None:
            yield sources


def _cheapest(leaks: Iterable[frozenset[Name]], cells: Mapping[Name, Cell], sums: Sums) -> set[Name]:
    """One figure of each leak, none twice: the one that is missed least."""
    chosen: set[Name] = set()
    for leak in leaks:
        ours = [cells[name] for name in leak if name in cells]
        if ours and not any(cell.name in chosen for cell in ours):
            chosen.add(min(ours, key=lambda cell: _worth(cell, sums.tally(cell.kinds, cell.period))).name)
    return chosen


def _worth(cell: Cell, tally: Tally) -> tuple[int, int, int, str]:
    return cell.worth, len(cell.period), tally.count, str(cell.name)
