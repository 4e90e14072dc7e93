import pytest

from chalicelib.runtime import config


@pytest.fixture(autouse=True)
def base_url(monkeypatch):
    """A site under a stage's prefix, the harder case."""
    monkeypatch.setenv("BASE_URL", "https://pro.example.org/api")
    config.base_path.cache_clear()
    yield
    config.base_path.cache_clear()
