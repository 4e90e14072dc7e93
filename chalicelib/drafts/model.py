"""Answers on their way: never validated, kept until they are sent or purged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel.errors import NotFound

Answers = Mapping[str, Any]
CORRECTIONS = "corrections"


@dataclass(frozen=True)
class Draft:
    """What one person has typed so far into one form.

    A draft of kind `CORRECTIONS` belongs to the record with the same identifier; `done` are the pages
    that were complete. `version` counts its writings; 0 was never written.
    """

    id: str
    answers: Answers
    created_at: datetime
    updated_at: datetime
    kind: str = "new"
    version: int = 0
    noticed_at: datetime | None = None
    nudged_at: datetime | None = None
    done: tuple[str, ...] = field(default=())

    @property
    def email(self) -> str:
        """The address typed so far, in lower case, or the empty string."""
        return str(self.answers.get("email", "")).lower()

    @property
    def is_correction(self) -> bool:
        """Whether it corrects a record that was sent before."""
        return self.kind == CORRECTIONS


class Sent(Protocol):
    """A record that was made of a form: its identifier is its draft's."""

    @property
    def id(self) -> str:
        """Its identifier."""

    @property
    def answers(self) -> Answers:
        """What was sent."""


@dataclass(frozen=True)
class DraftedForm:
    """What the drafts of one form need to know of it.

    `resume_page` is the page of the link back; `link_mail` and `notice_mail` are the messages that carry it,
    written with `words` of the draft. `sent_answers` gives what was sent from the draft with this
    identifier, or None; `is_corrected` tells whether that record waits for no corrections any more. Where documents
    are joined to drafts, `erase_documents` forgets those of one.
    """

    name: str
    resume_page: str
    link_mail: str
    notice_mail: str
    words: Callable[[Draft], Mapping[str, str]]
    sent_answers: Callable[[str], Answers | None]
    is_corrected: Callable[[str], bool]
    erase_documents: Callable[[str], None] | None = None


class DraftUnknown(NotFound):
    """The draft was sent, purged, or never was."""

    def __init__(self) -> None:
        super().__init__(
            "Ce brouillon n’existe plus\u00a0: il a été envoyé ou effacé. Vous pouvez recommencer."
        )
