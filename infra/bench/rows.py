"""The table that is printed: one line a figure, its aim beside it; nothing in it stops anything."""

from collections.abc import Iterable
from dataclasses import dataclass

HEAD = "| what | measured | aim | |\n|---|---|---|---|"


@dataclass(frozen=True)
class Row:
    """One figure; `unit` follows it, such as ` x` or ` MB`. Without an aim it is only told."""

    what: str
    figure: float
    unit: str = " x"
    aim: float | None = None
    digits: int = 2

    def __str__(self) -> str:
        aim = "" if self.aim is None else f"at most {self.aim:g}{self.unit}"
        return f"| {self.what} | {self.figure:.{self.digits}f}{self.unit} | {aim} | {self._verdict()} |"

    def _verdict(self) -> str:
        if self.aim is None:
            return ""
        return "met" if round(self.figure, self.digits) <= self.aim else "**missed**"


def spaced(number: int) -> str:
    """A number in words of a table, such as `15 000`."""
    return f"{number:,}".replace(",", " ")


def table(rows: Iterable[Row]) -> str:
    """The rows in Markdown."""
    return "\n".join([HEAD, *map(str, rows)])
