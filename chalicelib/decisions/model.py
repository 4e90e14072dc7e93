"""A question put to a person: asked once, answered once, reminded, passed on, or closed unanswered."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from chalicelib.kernel.clock import iso
from chalicelib.kernel.errors import AlreadySettled, NotFound, RuleBroken
from chalicelib.kernel.french import french_integer, french_long_date, french_long_moment


class DecisionState(StrEnum):
    """A decision is pending, then decided, or expired, or withdrawn because the file moved on."""

    PENDING = "pending"
    DECIDED = "decided"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


def question_id(record: str, step: str, round_: int) -> str:
    """The identifier of the question that is put about a record at a step, in a round."""
    return sha256(f"{record}\n{step}\n{round_}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Outcome:
    """One possible answer: its code, its label on the button row, whether a reason is due."""

    code: str
    label: str
    needs_reason: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Reason:
    """The text that goes with an answer: what it is called, who reads it, what says that it is due, its most signs."""

    label: str = "Motif ou message au demandeur"
    hint: str = "Le demandeur le lira tel quel."
    missing: str = "Indiquez le motif\u00a0: il est transmis au demandeur."
    most: int = 4000


@dataclass(frozen=True)
class Timetable:
    """When to remind, pass on and give up, in days after the question; frozen with it.

    `expires_at` is an exact end in the place of the last day, as an ISO instant in UTC: an answer that comes later
    never counts. Where it is empty, the days say when the question ends.
    """

    reminder_days: tuple[int, ...]
    expiry_days: int
    escalation_days: int | None = None
    working_days: bool = True
    expires_at: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether the question ends at an instant, not with a day."""
        return bool(self.expires_at)


def calendar_days(expiry: int, every: int) -> Timetable:
    """Counted on every day of the week: a reminder `every` so many days before the last."""
    return Timetable(tuple(range(every, expiry, every)), expiry, working_days=False)


def until(end: datetime) -> Timetable:
    """An exact end, and nobody is reminded before it."""
    return Timetable((), 0, working_days=False, expires_at=iso(end))


NOTHING_TO_SHOW: Mapping[str, Any] = {
    "verdicts": (),
    "sections": (),
    "fee": (),
    "fee_total": "",
    "documents": (),
    "history": (),
}
"""The parts of a dossier that the page and the mail of a question to staff show; a question gives those it has.

`verdicts`: {label, level, detail}, `sections`: {title, rows}, `fee` and rows: {label, value}, `documents`: {title,
name, owner, upload_id, only_for}, `history`: {when, who, what, reason}. A document that who answers may not open has
no `upload_id`, but says for whom it is.
"""


@dataclass(frozen=True)
class Question:
    """What is asked about which record at which step.

    `role` says who may answer besides the addressee, empty when nobody else may.
    `dossier` is what the page shows: the record as it stood when the question was put, as plain JSON.
    `page` is the page its links open, `mail` and `reminder_mail` the messages that carry them.
    `process` is the process that asks: its reconciler closes the question when the record is gone.
    `call` is what the subjects of its mails begin with. `needs_session` asks who answers by a link to be logged in too.
    `readers` are the roles whose holders read it at the desk; all staff do when it names none.
    """

    record: str
    step: str
    round: int
    reference: str
    title: str
    subject_name: str
    role: str
    outcomes: tuple[Outcome, ...]
    timetable: Timetable
    mail: str
    reminder_mail: str
    page: str = "/decisions"
    dossier: Mapping[str, Any] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()
    process: str = ""
    call: str = "À décider"
    needs_session: bool = False
    readers: frozenset[str] = frozenset()
    reason: Reason = Reason()

    def document(self, upload_id: str) -> Mapping[str, Any] | None:
        """The document of the dossier with that identifier, or None."""
        found = self.full_dossier["documents"]
        return next((one for one in found if upload_id and one["upload_id"] == upload_id), None)

    @property
    def full_dossier(self) -> Mapping[str, Any]:
        """The dossier with every part that may be shown, empty where the question has none."""
        return {**NOTHING_TO_SHOW, **self.dossier}

    @property
    def decision_id(self) -> str:
        """The same question has the same identifier, however often a task asks it."""
        return question_id(self.record, self.step, self.round)


@dataclass(frozen=True)
class Addressee:
    """A person the question was put to; `on_behalf_of` names whom a deputy stands in for.

    `asked_on` is the day in Paris, as `2027-03-03`, for those who were asked after the first ones.
    """

    name: str
    email: str
    on_behalf_of: str = ""
    asked_on: str = ""


@dataclass(frozen=True)
class Asked:
    """A question and the person it is put to."""

    question: Question
    addressee: Addressee


@dataclass(frozen=True)
class Visitor:
    """Who stands before the question: known by a mailed `link`, or logged in at the `desk`."""

    name: str
    email: str
    via: str
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Answer:
    """What was answered, by whom, when, how: by `link` or at the `desk`."""

    outcome: str
    reason: str
    by_name: str
    by_email: str
    at: datetime
    via: str
    on_behalf_of: str = ""


