"""Whatever is sent in a file of tests, nothing answers with a fault of ours."""

from collections.abc import Iterator

import pytest

from tests.cloud import Cloud
from tests.e2e.journeys import forget_limits
from tests.harness.http import Answer, Site

TRACES = ("Traceback", "chalicelib/", "botocore", '.py"', "line ")


@pytest.fixture(autouse=True)
def no_fault(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever was sent: nothing answered 5xx or showed what is behind it."""
    seen: list[Answer] = []
    ask = Site.ask
    monkeypatch.setattr(Site, "ask", lambda *given, **named: seen.append(ask(*given, **named)) or seen[-1])
    forget_limits(cloud)
    yield
    assert seen
    assert [one.status for one in seen if one.status >= 500] == []
    assert [trace for one in seen for trace in TRACES[:3] if trace.encode() in one.body] == []
