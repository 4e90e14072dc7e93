"""Opening a page writes nothing: every route, by everybody, with links that are good, as GET and as HEAD."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

import app
from chalicelib.links.bootstrap import signed_link_service
from chalicelib.partners import bootstrap
from chalicelib.partners.consent_links import link_to
from chalicelib.web import urls
from infra.packaging.cloudformation import load
from infra.packaging.names import ROOT
from tests.e2e.local_site import event
from tests.faults import house
from tests.faults import onboarding as step
from tests.harness.world import FaultyWorld, faulty_world
from tests.inprocess import BASE_URL

pytestmark = pytest.mark.xdist_group("page views")

DIRECTOR = "claire.martin@val.example.org"
PEOPLE = ("nobody", "applicant", step.APPLICANT, house.OFFICER, house.ACCOUNTING, DIRECTOR)
"""Nobody, the browser with a draft, a partner, and staff of three roles, each logged in."""
PAGES = sorted(route for route, methods in app.app.routes.items() if "GET" in methods)
TABLES = [
    each["Properties"]["TableName"]["Fn::Sub"].replace("${AWS::StackName}-", "")
    for each in load(ROOT / "infra" / "resources.yaml")["Resources"].values()
    if each.get("Type") == "AWS::DynamoDB::Table"
]


@pytest.fixture(scope="module")
def world() -> Iterator[FaultyWorld]:
    """An office with a file that waits for corrections, a draft that was left, and everybody logged in."""
    with faulty_world() as made:
        house.open_office()
        for each in (step.fill_in, step.pause, step.send, step.confirm):
            each(made)
        house.decide("request_changes", "Une photo manque.")(made)
        for person in PEOPLE[2:]:
            made.log_in(person)
        made.as_person("nobody").press("/connexion", email=house.OFFICER)
        made.go_on()
        made.browsers["nobody"].clear()
        step.begin(made.as_person("applicant"))
        step.pause(made)
        yield made


def path_of(world: FaultyWorld, route: str) -> str:
    """The route with something real in the place of its parameters; a new one needs its value here."""
    reference = step.reference(world)
    values = {
        "/api/v1/communes": "/api/v1/communes?postcode=01210",
        "/adhesion/confirmation/{token}": world.link(step.APPLICANT, step.CONFIRMATION),
        "/adhesion/corrections/{token}": world.link(step.APPLICANT, step.CORRECTIONS),
        "/adhesion/demande/{key}": "/adhesion/demande/vous",
        "/adhesion/reprise/{token}": world.link(step.APPLICANT, step.RESUME),
        "/bureau/decisions/{decision_id}": f"/bureau/decisions/{_decision(world)}",
        "/bureau/dossiers/{reference}": f"/bureau/dossiers/{reference}",
        "/consentements/{token}": _consents(reference),
        "/connexion/{token}": world.link(house.OFFICER, "/connexion"),
        "/decisions/{token}": world.link(house.OFFICER, house.DECISION),
        "/espace/dossiers/{reference}": f"/espace/dossiers/{reference}",
        "/espace/dossiers/{reference}/donnees": f"/espace/dossiers/{reference}/donnees",
        "/espace/dossiers/{reference}/retrait": f"/espace/dossiers/{reference}/retrait",
        "/static/{version}/{name}": urls.static("cordee.css"),
    }
    assert route in values or "{" not in route, f"{route}: say in path_of what stands in its braces"
    return values.get(route, route)


def _consents(reference: str) -> str:
    file = bootstrap.applications().find_by_reference(reference)
    return signed_link_service().mint(link_to(file)).removeprefix(BASE_URL)


def _decision(world: FaultyWorld) -> str:
    return next(row["pk"]["S"].rpartition("#")[2] for row in world.rows("decisions") if "question" in row)


def ask(world: FaultyWorld, person: str, method: str, path: str) -> int:
    """The status of a request by this person's browser; what it wrote is in the world's gate."""
    cookies = "; ".join(f"{name}={value}" for name, value in world.browsers.get(person, {}).items())
    headers = {"Cookie": cookies} if cookies else {}
    world.gate.arm(0, "")
    return int(app.app(event(method, path, headers), SimpleNamespace())["statusCode"])


@pytest.mark.parametrize("route", PAGES)
def test_a_page_writes_nothing_whoever_opens_it(world, route):
    path = path_of(world, route)
    before = {table: world.rows(table) for table in TABLES}
    statuses = set()
    for person in PEOPLE:
        for method in ("GET", "HEAD"):
            statuses.add(ask(world, person, method, path))
            assert [call.name for call in world.gate.calls if call.is_write] == [], (person, method)
    assert {table: world.rows(table) for table in TABLES} == before
    assert statuses <= {200, 302, 303, 403, 404, 409}
    assert statuses & {200, 303}, statuses


def test_a_page_that_wrote_would_be_seen(world):
    before = {table: world.rows(table) for table in TABLES}
    world.as_person("nobody").press("/connexion", email=house.OFFICER)
    assert [call.name for call in world.gate.calls if call.is_write]
    assert {table: world.rows(table) for table in TABLES} != before
