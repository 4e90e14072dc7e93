"""What people typed, made fit for a mail: one line where one is meant, no sign that turns text around, no link.

Mails go to an address that somebody typed before its owner confirmed it: a name in them may not lead anywhere.
"""

import re
from collections.abc import Mapping
from typing import Any

from chalicelib.kernel.letters import clean_lines

LONG_TEXT = "reason"
"""The one key whose text keeps its lines: what a person wrote to another."""

NAMES = frozenset(
    {"name", "business_name", "subject_name", "person", "structure", "establishment", "who", "detail"}
)
"""What a stranger may have typed and a mail shows; mail clients make links of whatever looks like an address."""
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:/+", re.IGNORECASE)
DOT_OF_A_HOST = re.compile(r"(?<=[^\W_])\.(?=[^\W_])")
BREAK = ".\u200b"
"""Looks the same, but is no host name any more."""


def cleaned(value: Any, key: str = "") -> Any:
    """`value`, plain JSON, with every text in it clean; `key` is the name it goes by."""
    if isinstance(value, str):
        lines = clean_lines(value)
        if key == LONG_TEXT:
            return "\n".join(lines).strip()
        line = " ".join(filter(None, lines))
        return _without_links(line) if key in NAMES else line
    if isinstance(value, Mapping):
        return {name: cleaned(each, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(each, key) for each in value]
    return value


def _without_links(line: str) -> str:
    return DOT_OF_A_HOST.sub(BREAK, SCHEME.sub("", line))
