"""Lists whose things are told apart by one of their fields."""

from collections.abc import Iterator, Sequence
from typing import Any

from chalicelib.office.problems import Problem


def each_once(path: str, things: Sequence[dict[str, Any]], key: str, what: str) -> Iterator[Problem]:
    """No two of the things of the list at `path` have the same `key`; `what` says so in the sentence."""
    values = [thing[key] for thing in things]
    for index, value in enumerate(values):
        if value in values[:index]:
            yield Problem(f"{path}[{index}].{key}", f"{what}\u00a0: changez l’un des deux.")
