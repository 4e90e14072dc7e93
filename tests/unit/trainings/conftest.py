"""One office, one session with one seat, and those who come for it."""

import pytest

from tests.training_world import World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def session(world):
    return world.published(seats=1)


@pytest.fixture
def queue(world, session):
    """Ada has the only seat; Bob, Cléo and Dan wait for it."""
    return world.come(session, "Ada Petit", "Bob Petit", "Cléo Petit", "Dan Petit")
