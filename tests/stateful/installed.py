"""The real tasks at work on a world of fakes."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

from chalicelib.decisions import tasks as decision_tasks
from chalicelib.partners import bootstrap, tasks
from chalicelib.runtime import lambda_task
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
        "payment_reminders": world.payment_reminders,
        "retention": world.retention,
    }
    at_decisions = {
        "decision_sweeper": world.sweeper,
        "decision_repository": world.decisions,
        "outbox": world.outbox,
        "refusing_addresses": [],
    }
    with ExitStack() as stack:
        for name, made in wired.items():
            stack.enter_context(mock.patch.object(bootstrap, name, return_value=made))
        for name, made in at_decisions.items():
            stack.enter_context(mock.patch.object(decision_tasks, name, return_value=made))
        for name in ("count", "gauge_seconds"):
            stack.enter_context(mock.patch.object(decision_tasks, name))
        stack.enter_context(mock.patch.object(tasks, "count"))
        stack.enter_context(mock.patch.object(lambda_task, "logger"))
        stack.enter_context(mock.patch.object(bootstrap, "now", world.clock))
        stack.enter_context(mock.patch.object(tasks, "decision_service", return_value=world.desk))
        yield
