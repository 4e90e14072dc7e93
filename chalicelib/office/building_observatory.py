"""From the `observatory` section of an office file to what the rules read. Pure: no library, no file."""

from collections.abc import Mapping
from typing import Any

from chalicelib.office.observatory import HolidayArea, ObservatoryRules, Recipient, Season, SecrecyRule
from chalicelib.office.periods import dated

Part = Mapping[str, Any]


def observatory_rules(part: Part) -> ObservatoryRules:
    """What the section decides about season reports; what it leaves out is as `ObservatoryRules` says."""
    return ObservatoryRules(**{**part, **_dated_lists(part), **_lists(part)})


def _dated_lists(part: Part) -> dict[str, Any]:
    return {
        "seasons": tuple(Season(**dated(each)) for each in part["seasons"]),
        "secrecy": tuple(SecrecyRule(**dated(each)) for each in part["secrecy"]),
    }


def _lists(part: Part) -> dict[str, Any]:
    """What has a shape of its own, and a default where the section does not tell it."""
    shapes = {
        "holiday_areas": lambda areas: tuple(HolidayArea(**each) for each in areas),
        "entry_reminder_days": tuple,
        "elected": _recipients,
        "press": _recipients,
    }
    return {key: shape(part[key]) for key, shape in shapes.items() if key in part}


def _recipients(parts: list[Part]) -> tuple[Recipient, ...]:
    return tuple(Recipient(**each) for each in parts)
