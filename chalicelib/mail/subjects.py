"""Subjects that a phone shows whole: what is quoted in them gives way, never what is asked or until when."""

import re

MOST = 70
"""So many signs at most, where something quoted can be shortened."""
LEAST = 12
"""So much of what is quoted stays."""
ELLIPSIS = "…"
OPENING, CLOSING = "«\u00a0", "\u00a0»"
TAIL = re.compile(r"[\s,;:.(–-]+$")


def fitted(subject: str) -> str:
    """The subject with what stands between « and » shortened at a word, so that it has 70 signs at most."""
    start, end = subject.find(OPENING) + len(OPENING), subject.rfind(CLOSING)
    surplus = len(subject) - MOST
    if surplus <= 0 or OPENING not in subject or end < start:
        return subject
    quoted = subject[start:end]
    return subject[:start] + shortened(quoted, max(LEAST, len(quoted) - surplus)) + subject[end:]


def shortened(text: str, most: int) -> str:
    """At most so many signs of a text, up to the end of a word, and an ellipsis; a text that is short enough stays."""
    if len(text) <= most:
        return text
    kept = text[:most]
    *words, _ = re.split(r"(?=\s)", kept) or [kept]
    return TAIL.sub("", "".join(words) or kept[:-1]) + ELLIPSIS
