"""The stores and the outside world in memory, with the conditions of the real ones and nothing else.

`tests/integration/*/test_repository.py` runs the same contracts on these and on DynamoDB.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.decisions.model import Addressee, Decision, DecisionState
from chalicelib.drafts.model import Draft
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.letters import Letter
from chalicelib.kernel.ports import RunState, TaskSettled
from chalicelib.links.model import Link
from chalicelib.mail.model import (
    IN_TROUBLE,
    MailState,
    Message,
    OutboxMail,
    Refusal,
    RefusingAddress,
    RestoredAddress,
    address_key,
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

NOON = datetime(2027, 3, 3, 11, 0, tzinfo=UTC)
"""A working Wednesday, at noon in Paris."""


@dataclass
class FakeClock:
    """A clock that stands still until it is told to go on."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def wait(self, **duration: float) -> None:
        self.at += timedelta(**duration)


class Crash(Exception):
    """The function died here."""


class FakeOutbox:
    """The rows of mails."""

    def __init__(self) -> None:
        self.rows: dict[str, OutboxMail] = {}
        self.due_at: dict[str, datetime] = {}

    @property
    def messages(self) -> list[Message]:
        """Every mail handed in, in order."""
        return [row.message for row in self.rows.values()]

    def takes(self, messages: Iterable[Message]) -> bool:
        """Whether a transaction with these mails would go through; twice the same mail is an error."""
        keys = [message.key for message in messages]
        if len(set(keys)) < len(keys):
            raise ValueError("one transaction cannot write the same item twice")
        return not any(key in self.rows for key in keys)

    def put_within(self, messages: Iterable[Message], now: datetime) -> None:
        for message in messages:
            self.rows[message.key] = OutboxMail(
                message.key, message, MailState.NEW, now,
                link_subject=message.link.subject if message.link else "",
            )  # fmt: skip
            self.due_at[message.key] = now

    def put_once(self, message: Message, now: datetime) -> bool:
        if not self.takes([message]):
            return False
        self.put_within([message], now)
        return True

    def claim(self, key: str, now: datetime) -> OutboxMail | None:
        row = self.rows.get(key)
        if row is None or row.state is not MailState.NEW or (row.attempts and self.due_at[key] > now):
            return None
        counted = {"attempts": row.attempts + 1, "claims": row.claims + 1}
        return self._change(key, state=MailState.CLAIMED, claimed_at=now, **counted)

    def mark_sent(self, mail: OutboxMail, letter: Letter, service_id: str, now: datetime) -> None:
        if self._is_its(mail, MailState.CLAIMED, MailState.UNCERTAIN, MailState.SENT):
            self._change(mail.key, state=MailState.SENT, sent_at=now, subject=letter.subject)
            self._forget_words(mail.key)

    def mark_failed(self, mail: OutboxMail, reason: str) -> None:
        if self._is_its(mail, MailState.CLAIMED, MailState.UNCERTAIN):
            self._change(mail.key, state=MailState.FAILED, reason=reason)

    def mark_uncertain(self, mail: OutboxMail) -> None:
        if self._is_its(mail, MailState.CLAIMED):
            self._change(mail.key, state=MailState.UNCERTAIN)

    def release(self, mail: OutboxMail, due_at: datetime) -> None:
        if self._is_its(mail, MailState.CLAIMED):
            self.due_at[mail.key] = due_at
            self._change(mail.key, state=MailState.NEW)

    def withhold(self, mail: OutboxMail) -> None:
        if self._is_its(mail, MailState.CLAIMED):
            self._change(mail.key, state=MailState.WITHHELD)

    def let_go(self, mail: OutboxMail, now: datetime) -> bool:
        if self.rows[mail.key].state is not MailState.WITHHELD:
            return False
        self.due_at[mail.key] = now
        self._change(mail.key, state=MailState.NEW, attempts=0)
        return True

    def list_withheld(self) -> list[OutboxMail]:
        return self.list_in_state(MailState.WITHHELD)

    def resend(self, key: str, who: str, now: datetime) -> bool:
        if key not in self.rows or self.rows[key].state not in IN_TROUBLE:
            return False
        self.due_at[key] = now
        self._change(key, state=MailState.NEW, attempts=0, reason="", resent_by=who, resent_at=now)
        return True

    def settle(self, mail: OutboxMail, subject: str, who: str, now: datetime) -> bool:
        if mail.key not in self.rows or self.rows[mail.key].state not in IN_TROUBLE:
            return False
        told = {"subject": subject, "settled_by": who, "settled_at": now}
        self._change(mail.key, state=MailState.SETTLED, **told)
        self._forget_words(mail.key)
        return True

    def record_event(self, key: str, event: str, at: datetime) -> OutboxMail | None:
        if key not in self.rows:
            return None
        if getattr(self.rows[key], f"{event}_at") is None:
            self._change(key, **{f"{event}_at": at})
        if self.rows[key].state in (MailState.CLAIMED, MailState.UNCERTAIN):
            self._change(key, state=MailState.SENT)
            self._forget_words(key)
        return self.rows[key]

    def find(self, key: str) -> OutboxMail | None:
        return self.rows.get(key)

    def list_due(self, now: datetime) -> list[OutboxMail]:
        due = [row for row in self.list_in_state(MailState.NEW) if self.due_at[row.key] <= now]
        return sorted(due, key=lambda row: self.due_at[row.key])

    def list_claimed_before(self, limit: datetime) -> list[OutboxMail]:
        return [row for row in self.list_in_state(MailState.CLAIMED) if (row.claimed_at or NOON) <= limit]

    def list_in_state(self, state: MailState) -> list[OutboxMail]:
        return [row for row in self.rows.values() if row.state is state]

    def list_by_record(self, record: str) -> list[OutboxMail]:
        found = [row for row in self.rows.values() if row.message.record == record]
        return sorted(found, key=lambda row: (row.created_at, row.message.template))

    def _is_its(self, mail: OutboxMail, *states: MailState) -> bool:
        """Whether the row is in one of these states, and was claimed by nobody since `mail` was."""
        row = self.rows[mail.key]
        return row.state in states and row.claims == mail.claims

    def _forget_words(self, key: str) -> None:
        message = self.rows[key].message
        bare = Message(message.template, message.to, message.record, occasion="")
        self._change(key, message=bare)

    def _change(self, key: str, **changes: Any) -> OutboxMail:
        self.rows[key] = replace(self.rows[key], **changes)
        return self.rows[key]


