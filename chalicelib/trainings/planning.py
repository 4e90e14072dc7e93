"""What happens to sessions: written, approved, published, changed, kept or cancelled."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from chalicelib.kernel import ids
from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.errors import FieldError, InvalidAnswers, RuleBroken
from chalicelib.kernel.french import french_integer
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.ports import Process
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.trainings import emails
from chalicelib.trainings.changes import change_session
from chalicelib.trainings.model import PUBLICATION, OutOfStep, Session, SessionChange, SessionUnknown
from chalicelib.trainings.plan import Plan
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.statuses import SessionEvent, SessionStatus
from chalicelib.trainings.trainers import as_proposed, settled
from chalicelib.trainings.wording import SESSION_EVENT_WORDS

Answers = Mapping[str, Any]
Roles = Collection[str]
SYSTEM = "Cordée"
CREATED = "Session créée"
OF_TRAINER = {
    SessionEvent.APPROVED: SessionEvent.TRAINER_APPROVED,
    SessionEvent.SENT_BACK: SessionEvent.TRAINER_REFUSED,
    SessionEvent.APPROVAL_EXPIRED: SessionEvent.TRAINER_EXPIRED,
}
"""What the answer comes to where the question was about another trainer, in a session that is published already."""
HANDED_OVER = "Personne chargée de la session\u00a0: {} → {}"
DATES = ("half_days",)
"""What a copy does not take over: the dates are what it is made for."""
OPENS = frozenset({SessionEvent.PUBLISHED, SessionEvent.APPROVED})
SHUTS = frozenset({SessionEvent.CALLED_OFF, SessionEvent.CLOSED})


class SeatsUnderTaken(RuleBroken):
    """The number of seats would be under those that are taken or offered: staff choose what becomes of it."""

    def __init__(self, held: int) -> None:
        super().__init__(
            f"{french_integer(held)}\u00a0places sont déjà prises ou proposées. Choisissez ce qu’il en advient\u00a0: "
            "personne n’est retiré sans que vous le disiez."
        )
        self.held = held


class Sessions(Protocol):
    """What is kept of sessions."""

    def add(self, session: Session, seats: Seats, line: HistoryLine) -> bool:
        """Keep a new session; False if its identifier is taken."""

    def find(self, session_id: str) -> Session | None:
        """The session, read strongly, or None."""

    def find_by_reference(self, reference: str) -> Session | None:
        """The session with this reference, or None."""

    def save(
        self, change: SessionChange, mails: Sequence[Message], seats: tuple[Seats, Seats] | None = ...
    ) -> None:
        """Keep a change, with what it makes of the seats. Raises `ChangedMeanwhile`."""


@dataclass(frozen=True)
class PlanningService:
    """One method per thing that happens; `errors` are the mistakes in a session's answers on a day in Paris."""

    sessions: Sessions
    seats: Callable[[str], Seats]
    serve: Callable[[str], int]
    errors: Callable[[Answers, Office, Any], list[FieldError]]
    process: Process
    office: Callable[[], Office]
    clock: Clock

    def get(self, session_id: str) -> Session:
        """The session. Raises `SessionUnknown`."""
        session = self.sessions.find(session_id)
        if session is None:
            raise SessionUnknown
        return session

    def get_by_reference(self, reference: str) -> Session:
        """The session with this reference, published or not. Raises `SessionUnknown`."""
        session = self.sessions.find_by_reference(reference)
        if session is None:
            raise SessionUnknown
        return session

    def create(self, secret: str, answers: Answers, who: str) -> Session:
        """A new draft; sent twice under the same secret there is one."""
        now = self.clock()
        session = Session(
            id=ids.id_of(secret),
            reference=ids.new_reference("SES"),
            status=SessionStatus.DRAFT,
            status_since=now,
            answers=dict(answers),
            created_at=now,
            created_by=who,
            office_version=self.office().version,
        )
        seats = Seats(session.id, 0, 0)
        return (
            session
            if self.sessions.add(session, seats, HistoryLine(now, who, CREATED))
            else self.get(session.id)
        )

    def duplicate(self, session: Session, secret: str, who: str) -> Session:
        """A draft with all that this session has but its dates."""
        copied = {name: value for name, value in session.answers.items() if name not in DATES}
        return self.create(secret, copied, who)

    def edit(
        self, session: Session, answers: Answers, who: str, *, shrink: bool = False, roles: Roles = ()
    ) -> Session:
        """Other answers. A draft may be incomplete; a published session may not. `roles` are those of `who`.

        Another external trainer of a published session is proposed to the direction, unless `roles` have its say.
        Raises `InvalidAnswers`, `SeatsUnderTaken` unless `shrink` says that seats are given up as they are freed.
        """
        if not session.is_open:
            return self._edit_draft(session, answers, who)
        self._check(answers, session)
        may_decide = self.office().role_for(PUBLICATION) in roles
        kept, proposed = settled(session, answers, may_decide=may_decide)
        after = replace(session, answers=kept, proposed=proposed)
        if after == session:
            return session
        seats = self.seats(session.id)
        if after.plan.seats < min(seats.held, seats.wanted) and not shrink:
            raise SeatsUnderTaken(seats.held)
        edited = self._save(self._edited(session, after, who), (seats, seats.resized(after.plan.seats)))
        self.serve(session.id)
        return edited

    def _edit_draft(self, session: Session, answers: Answers, who: str) -> Session:
        if dict(answers) == dict(session.answers):
            return session
        line = HistoryLine(self.clock(), who, SESSION_EVENT_WORDS[SessionEvent.EDITED])
        return self._save(change_session(session, SessionEvent.EDITED, line, answers=dict(answers)))

    def _edited(self, session: Session, after: Session, who: str) -> SessionChange:
        """All that changes at once, with one line that names it."""
        is_proposed = bool(after.proposed) and after.proposed != session.proposed
        event = SessionEvent.TRAINER_PROPOSED if is_proposed else SessionEvent.EDITED
        line = HistoryLine(self.clock(), who, ". ".join(self._told(session, after, event)))
        version = session.plan_version + is_news(session.plan, after.plan)
        return change_session(
            session, event, line, answers=after.answers, proposed=after.proposed, plan_version=version
        )

    def _told(self, session: Session, after: Session, event: SessionEvent) -> Iterator[str]:
        """What the line says: who is in charge now, who is to lead it, and that there is more."""
        handed_over = {**session.answers, "in_charge": after.plan.in_charge}
        is_handed_over = after.plan.in_charge != session.plan.in_charge
        if is_handed_over:
            people = (session.plan.in_charge, after.plan.in_charge)
            yield HANDED_OVER.format(*(_name(self.office(), person) for person in people))
        if event is SessionEvent.TRAINER_PROPOSED:
            yield f"{SESSION_EVENT_WORDS[event]}\u00a0: {as_proposed(after).plan.trainer.name}"
        if dict(after.answers) != handed_over:
            yield SESSION_EVENT_WORDS[SessionEvent.EDITED]

    def publish(self, session: Session, who: str) -> Session:
        """Open it to registrations, or ask the direction first where the trainer is external.

        Raises `InvalidAnswers` with all that is missing, `OutOfStep`.
        """
        self._check(session.answers, session)
        event = SessionEvent.SUBMITTED if session.plan.trainer.is_external else SessionEvent.PUBLISHED
        return self._happened(session, event, HistoryLine(self.clock(), who, SESSION_EVENT_WORDS[event]))

    def call_off(self, session: Session, who: str, reason: str) -> Session:
        """Cancel it: everybody who registered is told by the process. Raises `OutOfStep`."""
        line = HistoryLine(self.clock(), who, SESSION_EVENT_WORDS[SessionEvent.CALLED_OFF], reason)
        return self._happened(session, SessionEvent.CALLED_OFF, line)

    def record(
        self, session_id: str, event: SessionEvent, line: HistoryLine, in_round: int | None = None
    ) -> Session:
        """What an answer or a silence made of it; a repeated or late event leaves it as it is.

        `in_round` is the round in which a run saw it: the run goes on by itself.
        """
        session = self.get(session_id)
        if in_round not in (None, session.round):
            return session
        event, line = _meant(session, event, line)
        try:
            return self._happened(session, event, line, in_run=in_round is not None)
        except OutOfStep:
            return session

    def note_told(self, session_id: str, plan_version: int) -> Session:
        """Everybody who registered was told of this version of the plan; of a later one, they were not."""
        session = self.get(session_id)
        if session.told_version >= plan_version:
            return session
        line = HistoryLine(self.clock(), SYSTEM, SESSION_EVENT_WORDS[SessionEvent.TOLD])
        return self._happened(session, SessionEvent.TOLD, line, told_version=plan_version)

    def _happened(self, session: Session, event: SessionEvent, line: HistoryLine, **details: Any) -> Session:
        changed = change_session(session, event, line, **{**_stamps(session, event), **details})
        return self._save(changed, self._seats_for(changed))

    def _seats_for(self, changed: SessionChange) -> tuple[Seats, Seats] | None:
        if changed.event not in OPENS | SHUTS:
            return None
        before = self.seats(changed.after.id)
        after = before.resized(changed.after.plan.seats) if changed.event in OPENS else before
        return before, replace(after, is_open=changed.event in OPENS)

    def _check(self, answers: Answers, session: Session) -> None:
        on = dated_from(session, paris_day(self.clock()))
        if mistakes := self.errors(answers, self.office(), on):
            raise InvalidAnswers(mistakes)

    def _save(self, changed: SessionChange, seats: tuple[Seats, Seats] | None = None) -> Session:
        self.sessions.save(changed, emails.session_mails(changed, self.office()), seats)
        if changed.after.run > changed.before.run:
            self.process.start(changed.after.run_name, changed.after.run_input)
        return changed.after


