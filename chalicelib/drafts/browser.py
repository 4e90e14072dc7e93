"""The browser's key to its draft: a cookie that holds what a mailed link would."""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.drafts.model import Draft, DraftUnknown
from chalicelib.drafts.service import DraftService
from chalicelib.kernel.errors import Situation
from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import Link, LinkRequest
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
        url = link_service().mint(LinkRequest(service.form.resume_page, draft.id, draft.email, seconds))
        return set_cookie(self.name, url.rpartition("/")[2], seconds)

    def forgotten(self) -> str:
        """The `Set-Cookie` value that takes the key back."""
        return clear_cookie(self.name)

    def draft_id(self) -> str | None:
        """The identifier of the draft that the browser holds a key to, sent or not."""
        link = self._link()
        return link.subject if link else None

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

    def _link(self) -> Link | None:
        request = current_request.get()
        token = cookie(request, self.name) if request else None
        try:
            return link_service().open(token, self.service().form.resume_page) if token else None
        except Situation:
            return None
