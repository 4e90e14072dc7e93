"""Sixteen files at once, from the offer to the office's answer: the small one of `make load`."""

import pytest

from tests.cloud import Cloud
from tests.e2e.journeys import forget_limits
from tests.load.counting import problems
from tests.load.load import Load, some_files

pytestmark = pytest.mark.cloud


def test_sixteen_files_by_eight_clients_are_all_decided_and_told_once(cloud: Cloud) -> None:
    forget_limits(cloud)
    load = Load(cloud, some_files(16), clients=8)
    load.run()
    assert problems(load) == []
    assert len(load.figures.statuses) == 16 * (1 + 2 * 5 + 3 + 3 + 3)
