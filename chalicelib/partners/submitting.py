"""A form that was sent becomes a file, once, and its process starts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from chalicelib.kernel import ids
from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.errors import AlreadySettled
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.ports import Process
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.partners import emails
from chalicelib.partners.fees import fee_of
from chalicelib.partners.model import Application, Status

REFERENCE_PREFIX = "ADH"


class SameKeyOtherAnswers(AlreadySettled):
    """A sending key was used again for other answers."""

    def __init__(self) -> None:
        super().__init__(
            "Cette clé d’envoi a déjà servi à une autre demande\u00a0: utilisez une nouvelle clé."
        )


class NewFiles(Protocol):
    """Where files come in, each in one transaction with its line of history and its mails."""

    def add(self, application: Application, line: HistoryLine, mails: list[Message]) -> bool:
        """Keep a new file in place of its draft; False if its identifier or reference is taken."""

    def find(self, application_id: str) -> Application | None:
        """The file, read strongly, or None."""

    def find_holder(self, email: str, siret: str) -> Application | None:
        """The file that holds this address or this SIRET, or None."""


class SentDrafts(Protocol):
    """The forms that were sent."""

    def close_sent(self, draft_id: str) -> None:
        """Forget what is left of a form that was sent before; corrections of it stay."""


@dataclass(frozen=True)
class Submission:
    """A form that was sent: its key, its valid answers, where it came from."""

    key: str
    answers: Mapping[str, Any]
    form_version: str
    origin: str = "web"


@dataclass(frozen=True)
class SubmissionService:
    """Takes forms in."""

    applications: NewFiles
    drafts: SentDrafts
    process: Process
    office: Callable[[], Office]
    clock: Clock
    process_version: str = ""

    def submit(self, submission: Submission) -> Application:
        """Take a form in, once per key, and start the process. Raises `SameKeyOtherAnswers`.

        A second file for a held address or SIRET is kept aside, and looks like a first one.
        """
        taken = self._taken_in(submission)
        self._start(taken)
        return taken

    def is_sent(self, key: str) -> bool:
        """Whether a file was made with this key; its process is started if a crash came before that."""
        known = self.applications.find(key)
        if known:
            self._start(known)
        return known is not None

    def _start(self, application: Application) -> None:
        if application.status in {Status.AWAITING_CONFIRMATION, Status.DUPLICATE}:
            # The run of a file that is set aside ends at once: the answer takes as long for both.
            self.process.start(application.run_name, application.run_input)

    def _taken_in(self, submission: Submission) -> Application:
        """The new file, or the one that was made with this key before."""
        application = self._new(submission)
        holder = self.applications.find_holder(application.email, application.siret)
        if holder:
            application = replace(application, status=Status.DUPLICATE)
        mails = [emails.already_known(holder, application, self.office())] if holder else []
        line = HistoryLine(application.created_at, application.contact_name, "Demande envoyée")
        if self.applications.add(application, line, mails):
            return application
        known = self.applications.find(submission.key)
        return self._sent_again(known, submission) if known else self._taken_in(submission)

    def _sent_again(self, known: Application, submission: Submission) -> Application:
        if dict(known.answers) != dict(submission.answers):
            raise SameKeyOtherAnswers
        self.drafts.close_sent(known.id)
        return known

    def _new(self, submission: Submission) -> Application:
        now = self.clock()
        office = self.office()
        return Application(
            id=submission.key,
            reference=ids.new_reference(REFERENCE_PREFIX),
            status=Status.AWAITING_CONFIRMATION,
            status_since=now,
            answers=submission.answers,
            fee=fee_of(submission.answers, office, paris_day(now)),
            created_at=now,
            office_version=office.version,
            form_version=submission.form_version,
            process_version=self.process_version,
            origin=submission.origin,
        )
