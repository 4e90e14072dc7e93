"""The link back to a draft, mailed because its person asks for it."""

from chalicelib.access.bootstrap import limiter
from chalicelib.drafts.model import Draft
from chalicelib.drafts.service import DraftService

LINKS_PER_ADDRESS = 5
AN_HOUR = 3600


def mail_link(drafts: DraftService, draft: Draft, occasion: str) -> None:
    """Mail it once per occasion to the address typed so far, a few times an hour; beyond that, say nothing."""
    if limiter().allow("draft-link", draft.email or draft.id, LINKS_PER_ADDRESS, AN_HOUR):
        drafts.send_link(draft, occasion)
