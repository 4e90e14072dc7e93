"""The sixteen kinds of partners, their French names and what their capacity is counted in."""

from types import MappingProxyType

CATEGORY_LABELS = MappingProxyType(
    {
        "hotel": "Hôtel",
        "campsite": "Camping",
        "leisure_park": "Parc résidentiel de loisirs",
        "tourist_residence": "Résidence de tourisme",
        "holiday_village": "Village de vacances",
        "hostel": "Auberge collective",
        "furnished_rental": "Meublé de tourisme",
        "guest_house": "Chambres d’hôtes",
        "restaurant": "Restaurant",
        "activity": "Activité de loisirs",
        "visitor_site": "Site de visite",
        "producer": "Producteur ou artisan",
        "shop": "Commerce",
        "service": "Service",
        "association": "Association",
        "ambassador": "Ambassadeur",
    }
)
"""French name of each category code, in the order in which the form offers them."""

CATEGORIES = tuple(CATEGORY_LABELS)

LODGING_CATEGORIES = frozenset(CATEGORIES[:8])

_UNITS = {
    "hotel": ("chambre", "chambres"),
    "campsite": ("emplacement", "emplacements"),
    "leisure_park": ("emplacement", "emplacements"),
    "hostel": ("lit", "lits"),
    "furnished_rental": ("meublé", "meublés"),
    "guest_house": ("chambre", "chambres"),
}


def unit_word(category: str, count: int) -> str:
    """What the capacity of `category` is counted in: `chambre`, `emplacements`, `meublés`..."""
    singular, plural = _UNITS.get(category, ("unité", "unités"))
    return plural if count > 1 else singular
