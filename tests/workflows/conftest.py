"""The in-process cloud with an office in it."""

from collections.abc import Iterator

import pytest

from chalicelib.office.territories import with_communes
from tests.factories import office_document
from tests.inprocess import InProcess, in_process


@pytest.fixture
def cloud() -> Iterator[InProcess]:
    """A new cloud with the small test office."""
    with in_process() as made:
        from chalicelib.office.bootstrap import office_repository

        office_repository().publish(with_communes(office_document()))
        yield made
