"""One clock for the whole application, set by the test."""

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

import chalicelib
from tests.fakes.clock import FakeClock


@contextmanager
def clock_set() -> Iterator[FakeClock]:
    """Every module that asks what time it is asks this clock; make no service before that."""
    clock = FakeClock()
    with ExitStack() as stack:
        for found in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
            module = importlib.import_module(found.name)
            if hasattr(module, "utc_now"):
                stack.enter_context(mock.patch.object(module, "utc_now", clock))
        yield clock
