"""The people of a session as tables of the desk, a list for each way that they stand to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from chalicelib.decisions.model import question_id
from chalicelib.kernel.french import french_date, french_integer, french_moment
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.paths import desk_registration_path
from chalicelib.trainings.roll import Roll
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.wording import STATUS_WORDS, counted
from chalicelib.web.urls import url

MOST = 15
"""So many of a list stand on the page of a session; all of them have a page of their own."""
NONE_TOLD = "Aucun"
Row = dict[str, object]
Columns = Sequence[tuple[str, ...]]
NAME, STRUCTURE, CONTACT = ("name", "Personne"), ("structure", "Structure"), ("contact", "Contact", "address")


@dataclass(frozen=True)
class Group:
    """One list: its key in addresses, its title, its columns, who is in it."""

    key: str
    title: str
    columns: Columns
    people: Callable[[Roll], Sequence[Registration]]


GROUPS = (
    Group(
        "places", "Personnes inscrites", (NAME, STRUCTURE, CONTACT, ("since", "Place depuis le")),
        lambda roll: roll.seated,
    ),
    Group(
        "presences", "Présences", (NAME, STRUCTURE, CONTACT, ("status", "État")),
        lambda roll: roll.counted,
    ),
    Group(
        "proposees", "Places proposées", (NAME, STRUCTURE, CONTACT, ("until", "Réponse avant le")),
        lambda roll: roll.offered,
    ),
    Group(
        "attente", "Liste d’attente", (NAME, ("rank", "Rang"), STRUCTURE, CONTACT, ("asked", "Depuis le")),
        lambda roll: roll.waiting,
    ),
    Group(
        "etude", "Demandes à l’étude", (NAME, STRUCTURE, CONTACT, ("asked", "Depuis le"), ("question", "Réponse")),
        lambda roll: roll.pending,
    ),
    Group(
        "parties", "Ne viennent pas", (NAME, STRUCTURE, ("status", "État"), ("moved", "Depuis le")),
        lambda roll: roll.left,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class PeopleShown:
    """A list with its rows, as far as they are shown, and how many people are in it."""

    group: Group
    rows: Sequence[Row]
    count: int

    @property
    def counted(self) -> str:
        """`2 personnes`."""
        return people_in_words(self.count)


@dataclass(frozen=True)
class PeopleTable:
    """Makes the rows of a session's people."""

    session: Session
    seats: Seats

    def shown(self, roll: Roll) -> list[PeopleShown]:
        """Every list that has somebody in it, the first of each."""
        lists = ((group, group.people(roll)) for group in GROUPS)
        return [
            PeopleShown(group, self.rows(people[:MOST]), len(people)) for group, people in lists if people
        ]

    def rows(self, people: Sequence[Registration]) -> list[Row]:
        """A row for each of them, with the cells of every list."""
        return [self._row(one) for one in people]

    def _row(self, one: Registration) -> Row:
        return {
            "name": link_to(self.session, one),
            "structure": one.structure.name,
            "contact": _contact(one),
            "rank": french_integer(self.seats.rank(one.id)),
            "status": STATUS_WORDS[one.status].label,
            "question": _question(one),
            **_days(one),
        }


def group_of(key: str) -> Group:
    """The list of that key; the first one for any other text."""
    return next((group for group in GROUPS if group.key == key), GROUPS[0])


def link_to(session: Session, one: Registration) -> Markup:
    """The name of a person, leading to their page."""
    path = desk_registration_path(session.reference, one.reference)
    return Markup('<a href="{}">{}</a>').format(url(path), one.person.name)


def people_in_words(count: int) -> str:
    """`2 personnes`."""
    return counted(count, "personne", "personnes")


def needs_rows(people: Sequence[Registration], needs: Mapping[str, Mapping[str, str]]) -> list[Row]:
    """What each of these people needs, for the person in charge."""
    asked = ((one, needs[one.id]) for one in people if one.id in needs)
    return [
        {
            "name": one.person.name,
            "needs": said.get("needs") or NONE_TOLD,
            "diet": said.get("diet") or NONE_TOLD,
        }
        for one, said in asked
    ]


def _days(one: Registration) -> Row:
    return {
        "since": french_date(one.confirmed_at) if one.confirmed_at else "",
        "until": french_moment(one.offered_until) if one.offered_until else "",
        "asked": french_date(one.asked_at),
        "moved": french_date(one.status_since),
    }


def _contact(one: Registration) -> Markup:
    mail = Markup('<a href="mailto:{0}">{0}</a>').format(one.email)
    return Markup("{}<br>{}").format(mail, one.person.phone) if one.person.phone else mail


def _question(one: Registration) -> Markup:
    """The way to the question whether the person is taken."""
    asked = question_id(one.id, one.awaited_step, one.round)
    return Markup('<a href="{}">Répondre</a>').format(url(f"/bureau/decisions/{asked}"))
