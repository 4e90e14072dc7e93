"""Rounds over many things, where trouble with one does not keep the others waiting."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing")


def one_by_one(things: Iterable[Thing], do: Callable[[Thing], int]) -> int:
    """Do it to each; the sum of what `do` says. The first error is raised after the last thing."""
    done, errors = 0, []
    for thing in things:
        try:
            done += do(thing)
        except Exception as error:
            errors.append(error)
    if errors:
        raise errors[0]
    return done
