"""What reports made known, kept for those that come after: groups and slices, and no figure."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from chalicelib.observatory.counting import Kind
from chalicelib.observatory.days import slice_id_of
from chalicelib.observatory.groups import GroupKey, kinds_in
from chalicelib.observatory.tables import Cell

Json = list[dict[str, Any]]


def to_json(published: Iterable[Cell]) -> Json:
    """The groups and slices of published figures, as plain JSON."""
    return [{"group": list(cell.name.group), "slices": sorted(cell.period)} for cell in published]


def cells_from(stored: Json, kinds: Collection[Kind], slices: Mapping[str, int]) -> list[Cell]:
    """The figures that share a slice with these, or are of days of one, as sums of these kinds.

    Whoever is in a group today was in it then: a closed month never changes, nor does what its establishments were.
    """
    found = []
    for number, one in enumerate(stored):
        group, period = GroupKey(*one["group"]), frozenset(one["slices"])
        if any(slice_id_of(name) in slices for name in period):
            found.append(Cell((number, group), kinds_in(group, kinds), period))
    return found
