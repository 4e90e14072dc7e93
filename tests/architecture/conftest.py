"""What is deployed, packaged once for the tests of a file."""

import pytest

from infra.package import Package, build


@pytest.fixture(scope="module")
def package() -> Package:
    """The archive and the template."""
    return build()