class FakeAddresses:
    """The addresses that refuse our mails."""

    def __init__(self) -> None:
        self.refusing: dict[str, RefusingAddress] = {}
        self.restored: dict[str, RestoredAddress] = {}

    def refuse(self, email: str, why: Refusal, mailed_at: datetime, now: datetime) -> bool:
        key = address_key(email)
        restored = self.restored.get(key)
        if key in self.refusing or (restored and restored.at > mailed_at):
            return False
        self.refusing[key] = RefusingAddress(key, email.lower(), why, now)
        return True

    def find(self, key: str) -> RefusingAddress | None:
        return self.refusing.get(key)

    def restore(self, key: str, who: str, now: datetime) -> bool:
        address = self.refusing.pop(key, None)
        if address is None:
            return False
        self.restored[key] = RestoredAddress(address.email, who, now)
        return True

    def knows(self, key: str) -> bool:
        return key in self.refusing or key in self.restored

    def find_restored(self, key: str) -> RestoredAddress | None:
        return None if key in self.refusing else self.restored.get(key)

    def list_refusing(self) -> list[RefusingAddress]:
        return sorted(self.refusing.values(), key=lambda one: one.since)


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


class FakeDrafts:
    """The drafts."""

    def __init__(self, outbox: FakeOutbox) -> None:
        self.outbox = outbox
        self.drafts: dict[str, Draft] = {}
        self.purges: dict[str, datetime] = {}

    def find(self, draft_id: str) -> Draft | None:
        return self.drafts.get(draft_id)

    def put(self, draft: Draft, purge_at: datetime, mails: Sequence[Message] = ()) -> bool:
        stored = self.drafts.get(draft.id)
        if (stored.version if stored else 0) != draft.version - 1 or not self.outbox.takes(mails):
            return False
        self.drafts[draft.id], self.purges[draft.id] = draft, purge_at
        told_at = max(filter(None, (draft.updated_at, draft.nudged_at, draft.noticed_at)))
        self.outbox.put_within(mails, told_at)
        return True

    def remove(self, draft_id: str) -> None:
        self.drafts.pop(draft_id, None)

    def remove_unchanged(self, draft: Draft) -> bool:
        stored = self.drafts.get(draft.id)
        if stored is None or stored.version != draft.version:
            return False
        del self.drafts[draft.id]
        return True

    def list_untouched_since(self, limit: datetime) -> list[Draft]:
        found = [draft for draft in self.drafts.values() if draft.updated_at <= limit]
        return sorted(found, key=lambda draft: draft.updated_at)


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


