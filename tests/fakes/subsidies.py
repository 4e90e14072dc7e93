"""The aid files, the money and the register in memory; partners that may apply."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.subsidies.applicants import Partner
from chalicelib.subsidies.batches import Batch, Transfer
from chalicelib.subsidies.changes import Change
from chalicelib.subsidies.de_minimis import PastAid
from chalicelib.subsidies.envelope import Envelope, EnvelopeExhausted, Movement, Queue, movement, share_of
from chalicelib.subsidies.model import Subsidy, UnitTaken
from chalicelib.subsidies.register_repository import GIVER, Aids
from chalicelib.subsidies.statuses import PAYING, Status
from chalicelib.subsidies.totals import Past, Total, total_of
from chalicelib.uploads.model import Upload
from tests.fakes.clock import NOON
from tests.fakes.drafts import FakeDrafts
from tests.fakes.mail import FakeOutbox

NOTHING_SEEN: Mapping[str, int] = MappingProxyType({})


class FakeMoney:
    """The envelopes and the queue."""

    def __init__(self) -> None:
        self.years: dict[int, Envelope] = {}
        self.turns: dict[str, str] = {}
        self.waiting_cents = 0
        self.past: dict[tuple[int, str], Total] = {}

    def open_year(self, year: int, budget: int) -> Envelope:
        known = self.years.setdefault(year, Envelope(year, budget, budget))
        more = budget - known.budget
        if more and known.free + more >= 0:
            self.years[year] = replace(known, budget=budget, free=known.free + more)
        return self.years[year]

    def find_year(self, year: int) -> Envelope | None:
        return self.years.get(year)

    def list_years(self) -> list[Envelope]:
        return [self.years[year] for year in sorted(self.years)]

    def list_past(self) -> list[Past]:
        return [Past(*key, total) for key, total in sorted(self.past.items())]

    def settle(self, subsidy: Subsidy) -> None:
        total, key = total_of(subsidy), (subsidy.envelope_year, subsidy.request.category)
        if total != Total():
            self.past[key] = self.past.get(key, Total()) + total

    def queue(self) -> Queue:
        return Queue(len(self.turns), self.waiting_cents)

    def list_waiting(self) -> Sequence[str]:
        return [self.turns[turn] for turn in sorted(self.turns)]

    def allows(self, moved: Movement) -> bool:
        """Whether nothing becomes negative, and nobody who waits is passed over."""
        if moved.takes and self.turns and not moved.is_from_queue:
            return False
        return all(
            year in self.years and min(self._after(year, share)) >= 0 for year, share in moved.years.items()
        )

    def move(self, change: Change, moved: Movement) -> None:
        for year, share in moved.years.items():
            free, reserved, consumed = self._after(year, share)
            self.years[year] = replace(self.years[year], free=free, reserved=reserved, consumed=consumed)
        if moved.waiting > 0:
            self.turns[_turn(change.after)] = change.after.id
        elif moved.waiting < 0:
            del self.turns[_turn(change.before)]
        self.waiting_cents += moved.waiting_cents

    def _after(self, year: int, share: Iterable[int]) -> tuple[int, int, int]:
        known = self.years[year]
        free, reserved, consumed = (
            mine + more
            for mine, more in zip((known.free, known.reserved, known.consumed), share, strict=True)
        )
        return free, reserved, consumed


def _turn(subsidy: Subsidy) -> str:
    assert subsidy.accepted_at
    return f"{subsidy.accepted_at.isoformat()}#{subsidy.id}"


class FakeRegister:
    """The register of this office's own aids."""

    def __init__(self) -> None:
        self.aids: dict[str, dict[str, PastAid]] = {}
        self.changes: dict[str, int] = {}

    def read(self, owners: Iterable[str], without: str = "") -> Aids:
        owners = list(dict.fromkeys(owners))
        found = {
            owner: tuple(aid for key, aid in sorted(self.aids.get(owner, {}).items()) if key != without)
            for owner in owners
        }
        return Aids(found, {owner: self.changes.get(owner, 0) for owner in owners})

    def allows(self, change: Change, seen: Mapping[str, int]) -> bool:
        if share_of(change.before).free == share_of(change.after).free:
            return True
        return all(self.changes.get(owner, 0) == version for owner, version in seen.items())

    def move(self, change: Change, seen: Mapping[str, int]) -> None:
        before, after = -share_of(change.before).free, -share_of(change.after).free
        if before == after:
            return
        mine = self.aids.setdefault(change.after.owner, {})
        if after:
            assert change.after.granted_on
            mine[change.after.id] = PastAid(change.after.granted_on, after, GIVER, change.after.owner)
        else:
            del mine[change.after.id]
        for owner in seen:
            self.changes[owner] = self.changes.get(owner, 0) + 1

    def forget(self, subsidy: Subsidy) -> None:
        self.aids.get(subsidy.owner, {}).pop(subsidy.id, None)
        for owner in (subsidy.owner, *subsidy.request.linked_sirens):
            if not self.aids.get(owner):
                self.changes.pop(owner, None)


