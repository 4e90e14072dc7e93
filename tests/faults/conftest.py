"""One world for the tests of a module, and the onboarding's steps in it."""

from collections.abc import Iterator

import pytest

from tests.faults.house import open_office
from tests.harness.sweep import Stages
from tests.harness.world import faulty_world


@pytest.fixture(scope="module")
def stages() -> Iterator[Stages]:
    """An office that is open, and what may happen there."""
    with faulty_world() as made:
        open_office()
        yield Stages(made)
