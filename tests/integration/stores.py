"""Tables in memory for the contracts of the stores: as in the template, empty for each test."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from tests.inprocess import ENVIRONMENT, create_tables, drop_tables, forget_caches


@pytest.fixture(scope="module")
def memory() -> Iterator[None]:
    """DynamoDB in memory, once a module."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)
        forget_caches()
        yield
    forget_caches()


@pytest.fixture
def tables(memory: None) -> Iterator[None]:
    """The empty tables of the template."""
    create_tables()
    yield
    drop_tables()