class FakeSubsidies:
    """The aid files."""

    def __init__(
        self, outbox: FakeOutbox, drafts: FakeDrafts, money: FakeMoney, register: FakeRegister
    ) -> None:
        self.outbox, self.drafts, self.money, self.register = outbox, drafts, money, register
        self.files: dict[str, Subsidy] = {}
        self.lines: dict[str, dict[int, HistoryLine]] = {}
        self.units: dict[str, str] = {}
        self.free_from: dict[str, date] = {}

    def add(self, subsidy: Subsidy, line: HistoryLine, mails: list[Message]) -> bool:
        if subsidy.id in self.files or self.find_by_reference(subsidy.reference):
            return False
        if self.find_holder(subsidy.units, paris_day(line.at)):
            raise UnitTaken
        self.files[subsidy.id] = subsidy
        self._hold(subsidy, subsidy.units)
        self._tell(subsidy, line, mails)
        self.drafts.remove(subsidy.id)
        return True

    def find(self, subsidy_id: str) -> Subsidy | None:
        return self.files.get(subsidy_id)

    def find_by_reference(self, reference: str) -> Subsidy | None:
        return next((file for file in self.files.values() if file.reference == reference), None)

    def find_holder(self, units: Iterable[str], on: date) -> Subsidy | None:
        held = sorted(
            unit for unit in units if unit in self.units and self.free_from.get(unit, date.max) > on
        )
        return self.files[self.units[held[0]]] if held else None

    def save(self, change: Change, mails: list[Message], seen: Mapping[str, int] = NOTHING_SEEN) -> None:
        stored = self.files.get(change.before.id)
        if stored is None or stored.version != change.before.version:
            raise ChangedMeanwhile("Ce dossier a changé entre-temps.")
        before, moved = set(change.before.units), movement(change)
        after = set() if change.frees_units else set(change.after.units)
        if self.find_holder(after - before, paris_day(change.line.at)):
            raise UnitTaken
        if not self.money.allows(moved):
            raise EnvelopeExhausted("L’enveloppe est épuisée.")
        if not self.register.allows(change, seen) or not self.outbox.takes(mails):
            raise ChangedMeanwhile("Ce dossier a changé entre-temps.")
        self.money.move(change, moved)
        self.register.move(change, seen)
        for unit in before - after:
            self.units.pop(unit, None)
        self._hold(change.after, after - before)
        if change.frees_units_from:
            self.free_from |= dict.fromkeys(after, change.frees_units_from)
        self.files[change.after.id] = change.after
        self._tell(change.after, change.line, mails)
        if change.closes_draft:
            self.drafts.remove(change.closes_draft)

    def renew_run(self, subsidy: Subsidy) -> Subsidy:
        stored = self.files[subsidy.id]
        if (stored.version, stored.run) != (subsidy.version, subsidy.run):
            raise ChangedMeanwhile("Ce dossier a changé entre-temps.")
        self.files[stored.id] = replace(stored, run=stored.run + 1)
        return self.files[stored.id]

    def renew_payment_run(self, subsidy: Subsidy) -> Subsidy:
        stored = self.files[subsidy.id]
        if (stored.version, stored.run) != (subsidy.version, subsidy.run):
            raise ChangedMeanwhile("Ce dossier a changé entre-temps.")
        self.files[stored.id] = replace(stored, payment_run=subsidy.payment_run + 1)
        return self.files[stored.id]

    def list_being_paid(self, unchanged_since: datetime) -> list[str]:
        found = [file for file in self.files.values() if file.status in PAYING]
        return [file.id for file in found if file.status_since <= unchanged_since]

    def list_in_status(self, status: Status) -> list[Subsidy]:
        found = [file for file in self.files.values() if file.status is status]
        return sorted(found, key=lambda file: file.status_since)

    def list_recent(self, status: Status) -> list[Subsidy]:
        return self.list_in_status(status)[::-1]

    def list_by_email(self, email: str) -> list[Subsidy]:
        found = [file for file in self.files.values() if file.email == email.lower()]
        return sorted(found, key=lambda file: file.created_at, reverse=True)

    def list_in_progress(self, unchanged_since: datetime) -> list[str]:
        return [
            file.id
            for file in self.files.values()
            if file.is_in_progress and file.status_since <= unchanged_since
        ]

    def list_history(self, subsidy_id: str) -> list[HistoryLine]:
        return [line for _, line in sorted(self.lines.get(subsidy_id, {}).items())]

    def _hold(self, subsidy: Subsidy, units: Iterable[str]) -> None:
        for unit in units:
            self.units[unit] = subsidy.id
            self.free_from.pop(unit, None)

    def _tell(self, subsidy: Subsidy, line: HistoryLine, mails: list[Message]) -> None:
        lines = self.lines.setdefault(subsidy.id, {})
        assert subsidy.version not in lines
        lines[subsidy.version] = line
        self.outbox.put_within(mails, line.at)


