"""The session and the registration: the two records of this room, and what goes wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from chalicelib.kernel import ids
from chalicelib.kernel.errors import AlreadySettled, NotFound, RuleBroken
from chalicelib.kernel.history import HistoryLine
from chalicelib.trainings.plan import Plan, plan_of
from chalicelib.trainings.statuses import DRIVEN, HELD, OPEN, Event, SessionEvent, SessionStatus, Status

SESSION_PROCESS = "trainings_session"
REGISTRATION_PROCESS = "trainings_registration"
"""The state machines that drive the two."""
SUFFIX_LENGTH = 20
PUBLICATION = "training_publication"
"""The step of the question whether an external trainer leads a session."""
_SESSION_STEPS = {
    SessionStatus.AWAITING_APPROVAL: PUBLICATION,
    SessionStatus.AT_RISK: "training_minimum",
}
_STEPS = {Status.PENDING: "training_registration", Status.OFFERED: "offer"}


@dataclass(frozen=True)
class Session:
    """A session of any kind. `answers` are those of its form; a draft's may be incomplete.

    `plan_version` counts what those who registered have to be told of, `told_version` what they were told.
    `is_settled` says that the office chose to keep a session with few people: it is not asked again. `shown_since` is
    the last change that everybody may see; None before it is published. `proposed` are the answers about another
    external trainer, whom the direction has still to approve.
    """

    id: str
    reference: str
    status: SessionStatus
    status_since: datetime
    answers: Mapping[str, Any]
    created_at: datetime
    created_by: str
    office_version: int
    note: str = ""
    version: int = 1
    round: int = 1
    run: int = 0
    plan_version: int = 0
    told_version: int = 0
    is_settled: bool = False
    minimum_on: str = ""
    shown_since: datetime | None = None
    proposed: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def plan(self) -> Plan:
        """What it is to be."""
        return plan_of(self.answers)

    @property
    def is_open(self) -> bool:
        """Whether it is published and goes ahead."""
        return self.status in OPEN

    @property
    def is_untold(self) -> bool:
        """Whether those who registered have to be told of a change, or that it is cancelled."""
        return self.told_version < self.plan_version and self.status in {*OPEN, SessionStatus.CANCELLED}

    @property
    def awaited_step(self) -> str:
        """The step of the question that it waits for; empty when it waits for none."""
        return PUBLICATION if self.asks_about_trainer else _SESSION_STEPS.get(self.status, "")

    @property
    def asks_about_trainer(self) -> bool:
        """Whether the direction has to say if another external trainer leads it, once nothing else is asked."""
        return bool(self.proposed) and self.status is SessionStatus.PUBLISHED

    @property
    def is_in_progress(self) -> bool:
        """Whether a run of the process has work to do."""
        return bool(self.awaited_step) or self.is_untold

    @property
    def run_name(self) -> str:
        """The name of its present run."""
        return f"{self.id}-{self.run}"

    @property
    def run_input(self) -> Mapping[str, Any]:
        """What a run is started with."""
        return {"session_id": self.id}


@dataclass(frozen=True)
class Person:
    """Who comes. `email` may be empty: then mails go to the structure's."""

    first_name: str
    last_name: str
    email: str = ""
    phone: str = ""
    function: str = ""

    @property
    def name(self) -> str:
        """First name, then last name."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True)
class Structure:
    """For whom somebody comes: a partner by its record, or a guest by a proven address."""

    key: str
    name: str
    email: str
    contact_name: str
    partner_id: str = ""


@dataclass(frozen=True)
class Mark:
    """Whether somebody was there for a half-day: `state` is `present`, `absent` or `excused`."""

    state: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Certificate:
    """The printed certificate of somebody who came: its verification code, where it is kept, its hash."""

    code: str
    key: str
    sha256: str
    made_at: datetime


@dataclass(frozen=True)
class Registration:
    """One person's registration for one session.

    `person_key` tells who it is within the session. `priority` is the class in the waiting list; `is_placed` says that
    staff chose the place in it. `told_days` is how
    many calendar entries were sent. `presence_code` is what the person shows at the door: it opens nothing by itself.
    `due_cents` is what a late cancellation costs. `marks` are by half-day. `withdrawn` are the codes of certificates
    that hold no more, with the instants from which on.
    """

    id: str
    reference: str
    status: Status
    status_since: datetime
    person: Person
    structure: Structure
    person_key: str
    asked_at: datetime
    office_version: int
    presence_code: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    price_cents: int = 0
    due_cents: int = 0
    priority: int = 0
    is_placed: bool = False
    offered_until: datetime | None = None
    confirmed_at: datetime | None = None
    note: str = ""
    version: int = 1
    round: int = 1
    run: int = 0
    told_days: int = 0
    told_version: int = 0
    replaces: str = ""
    replaced_by: str = ""
    marks: Mapping[str, Mark] = field(default_factory=dict)
    certificate: Certificate | None = None
    withdrawn: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def session_id(self) -> str:
        """The session that it is for."""
        return session_of(self.id)

    @property
    def email(self) -> str:
        """Where the mails about it go."""
        return (self.person.email or self.structure.email).lower()

    @property
    def is_held(self) -> bool:
        """Whether the person counts on the session."""
        return self.status in HELD

    @property
    def awaited_step(self) -> str:
        """The step of the question that it waits for; empty when it waits for none."""
        return _STEPS.get(self.status, "")

    @property
    def is_in_progress(self) -> bool:
        """Whether a run of the process has work to do."""
        return self.status in DRIVEN

    @property
    def run_name(self) -> str:
        """The name of its present run."""
        return f"{self.id}-{self.run}"

    @property
    def run_input(self) -> Mapping[str, Any]:
        """What a run is started with."""
        return {"registration_id": self.id}


@dataclass(frozen=True)
class SessionChange:
    """A session after an event, with the line that tells it."""

    before: Session
    after: Session
    line: HistoryLine
    event: SessionEvent


@dataclass(frozen=True)
class Change:
    """A registration after an event, with the line that tells it; `before` is None for a new one."""

    before: Registration | None
    after: Registration
    line: HistoryLine
    event: Event | None


def new_registration_id(session_id: str, secret: str) -> str:
    """The identifier that goes with a session and a secret: the same one each time a form is sent."""
    return f"{session_id}-{ids.digest(secret)[:SUFFIX_LENGTH]}"


def session_of(registration_id: str) -> str:
    """The session that a registration is for: its identifier says so."""
    return registration_id.rpartition("-")[0]


class SessionUnknown(NotFound):
    """No such session, or none for this person's eyes."""

    def __init__(self) -> None:
        super().__init__(
            "Cette session n’existe pas ou n’est pas publiée. Retrouvez les autres sur la page des formations."
        )


