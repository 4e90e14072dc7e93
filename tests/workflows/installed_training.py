"""The real tasks of trainings at work on a world of fakes."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

from chalicelib.runtime import lambda_task
from chalicelib.trainings import asking, telling
from chalicelib.trainings.bootstrap import planning, registering, stores
from chalicelib.trainings.tasks import rounds
from tests.training_world import World


@contextmanager
def installed(world: World) -> Iterator[None]:
    """The tasks find this world behind their bootstrap."""
    wired = {
        (stores, "sessions"): world.sessions,
        (stores, "registrations"): world.registrations,
        (stores, "office"): world.rules,
        (registering, "registration_service"): world.service,
        (registering, "reconciler"): world.reconciler,
        (planning, "planning_service"): world.planning,
        (planning, "reconciler"): world.session_reconciler,
        (planning, "news"): world.news,
        (planning, "watch"): world.watch,
    }
    with ExitStack() as stack:
        for (room, name), made in wired.items():
            stack.enter_context(mock.patch.object(room, name, return_value=made))
        stack.enter_context(mock.patch.object(rounds, "count"))
        stack.enter_context(mock.patch.object(lambda_task, "logger"))
        stack.enter_context(mock.patch.object(stores, "now", world.clock))
        for module in (asking, telling):
            stack.enter_context(mock.patch.object(module, "decision_service", return_value=world.desk))
        yield
