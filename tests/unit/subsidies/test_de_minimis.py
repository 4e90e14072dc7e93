"""The ceiling of small aid: rolling years, date to date, over the whole undertaking."""

from datetime import date

import pytest

from chalicelib.subsidies.de_minimis import PastAid, room_for
from tests.unit.subsidies.schemes import DE_MINIMIS

GRANT = date(2026, 6, 15)


def _room(*past: tuple[int, date], cents: int = 24_000, on: date = GRANT):
    aids = [PastAid(day, amount, "Région") for amount, day in past]
    return room_for(cents, on, aids, DE_MINIMIS)


@pytest.mark.parametrize(
    ("past", "total", "is_enough"),
    [
        ((29_970_000, date(2024, 1, 10)), 29_994_000, True),
        ((29_990_000, date(2024, 1, 10)), 30_014_000, False),
        ((25_000_000, date(2023, 6, 14)), 24_000, True),
        ((25_000_000, date(2023, 6, 15)), 25_024_000, True),
        ((29_976_000, date(2024, 1, 10)), 30_000_000, True),
    ],
)
def test_the_vectors(past: tuple[int, date], total: int, is_enough: bool) -> None:
    room = _room(past)
    assert room is not None
    assert (room.total_cents, room.is_enough) == (total, is_enough)


def test_the_aid_of_a_sister_company_counts() -> None:
    sister = PastAid(date(2025, 1, 1), 29_990_000, "Département", siren="732829320")
    room = room_for(24_000, GRANT, [sister], DE_MINIMIS)
    assert room is not None
    assert not room.is_enough


def test_a_grant_of_30_january_looks_back_to_30_january() -> None:
    room = _room((1, date(2024, 1, 30)), (2, date(2024, 1, 29)), on=date(2027, 1, 30))
    assert room is not None
    assert (room.since, room.counted_cents) == (date(2024, 1, 30), 1)


def test_what_is_granted_later_does_not_count() -> None:
    room = _room((5, date(2026, 6, 16)))
    assert room is not None
    assert room.counted_cents == 0


def test_outside_the_regulation_there_is_no_room_to_speak_of() -> None:
    assert _room(on=date(2031, 1, 1)) is None
