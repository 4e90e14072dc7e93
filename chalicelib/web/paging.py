"""A long list, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

PAGE = "page"
PAGE_SIZE = 50

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Page(Generic[Thing]):
    """One page of `pages`, counted from 1, and how many things there are in all."""

    things: Sequence[Thing]
    count: int
    number: int
    pages: int

    @property
    def around(self) -> dict[str, int]:
        """The pages before and after, as far as there are any."""
        found = {"previous": self.number - 1, "next": self.number + 1}
        return {name: number for name, number in found.items() if 1 <= number <= self.pages}


def page_of(things: Sequence[Thing], asked: str = "", size: int = PAGE_SIZE) -> Page[Thing]:
    """The page that is asked for; the first one for anything that is none."""
    pages = max(1, ceil(len(things) / size))
    number = int(asked) if asked.isdecimal() and len(asked) < 5 and 1 <= int(asked) <= pages else 1
    return Page(things[(number - 1) * size : number * size], len(things), number, pages)
