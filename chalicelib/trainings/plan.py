"""What a session is to be, as the rules read it from the answers of its form; a draft may lack any of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.kernel.clock import paris_day
from chalicelib.trainings.half_days import Day, HalfDay, days_of, half_days_in, minutes_of
from chalicelib.trainings.kinds import is_training_action

Answers = Mapping[str, Any]
EVERYBODY, PARTNERS, PARTNERS_FIRST = "everybody", "partners", "partners_first"
YES = "yes"
REMOTE, EXTERNAL = "remote", "external"


@dataclass(frozen=True)
class Trainer:
    """Who leads the session; an external one has it approved by the direction."""

    name: str = ""
    email: str = ""
    about: str = ""
    is_external: bool = False


@dataclass(frozen=True)
class Place:
    """Where it is: on site, or behind a video link that only who is registered is told."""

    name: str = ""
    address: str = ""
    access: str = ""
    video_link: str = ""
    is_remote: bool = False

    @property
    def line(self) -> str:
        """On one line, fit for everybody."""
        return "À distance" if self.is_remote else ", ".join(filter(None, (self.name, self.address)))


@dataclass(frozen=True)
class Audience:
    """Who may register: `partners_first_days` before the beginning it is open to others too."""

    who: str = EVERYBODY
    partners_first_days: int | None = None
    categories: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    per_structure: int | None = None


@dataclass(frozen=True)
class Plan:
    """The session as it is planned; `in_charge` and `accessibility` are people of the office file.

    `methods`, `assessment` and `access_terms` are told of a training action only (Qualiopi, indicator 1).
    """

    kind: str
    title: str
    theme: str
    summary: str
    objectives: str
    prerequisites: str
    programme: str
    methods: str
    assessment: str
    access_terms: str
    to_bring: str
    trainer: Trainer
    half_days: tuple[HalfDay, ...]
    place: Place
    seats: int
    minimum: int
    has_waitlist: bool
    selects: bool
    audience: Audience
    price_cents: int
    funding: str
    serves_meal: bool
    accessibility: str
    in_charge: str

    @property
    def public(self) -> "Plan":
        """What of it everybody may see."""
        trainer = replace(self.trainer, email="", is_external=False)
        return replace(
            self, trainer=trainer, place=replace(self.place, video_link=""), minimum=0, in_charge=""
        )

    @property
    def is_training_action(self) -> bool:
        """Whether the documents of a training action are due."""
        return is_training_action(self.kind)

    @property
    def is_free(self) -> bool:
        """Whether nothing is to be paid."""
        return self.price_cents == 0

    @property
    def minutes(self) -> int:
        """How long all half-days last."""
        return minutes_of(self.half_days)

    @property
    def days(self) -> tuple[Day, ...]:
        """Its days, each an entry in a calendar."""
        return days_of(self.half_days)

    @property
    def starts_at(self) -> datetime | None:
        """When the first half-day begins; None for a draft without dates."""
        return self.half_days[0].starts_at if self.half_days else None

    @property
    def ends_at(self) -> datetime | None:
        """When the last half-day ends."""
        return max(one.ends_at for one in self.half_days) if self.half_days else None

    @property
    def end(self) -> datetime:
        """The same of a session that was published, and so has dates. Raises `ValueError` for a draft without any."""
        return max(one.ends_at for one in self.half_days)

    @property
    def first_day(self) -> date | None:
        """The day, in Paris, on which it begins."""
        return self.half_days[0].on if self.half_days else None

    def half_day(self, key: str) -> HalfDay | None:
        """The half-day of that key."""
        return next((one for one in self.half_days if one.key == key), None)

    def opens_to_others_on(self) -> date | None:
        """The day from which others than partners may register; None when they never or always may."""
        if self.audience.who != PARTNERS_FIRST or self.first_day is None:
            return None
        return self.first_day - timedelta(days=self.audience.partners_first_days or 0)

    def is_for_partners_only(self, now: datetime) -> bool:
        """Whether only partners may register at that instant."""
        opens_on = self.opens_to_others_on()
        narrow = bool(self.audience.categories or self.audience.communes)
        return self.audience.who == PARTNERS or narrow or (opens_on is not None and paris_day(now) < opens_on)


def plan_of(answers: Answers) -> Plan:
    """The plan that the answers of a session's form make."""
    return Plan(
        **{name: str(answers.get(name, "")) for name in _TEXTS},
        trainer=Trainer(
            name=str(answers.get("trainer_name", "")),
            email=str(answers.get("trainer_email", "")).lower(),
            about=str(answers.get("trainer_about", "")),
            is_external=answers.get("trainer_kind") == EXTERNAL,
        ),
        half_days=half_days_in(_rows(answers.get("half_days"))),
        place=_place(answers),
        seats=_number(answers.get("seats")),
        minimum=_number(answers.get("minimum")),
        has_waitlist=answers.get("has_waitlist", YES) == YES,
        selects=answers.get("selects") == YES,
        audience=_audience(answers),
        price_cents=_number(answers.get("price_cents")),
        serves_meal=bool(answers.get("serves_meal")),
    )


_TEXTS = (
    "kind", "title", "theme", "summary", "objectives", "prerequisites", "programme", "methods", "assessment",
    "access_terms", "to_bring", "funding", "accessibility", "in_charge",
)  # fmt: skip


def _place(answers: Answers) -> Place:
    return Place(
        name=str(answers.get("place_name", "")),
        address=str(answers.get("place_address", "")),
        access=str(answers.get("access", "")),
        video_link=str(answers.get("video_link", "")),
        is_remote=answers.get("mode") == REMOTE,
    )


def _audience(answers: Answers) -> Audience:
    limit, first = answers.get("per_structure"), answers.get("partners_first_days")
    return Audience(
        who=str(answers.get("audience", EVERYBODY)),
        partners_first_days=_number(first) if first is not None else None,
        categories=tuple(map(str, answers.get("categories", ()))),
        communes=tuple(map(str, answers.get("communes", ()))),
        per_structure=_number(limit) or None,
    )


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0
