"""The browser's key to its draft: a cookie that holds what a mailed link would."""

from chalicelib.kernel.errors import NotFound, Situation
from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import Link, LinkRequest
from chalicelib.partners import bootstrap
from chalicelib.partners.drafting import RESUME_PAGE, DraftUnknown
from chalicelib.partners.model import Draft
from chalicelib.web.cookies import clear_cookie, set_cookie
from chalicelib.web.requests import cookie, current_request

NAME = "dossier"
A_DAY = 86_400

__all__ = ["DraftUnknown", "NoSuchPage", "cookie_for", "draft_id", "find_draft", "forgotten", "get_draft"]


class NoSuchPage(NotFound):
    """The form has no page of that name."""


def cookie_for(draft: Draft) -> str:
    """A new key to this draft, as a `Set-Cookie` value."""
    seconds = bootstrap.office().delays.draft_purge_days * A_DAY
    url = link_service().mint(LinkRequest(RESUME_PAGE, draft.id, draft.email, seconds))
    return set_cookie(NAME, url.rpartition("/")[2], seconds)


def forgotten() -> str:
    """The `Set-Cookie` value that takes the key back."""
    return clear_cookie(NAME)


def draft_id() -> str | None:
    """The identifier of the draft that the browser holds a key to, sent or not."""
    link = _link()
    return link.subject if link else None


def find_draft() -> Draft | None:
    """The draft that the browser holds a key to, or None."""
    found = draft_id()
    return bootstrap.draft_service().find(found) if found else None


def get_draft() -> Draft:
    """The draft that the browser holds a key to. Raises `DraftUnknown`."""
    draft = find_draft()
    if draft is None:
        raise DraftUnknown
    return draft


def _link() -> Link | None:
    request = current_request.get()
    token = cookie(request, NAME) if request else None
    try:
        return link_service().open(token, RESUME_PAGE) if token else None
    except Situation:
        return None
