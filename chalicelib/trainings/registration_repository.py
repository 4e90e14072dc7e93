"""Registrations in DynamoDB: whoever comes takes a seat or a place in the queue by one conditional transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition, size
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import committed, expires_epoch, held
from chalicelib.adapters.history import LINE, line_from
from chalicelib.adapters.records import POINTER, reference_key
from chalicelib.kernel.clock import iso
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from chalicelib.trainings.items import (
    NEEDS,
    REGISTRATION,
    SEATS,
    LineItem,
    NeedsItem,
    PersonItem,
    PointerItem,
    SeatsItem,
    StatusIndex,
    StructureItem,
    TrainingItem,
    code_key,
    person_sort_key,
    registration_key,
    session_key,
    structure_key,
)
from chalicelib.trainings.mapping import (
    line_item,
    registration_from,
    registration_item,
    seats_from,
    status_key,
)
from chalicelib.trainings.model import Change, Registration, session_of
from chalicelib.trainings.repository import write_seats
from chalicelib.trainings.seats import Priority, Seats
from chalicelib.trainings.statuses import DRIVEN, Status

CHANGED = "Cette inscription a changé entre-temps\u00a0: rechargez la page."
Needs = Mapping[str, str]
NO_NEEDS: Needs = {}


class RegistrationRepository:
    """The registrations of the deployment, and the seats that they take."""

    def __init__(self, outbox: OutboxRepository) -> None:
        self.outbox = outbox

    def seats(self, session_id: str) -> Seats:
        """The seats of a session, read strongly."""
        return seats_from(SeatsItem.get(session_key(session_id), SEATS, consistent_read=True))

    def seats_of(self, session_ids: Sequence[str]) -> dict[str, Seats]:
        """The seats of these sessions, read strongly, a hundred at a time, for a page that shows many."""
        keys = [(session_key(session_id), SEATS) for session_id in session_ids]
        found = SeatsItem.batch_get(keys, consistent_read=True)
        return {one.session_id: one for one in map(seats_from, found)}

    def add(
        self,
        registration: Registration,
        line: HistoryLine,
        mails: Sequence[Message],
        limit: int | None,
        needs: tuple[Needs, datetime] | None = None,
    ) -> bool:
        """Keep a new registration with the seat, or the place in the queue, that its status says; False if it cannot.

        `limit` is how many people of the structure may count on the session when this one has to wait. `needs` are
        kept until an instant. Nothing is read before: the conditions are the check.
        """

        def write(transaction: TransactWrite) -> None:
            self._write_new(transaction, registration, line, mails)
            _arrive(transaction, registration)
            _count(transaction, registration, +1, limit)
            if needs and any(needs[0].values()):
                transaction.save(_needs_item(registration, *needs))

        return committed(write)

    def save(
        self, changes: Sequence[Change], mails: Sequence[Message], seats: tuple[Seats, Seats] | None = None
    ) -> None:
        """Keep changes that belong together, with what they make of the seats. Raises `ChangedMeanwhile`.

        Nobody new comes to a session that is shut: those who were told that it is cancelled are all there are.
        """

        def write(transaction: TransactWrite) -> None:
            for one in changes:
                self._write(transaction, one)
            for registration, by in _counted(changes):
                _count(transaction, registration, by, None)
            for mail in mails:
                self.outbox.put_within(transaction, mail, changes[0].line.at)
            if seats and seats[0] != seats[1]:
                write_seats(transaction, *seats)
            elif any(one.before is None for one in changes):
                _check_open(transaction, changes[0].after.session_id)

        if not committed(write):
            raise ChangedMeanwhile(CHANGED)

    def save_certified(self, change: Change, code: str, mails: Sequence[Message]) -> None:
        """Keep a registration with its certificate, found by its code from then on. Raises `ChangedMeanwhile`."""

        def write(transaction: TransactWrite) -> None:
            self._write(transaction, change)
            pointer = PointerItem(pk=code_key(code), record_id=change.after.id)
            transaction.save(pointer, condition=PointerItem.pk.does_not_exist())
            for mail in mails:
                self.outbox.put_within(transaction, mail, change.line.at)

        if not committed(write):
            raise ChangedMeanwhile(CHANGED)

    def find_by_code(self, code: str) -> Registration | None:
        """The registration whose certificate has this verification code, or None."""
        return self._behind(code_key(code))

    def list_in_status(self, status: Status, since: datetime) -> list[Registration]:
        """The registrations that came to this status since then; it may lag behind."""
        found = TrainingItem.by_status.query(status_key(status), StatusIndex.status_since >= iso(since))
        return [registration_from(item) for item in found]

    def find(self, registration_id: str) -> Registration | None:
        """The registration, read strongly, or None."""
        key = session_key(session_of(registration_id))
        try:
            item = TrainingItem.get(key, registration_key(registration_id), consistent_read=True)
        except DoesNotExist:
            return None
        return registration_from(item)

    def find_by_reference(self, reference: str) -> Registration | None:
        """The registration with this reference, or None."""
        return self._behind(reference_key(reference))

    def find_person(self, session_id: str, person_key: str) -> str:
        """The registration under which that person counts on the session; empty for nobody."""
        try:
            found = PersonItem.get(session_key(session_id), person_sort_key(person_key), consistent_read=True)
        except DoesNotExist:
            return ""
        return str(found.registration_id)

    def count_of_structure(self, registration: Registration) -> int:
        """How many people of the structure count on the session, read strongly."""
        key = session_key(registration.session_id)
        try:
            found = StructureItem.get(key, structure_key(registration.structure.key), consistent_read=True)
        except DoesNotExist:
            return 0
        return int(found.live)

    def find_needs(self, registration_id: str) -> Needs:
        """What the person needs; empty where nothing was said, or where it was purged."""
        key, suffix = session_key(session_of(registration_id)), registration_id.rpartition("-")[2]
        try:
            return dict(NeedsItem.get(key, NEEDS + suffix, consistent_read=True).needs)
        except DoesNotExist:
            return NO_NEEDS

    def list_needs(self, session_id: str) -> dict[str, Needs]:
        """What the people of a session need, by their registrations; nobody for whom nothing was said."""
        found = NeedsItem.query(session_key(session_id), NeedsItem.sk.startswith(NEEDS), consistent_read=True)
        return {f"{session_id}-{item.sk.removeprefix(NEEDS)}": dict(item.needs) for item in found}

    def keep_needs(self, session_id: str, until: datetime) -> int:
        """Keep what the people of a session need until that instant, however long it was to be kept; how many.

        What somebody forgot meanwhile stays forgotten.
        """
        epoch = expires_epoch(until, 0)
        found = NeedsItem.query(session_key(session_id), NeedsItem.sk.startswith(NEEDS), consistent_read=True)
        behind = [item for item in found if int(item.expires_epoch) != epoch]
        for item in behind:
            item.expires_epoch = epoch
            held(partial(item.save, NeedsItem.pk.exists()))
        return len(behind)

    def forget_needs(self, registration_id: str) -> None:
        """Purge what the person needs; nothing happens where nothing is kept."""
        NeedsItem(
            session_key(session_of(registration_id)), NEEDS + registration_id.rpartition("-")[2]
        ).delete()

    def list_of_session(self, session_id: str) -> list[Registration]:
        """All the registrations of a session, in the order of their arrival."""
        found = TrainingItem.query(
            session_key(session_id), TrainingItem.sk.startswith(REGISTRATION), consistent_read=True
        )
        return sorted(map(registration_from, found), key=lambda one: one.asked_at)

    def list_of_structure(self, email: str) -> list[Registration]:
        """The registrations that this address made, newest first; it may lag behind."""
        found = TrainingItem.by_holder.query(email.lower(), scan_index_forward=False)
        return [registration_from(item) for item in found]

    def list_history(self, registration: Registration) -> list[HistoryLine]:
        """The lines of one registration, oldest first."""
        prefix = f"{LINE}{registration.reference}#"
        lines = LineItem.query(
            session_key(registration.session_id), LineItem.sk.startswith(prefix), consistent_read=True
        )
        return [line_from(item) for item in lines]

    def list_in_progress(self, unchanged_since: datetime) -> list[str]:
        """The identifiers of the registrations that a run works on, unchanged since; it may lag behind."""
        found: list[Any] = [
            item
            for status in DRIVEN
            for item in TrainingItem.by_status.query(
                status_key(status), StatusIndex.status_since <= iso(unchanged_since)
            )
        ]
        return [registration_from(item).id for item in found]

    def renew_run(self, registration: Registration) -> Registration:
        """Count one more run of the process. Raises `ChangedMeanwhile`."""
        item = TrainingItem(session_key(registration.session_id), registration_key(registration.id))
        unchanged = (TrainingItem.version == registration.version) & (TrainingItem.run == registration.run)
        if not held(lambda: item.update([TrainingItem.run.set(registration.run + 1)], unchanged)):
            raise ChangedMeanwhile(CHANGED)
        return registration_from(item)

    def _behind(self, key: str) -> Registration | None:
        try:
            pointer = PointerItem.get(key, POINTER, consistent_read=True)
        except DoesNotExist:
            return None
        return self.find(pointer.record_id)

    def _write_new(
        self,
        transaction: TransactWrite,
        registration: Registration,
        line: HistoryLine,
        mails: Sequence[Message],
    ) -> None:
        is_new = TrainingItem.pk.does_not_exist()
        transaction.save(registration_item(registration), condition=is_new)
        transaction.save(line_item(registration, line), condition=LineItem.pk.does_not_exist())
        transaction.save(_person_item(registration), condition=PersonItem.pk.does_not_exist())
        pointer = PointerItem(pk=reference_key(registration.reference), record_id=registration.id)
        transaction.save(pointer, condition=PointerItem.pk.does_not_exist())
        for mail in mails:
            self.outbox.put_within(transaction, mail, line.at)

    def _write(self, transaction: TransactWrite, change: Change) -> None:
        if change.before is None:
            self._write_new(transaction, change.after, change.line, ())
            return
        unchanged = TrainingItem.version == change.before.version
        transaction.save(registration_item(change.after), condition=unchanged)
        transaction.save(line_item(change.after, change.line), condition=LineItem.pk.does_not_exist())
        if change.before.is_held and not change.after.is_held:
            transaction.delete(_person_item(change.after))


def _arrive(transaction: TransactWrite, registration: Registration) -> None:
    """Take a seat or a place in the queue; who waits for approval takes neither."""
    item = SeatsItem(session_key(registration.session_id), SEATS)
    nobody_waits = (size(SeatsItem.regular) == 0) & (size(SeatsItem.last) == 0)
    if registration.status is Status.CONFIRMED:
        actions: list[Action] = [SeatsItem.free.add(-1), SeatsItem.taken.add(1)]
        _update(transaction, item, actions, (SeatsItem.free >= 1) & nobody_waits)
    elif registration.status is Status.WAITING:
        queue = SeatsItem.last if registration.priority == Priority.LAST else SeatsItem.regular
        actions = [queue.set(queue.append([registration.id]))]
        _update(transaction, item, actions, (SeatsItem.free < 1) | ~nobody_waits)
    else:
        _check_open(transaction, registration.session_id)


def _check_open(transaction: TransactWrite, session_id: str) -> None:
    transaction.condition_check(SeatsItem, session_key(session_id), SEATS, condition=SeatsItem.is_open == 1)


def _update(transaction: TransactWrite, item: SeatsItem, actions: list[Action], condition: Condition) -> None:
    more = [*actions, SeatsItem.version.add(1)]
    transaction.update(item, actions=more, condition=(SeatsItem.is_open == 1) & condition)


def _count(transaction: TransactWrite, registration: Registration, by: int, limit: int | None) -> None:
    """Count the people of the structure; the limit holds for who has to wait only."""
    item = StructureItem(session_key(registration.session_id), structure_key(registration.structure.key))
    is_bound = limit is not None and registration.status is Status.WAITING
    has_room = StructureItem.live.does_not_exist() | (StructureItem.live < limit) if is_bound else None
    transaction.update(item, actions=[StructureItem.live.add(by)], condition=has_room)


def _counted(changes: Sequence[Change]) -> list[tuple[Registration, int]]:
    """What changes add to the people of each structure: an item stands once in a transaction."""
    sums: dict[str, tuple[Registration, int]] = {}
    for one in changes:
        was_held = one.before is not None and one.before.is_held
        registration, by = sums.get(one.after.structure.key, (one.after, 0))
        sums[one.after.structure.key] = (registration, by + one.after.is_held - was_held)
    return [(registration, by) for registration, by in sums.values() if by]


def _person_item(registration: Registration) -> PersonItem:
    return PersonItem(
        pk=session_key(registration.session_id),
        sk=person_sort_key(registration.person_key),
        registration_id=registration.id,
    )


def _needs_item(registration: Registration, needs: Needs, until: datetime) -> NeedsItem:
    return NeedsItem(
        pk=session_key(registration.session_id),
        sk=NEEDS + registration.id.rpartition("-")[2],
        needs=dict(needs),
        expires_epoch=expires_epoch(until, 0),
    )
