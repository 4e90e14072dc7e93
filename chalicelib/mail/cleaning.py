"""What people typed, made fit for a mail: one line where one is meant, no sign that turns text around, no link.

Mails go to an address that somebody typed before its owner confirmed it: a name in them may not lead anywhere.
"""

import re
from collections.abc import Mapping
from typing import Any
from unicodedata import category

LONG_TEXT = "reason"
"""The one key whose text keeps its lines: what a person wrote to another."""

NAMES = frozenset({"name", "business_name", "subject_name", "person", "who", "detail"})
"""What a stranger may have typed and a mail shows; mail clients make links of whatever looks like an address."""
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:/+", re.IGNORECASE)
DOT_OF_A_HOST = re.compile(r"(?<=[^\W_])\.(?=[^\W_])")
BREAK = ".\u200b"
"""Looks the same, but is no host name any more."""

LINE_BREAKS = frozenset("\n\v\f\x85\u2028\u2029")
TURNS_TEXT = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def cleaned(value: Any, key: str = "") -> Any:
    """`value`, plain JSON, with every text in it clean; `key` is the name it goes by."""
    if isinstance(value, str):
        lines = [_line(line) for line in _lines(value)]
        if key == LONG_TEXT:
            return "\n".join(lines).strip()
        line = " ".join(filter(None, lines))
        return _without_links(line) if key in NAMES else line
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


def _without_links(line: str) -> str:
    return DOT_OF_A_HOST.sub(BREAK, SCHEME.sub("", line))
