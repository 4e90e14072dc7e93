"""What the oracle keeps of each file: where it stands, what it tells, what it owes, what was asked about it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.stateful.trade import MACHINE, STEP


@dataclass(frozen=True)
class Said:
    """What somebody said, or SILENCE."""

    what: str
    who: str = MACHINE
    why: str = ""


@dataclass
class Question:
    """A question that was put, by its identifier; `asked` are addressees with the day they were asked on."""

    step: str
    round: int
    on: date
    asked: dict[str, date | None]
    lines: Counter[str]
    is_open: bool = True
    occasions: set[Any] = field(default_factory=set)


@dataclass
class File:
    """One file; `owes` is what it has been told, by a person at `told_at`, and not yet written down."""

    id: str
    answers: dict[str, Any]
    since: datetime
    status: str = "awaiting_confirmation"
    round: int = 1
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    mails: Counter[tuple[str, str]] = field(default_factory=Counter)
    owes: Said | None = None
    told_at: datetime | None = None
    offers: list[Said] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)
    told: set[Any] = field(default_factory=set)

    @property
    def email(self) -> str:
        return str(self.answers["email"])

    @property
    def name(self) -> str:
        return f"{self.answers['first_name']} {self.answers['last_name']}"

    @property
    def question(self) -> Question | None:
        """What the file waits for now, if it was asked."""
        now = (STEP.get(self.status), self.round)
        return next((one for one in self.questions.values() if (one.step, one.round) == now), None)
