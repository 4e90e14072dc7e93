"""Property tests without a deadline: how long an example takes says more of the machine than of the code.

And one pair of eyes on the log of the whole run: a test that makes the application log something personal fails.
"""

import pytest
from hypothesis import settings

from tests.harness.logs import Watch

settings.register_profile("cordee", deadline=None)
settings.load_profile("cordee")

WATCH = Watch()


def pytest_configure(config: pytest.Config) -> None:
    """Listen from the beginning."""
    WATCH.install()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Judge what was logged since the last test."""
    found, WATCH.found = WATCH.found, []
    if found:
        pytest.fail(f"logged by {item.name}: {found[:3]}", pytrace=False)
