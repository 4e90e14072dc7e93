"""The catalogue: which sessions are to come, and those that somebody is looking for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.kernel.french import MONTHS
from chalicelib.trainings.kinds import KIND_WORDS
from chalicelib.trainings.model import Session
from chalicelib.trainings.plan import Place
from chalicelib.web.fields import Choice

THEME, KIND, PLACE, MONTH = "theme", "type", "lieu", "mois"
REMOTE_PLACE = "a-distance"


@dataclass(frozen=True)
class Wanted:
    """What is looked for; an empty text is anything. `month` is `2027-03`."""

    theme: str = ""
    kind: str = ""
    place: str = ""
    month: str = ""

    @property
    def query(self) -> dict[str, str]:
        """What an address that asks for the same has in it."""
        asked = {THEME: self.theme, KIND: self.kind, PLACE: self.place, MONTH: self.month}
        return {name: value for name, value in asked.items() if value}

    @property
    def is_any(self) -> bool:
        """Whether nothing in particular is looked for."""
        return not self.query


def wanted_of(query: Mapping[str, str]) -> Wanted:
    """What the address of the page asks for."""
    return Wanted(*(query.get(name, "").strip() for name in (THEME, KIND, PLACE, MONTH)))


def to_come(sessions: Iterable[Session], now: datetime) -> list[Session]:
    """The open sessions that have not begun, the next one first."""
    dated = [(one.plan.starts_at, one) for one in sessions if one.is_open]
    return [one for starts_at, one in sorted(_ahead(dated, now), key=lambda pair: (pair[0], pair[1].id))]


def found(sessions: Sequence[Session], wanted: Wanted) -> list[Session]:
    """Those of them that are looked for."""
    return [one for one in sessions if _fits(one, wanted)]


def choices_in(sessions: Sequence[Session], themes: Mapping[str, str]) -> dict[str, list[Choice]]:
    """What can be looked for among these sessions."""
    plans = [one.plan for one in sessions]
    return {
        THEME: _choices((plan.theme for plan in plans), themes),
        KIND: _choices((plan.kind for plan in plans), KIND_WORDS),
        PLACE: sorted({Choice(_place(one.place), place_label(one.place)) for one in plans}, key=_label),
        MONTH: [Choice(key, _month(key)) for key in sorted({_month_key(one) for one in sessions} - {""})],
    }


def place_label(place: Place) -> str:
    """The place as one looks for it."""
    return "À distance" if place.is_remote else place.name


def _ahead(dated: Iterable[tuple[datetime | None, Session]], now: datetime) -> list[tuple[datetime, Session]]:
    return [(starts_at, one) for starts_at, one in dated if starts_at and starts_at > now]


def _fits(session: Session, wanted: Wanted) -> bool:
    plan = session.plan
    return (
        wanted.theme in ("", plan.theme)
        and wanted.kind in ("", plan.kind)
        and wanted.place in ("", _place(plan.place))
        and wanted.month in ("", _month_key(session))
    )


def _place(place: Place) -> str:
    return REMOTE_PLACE if place.is_remote else place.name


def _month_key(session: Session) -> str:
    return session.plan.first_day.isoformat()[:7] if session.plan.first_day else ""


def _month(key: str) -> str:
    year, _, month = key.partition("-")
    return f"{MONTHS[int(month) - 1].capitalize()} {year}"


def _choices(values: Iterable[str], labels: Mapping[str, str]) -> list[Choice]:
    return sorted((Choice(value, labels[value]) for value in set(values) if value in labels), key=_label)


def _label(choice: Choice) -> str:
    return choice.label.casefold()
