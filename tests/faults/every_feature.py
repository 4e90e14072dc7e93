"""What the crash sweep and the removal of grants go through: a new feature adds its units, and what it keeps."""

from tests.faults import (
    figure_files,
    observatory,
    onboarding,
    report_units,
    reports,
    subsidies,
    subsidy_units,
    training_units,
    trainings_kept,
    units,
    uploads,
)
from tests.harness.left import left
from tests.harness.sweep import Left, Unit
from tests.harness.world import FaultyWorld

UNITS: dict[str, Unit] = (
    units.UNITS
    | uploads.UPLOADS
    | subsidy_units.UNITS
    | training_units.UNITS
    | observatory.UNITS
    | report_units.UNITS
    | figure_files.UNITS
)
"""By their names."""

KEPT = (
    onboarding.kept,
    uploads.kept,
    subsidies.kept,
    trainings_kept.kept,
    observatory.kept,
    reports.kept,
    figure_files.kept,
)
"""What a feature keeps beside its records and their history, which are seen without being named."""


def everything(world: FaultyWorld) -> Left:
    """Everything that is there, of whatever feature."""
    return {**left(world), **{part: rows for kept in KEPT for part, rows in kept(world).items()}}


def summary(world: FaultyWorld) -> Left:
    """Everything that a unit leaves behind; money goes astray in none, and no seat is miscounted."""
    found = everything(world)
    assert found[subsidies.ASTRAY] == [], found[subsidies.ASTRAY]
    assert found[trainings_kept.MISCOUNTED] == [], found[trainings_kept.MISCOUNTED]
    return found
