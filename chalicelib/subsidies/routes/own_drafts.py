"""The draft that a partner works on: theirs, or none at all."""

from chalicelib.access.model import User
from chalicelib.drafts.model import Draft, DraftUnknown
from chalicelib.subsidies import bootstrap


def draft_of(user: User, draft_id: str) -> Draft:
    """The draft of this person. Raises `DraftUnknown` for an unknown and for a foreign one."""
    draft = bootstrap.draft_service().find(draft_id)
    if draft is None or draft.email != user.email:
        raise DraftUnknown
    return draft


def sent_from(user: User, draft_id: str) -> str:
    """The reference of the file that was made of this person's draft; empty when there is none."""
    file = bootstrap.submission_service().find_sent(draft_id)
    return file.reference if file and file.email == user.email else ""
