"""Lodgings that could be there: as many of each kind as a territory in the mountains has, the same ones each time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

SHARES = {
    "furnished_rental": 58,
    "hotel": 16,
    "guest_house": 12,
    "campsite": 5,
    "tourist_residence": 4,
    "hostel": 3,
    "holiday_village": 2,
}
"""Of a hundred lodgings."""
UNITS = {
    "furnished_rental": (1, 1, 1, 1, 2),
    "hotel": (8, 12, 16, 24, 40, 62),
    "guest_house": (2, 3, 4, 5),
    "campsite": (30, 60, 110),
    "tourist_residence": (30, 48, 90),
    "hostel": (20, 40),
    "holiday_village": (45, 80),
}
PERSONS_IN_A_UNIT = {
    "furnished_rental": 5, "hotel": 2, "guest_house": 2, "campsite": 4, "tourist_residence": 4, "hostel": 1,
    "holiday_village": 3,
}  # fmt: skip
RATED = {"hotel", "campsite", "tourist_residence", "furnished_rental", "holiday_village"}
NAMES = {
    "furnished_rental": "Gîte", "hotel": "Hôtel", "guest_house": "Chambres d’hôtes", "campsite": "Camping",
    "tourist_residence": "Résidence", "hostel": "Auberge", "holiday_village": "Village de vacances",
}  # fmt: skip
PLACES = (
    "des Cimes", "du Lac", "de la Combe", "des Sapins", "du Pré Fleuri", "de la Source", "du Col", "des Bergers",
    "de la Vieille Grange", "du Torrent", "des Narcisses", "de la Tourbière", "du Grand Chêne", "des Alpages",
    "de la Fruitière", "du Moulin", "des Gentianes", "de la Scierie", "du Belvédère", "des Myrtilles",
)  # fmt: skip
PEOPLE = (
    ("Ada", "Roux"), ("Noé", "Blanc"), ("Inès", "Vuillet"), ("Marius", "Grospiron"), ("Lila", "Benoit"),
    ("Tom", "Perrin"), ("Zoé", "Mermillod"), ("Hugo", "Jacquet"), ("Nina", "Ducret"), ("Paul", "Masson"),
    ("Rose", "Cochet"), ("Jules", "Favre"),
)  # fmt: skip


@dataclass(frozen=True)
class Lodging:
    """One lodging; `appeal` is how much better or worse than others it sells."""

    number: int
    name: str
    category: str
    commune: str
    units: int
    persons: int
    stars: int
    first_name: str
    last_name: str
    appeal: float

    @property
    def email(self) -> str:
        """Where mails about it go."""
        return f"hebergement{self.number:03d}@example.org"


def lodgings(count: int, communes: Sequence[str], seed: int = 2027) -> Iterator[Lodging]:
    """So many of them over these communes (INSEE codes); the same seed gives the same ones."""
    chance = Random(seed)  # noqa: S311  # nosec B311
    for number in range(1, count + 1):
        yield _lodging(number, communes, chance)


def _lodging(number: int, communes: Sequence[str], chance: Random) -> Lodging:
    category = chance.choices(list(SHARES), list(SHARES.values()))[0]
    units = chance.choice(UNITS[category])
    first, last = chance.choice(PEOPLE)
    return Lodging(
        number=number,
        name=f"{NAMES[category]} {chance.choice(PLACES)} {number}",
        category=category,
        commune=_commune(communes, chance),
        units=units,
        persons=units * PERSONS_IN_A_UNIT[category],
        stars=chance.choices([0, 2, 3, 4], [3, 3, 3, 1])[0] if category in RATED else 0,
        first_name=first,
        last_name=last,
        appeal=chance.gauss(1, 0.15),
    )


def _commune(communes: Sequence[str], chance: Random) -> str:
    """The first communes of a list are where most lodgings are."""
    return communes[min(int(chance.expovariate(1) * len(communes) / 4), len(communes) - 1)]
