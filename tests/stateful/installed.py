"""The real tasks at work on a world of fakes."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

from chalicelib.partners import bootstrap, tasks
from tests.world import World


@contextmanager
def installed(world: World) -> Iterator[None]:
    """The tasks find this world behind their bootstraps."""
    wired = {
        "applications": world.applications,
        "application_service": world.service,
        "questions": world.questions,
        "draft_service": world.drafting,
        "reconciler": world.reconciler,
        "office": world.the_office,
    }
    with ExitStack() as stack:
        for name, made in wired.items():
            stack.enter_context(mock.patch.object(bootstrap, name, return_value=made))
        stack.enter_context(mock.patch.object(bootstrap, "now", world.clock))
        stack.enter_context(mock.patch.object(tasks, "decision_service", return_value=world.desk))
        yield
