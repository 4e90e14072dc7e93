"""People who come without having registered: staff seat them from the beginning until attendance is closed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import AlreadySettled, ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.office.model import Office
from chalicelib.office.trainings import TrainingRules
from chalicelib.trainings.attendance import TOO_LATE, AttendanceClosed, is_time_over
from chalicelib.trainings.changes import change
from chalicelib.trainings.finding import Registrations, Sessions
from chalicelib.trainings.gate import has_begun
from chalicelib.trainings.model import (
    AlreadyRegistered,
    Change,
    Registration,
    Session,
    SessionUnknown,
    Structure,
)
from chalicelib.trainings.people import person_key
from chalicelib.trainings.registering import Arrival, Newcomer
from chalicelib.trainings.seats import BUSY, Priority, Seats
from chalicelib.trainings.statuses import Event, Status
from chalicelib.trainings.walk_in_mails import days_to_come, walk_in_mails
from chalicelib.trainings.wording import EVENT_WORDS

ATTEMPTS = 10
TOO_EARLY = (
    "La session n’a pas commencé\u00a0: inscrivez cette personne par téléphone, depuis la page de la session."
)
ADDED = "Ajoutée pendant la session"


class NoSeatLeft(AlreadySettled):
    """Every seat is taken or offered: who is there already sits on one only once there are more."""

    def __init__(self) -> None:
        super().__init__(
            "Il n’y a plus de place libre\u00a0: augmentez d’abord le nombre de places de la session, puis ajoutez la "
            "personne."
        )


def check_walk_ins(
    session: Session, now: datetime, rules: TrainingRules, people: Callable[[], Iterable[Registration]]
) -> None:
    """Raise `AttendanceClosed` unless people may be added at that instant: while others may still be marked."""
    if not session.is_open or is_time_over(session.plan, now, rules, people):
        raise AttendanceClosed(TOO_LATE)
    if not has_begun(session, now):
        raise AttendanceClosed(TOO_EARLY)


def takes_walk_ins(
    session: Session, now: datetime, rules: TrainingRules, people: Callable[[], Iterable[Registration]]
) -> bool:
    """Whether people may be added at that instant."""
    try:
        check_walk_ins(session, now, rules, people)
    except AttendanceClosed:
        return False
    return True


@dataclass(frozen=True)
class WalkIns:
    """Each is one transaction with the seats, the line and the mail, on the version of the seats."""

    sessions: Sessions
    registrations: Registrations
    office: Callable[[], Office]
    clock: Clock

    def add(
        self, session_id: str, structure: Structure, new: Newcomer, form_key: str, by: str
    ) -> Registration:
        """Give a free seat to who is there, in front of all who wait; `by` names who of the office does it.

        Nobody chooses any more and the queue has come to its end: who waits in it and is there is seated likewise. The
        mail leaves only while a day of the session is still to come: on the last one it would ask somebody to come who
        has come, and the certificate brings the link. Sent twice under one `form_key` it is done once.

        Raises `AttendanceClosed`, `NoSeatLeft`, or `AlreadyRegistered` for who counts on the session otherwise.
        """
        for _ in range(ATTEMPTS):
            try:
                return self._add(session_id, structure, new, form_key, by)
            except ChangedMeanwhile:
                continue
        raise ChangedMeanwhile(BUSY)

    def _add(
        self, session_id: str, structure: Structure, new: Newcomer, form_key: str, by: str
    ) -> Registration:
        seats, session = self.registrations.seats(session_id), self._session(session_id)
        arrival = self._arrival(session, structure, new, form_key, by)
        if before := self.registrations.find(arrival.placed(Status.CONFIRMED).id):
            return before
        people = self.registrations.list_of_session(session.id)
        check_walk_ins(session, arrival.at, arrival.office.training_rules, lambda: people)
        changed = _seated(arrival, people)
        mails = walk_in_mails(session, changed.after, arrival.office, arrival.at)
        self.registrations.save([changed], mails, (seats, _taken(seats, changed)))
        return changed.after

    def _session(self, session_id: str) -> Session:
        session = self.sessions.find(session_id)
        if session is None:
            raise SessionUnknown
        return session

    def _arrival(
        self, session: Session, structure: Structure, new: Newcomer, form_key: str, by: str
    ) -> Arrival:
        key = person_key(structure, new.person)
        return Arrival(
            session, structure, new, form_key, key, Priority.REGULAR, self.office(), self.clock(), by
        )


def _seated(arrival: Arrival, people: Iterable[Registration]) -> Change:
    """The new registration, or that of who waits, with how many days their calendar is told of."""
    days = len(arrival.session.plan.days) if days_to_come(arrival.session.plan, arrival.at) else 0
    line = replace(arrival.told(Status.CONFIRMED), what=ADDED)
    held = next((one for one in people if one.is_held and _is_same(one, arrival)), None)
    if held is None:
        return Change(None, replace(arrival.placed(Status.CONFIRMED), told_days=days), line, None)
    if held.status is not Status.WAITING:
        raise AlreadyRegistered(held.id)
    return _out_of_the_queue(held, arrival, replace(line, what=EVENT_WORDS[Event.SEATED]), days)


def _is_same(one: Registration, arrival: Arrival) -> bool:
    """Whether it is this person's, of the same structure, or of another one with the same name and address."""
    person = arrival.new.person
    same_name = one.person_key == person_key(one.structure, person)
    return one.person_key == arrival.person_key or (same_name and one.email == person.email.lower())


def _out_of_the_queue(held: Registration, arrival: Arrival, line: HistoryLine, days: int) -> Change:
    version = arrival.session.plan_version
    return change(held, Event.SEATED, line, confirmed_at=arrival.at, told_days=days, told_version=version)


def _taken(seats: Seats, changed: Change) -> Seats:
    """The seats with one more that is taken. Raises `NoSeatLeft`."""
    if seats.free < 1:
        raise NoSeatLeft
    before = changed.before.status if changed.before else None
    return seats.moved(changed.after.id, before, Status.CONFIRMED, Priority(changed.after.priority))