class FakeDecisions:
    """The decisions."""

    def __init__(self, outbox: FakeOutbox) -> None:
        self.outbox = outbox
        self.decisions: dict[str, Decision] = {}
        self.settled_at: dict[str, datetime] = {}
        self.lines: dict[str, dict[str, HistoryLine]] = {}

    def add(self, decision: Decision, line: HistoryLine, mails: list[Message]) -> bool:
        if decision.id in self.decisions or not self.outbox.takes(mails):
            return False
        self.decisions[decision.id] = decision
        self._tell(decision.id, "asked", line, mails)
        return True

    def find(self, decision_id: str) -> Decision | None:
        return self.decisions.get(decision_id)

    def add_token(self, decision_id: str, task_token: str) -> None:
        if self._is_pending(decision_id) and task_token not in self.decisions[decision_id].task_tokens:
            tokens = (*self.decisions[decision_id].task_tokens, task_token)
            self._change(decision_id, task_tokens=tokens)

    def settle(self, decision: Decision, line: HistoryLine) -> bool:
        if not self._is_pending(decision.id):
            return False
        if self.decisions[decision.id].task_tokens != decision.task_tokens:
            return False
        self._change(decision.id, state=decision.state, answer=decision.answer)
        self.settled_at[decision.id] = line.at
        self._tell(decision.id, "settled", line, [])
        return True

    def mark_delivered(self, decision_id: str) -> None:
        assert not self._is_pending(decision_id)
        self._change(decision_id, is_delivered=True)

    def add_addressee(
        self, decision: Decision, addressee: Addressee, occasion: str, line: HistoryLine, mail: Message
    ) -> bool:
        known = self.decisions[decision.id].addressees
        key = f"to#{occasion}"
        if not self._may_note(decision.id, key, mail) or len(known) != len(decision.addressees):
            return False
        self._change(decision.id, addressees=(*known, addressee))
        self._tell(decision.id, key, line, [mail])
        return True

    def note(self, decision_id: str, occasion: str, line: HistoryLine, mail: Message) -> bool:
        if not self._may_note(decision_id, occasion, mail):
            return False
        self._tell(decision_id, occasion, line, [mail])
        return True

    def list_pending(self) -> list[Decision]:
        pending = [one for one in self.decisions.values() if one.state is DecisionState.PENDING]
        return sorted(pending, key=lambda one: one.asked_at)

    def list_undelivered(self, before: datetime) -> list[Decision]:
        settled = [self.decisions[key] for key, at in self.settled_at.items() if at <= before]
        return [one for one in settled if not one.is_delivered]

    def list_by_record(self, record: str) -> list[Decision]:
        found = [one for one in self.decisions.values() if one.question.record == record]
        return sorted(found, key=lambda one: one.asked_at)

    def list_history(self, decision_id: str) -> list[HistoryLine]:
        return sorted(self.lines.get(decision_id, {}).values(), key=lambda line: line.at)

    def _is_pending(self, decision_id: str) -> bool:
        found = self.decisions.get(decision_id)
        return found is not None and found.state is DecisionState.PENDING

    def _may_note(self, decision_id: str, key: str, mail: Message) -> bool:
        is_new = key not in self.lines[decision_id]
        return self._is_pending(decision_id) and is_new and self.outbox.takes([mail])

    def _tell(self, decision_id: str, key: str, line: HistoryLine, mails: list[Message]) -> None:
        self.lines.setdefault(decision_id, {})[key] = line
        self.outbox.put_within(mails, line.at)

    def _change(self, decision_id: str, **changes: Any) -> None:
        self.decisions[decision_id] = replace(self.decisions[decision_id], **changes)


class FakeLinks:
    """The minted links."""

    def __init__(self) -> None:
        self.links: dict[str, Link] = {}

    def add(self, link: Link) -> None:
        assert link.id not in self.links
        self.links[link.id] = link

    def find(self, link_id: str) -> Link | None:
        return self.links.get(link_id)


@dataclass
class FakeProcess:
    """A state machine by its runs alone."""

    name: str = "partners_onboarding"
    runs: dict[str, RunState] = field(default_factory=dict)
    inputs: dict[str, dict[str, Any]] = field(default_factory=dict)
    on_start: Callable[[str], None] | None = None

    def start(self, name: str, record_input: Mapping[str, Any]) -> None:
        if self.on_start:
            self.on_start(name)
        self.inputs.setdefault(name, dict(record_input))
        self.runs.setdefault(name, RunState.RUNNING)

    def state(self, name: str) -> RunState:
        return self.runs.get(name, RunState.UNKNOWN)


@dataclass
class FakeResumer:
    """The waiting states, by their tokens: each is answered once."""

    waiting: set[str] = field(default_factory=set)
    told: list[tuple[str, str]] = field(default_factory=list)

    def succeed(self, task_token: str, output: Mapping[str, Any]) -> None:
        self._settle(task_token, str(output["outcome"]))

    def fail(self, task_token: str, error: str, cause: str) -> None:
        self._settle(task_token, error)

    def _settle(self, task_token: str, what: str) -> None:
        if task_token not in self.waiting:
            raise TaskSettled("Cette étape est déjà close.")
        self.waiting.remove(task_token)
        self.told.append((task_token, what))
