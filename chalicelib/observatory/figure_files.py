"""Files of figures that are sent: which, how large, and what a script says before one leaves."""

from collections.abc import Mapping

from chalicelib.kernel.files import PostTicket
from chalicelib.kernel.french import french_size
from chalicelib.observatory.reading.reading import Reading, read_figures
from chalicelib.observatory.reading.refusals import WORDS, FileRefused, Refusal
from chalicelib.uploads.slots import DocumentAsked, Form, Slot
from chalicelib.uploads.time_limit import OutOfTime, stopped_after
from chalicelib.uploads.wording import CUT_OFF, STALE

EXTENSIONS = ".csv,.txt,.tsv,.xlsx"
KIND = "fichier"
READING_SECONDS = 15.0
"""The site has half a minute for an answer."""


def slot_for(ticket: PostTicket, most_bytes: int, error: str = "", name: str = "") -> Slot:
    """The form that sends one file, with why the last one was not taken."""
    asked = DocumentAsked(KIND, "Votre fichier", "Un CSV ou un classeur XLSX, avec une ligne de titres.")
    takes = f"CSV ou XLSX, {french_size(most_bytes)} au plus"
    form = Form(ticket, EXTENSIONS, takes, most_bytes, _script_words())
    return Slot(asked, "refused" if error else "missing", (), "", name if error else "", error, form)


def read_in_time(content: bytes, given: Mapping[str, str] | None = None) -> Reading:
    """What the file says. Raises `FileRefused`, also when it takes too long to read."""
    try:
        with stopped_after(READING_SECONDS):
            return read_figures(content, given)
    except OutOfTime as slow:
        raise FileRefused(Refusal.TOO_SLOW) from slow


def _script_words() -> dict[str, str]:
    return {
        "too-large": WORDS[Refusal.TOO_LARGE],
        "wrong-type": WORDS[Refusal.NO_TABLE],
        "empty": WORDS[Refusal.EMPTY],
        "cut-off": CUT_OFF,
        "stale": STALE,
    }
