"""Looking for classified accommodations: by commune, kind and stars, some at a time. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from chalicelib.subsidies.directory import ClassifiedPlace
from chalicelib.web.paging import Page, page_of

COMMUNE, KIND, STARS = "commune", "type", "etoiles"


@dataclass(frozen=True)
class Wanted:
    """What a visitor asks for; an empty text is anything. Values are compared as texts: nothing asked is an error."""

    commune: str = ""
    category: str = ""
    level: str = ""

    def includes(self, place: ClassifiedPlace) -> bool:
        """Whether the place is one of those."""
        asked = (
            (self.commune, place.commune),
            (self.category, place.category),
            (self.level, str(place.level)),
        )
        return all(wanted in ("", found) for wanted, found in asked)

    @property
    def query(self) -> dict[str, str]:
        """As it stands in an address."""
        pairs = ((COMMUNE, self.commune), (KIND, self.category), (STARS, self.level))
        return {name: value for name, value in pairs if value}


@dataclass(frozen=True)
class Found:
    """A page of what was found, and how many each other choice would find."""

    page: Page[ClassifiedPlace]
    communes: Mapping[str, int]
    categories: Mapping[str, int]
    levels: Mapping[str, int]


def wanted_of(query: Mapping[str, str]) -> Wanted:
    """What an address asks for."""
    return Wanted(query.get(COMMUNE, ""), query.get(KIND, ""), query.get(STARS, ""))


def browse(places: Sequence[ClassifiedPlace], wanted: Wanted, page: str = "") -> Found:
    """The places that are wanted, a page of them."""
    found = [place for place in places if wanted.includes(place)]
    return Found(
        page=page_of(found, page),
        communes=Counter(place.commune for place in _like(places, replace(wanted, commune=""))),
        categories=Counter(place.category for place in _like(places, replace(wanted, category=""))),
        levels=Counter(str(place.level) for place in _like(places, replace(wanted, level=""))),
    )


def _like(places: Iterable[ClassifiedPlace], wanted: Wanted) -> Iterable[ClassifiedPlace]:
    return (place for place in places if wanted.includes(place))
