import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.security import town as small_town
from tests.security.town import Town


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of one file share a town: one worker runs them."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="module")
def whole_town() -> Iterator[Town]:
    with small_town.town() as town:
        yield town


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[list[dict[str, Any]]]:
    """The lines of the application's log, as dictionaries."""
    records: list[dict[str, Any]] = []
    handler = logging.Handler()
    handler.emit = lambda record: records.append(vars(record))  # type: ignore[method-assign]
    logging.getLogger("cordee").addHandler(handler)
    yield records
    logging.getLogger("cordee").removeHandler(handler)


@pytest.fixture
def town(whole_town: Town) -> Town:
    """The town, where the owner's file waits for the office."""
    return whole_town.at("submitted")
