"""The link back to a draft, mailed when its person asks for it."""

from chalicelib.access.bootstrap import limiter
from chalicelib.drafts.model import Draft
from chalicelib.partners import bootstrap
from chalicelib.partners.routes.floods import AN_HOUR

LINKS_PER_ADDRESS = 5


def mail_link(draft: Draft, occasion: str) -> None:
    """Mail it once per occasion to the address typed so far, a few times an hour; beyond that, say nothing."""
    if limiter().allow("draft-link", draft.email or draft.id, LINKS_PER_ADDRESS, AN_HOUR):
        bootstrap.draft_service().send_link(draft, occasion)
