"""What people typed, made fit for a mail: one line where one is meant, and no sign that turns text around."""

from collections.abc import Mapping
from typing import Any
from unicodedata import category

LONG_TEXT = "reason"
"""The one key whose text keeps its lines: what a person wrote to another."""

LINE_BREAKS = frozenset("\n\v\f\x85\u2028\u2029")
TURNS_TEXT = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def cleaned(value: Any, key: str = "") -> Any:
    """`value`, plain JSON, with every text in it clean; `key` is the name it goes by."""
    if isinstance(value, str):
        lines = [_line(line) for line in _lines(value)]
        return "\n".join(lines).strip() if key == LONG_TEXT else " ".join(filter(None, lines))
    if isinstance(value, Mapping):
        return {name: cleaned(each, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(each, key) for each in value]
    return value


def _lines(text: str) -> list[str]:
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join("\n" if sign in LINE_BREAKS else sign for sign in unified).split("\n")


def _line(text: str) -> str:
    """One line without controls nor signs of direction, its ordinary spaces single."""
    kept = "".join(" " if category(sign) in {"Cc", "Cs"} else sign for sign in text if sign not in TURNS_TEXT)
    return " ".join(part for part in kept.split(" ") if part)
