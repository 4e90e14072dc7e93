"""The field that nobody sees: whoever fills it in is a program."""

from collections.abc import Mapping

HONEYPOT = "fax"


def is_caught(fields: Mapping[str, list[str]]) -> bool:
    """Whether a program sent these fields."""
    return bool(fields.get(HONEYPOT, [""])[0])
