"""The membership files on the front page of the space."""

from chalicelib.kernel.french import french_date
from chalicelib.partners import bootstrap
from chalicelib.partners.model import Application
from chalicelib.partners.wording import STATUS_WORDS, TONES
from chalicelib.web.cards import Card


def cards_of(email: str) -> list[Card]:
    """The files of this address, newest first."""
    return [_card(file) for file in bootstrap.address_book().list_of(email)]


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
