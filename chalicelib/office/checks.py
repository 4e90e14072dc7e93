"""What the schema cannot say of an office file: references, dates, overlaps, people who can decide.

Each check reads some sections, which the schema has already found well formed.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from chalicelib.office.checks_of_dates import delays_in_order
from chalicelib.office.checks_of_observatory import observatory_is_sound
from chalicelib.office.checks_of_people import someone_answers, staff_is_sound
from chalicelib.office.checks_of_schemes import subsidies_are_sound
from chalicelib.office.checks_of_tariffs import fee_rules_are_sound, tariffs_are_sound
from chalicelib.office.checks_of_trainings import people_of_trainings_are_known, trainings_are_sound
from chalicelib.office.problems import Problem
from chalicelib.office.territories import known_territories, with_communes

Document = dict[str, Any]
Check = Callable[[Document, date], Iterator[Problem]]


def clean_texts(value: Any, path: str = "") -> Iterator[Problem]:
    """No text has a line break, another control character, or a space at its ends."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from clean_texts(each, f"{path}.{key}".removeprefix("."))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from clean_texts(each, f"{path}[{index}]")
    elif isinstance(value, str) and (value != value.strip() or any(ord(sign) < 32 for sign in value)):
        yield Problem(
            path, "ce texte a une espace de trop ou un retour à la ligne\u00a0: écrivez-le sur une ligne."
        )


def territory_is_known(document: Document, _on: date) -> Iterator[Problem]:
    """The named territory exists, its communes are listed once, its sectors do not share a commune."""
    territory = document["territory"]
    if "slug" in territory and territory["slug"] not in known_territories():
        names = ", ".join(f"« {slug} »" for slug in known_territories())
        yield Problem(
            "territory.slug", f"territoire inconnu\u00a0: choisissez parmi {names}, ou listez les communes."
        )
        return
    codes = [commune["insee"] for commune in with_communes(document)["territory"]["communes"]]
    for code in _repeated(codes):
        yield Problem("territory.communes", f"la commune {code} figure deux fois\u00a0: gardez-en une.")
    yield from _sectors(territory.get("sectors", []), set(codes))


def _sectors(sectors: list[dict[str, Any]], codes: set[str]) -> Iterator[Problem]:
    for index, sector in enumerate(sectors):
        for place, code in enumerate(sector["communes"]):
            if code not in codes:
                path = f"territory.sectors[{index}].communes[{place}]"
                mend = "vérifiez que c’est bien le code INSEE et non le code postal."
                yield Problem(path, f"la commune {code} n’est pas du territoire\u00a0: {mend}")
    for code in _repeated([code for sector in sectors for code in sector["communes"]]):
        yield Problem(
            "territory.sectors", f"la commune {code} est dans deux secteurs\u00a0: laissez-la dans un seul."
        )


def _repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


CHECKS: tuple[tuple[Check, tuple[str, ...]], ...] = (
    (territory_is_known, ("territory",)),
    (staff_is_sound, ("people", "deputies")),
    (someone_answers, ("people", "deputies", "approvals")),
    (tariffs_are_sound, ("packs", "identity")),
    (fee_rules_are_sound, ("fees",)),
    (delays_in_order, ("delays",)),
    (subsidies_are_sound, ("subsidies",)),
    (trainings_are_sound, ("trainings",)),
    (people_of_trainings_are_known, ("trainings", "people")),
    (observatory_is_sound, ("observatory",)),
)
"""Each check with the sections it reads."""
