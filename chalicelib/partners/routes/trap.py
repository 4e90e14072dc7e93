"""The field that nobody sees: whoever fills it in is a program."""

from collections.abc import Mapping

from chalicelib.web.requests import first_of

HONEYPOT = "fax"


def is_caught(fields: Mapping[str, list[str]]) -> bool:
    """Whether a program sent these fields."""
    return bool(first_of(fields, HONEYPOT))
