"""Sessions, registrations and seats in memory, and the days that people missed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.trainings.model import Change, Registration, Session, SessionChange
from chalicelib.trainings.seats import Priority, Seats
from chalicelib.trainings.statuses import OPEN, SessionStatus, Status
from tests.fakes.mail import FakeOutbox

Needs = Mapping[str, str]
NO_NEEDS: Needs = MappingProxyType({})
CHANGED = "Cette session ou cette inscription a changé entre-temps."
DRIVEN_SESSIONS = (SessionStatus.AWAITING_APPROVAL, *sorted(OPEN), SessionStatus.CANCELLED)
DRIVEN = (Status.PENDING, Status.OFFERED)


class FakeSeats:
    """The seats of each session, which change with a session as well as with a registration."""

    def __init__(self) -> None:
        self.of: dict[str, Seats] = {}

    def allows(self, pair: tuple[Seats, Seats] | None) -> bool:
        """Whether nobody changed them since they were read."""
        return pair is None or self.of[pair[0].session_id].version == pair[0].version

    def write(self, before: Seats, after: Seats) -> None:
        self.of[before.session_id] = replace(after, version=before.version + 1)

    def with_arrival(self, one: Registration) -> Seats | None:
        """The seats once this one came; None when nobody can be put there."""
        seats = self.of[one.session_id]
        if one.status is Status.PENDING:
            return seats if seats.is_open else None
        fits = seats.is_full if one.status is Status.WAITING else not seats.is_full
        moved = seats.moved(one.id, None, one.status, Priority(one.priority))
        return replace(moved, version=seats.version + 1) if seats.is_open and fits else None


class FakeLines:
    """The lines of history, by reference and version: there is one for each change."""

    def __init__(self) -> None:
        self.lines: dict[str, dict[int, HistoryLine]] = {}

    def has(self, record: Session | Registration) -> bool:
        return record.version in self.lines.get(record.reference, {})

    def put(self, record: Session | Registration, line: HistoryLine) -> None:
        assert not self.has(record)
        self.lines.setdefault(record.reference, {})[record.version] = line

    def list_history(self, record: Session | Registration) -> list[HistoryLine]:
        return [line for _, line in sorted(self.lines.get(record.reference, {}).items())]


class FakeSessions(FakeLines):
    """The sessions."""

    def __init__(self, outbox: FakeOutbox, seats: FakeSeats) -> None:
        super().__init__()
        self.outbox, self.seats = outbox, seats
        self.sessions: dict[str, Session] = {}

    def add(self, session: Session, seats: Seats, line: HistoryLine) -> bool:
        if session.id in self.sessions or self.find_by_reference(session.reference):
            return False
        self.sessions[session.id] = session
        self.seats.of[session.id] = seats
        self.put(session, line)
        return True

    def find(self, session_id: str) -> Session | None:
        return self.sessions.get(session_id)

    def find_by_reference(self, reference: str) -> Session | None:
        return next((one for one in self.sessions.values() if one.reference == reference), None)

    def find_all(self, session_ids: Iterable[str]) -> dict[str, Session]:
        return {key: self.sessions[key] for key in session_ids if key in self.sessions}

    def save(
        self, change: SessionChange, mails: Sequence[Message], seats: tuple[Seats, Seats] | None = None
    ) -> None:
        known = self.sessions.get(change.before.id)
        if known is None or known.version != change.before.version or not self.seats.allows(seats):
            raise ChangedMeanwhile(CHANGED)
        if not self.outbox.takes(mails):
            raise ChangedMeanwhile(CHANGED)
        self.sessions[known.id] = change.after
        self.put(change.after, change.line)
        self.outbox.put_within(mails, change.line.at)
        if seats:
            self.seats.write(*seats)

    def renew_run(self, session: Session) -> Session:
        known = self.sessions[session.id]
        if (known.version, known.run) != (session.version, session.run):
            raise ChangedMeanwhile(CHANGED)
        self.sessions[known.id] = replace(known, run=known.run + 1)
        return self.sessions[known.id]

    def list_in_status(self, *statuses: SessionStatus) -> list[Session]:
        return [one for status in statuses for one in self._since(status)]

    def list_in_progress(self, unchanged_since: datetime) -> list[str]:
        found = self.list_in_status(*DRIVEN_SESSIONS)
        return [one.id for one in found if one.is_in_progress and one.status_since <= unchanged_since]

    def _since(self, status: SessionStatus) -> list[Session]:
        found = [one for one in self.sessions.values() if one.status is status]
        return sorted(found, key=lambda one: one.status_since)


class FakeRegistrations(FakeLines):
    """The registrations, the people who have one, and how many each structure has."""

    def __init__(self, outbox: FakeOutbox, seats: FakeSeats) -> None:
        super().__init__()
        self.outbox, self.all_seats = outbox, seats
        self.registrations: dict[str, Registration] = {}
        self.people: dict[tuple[str, str], str] = {}
        self.live: dict[tuple[str, str], int] = {}
        self.needs: dict[str, Needs] = {}
        self.needed_until: dict[str, datetime] = {}
        self.codes: dict[str, str] = {}

    def seats(self, session_id: str) -> Seats:
        return self.all_seats.of[session_id]

    def seats_of(self, session_ids: Sequence[str]) -> dict[str, Seats]:
        return {key: self.all_seats.of[key] for key in session_ids if key in self.all_seats.of}

    def add(
        self,
        registration: Registration,
        line: HistoryLine,
        mails: Sequence[Message],
        limit: int | None,
        needs: tuple[Needs, datetime] | None = None,
    ) -> bool:
        seats = self.all_seats.with_arrival(registration)
        if seats is None or not self._is_new(registration) or not self._has_room(registration, limit):
            return False
        if not self.outbox.takes(mails):
            return False
        self.all_seats.of[seats.session_id] = seats
        self._write(Change(None, registration, line, None))
        self.outbox.put_within(mails, line.at)
        if needs and any(needs[0].values()):
            self.needs[registration.id] = dict(needs[0])
            self.needed_until[registration.id] = needs[1]
        return True

    def save(
        self, changes: Sequence[Change], mails: Sequence[Message], seats: tuple[Seats, Seats] | None = None
    ) -> None:
        moves = seats if seats and seats[0] != seats[1] else None
        shut = moves is None and any(one.before is None and not self._is_open(one) for one in changes)
        fits = all(map(self._is_unchanged, changes)) and self.all_seats.allows(moves) and not shut
        if not fits or not self.outbox.takes(mails):
            raise ChangedMeanwhile(CHANGED)
        for one in changes:
            self._write(one)
        if mails:
            self.outbox.put_within(mails, changes[0].line.at)
        if moves:
            self.all_seats.write(*moves)

    def save_certified(self, change: Change, code: str, mails: Sequence[Message]) -> None:
        if code in self.codes:
            raise ChangedMeanwhile(CHANGED)
        self.save([change], mails)
        self.codes[code] = change.after.id

    def find_by_code(self, code: str) -> Registration | None:
        return self.find(self.codes.get(code, ""))

    def list_in_status(self, status: Status, since: datetime) -> list[Registration]:
        found = [one for one in self.registrations.values() if one.status is status]
        return sorted((one for one in found if one.status_since >= since), key=lambda one: one.status_since)

    def find(self, registration_id: str) -> Registration | None:
        return self.registrations.get(registration_id)

    def find_by_reference(self, reference: str) -> Registration | None:
        return next((one for one in self.registrations.values() if one.reference == reference), None)

    def find_person(self, session_id: str, person_key: str) -> str:
        return self.people.get((session_id, person_key), "")

    def count_of_structure(self, registration: Registration) -> int:
        return self.live.get(_structure(registration), 0)

    def find_needs(self, registration_id: str) -> Needs:
        return self.needs.get(registration_id, NO_NEEDS)

    def list_needs(self, session_id: str) -> dict[str, Needs]:
        return {
            key: needs
            for key, needs in self.needs.items()
            if self.find(key) in self.list_of_session(session_id)
        }

    def keep_needs(self, session_id: str, until: datetime) -> int:
        behind = [key for key in self.list_needs(session_id) if self.needed_until[key] != until]
        self.needed_until.update(dict.fromkeys(behind, until))
        return len(behind)

    def forget_needs(self, registration_id: str) -> None:
        self.needs.pop(registration_id, None)
        self.needed_until.pop(registration_id, None)

    def list_of_session(self, session_id: str) -> list[Registration]:
        found = [one for one in self.registrations.values() if one.session_id == session_id]
        return sorted(found, key=lambda one: one.asked_at)

    def list_of_structure(self, email: str) -> list[Registration]:
        found = [one for one in self.registrations.values() if one.structure.email == email.lower()]
        return sorted(found, key=lambda one: one.asked_at, reverse=True)

    def list_in_progress(self, unchanged_since: datetime) -> list[str]:
        found = sorted(self.registrations.values(), key=lambda one: one.status_since)
        late = [one for one in found if one.status_since <= unchanged_since]
        return [one.id for status in DRIVEN for one in late if one.status is status]

    def renew_run(self, registration: Registration) -> Registration:
        known = self.registrations[registration.id]
        if (known.version, known.run) != (registration.version, registration.run):
            raise ChangedMeanwhile(CHANGED)
        self.registrations[known.id] = replace(known, run=known.run + 1)
        return self.registrations[known.id]

    def _is_open(self, change: Change) -> bool:
        return self.seats(change.after.session_id).is_open

    def _is_new(self, one: Registration) -> bool:
        is_known = one.id in self.registrations or self.find_by_reference(one.reference)
        return not (is_known or self.find_person(one.session_id, one.person_key) or self.has(one))

    def _is_unchanged(self, change: Change) -> bool:
        if change.before is None:
            return self._is_new(change.after)
        known = self.find(change.before.id)
        return known is not None and known.version == change.before.version and not self.has(change.after)

    def _has_room(self, one: Registration, limit: int | None) -> bool:
        is_bound = limit is not None and one.status is Status.WAITING
        return not is_bound or self.count_of_structure(one) < (limit or 0)

    def _write(self, change: Change) -> None:
        after, was_held = change.after, change.before is not None and change.before.is_held
        self.registrations[after.id] = after
        self.put(after, change.line)
        if after.is_held and change.before is None:
            self.people[after.session_id, after.person_key] = after.id
        if was_held and not after.is_held:
            del self.people[after.session_id, after.person_key]
        self.live[_structure(after)] = self.count_of_structure(after) + after.is_held - was_held


def _structure(one: Registration) -> tuple[str, str]:
    return one.session_id, one.structure.key


class FakeMissed:
    """Who did not come, and when."""

    def __init__(self) -> None:
        self.days: dict[str, set[tuple[date, str]]] = {}

    def note(self, person_key: str, session_id: str, on: date) -> None:
        self.days.setdefault(person_key, set()).add((on, session_id))

    def list_of(self, person_key: str) -> list[date]:
        return [on for on, _ in sorted(self.days.get(person_key, ()))]

    def forget(self, person_key: str, session_id: str, on: date) -> None:
        self.days.get(person_key, set()).discard((on, session_id))


class FakeCorrections:
    """Corrected attendance: the registrations with what people missed."""

    def __init__(self, registrations: FakeRegistrations, missed: FakeMissed) -> None:
        self.registrations, self.missed = registrations, missed

    def save(self, change: Change, mails: Sequence[Message], missed: Mapping[date, bool]) -> None:
        self.registrations.save([change], mails)
        for on, is_missed in missed.items():
            write = self.missed.note if is_missed else self.missed.forget
            write(change.after.person_key, change.after.session_id, on)
