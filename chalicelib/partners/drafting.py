"""Drafts: saved page by page, found again by a link, purged after a notice; never validated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from chalicelib.kernel import ids
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.french import french_date
from chalicelib.links.model import LinkRequest
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.partners.model import Application, Draft

CORRECTIONS = "corrections"
RESUME_PAGE = "/adhesion/reprise"
IDLE = timedelta(hours=2)
"""A person who stopped for that long gets the link to come back, once."""


class DraftUnknown(NotFound):
    """The draft was sent, purged, or never was."""

    def __init__(self) -> None:
        super().__init__("Ce brouillon n'existe plus : il a été envoyé ou effacé. Vous pouvez recommencer.")


class DraftStore(Protocol):
    """The drafts."""

    def find(self, draft_id: str) -> Draft | None:
        """The draft, or None."""

    def put(self, draft: Draft, purge_at: datetime) -> None:
        """Keep the draft; forgotten by itself a while after `purge_at`."""

    def remove(self, draft_id: str) -> None:
        """Forget the draft."""

    def list_untouched_since(self, limit: datetime) -> list[Draft]:
        """The drafts not changed after `limit`, oldest first."""


class MailDesk(Protocol):
    """Takes mails that go on their own."""

    def enqueue(self, message: Message) -> bool:
        """Add a mail; False if that very mail is there already."""


@dataclass(frozen=True)
class DraftService:
    """What happens to drafts."""

    drafts: DraftStore
    mail: MailDesk
    office: Callable[[], Office]
    clock: Clock

    def begin(self, answers: Mapping[str, Any], done: str = "") -> Draft:
        """A new draft, made at the first save."""
        now = self.clock()
        draft = Draft(id=ids.new_id(), answers={}, created_at=now, updated_at=now)
        return self.save(draft, answers, done)

    def get(self, draft_id: str) -> Draft:
        """The draft. Raises `DraftUnknown`."""
        draft = self.drafts.find(draft_id)
        if draft is None:
            raise DraftUnknown
        return draft

    def find(self, draft_id: str) -> Draft | None:
        """The draft, or None."""
        return self.drafts.find(draft_id)

    def save(self, draft: Draft, answers: Mapping[str, Any], done: str = "") -> Draft:
        """Keep the answers as they are; `done` names the page that they complete."""
        pages = draft.done if not done or done in draft.done else (*draft.done, done)
        saved = replace(
            draft, answers=answers, updated_at=self.clock(), done=pages, version=draft.version + 1
        )
        self._put(saved)
        return saved

    def open_corrections(self, application: Application, pages: tuple[str, ...] = ()) -> Draft:
        """A file's answers laid out for correction, as they were left if that was begun before.

        All `pages` of the form count as done: a corrected one leads back to the check.
        """
        known = self.drafts.find(application.id)
        if known and known.kind == CORRECTIONS:
            return known
        now = self.clock()
        draft = Draft(application.id, application.answers, now, now, kind=CORRECTIONS, done=pages)
        self._put(draft)
        return draft

    def close(self, draft_id: str) -> None:
        """The draft was sent: it is not needed any more."""
        self.drafts.remove(draft_id)

    def send_link(self, draft: Draft, occasion: str) -> bool:
        """Mail the link to come back to the address typed so far; False if there is none."""
        if not draft.email:
            return False
        self.mail.enqueue(self._mail("partners/draft_link", draft, occasion))
        return True

    def sweep(self) -> int:
        """Tell those who stopped, warn before the purge, purge; how many drafts were touched."""
        return sum(self._look_at(draft) for draft in self.drafts.list_untouched_since(self.clock() - IDLE))

    def _look_at(self, draft: Draft) -> bool:
        if draft.kind == CORRECTIONS:
            return False
        now, delays = self.clock(), self.office().delays
        if now >= draft.updated_at + timedelta(days=delays.draft_purge_days) and _was_warned(draft):
            self.drafts.remove(draft.id)
        elif now >= draft.updated_at + timedelta(days=delays.draft_notice_days) and not draft.noticed_at:
            self._tell("partners/draft_notice", draft, replace(draft, noticed_at=now))
        elif not draft.nudged_at:
            self._tell("partners/draft_link", draft, replace(draft, nudged_at=now))
        else:
            return False
        return True

    def _tell(self, template: str, draft: Draft, told: Draft) -> None:
        if draft.email:
            self.mail.enqueue(self._mail(template, draft, f"{template}-{draft.version}"))
        self._put(told)

    def _mail(self, template: str, draft: Draft, occasion: str) -> Message:
        purge_at = self._purge_at(draft)
        return Message(
            template=template,
            to=draft.email,
            record=draft.id,
            occasion=occasion,
            link=LinkRequest(RESUME_PAGE, draft.id, draft.email, _seconds(purge_at - self.clock())),
            context={
                "name": str(draft.answers.get("first_name", "")),
                "business_name": str(draft.answers.get("business_name", "")),
                "purge_on": french_date(purge_at),
            },
            reply_to=self.office().reply_to,
        )

    def _purge_at(self, draft: Draft) -> datetime:
        return draft.updated_at + timedelta(days=self.office().delays.draft_purge_days)

    def _put(self, draft: Draft) -> None:
        self.drafts.put(draft, self._purge_at(draft))


def _was_warned(draft: Draft) -> bool:
    return draft.noticed_at is not None or not draft.email


def _seconds(duration: timedelta) -> int:
    return max(3600, int(duration.total_seconds()))