class RegistrationUnknown(NotFound):
    """No such registration for this person."""

    def __init__(self) -> None:
        super().__init__("Cette inscription n’existe pas ou ne vous est pas ouverte.")


class OutOfStep(AlreadySettled):
    """The record has moved on: this event no longer applies to it."""

    def __init__(self) -> None:
        super().__init__("Cette inscription ou cette session a changé entre-temps\u00a0: rechargez la page.")


class RegistrationClosed(RuleBroken):
    """Nobody may register any more, or not yet."""

    def __init__(self, why: str) -> None:
        super().__init__(why)


class SessionBegun(RuleBroken):
    """Nobody gives a seat back any more: who does not come has missed the session, or is excused by the office."""

    def __init__(self) -> None:
        super().__init__(
            "La session a commencé\u00a0: une inscription ne s’annule plus. Un empêchement\u00a0? Appelez l’office, "
            "qui peut noter une absence excusée."
        )


class SessionFull(AlreadySettled):
    """Every seat is taken, and the session has no waiting list."""

    def __init__(self) -> None:
        super().__init__("Il n’y a plus de place pour cette session, et elle n’a pas de liste d’attente.")


class StructureLimitReached(RuleBroken):
    """The structure has as many people as it may while others wait."""

    def __init__(self, limit: int) -> None:
        people = "1\u00a0personne" if limit == 1 else f"{limit}\u00a0personnes"
        super().__init__(
            f"Cette session est complète\u00a0: tant que d’autres attendent, {people} au plus par structure."
        )


class AlreadyRegistered(AlreadySettled):
    """The same person is registered already; `registration_id` is theirs."""

    def __init__(self, registration_id: str) -> None:
        super().__init__("Cette personne est déjà inscrite à cette session.")
        self.registration_id = registration_id


class NotAudience(RuleBroken):
    """The session is for others."""
