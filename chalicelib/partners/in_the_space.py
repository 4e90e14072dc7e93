"""The membership files on the front page of the space."""

from typing import Any

from chalicelib.kernel.french import french_date
from chalicelib.partners import bootstrap
from chalicelib.partners.model import Application
from chalicelib.partners.portable import portable
from chalicelib.partners.wording import STATUS_WORDS, TONES
from chalicelib.web.cards import Card


def cards_of(email: str) -> list[Card]:
    """The files of this address, newest first."""
    return [_card(file) for file in bootstrap.address_book().list_of(email)]


def data_of(email: str) -> dict[str, list[dict[str, Any]]]:
    """The files of this address, newest first, as plain JSON."""
    files = bootstrap.address_book().list_of(email)
    histories = [bootstrap.applications().list_history(file.id) for file in files]
    return {"partnerships": [portable(*each) for each in zip(files, histories, strict=True)]}


def _card(file: Application) -> Card:
    words = STATUS_WORDS[file.status]
    return Card(
        path=f"/espace/dossiers/{file.reference}",
        title=file.business_name,
        label=words.label,
        tone=TONES[words.tone],
        about=f"{file.reference}, demande du {french_date(file.created_at)}",
        next=words.next,
        is_mine_to_do=words.tone == "warning",
    )
