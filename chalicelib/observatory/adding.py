"""Sums by key of the parts of a territory, put together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

Key = TypeVar("Key")
Sum = TypeVar("Sum", bound=Any)
"""Whatever can be added."""


def added(parts: Iterable[Mapping[Key, Sum]], nothing: Callable[[], Sum]) -> dict[Key, Sum]:
    """The sums of several parts together; `nothing` makes the sum of nobody."""
    found: dict[Key, Sum] = defaultdict(nothing)
    for part in parts:
        for key, own in part.items():
            found[key] += own
    return dict(found)
