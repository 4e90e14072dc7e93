"""Where an application begins: in a draft of the same accommodation that is still bare, or in a new one."""

from collections.abc import Sequence

from chalicelib.drafts.model import Draft
from chalicelib.kernel.errors import TooMany

MOST_BEGUN = 10
"""More than anybody needs at once; what is begun and never sent has a bound, and so have its documents."""


class TooManyBegun(TooMany):
    """This person has begun more applications than anybody needs at once."""

    def __init__(self) -> None:
        super().__init__(
            f"Vous avez déjà {MOST_BEGUN}\u00a0demandes commencées\u00a0: terminez l’une d’elles depuis "
            "«\u00a0Mon espace\u00a0», ou appelez l’office."
        )


def bare_draft(drafts: Sequence[Draft], partner_id: str) -> Draft | None:
    """The draft for this accommodation of which no page is done yet: begun again, it is taken up again."""
    mine = (draft for draft in drafts if draft.answers.get("partner_id") == partner_id)
    return next((draft for draft in mine if not draft.done and not draft.is_correction), None)


def check_room(drafts: Sequence[Draft]) -> None:
    """Raise `TooManyBegun` unless one more may be begun; corrections do not count."""
    if sum(not draft.is_correction for draft in drafts) >= MOST_BEGUN:
        raise TooManyBegun
