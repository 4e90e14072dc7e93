"""The people who take part in a test: who works at the default office, and professionals who apply."""

import time
from itertools import count
from typing import Any

from stdnum import luhn

from tests import factories

NETWORK_OFFICER = "lucie.morand@ot-smvi.example.org"
ACCOUNTANT = "bruno.veyret@ot-smvi.example.org"
DIRECTOR = "helene.bourgeat@ot-smvi.example.org"
QUALITY_OFFICER = "samir.kaddour@ot-smvi.example.org"
OBSERVER = "ines.delacroix@ot-smvi.example.org"

_numbers = count(time.time_ns() // 10**8 % 900_000)
"""Nobody applies twice by accident, even when the tests run again on a cloud that was left running."""


def answers(**overrides: object) -> dict[str, Any]:
    """Valid answers of a new small hotel on the default office's territory; None takes an answer away."""
    number = next(_numbers)
    own = {
        "email": f"maelle.{number}@hotel.example.fr",
        "siret": siret(number),
        "postcode": "38160",
        "commune": "38416",
    }
    merged = {**factories.some_answers(), **own, **overrides}
    return {name: value for name, value in merged.items() if value is not None}


def named(name: str, **overrides: object) -> dict[str, Any]:
    """Answers of an establishment whose name is in the subject of every mail about it."""
    number = next(_numbers)
    return answers(business_name=f"{name} {number}", **overrides)


def siret(number: int) -> str:
    """A well-formed SIRET that belongs to no other test."""
    siren = f"81{number:06d}"
    siren += luhn.calc_check_digit(siren)
    return siren + "0001" + luhn.calc_check_digit(siren + "0001")
