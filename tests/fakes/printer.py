"""A printer that needs no typesetting."""

from collections.abc import Mapping
from typing import Any


class FakePrinter:
    """Prints the name of the template, and the names of what is told; remembers each; it fails on whoever it is told to."""

    fails_for = ""

    def __init__(self) -> None:
        self.printed: list[tuple[str, Mapping[str, Any]]] = []

    def pdf(self, template: str, data: Mapping[str, Any], made_at: Any) -> bytes:
        if self.fails_for and self.fails_for in str(data):
            raise RuntimeError("the printer is out of order")
        self.printed.append((template, data))
        return f"{template} {sorted(data)}".encode()

    def png(self, template: str, data: Mapping[str, Any]) -> list[bytes]:
        self.printed.append((template, data))
        return [f"{template} as a picture".encode()]