class FakeEndedFiles:
    """The aid files with all that belongs to them, for erasing."""

    def __init__(self, subsidies: FakeSubsidies, batches: "FakeBatches") -> None:
        self.subsidies, self.batches = subsidies, batches

    def list_unchanged_since(self, status: Status, limit: datetime) -> list[str]:
        found = self.subsidies.list_in_status(status)
        return [file.id for file in found if file.status_since <= limit]

    def find(self, subsidy_id: str) -> Subsidy | None:
        return self.subsidies.find(subsidy_id)

    def erase(self, subsidy: Subsidy) -> bool:
        stored, all_of = self.find(subsidy.id), self.subsidies
        if not stored or (stored.version, stored.status) != (subsidy.version, subsidy.status):
            return False
        del all_of.files[stored.id]
        all_of.lines.pop(stored.id, None)
        all_of.units = {unit: holder for unit, holder in all_of.units.items() if holder != stored.id}
        for draft_id in (stored.id, stored.proofs_draft):
            all_of.drafts.remove(draft_id)
        for transfers in self.batches.transfers.values():
            transfers.pop(stored.id, None)
        all_of.money.settle(stored)
        all_of.register.forget(stored)
        return True


class FakeShelves:
    """The documents that were joined, by their owner."""

    def __init__(self) -> None:
        self.uploads: dict[str, dict[str, Upload]] = {}

    def arrives(self, owner: str, kind: str) -> None:
        """A document of this kind, kept."""
        shelf = self.uploads.setdefault(owner, {})
        upload_id = f"{kind}-{len(shelf)}"
        shelf[upload_id] = Upload(owner, kind, upload_id, f"{kind}.pdf", 9, NOON)

    def list_of(self, owner: str) -> list[Upload]:
        return list(self.uploads.get(owner, {}).values())

    def destroy(self, upload: Upload) -> None:
        self.uploads.get(upload.owner, {}).pop(upload.id, None)

    def erase(self, owner: str) -> None:
        self.uploads.pop(owner, None)


class FakePartners:
    """The partners."""

    def __init__(self, *partners: Partner) -> None:
        self.partners = {partner.id: partner for partner in partners}

    def find(self, partner_id: str) -> Partner | None:
        return self.partners.get(partner_id)

    def list_of(self, email: str) -> list[Partner]:
        return [partner for partner in self.partners.values() if partner.email == email]

    def list_active(self) -> list[Partner]:
        return [partner for partner in self.partners.values() if partner.active_until]


class FakeBatches:
    """The batches and what is in them."""

    def __init__(self, files: FakeSubsidies) -> None:
        self.files = files
        self.batches: dict[str, Batch] = {}
        self.transfers: dict[str, dict[str, Transfer]] = {}

    def begin(self, batch: Batch) -> Batch:
        return self.batches.setdefault(batch.id, batch)

    def collect(self, batch: Batch, change: Change, transfer: Transfer, mails: list[Message]) -> None:
        mine = self.transfers.setdefault(batch.id, {})
        known = self.batches.get(batch.id)
        if known is None or known.is_closed or transfer.subsidy_id in mine:
            raise ChangedMeanwhile("Ce paiement a changé entre-temps.")
        self.files.save(change, mails)
        mine[transfer.subsidy_id] = transfer

    def close(self, batch: Batch) -> None:
        self.batches[batch.id] = replace(self.batches[batch.id], is_closed=True)

    def forget_accounts(self, batch: Batch) -> None:
        for key, known in self.transfers.get(batch.id, {}).items():
            self.transfers[batch.id][key] = replace(known, account=known.account.forgotten())
        self.batches[batch.id] = replace(self.batches[batch.id], is_forgotten=True)

    def remove_empty(self, batch: Batch) -> bool:
        if self.transfers.get(batch.id):
            return False
        del self.batches[batch.id]
        return True

    def find(self, batch_id: str) -> Batch | None:
        return self.batches.get(batch_id)

    def list_all(self) -> list[Batch]:
        return sorted(self.batches.values(), key=lambda batch: batch.created_at, reverse=True)

    def list_transfers(self, batch_id: str) -> list[Transfer]:
        return sorted(self.transfers.get(batch_id, {}).values(), key=lambda transfer: transfer.reference)
