"""What no log line may hold: anything about a person, anything that opens a door."""

import logging
import re
import traceback
from typing import Any

DOORS = "decisions|connexion|confirmation|corrections|reprise|saisie"
FORBIDDEN: dict[str, re.Pattern[str]] = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    "a SIRET": re.compile(r"(?<![\w.])\d{3} ?\d{3} ?\d{3} ?\d{5}(?!\w)"),
    "a telephone number": re.compile(r"(?<![\w.])(\+33[ .]?|0)[1-9]([ .]?\d\d){4}(?!\w)"),
    "a secret or a token": re.compile(r"(?<![\w-])[A-Za-z0-9_-]{43}(?![\w-])"),
    "a cookie": re.compile(r"__Host-|Set-Cookie", re.IGNORECASE),
    "a task token": re.compile(r"task_?token", re.IGNORECASE),
    "a link": re.compile(rf"/({DOORS})/(?!\{{|$)[\w.-]{{8,}}"),
    "an address of the net": re.compile(r"(?<![\d.])(?!127\.0\.0\.1)\d{1,3}(\.\d{1,3}){3}(?![\d.])"),
    "a name": re.compile(r"Maëlle|Le Goff|Camille|Durand|Lucie|Morand|Bruno|Veyret|Hugo|Claire|Yann"),
    "an establishment": re.compile(r"Hôtel du|Gîte|Auberge|place du Marché|chemin des Noyers"),
}
ORDINARY = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "location", "timestamp"}
LIBRARIES = ("chalice", "pynamodb", "boto")


def found_in(line: str) -> list[str]:
    """The kinds of things in this line that may not be there."""
    return [kind for kind, pattern in FORBIDDEN.items() if pattern.search(line)]


class Watch(logging.Handler):
    """Reads every record of the application's logger, and the warnings of what it is built on."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.seen = 0

    def install(self) -> None:
        """Listen for the rest of the run."""
        logging.getLogger("cordee").addHandler(self)
        for name in LIBRARIES:
            logging.getLogger(name).addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Note what may not be there; nothing is shown again but its kind and a piece of the line."""
        if record.name != "cordee" and record.levelno < logging.WARNING:
            return
        self.seen += 1
        line = text_of(record)
        self.found += [f"{kind}: {line[:200]}" for kind in found_in(line)]


def text_of(record: logging.LogRecord) -> str:
    """Everything in a record that would be written: message, added fields, exception."""
    fields: dict[str, Any] = {name: value for name, value in vars(record).items() if name not in ORDINARY}
    trouble = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
    return f"{record.getMessage()} {fields!r} {trouble}"
