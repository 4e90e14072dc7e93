"""From a postcode to the commune: taken when there is one only, asked for when there are several or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.office.model import Office

POSTCODE_LENGTH = 5


@dataclass(frozen=True)
class CommuneAsked:
    """What is said, calmly, to a person who has just given the postcode; `is_outside` when no list helps."""

    sentence: str
    is_outside: bool


def settled(answers: Mapping[str, Any], office: Office) -> dict[str, Any]:
    """The answers after a new postcode: its only commune taken, one of another postcode dropped."""
    postcode, insee = str(answers.get("postcode", "")), str(answers.get("commune", ""))
    known = office.commune(insee)
    if insee and (known is None or postcode in known.postcodes):
        return dict(answers)
    found = office.communes_with_postcode(postcode)
    rest = {name: value for name, value in answers.items() if name != "commune"}
    return {**rest, "commune": found[0].insee} if len(found) == 1 else rest


def asked(answers: Mapping[str, Any], office: Office) -> CommuneAsked | None:
    """What to ask of a person whose commune is not known yet; None without a postcode."""
    postcode = str(answers.get("postcode", ""))
    if answers.get("commune") or not _is_postcode(postcode):
        return None
    if found := office.communes_with_postcode(postcode):
        return CommuneAsked(
            f"{len(found)} communes ont le code postal {postcode}\u00a0: choisissez la vôtre.", False
        )
    return CommuneAsked(office.outside_territory_sentence, True)


def is_outside(answers: Mapping[str, Any], office: Office) -> bool:
    """Whether the postcode is a whole one that no commune of the territory has."""
    postcode = str(answers.get("postcode", ""))
    return _is_postcode(postcode) and not office.communes_with_postcode(postcode)


def _is_postcode(text: str) -> bool:
    return len(text) == POSTCODE_LENGTH and text.isdecimal()
