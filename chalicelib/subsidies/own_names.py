"""Names on doors that are nothing but the name of a private person: they are published nowhere."""

import re
import unicodedata

TITLES = frozenset({"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "ei", "eirl"})
"""What stands before such a name; the last two are the legal form of who trades alone."""


def is_own_name(name: str, person: str) -> bool:
    """Whether `name` says no more than the person's own name, in any order, with or without a title."""
    words = _words(name) - TITLES
    return not words - _words(person)


def plain(text: str) -> str:
    """The text without accents and capitals: what it is found and sorted by."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", plain(text)))
