"""The names of files: as a sender gave them they may hold anything, as we show them nothing that misleads."""

import re
from unicodedata import category, normalize
from urllib.parse import quote

from chalicelib.uploads.rules import FileType

LONGEST = 120
UNNAMED = "document"
PATH = re.compile(r"[/\\]")
SUFFIX = re.compile(r"\.[^\W\d_][^\W_]{0,4}$")
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Controls, signs of direction, halves of characters, what no font has, breaks."""
MARKS = ("Mn", "Me")
MOST_MARKS = 2
"""Letters have one mark or two; towers of them hide the lines around."""


def display_name(given: str, file_type: FileType | None) -> str:
    """One line of at most 120 characters without path, controls nor signs of direction.

    It ends as files of its type do: `devis.exe` that is a PDF reads `devis.pdf`. Of an unknown type it stays.
    """
    line = _line(PATH.split(given)[-1])
    if file_type is None:
        return line[:LONGEST].strip(" .") or UNNAMED
    if not line.lower().endswith(file_type.extensions):
        line = SUFFIX.sub("", line)
    end = next((each for each in file_type.extensions if line.lower().endswith(each)), "")
    stem = line[: len(line) - len(end)][: LONGEST - 5].strip(" .") or UNNAMED
    return stem + (end or file_type.extensions[0])


def attachment(name: str) -> str:
    """The `Content-Disposition` that saves a file under `name` (RFC 6266), in ASCII."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    safe = re.sub(r'["\\%;]', "_", plain).strip() or UNNAMED
    return f"attachment; filename=\"{safe}\"; filename*=UTF-8''{quote(name, safe='')}"


def _line(text: str) -> str:
    """`text` composed, with single spaces, without what cannot be seen."""
    seen = "".join(" " if sign.isspace() else sign for sign in text if not _is_unseen(sign))
    return _without_towers(normalize("NFC", " ".join(seen.split())))


def _is_unseen(sign: str) -> bool:
    return category(sign) in UNSEEN and sign not in "\t\n\r"


def _without_towers(text: str) -> str:
    kept, marks = [], 0
    for sign in text:
        marks = marks + 1 if category(sign) in MARKS else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
