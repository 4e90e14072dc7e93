"""The membership files in memory."""

from dataclasses import replace
from datetime import datetime

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import (
    Message,
)
from chalicelib.partners.model import (
    IN_PROGRESS,
    AlreadyKnown,
    Application,
    Change,
    Event,
    Status,
    leaves_identity,
    takes_identity,
)
from tests.fakes.drafts import FakeDrafts
from tests.fakes.mail import FakeOutbox


def identity_keys(email: str, siret: str) -> list[str]:
    """What a file holds alone: its address, and its SIRET if it has one."""
    return [f"EMAIL#{email.lower()}"] + ([f"SIRET#{siret}"] if siret else [])


class FakeApplications:
    """The membership files."""

    def __init__(self, outbox: FakeOutbox, drafts: "FakeDrafts") -> None:
        self.outbox, self.drafts = outbox, drafts
        self.files: dict[str, Application] = {}
        self.lines: dict[str, dict[int, HistoryLine]] = {}
        self.pointers: dict[str, str] = {}

    def add(self, application: Application, line: HistoryLine, mails: list[Message]) -> bool:
        reference = f"REFERENCE#{application.reference}"
        if application.id in self.files or reference in self.pointers or not self.outbox.takes(mails):
            return False
        self.files[application.id] = application
        self.pointers[reference] = application.id
        self._tell(application, line, mails)
        self.drafts.remove(application.id)
        return True

    def find(self, application_id: str) -> Application | None:
        return self.files.get(application_id)

    def find_by_reference(self, reference: str) -> Application | None:
        return self.files.get(self.pointers.get(f"REFERENCE#{reference}", ""))

    def find_holder(self, email: str, siret: str) -> Application | None:
        held = (self.files.get(self.pointers.get(key, "")) for key in identity_keys(email, siret))
        return next((application for application in held if application), None)

    def save(self, change: Change, mails: list[Message]) -> None:
        stored = self.files.get(change.before.id)
        if stored is None or stored.version != change.before.version:
            raise ChangedMeanwhile("Ce dossier a changé entre-temps.")
        before = set(identity_keys(change.before.email, change.before.siret))
        after = set(identity_keys(change.after.email, change.after.siret))
        if takes_identity(change):
            before = set()
        elif leaves_identity(change):
            after = set()
        if any(self.pointers.get(key) in self.files for key in after - before) or not self.outbox.takes(
            mails
        ):
            raise AlreadyKnown("Un autre dossier existe.")
        for key in before - after:
            assert self.pointers.pop(key) == change.after.id
        self.pointers |= dict.fromkeys(after - before, change.after.id)
        self.files[change.after.id] = change.after
        self._tell(change.after, change.line, mails)
        if change.event is Event.CORRECTED:
            self.drafts.remove(change.after.id)

    def renew_run(self, application: Application) -> Application:
        stored = self.files[application.id]
        if (stored.version, stored.run) != (application.version, application.run):
            raise ChangedMeanwhile("Ce dossier a changé entre-temps.")
        self.files[stored.id] = replace(stored, run=stored.run + 1)
        return self.files[stored.id]

    def list_in_status(self, status: Status) -> list[Application]:
        found = [file for file in self.files.values() if file.status is status]
        return sorted(found, key=lambda file: file.status_since)

    def list_in_progress(self, unchanged_since: datetime) -> list[str]:
        found = (file for status in sorted(IN_PROGRESS) for file in self.list_in_status(status))
        return [file.id for file in found if file.status_since <= unchanged_since]

    def list_recent(self, status: Status) -> list[Application]:
        return self.list_in_status(status)[::-1]

    def list_by_email(self, email: str) -> list[Application]:
        found = [file for file in self.files.values() if file.email == email.lower()]
        return sorted(found, key=lambda file: file.created_at, reverse=True)

    def list_history(self, application_id: str) -> list[HistoryLine]:
        return [line for _, line in sorted(self.lines.get(application_id, {}).items())]

    def _tell(self, application: Application, line: HistoryLine, mails: list[Message]) -> None:
        lines = self.lines.setdefault(application.id, {})
        assert application.version not in lines
        lines[application.version] = line
        self.outbox.put_within(mails, line.at)


class FakeClosedFiles:
    """The files and their drafts, for erasing."""

    def __init__(self, applications: FakeApplications, drafts: FakeDrafts) -> None:
        self.applications, self.drafts = applications, drafts

    def list_unchanged_since(self, status: Status, limit: datetime) -> list[str]:
        found = self.applications.list_in_status(status)
        return [file.id for file in found if file.status_since <= limit]

    def find(self, application_id: str) -> Application | None:
        return self.applications.find(application_id)

    def erase(self, application: Application) -> bool:
        stored = self.find(application.id)
        if not stored or (stored.version, stored.status) != (application.version, application.status):
            return False
        del self.applications.files[stored.id], self.applications.lines[stored.id]
        del self.applications.pointers[f"REFERENCE#{stored.reference}"]
        self.drafts.remove(stored.id)
        return True