def _name(office: Office, person_id: str) -> str:
    """The name of somebody of the office; of who is there no more, a dash."""
    person = office.staff.person(person_id)
    return person.name if person else "–"


def dated_from(session: Session, today: date) -> date:
    """The day from which its half-days may be: one that is under way keeps those that are over."""
    first_day = session.plan.first_day
    return min(first_day, today) if session.is_open and first_day else today


def is_news(before: Plan, after: Plan) -> bool:
    """Whether those who registered have to be told: when or where it is, or who leads it."""
    return _told(before) != _told(after)


def _told(plan: Plan) -> tuple[object, ...]:
    return plan.title, plan.half_days, plan.place, plan.trainer.name


def _meant(session: Session, event: SessionEvent, line: HistoryLine) -> tuple[SessionEvent, HistoryLine]:
    """What an answer is about: the publication, or another trainer."""
    if not session.asks_about_trainer or event not in OF_TRAINER:
        return event, line
    meant, name = OF_TRAINER[event], as_proposed(session).plan.trainer.name
    return meant, replace(line, what=f"{SESSION_EVENT_WORDS[meant]} ({name})")


def _stamps(session: Session, event: SessionEvent) -> dict[str, Any]:
    """What an event leaves on the session beside its status."""
    if event is SessionEvent.TRAINER_APPROVED:
        after = as_proposed(session)
        version = session.plan_version + is_news(session.plan, after.plan)
        return {"answers": after.answers, "proposed": {}, "plan_version": version}
    if event in OF_TRAINER.values():
        return {"proposed": {}}
    if event is SessionEvent.CALLED_OFF and session.is_open:
        return {"plan_version": session.plan_version + 1}
    return {"is_settled": True} if event in {SessionEvent.KEPT, SessionEvent.MINIMUM_EXPIRED} else {}
