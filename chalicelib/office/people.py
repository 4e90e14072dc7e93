"""Who works at the office, who replaces whom and until when, and hence who is asked to decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from chalicelib.kernel.errors import RuleBroken
from chalicelib.office.periods import Period

ROLE_LABELS = MappingProxyType(
    {
        "director": "Direction",
        "network_officer": "Chargé du réseau des partenaires",
        "quality_officer": "Chargé de la qualité",
        "observatory": "Observatoire",
        "accounting": "Comptabilité",
    }
)
ROLES = tuple(ROLE_LABELS)


class NobodyToAsk(RuleBroken):
    """No person of the office file may decide this on that day."""


@dataclass(frozen=True)
class Person:
    """Someone of the staff. `usual_deputy` is the id of the person asked when this one does not answer."""

    id: str
    first_name: str
    last_name: str
    email: str
    roles: tuple[str, ...]
    phone: str = ""
    usual_deputy: str | None = None

    @property
    def name(self) -> str:
        """First name, then last name."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True)
class Deputy:
    """From the first to the last day of `period`, `deputy` acts for `person` (both are ids)."""

    person: str
    deputy: str
    period: Period


@dataclass(frozen=True)
class Approver:
    """Who is asked. `on_behalf_of` is the name of the person replaced, or None."""

    person_id: str
    name: str
    email: str
    role: str
    on_behalf_of: str | None = None


@dataclass(frozen=True)
class Staff:
    """The people and their deputies; answers who is asked, for a role, on a day in Paris."""

    people: tuple[Person, ...]
    deputies: tuple[Deputy, ...] = ()

    def person(self, person_id: str) -> Person | None:
        """The person with that id."""
        return next((person for person in self.people if person.id == person_id), None)

    def holders(self, role: str) -> tuple[Person, ...]:
        """Everyone who has the role, in the order of the file: the first is asked first."""
        return tuple(person for person in self.people if role in person.roles)

    def present(self, person: Person, on: date) -> Person:
        """`person`, or whoever replaces them that day; a deputy who is away is replaced in turn."""
        seen = {person.id}
        while (stand_in := self._stand_in(person, on)) and stand_in.id not in seen:
            seen.add(stand_in.id)
            person = stand_in
        return person

    def approver(self, role: str, on: date, excluding: frozenset[str]) -> Approver:
        """The first who may decide: holders of the role, their usual deputies, then the direction."""
        refused = _folded(excluding)
        for candidate in self._candidates(role, on, refused):
            return candidate
        raise NobodyToAsk(
            "Personne à l'office ne peut traiter cette demande pour le moment. "
            f"Complétez le fichier de l'office : rôle « {ROLE_LABELS[role]} » ou « Direction »."
        )

    def escalation(self, role: str, on: date, excluding: frozenset[str]) -> Approver | None:
        """The first who may decide when the approver does not answer: never the approver."""
        refused = _folded(excluding)
        first = next(self._candidates(role, on, refused), None)
        if first is None:
            return None
        titular = first.on_behalf_of or first.name
        for titular_person, person in self._second_line(role, on):
            if person.email.casefold() in refused | {first.email.casefold()}:
                continue
            excluded = titular_person.email.casefold() in refused
            return _approver(person, role, None if excluded or person.name == titular else titular)
        return None

    def _stand_in(self, person: Person, on: date) -> Person | None:
        for deputy in self.deputies:
            if deputy.person == person.id and deputy.period.includes(on):
                return self.person(deputy.deputy)
        return None

    def _candidates(self, role: str, on: date, refused: frozenset[str]) -> Iterator[Approver]:
        for titular, person in self._first_line(role, on):
            if person.email.casefold() in refused:
                continue
            replaced = person.id != titular.id and titular.email.casefold() not in refused
            yield _approver(person, role, titular.name if replaced else None)

    def _first_line(self, role: str, on: date) -> Iterator[tuple[Person, Person]]:
        for group in (self.holders(role), self.holders("director")):
            for titular in group:
                yield titular, self.present(titular, on)
            for titular in group:
                yield from self._usual_deputy(titular, on)

    def _second_line(self, role: str, on: date) -> Iterator[tuple[Person, Person]]:
        for group in (self.holders(role), self.holders("director")):
            for titular in group:
                yield from self._usual_deputy(titular, on)
            for titular in group:
                yield titular, self.present(titular, on)

    def _usual_deputy(self, titular: Person, on: date) -> Iterator[tuple[Person, Person]]:
        deputy = self.person(titular.usual_deputy) if titular.usual_deputy else None
        if deputy:
            yield titular, self.present(deputy, on)


def _folded(emails: frozenset[str]) -> frozenset[str]:
    return frozenset(email.strip().casefold() for email in emails)


def _approver(person: Person, role: str, on_behalf_of: str | None) -> Approver:
    return Approver(person.id, person.name, person.email, role, on_behalf_of)
