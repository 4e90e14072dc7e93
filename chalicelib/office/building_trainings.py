"""From the `trainings` section of an office file to what the rules read. Pure: no library, no file."""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.office.periods import dated
from chalicelib.office.trainings import (
    CancellationRule,
    Fund,
    NoShowRule,
    ProofsKept,
    Signer,
    Theme,
    TrainingRules,
)

Part = Mapping[str, Any]


def training_rules(part: Part) -> TrainingRules:
    """What the section decides about trainings; what it leaves out is as `TrainingRules` says."""
    return TrainingRules(**{**part, **_lists(part), **_told(part)})


def _lists(part: Part) -> dict[str, Any]:
    return {
        "themes": tuple(Theme(**each) for each in part["themes"]),
        "cancellations": tuple(CancellationRule(**dated(each)) for each in part["cancellations"]),
        "funds": tuple(Fund(**dated(each)) for each in part.get("funds", ())),
        "signers": tuple(Signer(**dated(each)) for each in part.get("signers", ())),
        "proofs_kept": tuple(ProofsKept(**dated(each)) for each in part.get("proofs_kept", ())),
    }


def _told(part: Part) -> dict[str, Any]:
    """What has a shape of its own, and a default where the section does not tell it."""
    shapes: dict[str, Callable[[Any], Any]] = {
        "no_shows": lambda rule: NoShowRule(**rule),
        "reminder_days": tuple,
    }
    return {key: shape(part[key]) for key, shape in shapes.items() if key in part}
