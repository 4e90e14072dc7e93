"""French spacing for texts typed on an ordinary keyboard."""

import re
from typing import Any

NBSP = "\u00a0"

_BEFORE = re.compile(r"(?<=\S) (?=[:;!?»])|(?<=\d) (?=(?:h|%|€)(?!\w))|(?<=\bh) (?=\d)|(?<=«) ")
_STRAIGHT = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")


def typeset(text: str) -> str:
    """`text` with non-breaking spaces and curved apostrophes where French wants them; nothing else is touched."""
    return _STRAIGHT.sub("’", _BEFORE.sub(NBSP, text))


def typeset_all(value: Any) -> Any:
    """`value`, parsed from JSON, with every text in it typeset."""
    if isinstance(value, str):
        return typeset(value)
    if isinstance(value, list):
        return [typeset_all(each) for each in value]
    if isinstance(value, dict):
        return {key: typeset_all(each) for key, each in value.items()}
    return value
