"""What a format is; lines of text, names of people and dates."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from chalicelib.kernel.french import MONTHS, NBSP

TOO_LONG_TO_READ = 1000
LINE_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")
TURNS_TEXT = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
JOINERS = frozenset("\u200c\u200d")
NAME_MARKS = frozenset("'’‘ʼ`´.,&·・׳״()")
NAME_CATEGORIES = ("L", "M", "Zs", "Pd")
SITE = re.compile(r"\w\w\.\w\w")
ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
FRENCH_DATE = re.compile(r"(\d{1,2})(?:er)?\s*[/.\- ]\s*(\d{1,2}|[^\W\d]+)\s*[/.\- ]\s*(\d{4})")
UNBREAKABLE = re.compile(r" (?=[:;!?»])|(?<=«) |(?<=\d) (?=\w)")
YEARS = range(1900, 2200)

Sentence = str | None


def _same(text: str) -> str:
    return text


@dataclass(frozen=True)
class Format:
    """How to tidy a text, what is wrong with it (None: nothing), how to show it."""

    tidy: Callable[[str], str]
    fault: Callable[[str], Sentence]
    display: Callable[[str], str] = _same

    def normalise(self, text: str) -> str:
        """The stored spelling, or `text` itself when it does not read as this format."""
        if len(text) > TOO_LONG_TO_READ:
            return text
        tidied = self.tidy(text)
        return tidied if self.explain(tidied) is None else text

    def explain(self, text: str) -> Sentence:
        """The sentence that says the mend, or None."""
        if len(text) > TOO_LONG_TO_READ:
            return typeset("Cette réponse est trop longue : raccourcissez-la.")
        sentence = explain_unreadable(text) or self.fault(text)
        return typeset(sentence) if sentence else None

    def show(self, text: str) -> str:
        """`text` as people read it; what does not read as this format stays as it is."""
        return self.display(text) if self.explain(text) is None else text

    def accepts(self, value: object) -> bool:
        """Whether the value is no text at all or reads as this format."""
        return not isinstance(value, str) or self.explain(value) is None


def typeset(sentence: str) -> str:
    """`sentence` in French typography: curved apostrophes; spaces that do not break by marks and numbers."""
    return UNBREAKABLE.sub(NBSP, sentence).replace("'", "’")


def quoted(text: str) -> str:
    """`« x »`, or words where the character cannot be seen."""
    return f"« {text} »" if text.isprintable() and not text.isspace() else "le caractère invisible"


def explain_unreadable(text: str) -> Sentence:
    """What no answer on one line may hold: line breaks, control characters, lost or turned text."""
    if LINE_BREAKS.intersection(text):
        return "Écrivez cette réponse sur une seule ligne : retirez le retour à la ligne."
    if any(_unreadable(char) for char in text):
        return "Cette réponse contient un caractère illisible : effacez-la et saisissez-la à nouveau."
    return None


def _unreadable(char: str) -> bool:
    return (
        char == "\ufffd"
        or char in TURNS_TEXT
        or (char != "\t" and unicodedata.category(char) in ("Cc", "Cs"))
    )


def tidy_line(text: str) -> str:
    """One space where there are several."""
    return re.sub(r"[ \t]+", " ", text).strip()


def explain_line(text: str) -> Sentence:
    """A line of text holds at least a letter or a digit."""
    if any(char.isalnum() for char in text):
        return None
    return "Écrivez au moins une lettre ou un chiffre."


def explain_name(text: str) -> Sentence:
    """A name has letters of any script, and no mark that only addresses or code have."""
    odd = next((char for char in text if not _belongs_to_names(char)), None)
    if odd:
        return f"Écrivez le nom avec des lettres, des espaces ou des tirets : retirez {quoted(odd)}."
    if SITE.search(text):
        return "Écrivez un nom de personne, sans adresse de site."
    return None if any(char.isalpha() for char in text) else "Écrivez le nom avec au moins une lettre."


def _belongs_to_names(char: str) -> bool:
    return char in NAME_MARKS or char in JOINERS or unicodedata.category(char).startswith(NAME_CATEGORIES)


def tidy_date(text: str) -> str:
    """`2028-12-31` from `31/12/2028`, `31.12.2028` or `31 décembre 2028`."""
    day = _read_date(text)
    return day.isoformat() if day else text


def explain_date(text: str) -> Sentence:
    """A day of the calendar, in ISO or in French."""
    if _read_date(text):
        return None
    if _parts(text):
        return f"Vérifiez la date : {quoted(text)} n'existe pas dans le calendrier."
    return "Indiquez la date avec le jour, le mois et l'année, par exemple 31/12/2028."


def show_date(text: str) -> str:
    """`31/12/2028`: what people type again without thinking."""
    day = _read_date(text)
    return f"{day:%d/%m/%Y}" if day else text


def _read_date(text: str) -> date | None:
    year, month, day = _parts(text) or (0, 0, 0)
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _parts(text: str) -> tuple[int, int, int] | None:
    if iso := ISO_DATE.fullmatch(text):
        return int(iso[1]), int(iso[2]), int(iso[3])
    french = FRENCH_DATE.fullmatch(text.replace(NBSP, " ").lower())
    month = _month(french[2]) if french else None
    return (int(french[3]), month, int(french[1])) if french and month is not None else None


def _month(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    return MONTHS.index(text) + 1 if text in MONTHS else None
