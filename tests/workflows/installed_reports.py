"""The real tasks of reports at work on a world of fakes."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

from chalicelib.observatory import bootstrap, sending
from chalicelib.observatory.tasks import report
from chalicelib.runtime import lambda_task
from tests.report_world import ReportWorld


@contextmanager
def installed(world: ReportWorld) -> Iterator[None]:
    """The tasks find this world behind their bootstrap."""
    wired = {
        "reports": world.reports,
        "report_service": world.service,
        "report_files": world.files,
        "report_reconciler": world.reconciler,
        "making": world.making,
        "printing": world.printing,
        "sending": world.sending,
        "office": world.rules,
    }
    with ExitStack() as stack:
        for name, made in wired.items():
            stack.enter_context(mock.patch.object(bootstrap, name, return_value=made))
        stack.enter_context(mock.patch.object(bootstrap, "now", world.clock))
        stack.enter_context(mock.patch.object(report, "decision_service", return_value=world.desk))
        stack.enter_context(mock.patch.object(lambda_task, "logger"))
        stack.enter_context(mock.patch.object(sending, "BATCH", 1))
        yield