@dataclass(frozen=True)
class Decision:
    """A question with its addressees, its state and, once given, its answer.

    `task_tokens` are the waiting states of the process that asked; most are gone, all are told. `delivered_at` is
    when they were told last.
    """

    question: Question
    state: DecisionState
    addressees: tuple[Addressee, ...]
    asked_at: datetime
    expires_at: datetime
    task_tokens: tuple[str, ...]
    answer: Answer | None = None
    is_delivered: bool = False
    delivered_at: datetime | None = None

    @property
    def id(self) -> str:
        """The question's identifier."""
        return self.question.decision_id

    def outcome(self, code: str) -> Outcome | None:
        """The possible answer with this code."""
        return next((outcome for outcome in self.question.outcomes if outcome.code == code), None)

    @property
    def answer_label(self) -> str:
        """The recorded answer in words."""
        outcome = self.outcome(self.answer.outcome) if self.answer else None
        return outcome.label if outcome else ""

    @property
    def deadline(self) -> str:
        """Until when an answer is due: `jeudi 4 mars 2027`, and `à 14 h 30` where the end is exact."""
        if self.question.timetable.is_exact:
            return french_long_moment(self.expires_at)
        return french_long_date(self.expires_at - timedelta(seconds=1))

    def is_too_late(self, at: datetime) -> bool:
        """Whether an exact end has passed by then: no answer counts, though the question may not be closed yet."""
        return self.question.timetable.is_exact and at >= self.expires_at

    def addressee(self, email: str) -> Addressee | None:
        """The addressee with this address."""
        wanted = email.lower()
        return next((one for one in self.addressees if one.email.lower() == wanted), None)


class DecisionUnknown(NotFound):
    """No such question."""

    def __init__(self) -> None:
        super().__init__("Cette demande n’existe pas ou ne vous est pas adressée.")


class AlreadyDecided(AlreadySettled):
    """Somebody answered first, or the question was closed; `decision` says what is recorded."""

    def __init__(self, decision: Decision) -> None:
        super().__init__("Une réponse est déjà enregistrée.")
        self.decision = decision


class ChoiceMissing(RuleBroken):
    """The answer names no possible outcome."""

    def __init__(self) -> None:
        super().__init__("Choisissez une réponse.")


class ReasonMissing(RuleBroken):
    """This outcome needs a reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.missing)


class ReasonTooLong(RuleBroken):
    """The text has more signs than the question takes: whoever wrote it shortens it, nobody else."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(
            f"Raccourcissez ce texte\u00a0: {french_integer(reason.most)}\u00a0caractères au plus."
        )


class NotYours(RuleBroken):
    """This person may not answer this question: another role, or their own file."""

    def __init__(self) -> None:
        super().__init__(
            "Vous ne pouvez pas répondre à cette demande\u00a0: elle revient à une autre personne."
        )


class SessionNeeded(RuleBroken):
    """This answer is taken from who is logged in only: a mailed link does not suffice."""

    def __init__(self) -> None:
        super().__init__("Cette décision engage de l’argent\u00a0: connectez-vous au bureau pour répondre.")


class DecisionExpired(RuleBroken):
    """Nobody answered in time; the name is the one the state machines catch."""


class DecisionWithdrawn(RuleBroken):
    """The file moved on without the answer; the name is the one the state machines catch."""


def check_answer(decision: Decision, outcome_code: str, reason: str) -> None:
    """Raise unless the outcome is possible and has its reason, of no more signs than the question takes."""
    outcome, asked = decision.outcome(outcome_code), decision.question.reason
    if outcome is None:
        raise ChoiceMissing
    if outcome.needs_reason and not reason.strip():
        raise ReasonMissing(asked)
    if len(reason.strip()) > asked.most:
        raise ReasonTooLong(asked)


def may_answer(decision: Decision, visitor: Visitor) -> bool:
    """Whether this person may answer: an addressee, or someone with the role, never an excluded one."""
    if visitor.email.lower() in decision.question.excluded:
        return False
    return decision.addressee(visitor.email) is not None or decision.question.role in visitor.roles


def may_read(decision: Decision, visitor: Visitor) -> bool:
    """Whether this person may open the question at the desk: an addressee, or someone whose work needs it."""
    readers = decision.question.readers
    return not readers or bool(readers & visitor.roles) or decision.addressee(visitor.email) is not None


def as_of(decision: Decision, at: datetime) -> Decision:
    """The decision as it is shown at that instant: an exact end closes it before anybody has noted so."""
    if decision.state is DecisionState.PENDING and decision.is_too_late(at):
        return replace(decision, state=DecisionState.EXPIRED)
    return decision


def decided(decision: Decision, answer: Answer) -> Decision:
    """The decision with its answer."""
    return replace(decision, state=DecisionState.DECIDED, answer=answer)
