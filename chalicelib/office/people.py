"""Who works at the office, who replaces whom and until when, and hence who is asked to decide."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
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
        "president": "Présidence",
        "inspector": "Inspection des hébergements",
        "elected": "Élus",
    }
)
ROLES = tuple(ROLE_LABELS)


def roles_in_words(roles: Iterable[str]) -> str:
    """`Comptabilité, Direction`: who is meant by some roles."""
    return ", ".join(ROLE_LABELS[role] for role in roles)


TOTALS_ONLY = frozenset({"elected"})
"""Who has no other role sees totals, and no file."""


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


Candidate = tuple[Person, Person]
"""Who has the role, and who would answer for them."""

_NOBODY = (
    "Personne à l’office ne peut traiter cette demande pour le moment. "
    "Complétez le fichier de l’office\u00a0: rôle «\u00a0{}\u00a0» ou «\u00a0Direction\u00a0»."
)


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
        holders, directors = self.holders(role), self.holders("director")
        line = chain(
            self._present(holders, on), self._usual(holders, on),
            self._present(directors, on), self._usual(directors, on),
        )  # fmt: skip
        first = _first(line, role, excluding)
        if first is None:
            raise NobodyToAsk(_NOBODY.format(ROLE_LABELS[role]))
        return first

    def escalation(
        self, role: str, on: date, excluding: frozenset[str], asked: frozenset[str] = frozenset()
    ) -> Approver | None:
        """The first who may decide when those who were asked do not answer: by default, the approver.

        Unlike those who may not decide, the silent ones can be stood in for.
        """
        try:
            silent = asked or frozenset({self.approver(role, on, excluding).email})
        except NobodyToAsk:
            return None
        holders, directors = self.holders(role), self.holders("director")
        line = chain(
            self._usual(holders, on), self._present(holders, on),
            self._present(directors, on), self._usual(directors, on),
        )  # fmt: skip
        return _first(line, role, excluding, silent)

    def _stand_in(self, person: Person, on: date) -> Person | None:
        for deputy in self.deputies:
            if deputy.person == person.id and deputy.period.includes(on):
                return self.person(deputy.deputy)
        return None

    def _present(self, titulars: tuple[Person, ...], on: date) -> Iterator[Candidate]:
        for titular in titulars:
            yield titular, self.present(titular, on)

    def _usual(self, titulars: tuple[Person, ...], on: date) -> Iterator[Candidate]:
        for titular in titulars:
            if titular.usual_deputy and (deputy := self.person(titular.usual_deputy)):
                yield titular, self.present(deputy, on)


def _first(
    line: Iterable[Candidate], role: str, excluding: frozenset[str], silent: frozenset[str] = frozenset()
) -> Approver | None:
    refused = {email.strip().casefold() for email in excluding}
    passed_over = refused | {email.strip().casefold() for email in silent}
    for titular, person in line:
        if person.email.casefold() in passed_over:
            continue
        # Whoever may not decide cannot be represented either: their deputy then answers in their own name.
        stands_in = person.id != titular.id and titular.email.casefold() not in refused
        return Approver(person.id, person.name, person.email, role, titular.name if stands_in else None)
    return None
