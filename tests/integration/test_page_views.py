"""Opening a page writes nothing: every route, by everybody, with links that are good, as GET and as HEAD."""

from collections.abc import Iterator

import pytest

from tests.security import town as small_town
from tests.security.routes import REQUESTS, registered
from tests.security.town import ACTORS, LOGIN, STAFF, Town

pytestmark = pytest.mark.xdist_group("page views")

PAGES = sorted(route for route in registered() if route.startswith("GET "))


@pytest.fixture(scope="module")
def whole_town() -> Iterator[Town]:
    with small_town.town() as town:
        yield town


@pytest.fixture
def town(whole_town: Town, request: pytest.FixtureRequest) -> Town:
    """The town as the route needs it: its objects exist, its links are good, everybody is there."""
    return whole_town.at(REQUESTS[request.param].stage if hasattr(request, "param") else "submitted")


def ask(town: Town, actor: str, method: str, path: str) -> int:
    """The status of a request by this person's browser; what it wrote is in the town's gate."""
    town.gate.arm(0, "")
    return town.visitors[actor].ask(method, path).status


@pytest.mark.parametrize(("town", "route"), [(page, page) for page in PAGES], ids=PAGES, indirect=["town"])
def test_a_page_writes_nothing_whoever_opens_it(town: Town, route: str) -> None:
    path, before, statuses = REQUESTS[route].path(town), town.stored(), set()
    for actor in ACTORS:
        for method in ("GET", "HEAD"):
            statuses.add(ask(town, actor, method, path))
            assert [call.name for call in town.gate.calls if call.is_write] == [], (actor, method)
    assert town.stored() == before
    assert statuses <= {200, 302, 303, 403, 404, 409}
    assert statuses & {200, 303}, statuses


def test_a_page_that_wrote_would_be_seen(town: Town) -> None:
    before = town.stored()
    town.gate.arm(0, "")
    town.visitors["anonymous"].post(LOGIN, {"email": STAFF["director"]})
    assert [call.name for call in town.gate.calls if call.is_write]
    assert town.stored() != before
