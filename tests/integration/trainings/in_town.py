"""The town of the security tests, for pages that need mailed links, processes that run, and a clock that goes on."""

from collections.abc import Iterator

import pytest

from tests.security import town as small_town
from tests.security.town import Town


@pytest.fixture(scope="module")
def whole_town() -> Iterator[Town]:
    """The town; go to a stage first."""
    with small_town.town() as town:
        yield town
