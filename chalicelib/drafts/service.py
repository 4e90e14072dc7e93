"""Drafts: saved page by page, found again by a link, purged after a notice; never validated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from chalicelib.drafts.model import CORRECTIONS, Answers, Draft, DraftedForm, DraftUnknown, Sent
from chalicelib.kernel import ids
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.french import french_date
from chalicelib.kernel.rounds import one_by_one
from chalicelib.links.model import LinkRequest
from chalicelib.mail.model import Message
from chalicelib.office.model import Office

IDLE = timedelta(hours=2)
"""A person who stopped for that long gets the link to come back, once."""
ATTEMPTS = 5


class DraftStore(Protocol):
    """The drafts of one form."""

    def find(self, draft_id: str) -> Draft | None:
        """The draft, or None."""

    def put(self, draft: Draft, purge_at: datetime, mails: Sequence[Message] = ()) -> bool:
        """Keep the next version of a draft with its mails; False if it changed meanwhile, or is gone.

        Version 1 is a new one. It is forgotten by itself a while after `purge_at`.
        """

    def remove(self, draft_id: str) -> None:
        """Forget the draft."""

    def remove_unchanged(self, draft: Draft) -> bool:
        """Forget the draft; False if it changed meanwhile."""

    def list_untouched_since(self, limit: datetime) -> list[Draft]:
        """The drafts not changed after `limit`, oldest first."""


class MailDesk(Protocol):
    """Takes mails that go on their own."""

    def enqueue(self, message: Message) -> bool:
        """Add a mail; False if that very mail is there already."""


@dataclass(frozen=True)
class DraftService:
    """What happens to the drafts of one form."""

    form: DraftedForm
    drafts: DraftStore
    mail: MailDesk
    office: Callable[[], Office]
    clock: Clock

    def begin(self, answers: Answers, done: str = "", draft_id: str = "") -> Draft:
        """A draft, made at the first save; begun again under the same identifier, it is the same one."""
        now = self.clock()
        draft = Draft(id=draft_id or ids.new_id(), answers={}, created_at=now, updated_at=now)
        return self.revise(draft, lambda known: {**known, **answers}, done)

    def get(self, draft_id: str) -> Draft:
        """The draft. Raises `DraftUnknown`."""
        draft = self.drafts.find(draft_id)
        if draft is None:
            raise DraftUnknown
        return draft

    def find(self, draft_id: str) -> Draft | None:
        """The draft, or None."""
        return self.drafts.find(draft_id)

    def revise(self, draft: Draft, revised: Callable[[Answers], Answers], done: str = "") -> Draft:
        """Keep what `revised` makes of the answers; `done` names the page that they complete.

        Saved from two places at once, each revises what the other kept. Raises `DraftUnknown`
        when the draft was sent or purged meanwhile.
        """
        for _ in range(ATTEMPTS):
            pages = draft.done if not done or done in draft.done else (*draft.done, done)
            now, answers = self.clock(), revised(draft.answers)
            saved = self._next(draft, answers=answers, updated_at=now, done=pages, noticed_at=None)
            if self._put(saved):
                return saved
            draft = self.get(draft.id)
        raise ChangedMeanwhile("Ce formulaire est modifié depuis un autre onglet\u00a0: rechargez la page.")

    def open_corrections(self, record: Sent, pages: tuple[str, ...] = ()) -> Draft:
        """A record's answers laid out for correction, as they were left if that was begun before.

        All `pages` of the form count as done: a corrected one leads back to the check.
        """
        now = self.clock()
        fresh = Draft(record.id, record.answers, now, now, kind=CORRECTIONS, version=1, done=pages)
        if self._put(fresh):
            return fresh
        known = self.get(record.id)
        if known.is_correction:
            return known
        fresh = replace(fresh, version=known.version + 1)
        return fresh if self._put(fresh) else self.get(record.id)

    def close(self, draft_id: str) -> None:
        """The draft was sent: it is not needed any more."""
        self.drafts.remove(draft_id)

    def close_sent(self, draft_id: str) -> None:
        """Forget what is left of a form that was sent before; corrections of it stay."""
        left = self.drafts.find(draft_id)
        if left and not left.is_correction:
            self.drafts.remove_unchanged(left)

    def send_link(self, draft: Draft, occasion: str) -> bool:
        """Mail the link to come back to the address typed so far; False if there is none."""
        if not draft.email:
            return False
        self.mail.enqueue(self._mail(self.form.link_mail, draft, occasion))
        return True

    def sweep(self) -> int:
        """Tell those who stopped, warn before the purge, purge; how many drafts were touched."""
        return one_by_one(self.drafts.list_untouched_since(self.clock() - IDLE), self._look_at)

    def _look_at(self, draft: Draft) -> bool:
        if draft.is_correction:
            return self.form.is_corrected(draft.id) and self.drafts.remove_unchanged(draft)
        now = self.clock()
        is_old, sent = now >= self._purge_at(draft), self.form.sent_answers(draft.id)
        if sent is not None:
            # What was typed after the sending is not lost without a word: its author is shown it.
            return (is_old or sent == draft.answers) and self.drafts.remove_unchanged(draft)
        if is_old and (draft.noticed_at or not draft.email):
            return self._purge(draft)
        if not draft.email or draft.noticed_at:
            return False
        if now >= self._notice_at(draft):
            return self._tell(self.form.notice_mail, draft, noticed_at=now)
        return not draft.nudged_at and self._tell(self.form.link_mail, draft, nudged_at=now)

    def _purge(self, draft: Draft) -> bool:
        """Forget a draft; one that may have documents is emptied first, and goes with them in the next round.

        Nobody is on its pages by then, nor has a form to send one more. The list of drafts may lag behind.
        """
        if self.form.erase_documents is None:
            return self.drafts.remove_unchanged(draft)
        if draft.answers:
            return self._put(self._next(draft, answers={}))
        if self.drafts.find(draft.id) != draft:
            return False
        self.form.erase_documents(draft.id)
        return self.drafts.remove_unchanged(draft)

    def _tell(self, template: str, draft: Draft, **told: datetime) -> bool:
        """Note it and mail it in one; who came back meanwhile is left alone."""
        marked = self._next(draft, **told)
        return self._put(marked, [self._mail(template, marked, f"{template}-{draft.version}")])

    def _mail(self, template: str, draft: Draft, occasion: str) -> Message:
        purge_at = self._purge_at(draft)
        return Message(
            template=template,
            to=draft.email,
            record=draft.id,
            occasion=occasion,
            link=LinkRequest(self.form.resume_page, draft.id, draft.email, _seconds(purge_at - self.clock())),
            context={**self.form.words(draft), "purge_on": french_date(purge_at)},
            reply_to=self.office().reply_to,
        )

    def _notice_at(self, draft: Draft) -> datetime:
        return draft.updated_at + timedelta(days=self.office().delays.draft_notice_days)

    def _purge_at(self, draft: Draft) -> datetime:
        """The end of the draft; a notice that went out late puts it off."""
        delays = self.office().delays
        if draft.is_correction:
            return draft.updated_at + timedelta(days=delays.correction_days)
        warned_at = max(draft.noticed_at or self._notice_at(draft), self._notice_at(draft))
        return warned_at + timedelta(days=delays.draft_purge_days - delays.draft_notice_days)

    def _next(self, draft: Draft, **changes: Any) -> Draft:
        return replace(draft, version=draft.version + 1, **changes)

    def _put(self, draft: Draft, mails: Sequence[Message] = ()) -> bool:
        return self.drafts.put(draft, self._purge_at(draft), mails)


def _seconds(duration: timedelta) -> int:
    return max(3600, int(duration.total_seconds()))
