"""The browser's key to its draft: a signed cookie, of which nothing is stored."""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.drafts.model import Draft, DraftUnknown
from chalicelib.drafts.service import DraftService
from chalicelib.kernel.errors import Situation
from chalicelib.links.bootstrap import signed_link_service
from chalicelib.links.signed import SignedRequest
from chalicelib.web.cookies import clear_cookie, set_cookie
from chalicelib.web.requests import cookie, current_request

A_DAY = 86_400


@dataclass(frozen=True)
class DraftCookie:
    """The cookie `name`, the key to a draft of the form that `service` keeps drafts of."""

    name: str
    service: Callable[[], DraftService]

    def key_to(self, draft: Draft) -> str:
        """A new key to this draft, as a `Set-Cookie` value."""
        service = self.service()
        seconds = service.office().delays.draft_purge_days * A_DAY
        token = signed_link_service().token_for(SignedRequest(self.name, draft.id, 0, seconds))
        return set_cookie(self.name, token, seconds)

    def forgotten(self) -> str:
        """The `Set-Cookie` value that takes the key back."""
        return clear_cookie(self.name)

    def draft_id(self) -> str | None:
        """The identifier of the draft that the browser holds a key to, sent or not."""
        request = current_request.get()
        token = cookie(request, self.name) if request else None
        try:
            return signed_link_service().open(token, self.name).subject if token else None
        except Situation:
            return None

    def find_draft(self) -> Draft | None:
        """The draft that the browser holds a key to, or None."""
        found = self.draft_id()
        return self.service().find(found) if found else None

    def get_draft(self) -> Draft:
        """The draft that the browser holds a key to. Raises `DraftUnknown`."""
        draft = self.find_draft()
        if draft is None:
            raise DraftUnknown
        return draft
