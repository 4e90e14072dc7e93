"""What a column is about, by its title: in French or English, whatever its accents, capitals and order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from chalicelib.observatory.reading.words import plain

DAY, OFFERED, OCCUPIED, NIGHTS, ARRIVALS, WHO = "day", "offered", "occupied", "nights", "arrivals", "who"
DUE = (DAY, OFFERED, OCCUPIED)
FIGURES = (OFFERED, OCCUPIED, NIGHTS, ARRIVALS)
LABELS = {
    DAY: "Date",
    OFFERED: "Proposé",
    OCCUPIED: "Vendu",
    NIGHTS: "Nuitées",
    ARRIVALS: "Arrivées",
    WHO: "Établissement",
}
"""What the columns are called when they are told of."""


def _each(nouns: Iterable[str], words: Iterable[str]) -> set[str]:
    """`chambres` and `ouvertes`: with the noun, without it, and as English has it, the other way round."""
    pairs = list(product(nouns, words))
    return (
        {f"{noun} {word}" for noun, word in pairs} | {f"{word} {noun}" for noun, word in pairs} | set(words)
    )


UNITS = (
    "chambres", "unites", "emplacements", "lits", "meubles", "logements", "hebergements", "nuits", "parcelles",
    "rooms", "units", "pitches", "beds", "room nights", "unit nights", "nights",
)  # fmt: skip
OPEN = (
    "ouvert", "ouverts", "ouvertes", "propose", "proposes", "proposees", "disponible", "disponibles", "offert",
    "offerts", "offertes", "a la vente", "en vente", "available", "offered", "open", "opened", "for sale",
)  # fmt: skip
SOLD = (
    "occupe", "occupes", "occupees", "vendu", "vendus", "vendues", "loue", "loues", "louees", "reserve", "reserves",
    "reservees", "occupied", "sold", "let", "booked", "rented",
)  # fmt: skip
WORDS: Mapping[str, frozenset[str]] = {
    DAY: frozenset({
        "date", "jour", "nuit", "nuit du", "date de la nuit", "date de nuit", "date d exploitation", "date du sejour",
        "semaine", "semaine du", "debut de semaine", "debut", "premier jour", "du", "periode",
        "day", "night", "night of", "business date", "stay date", "week", "week of", "week start", "week starting",
        "week commencing", "first day", "start date",
    }),
    OFFERED: frozenset(_each(UNITS, OPEN) | {"capacite ouverte", "offre", "room supply", "supply"}),
    OCCUPIED: frozenset(_each(UNITS, SOLD) | {"demande", "room demand"}),
    NIGHTS: frozenset({
        "nuitees", "nuitee", "nuitees totales", "nuitees vendues", "guest nights", "person nights", "overnights",
        "overnight stays", "bednights", "personnes nuits",
    }),
    ARRIVALS: frozenset({
        "arrivees", "arrivee", "personnes arrivees", "clients arrives", "arrivees totales", "arrivals",
        "guest arrivals", "guests arrived", "arrived guests", "check ins", "checkins",
    }),
    WHO: frozenset({
        "etablissement", "nom de l etablissement", "nom etablissement", "hebergement", "nom de l hebergement", "nom",
        "structure", "siret", "no siret", "numero siret", "reference", "reference partenaire", "partenaire", "hotel",
        "establishment", "property", "property name", "property id", "name", "partner", "lodging",
    }),
}  # fmt: skip
COUNTED = (
    "nombre de ", "nombre d ", "nb de ", "nb d ", "nbre de ", "nb ", "nbre ", "total des ", "total de ", "total ",
    "number of ", "no of ", "total number of ", "count of ",
)  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """Where the columns are, from 0, by what they are about, and what they are called in the file."""

    at: Mapping[str, int]
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns that must be there and are not."""
        return tuple(name for name in DUE if name not in self.at)

    @property
    def has_guests(self) -> bool:
        """Whether nights and arrivals are both there: one alone says nothing of stays."""
        return NIGHTS in self.at and ARRIVALS in self.at


def columns_of(cells: Sequence[object], given: Mapping[str, str] | None = None) -> Columns:
    """The columns of a line of titles. `given` says what some are called here, and comes before all synonyms."""
    named = {plain(title): name for name, title in (given or {}).items() if title}
    titles = [str(cell) if cell is not None else "" for cell in cells]
    at: dict[str, int] = {}
    for about in (lambda title: named.get(plain(title)), _meaning):
        for number, title in enumerate(titles):
            name = about(title)
            if name and name not in at and number not in at.values():
                at[name] = number
    return Columns(at, {name: titles[number].strip() for name, number in at.items()})


def is_header(cells: Sequence[object], given: Mapping[str, str] | None = None) -> bool:
    """Whether this is the line of titles: it names the day and what was sold."""
    return {DAY, OCCUPIED} <= columns_of(cells, given).at.keys()


def _meaning(title: str) -> str | None:
    bare = plain(title)
    alike = {bare, *(bare.removeprefix(counted) for counted in COUNTED)}
    return next((name for name, words in WORDS.items() if alike & words), None)
