"""What the printed papers of a session are made of, whoever keeps the session. Instants are aware, shown in Paris."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True)
class HalfDayPaper:
    """One half-day: what is signed for on one sheet."""

    starts_at: datetime
    ends_at: datetime

    @property
    def lasts(self) -> timedelta:
        """The time that really passes: a clock that is put on or back in between does not count."""
        return self.ends_at.astimezone(UTC) - self.starts_at.astimezone(UTC)


@dataclass(frozen=True)
class SessionPaper:
    """One session. Texts of several lines keep their line breaks; what is not known is empty.

    `place` are the lines of an address. `activity_number` is the number under which the office is declared as a
    training body, `siret` that of its establishment; both are shown for a training action only.
    """

    title: str
    reference: str
    kind_words: str
    is_training_action: bool
    half_days: tuple[HalfDayPaper, ...]
    trainer_name: str = ""
    place: tuple[str, ...] = ()
    is_remote: bool = False
    objectives: str = ""
    prerequisites: str = ""
    programme: str = ""
    methods: str = ""
    assessment: str = ""
    to_bring: str = ""
    access: str = ""
    video_link: str = ""
    accessibility_contact: str = ""
    regulations_url: str = ""
    cancellation_sentence: str = ""
    activity_number: str = ""
    siret: str = ""


@dataclass(frozen=True)
class PersonPaper:
    """Someone who takes part, with the structure that they come from.

    `status` is what they are there, as the registration's form knows it (`employee`, `owner`, …); empty if not told.
    """

    name: str
    structure: str = ""
    function: str = ""
    status: str = ""


@dataclass(frozen=True)
class Presence:
    """A person of a half-day; `marked_at` is when staff noted that they are there, None if nobody did."""

    person: PersonPaper
    marked_at: datetime | None = None


@dataclass(frozen=True)
class CertificateFacts:
    """What a certificate certifies: the half-days of the session which the person attended, in their order.

    `is_delegate` tells that who answers for it is not the legal representative. `proof_years` is for how long the
    organiser keeps the proofs of a training action, from the end of the year of the last payment, `kept_years` for how
    long the application keeps the presences of any session; both are the office file's, 0 if not known.
    """

    session: SessionPaper
    person: PersonPaper
    attended: tuple[HalfDayPaper, ...]
    code: str
    issued_on: date
    signed_by: str
    signed_as: str = ""
    is_delegate: bool = True
    proof_years: int = 0
    kept_years: int = 0


def attended_minutes(half_days: Iterable[HalfDayPaper]) -> int:
    """How long the half-days last together, in whole minutes that really pass."""
    return sum((half_day.lasts for half_day in half_days), timedelta()) // timedelta(minutes=1)
