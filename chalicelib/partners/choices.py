"""What the form offers that only the office knows: communes of a postcode, packs of a category."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chalicelib.kernel.clock import paris_day, utc_now
from chalicelib.kernel.french import french_money
from chalicelib.office import communes
from chalicelib.office.commune_choice import is_outside
from chalicelib.office.model import CapacityNeeded, NoSuchPack, Office, Pack
from chalicelib.web.fields import Choice, Choices


def all_choices(answers: Mapping[str, Any], office: Office, on: date | None = None) -> Choices:
    """The choices of the `commune` and `pack` fields, given the answers so far."""
    day = on or paris_day(utc_now())
    return {
        "commune": [
            Choice(commune.insee, commune.name)
            for commune in communes.offered(str(answers.get("postcode", "")), office)
        ],
        "pack": [_pack_choice(pack, answers, office, day) for pack in _packs(answers, office, day)],
    }


def _packs(answers: Mapping[str, Any], office: Office, day: date) -> tuple[Pack, ...]:
    category = str(answers.get("category", ""))
    return office.packs_for(category, day) if category else office.packs


def _pack_choice(pack: Pack, answers: Mapping[str, Any], office: Office, day: date) -> Choice:
    return Choice(pack.id, pack.name, _pack_hint(pack, answers, office, day))


def _pack_hint(pack: Pack, answers: Mapping[str, Any], office: Office, day: date) -> str:
    try:
        cents = office.fee_cents(
            pack.id,
            str(answers["category"]),
            answers.get("capacity_units"),
            day,
            outside_territory=is_outside(str(answers.get("commune", "")), office),
        )
    except (KeyError, CapacityNeeded, NoSuchPack):
        return pack.summary
    return f"{french_money(cents)} - {pack.summary}" if cents else f"Gratuit - {pack.summary}"
