"""From a postcode to the commune: taken when there is one only, asked for when there are several."""

from collections.abc import Mapping
from typing import Any

from chalicelib.office.communes import offered
from chalicelib.office.model import Office


def settled(answers: Mapping[str, Any], office: Office) -> dict[str, Any]:
    """The answers after a new postcode: its only commune taken, one of another postcode dropped."""
    found = [commune.insee for commune in offered(str(answers.get("postcode", "")), office)]
    if answers.get("commune") in found:
        return dict(answers)
    rest = {name: value for name, value in answers.items() if name != "commune"}
    return {**rest, "commune": found[0]} if len(found) == 1 else rest


def asked(answers: Mapping[str, Any], office: Office) -> str:
    """What to say, calmly, to a person who has just given the postcode; empty when nothing is to choose."""
    postcode = str(answers.get("postcode", ""))
    found = offered(postcode, office)
    if answers.get("commune") or not found:
        return ""
    choose = f"{len(found)} communes ont le code postal {postcode}\u00a0: choisissez la vôtre."
    if office.communes_with_postcode(postcode):
        return choose
    return f"{office.outside_territory_sentence} {choose}"


def is_outside(insee: str, office: Office) -> bool:
    """Whether there is a commune, and it is not one of the territory; `insee` may be empty."""
    return bool(insee) and office.commune(insee) is None
