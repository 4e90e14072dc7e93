"""The aid files and their drafts on the front page of the space."""

from typing import Any

from chalicelib.drafts.model import Draft
from chalicelib.kernel.french import french_date
from chalicelib.subsidies.bootstrap import stores
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.paths import DRAFT, OWN_FILE
from chalicelib.subsidies.wording import STATUS_WORDS, YOU
from chalicelib.web.cards import Card

ABOUT = "aide au classement"


def cards_of(email: str) -> list[Card]:
    """What was begun and what was sent from this address, newest first."""
    files = stores.subsidies().list_by_email(email)
    sent = {file.id for file in files}
    drafts = [draft for draft in stores.drafts().list_by_holder(email) if draft.id not in sent]
    return [*map(_draft_card, drafts), *map(_card, files)]


def data_of(email: str) -> dict[str, list[dict[str, Any]]]:
    """All that was sent from this address, and what was begun, as plain JSON."""
    from chalicelib.subsidies.portable import portable, portable_draft

    files = stores.subsidies().list_by_email(email)
    drafts = stores.drafts().list_by_holder(email)
    return {
        "aids": [portable(file, stores.subsidies().list_history(file.id)) for file in files],
        "aid_drafts": [portable_draft(draft) for draft in drafts],
    }


def may_ask(email: str) -> bool:
    """Whether there is an aid, and this person has an accommodation to ask it for."""
    if stores.office().subsidies is None:
        return False
    return any(partner.may_apply for partner in stores.partners().list_of(email))


def _card(file: Subsidy) -> Card:
    words = STATUS_WORDS[file.status]
    return Card(
        path=OWN_FILE.format(reference=file.reference),
        title=file.beneficiary.business_name,
        label=words.label,
        tone=words.tone,
        about=f"{file.reference}, {ABOUT} demandée le {french_date(file.created_at)}",
        next=words.next,
        is_mine_to_do=words.turn == YOU,
    )


def _draft_card(draft: Draft) -> Card:
    return Card(
        path=DRAFT.format(draft_id=draft.id),
        title=str(draft.answers.get("establishment_name") or "Sans nom"),
        label="Brouillon",
        tone="waiting",
        about=f"{ABOUT}, modifiée le {french_date(draft.updated_at)}",
        next="Rien n’est encore envoyé\u00a0: terminez votre demande quand vous voulez.",
        is_mine_to_do=True,
        is_draft=True,
    )
