"""What Lambda calls for HTTP: the same answers as the whole application gives, and no room opened for nothing."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from app import app
from chalicelib import rooms
from chalicelib.web import static
from infra.bench import tables
from infra.bench.fresh import ENVIRONMENT
from tests.integration.access.browser import CONTEXT, Browser
from tests.speed.test_imports import IN_LAYERS

ROOT = Path(__file__).resolve().parents[2]
RUN = """
import json, sys, front
answers = [front.handle(one, None) for one in json.load(sys.stdin)]
told = {"statuses": [one["statusCode"] for one in answers], "bodies": [one["body"] for one in answers]}
print(json.dumps({**told, "modules": list(sys.modules)}), file=sys.stderr)
"""


@dataclass
class Told:
    """What a new function answered, in order, and what it had imported by then."""

    statuses: list
    bodies: list
    modules: list

    def has_opened(self, wing):
        return set(wing.rooms) <= set(self.modules)


@pytest.fixture(scope="module")
def endpoint():
    with tables.served() as address:
        yield address


@pytest.fixture
def new_function(endpoint):
    def run(*events):
        done = subprocess.run(
            [sys.executable, "-c", RUN], input=json.dumps(events), cwd=ROOT,
            env={**ENVIRONMENT, "AWS_ENDPOINT_URL": endpoint}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return Told(**json.loads(done.stderr.splitlines()[-1]))

    return run


def event(path, method="GET", **parameters):
    asked = Browser(app)._event(method, path, {}, "")
    asked["requestContext"] |= {"resourcePath": path, "httpMethod": method}
    return {**asked, "pathParameters": parameters or None}


def test_a_style_sheet_is_answered_as_the_application_would_and_opens_no_room(new_function):
    asked = event(static.PATH, version="x", name="cordee.css")
    told = new_function(asked)
    assert (told.statuses, told.bodies) == ([200], [app(asked, CONTEXT)["body"]])
    assert "chalicelib.rooms" not in told.modules


@pytest.mark.parametrize("name", ["app.py", "..%2ffront.py", ""])
def test_an_unknown_file_is_refused_by_the_application_in_the_office_s_name(new_function, name):
    told = new_function(event(static.PATH, version="x", name=name))
    assert told.statuses == [404]
    assert "Saint-Marcellin" in told.bodies[0]


def test_a_page_of_the_membership_opens_no_other_wing(new_function):
    told = new_function(event("/adhesion"), event("/robots.txt"))
    assert told.statuses == [200, 200]
    assert [wing for wing in rooms.WINGS if told.has_opened(wing)] == []
    assert "app" not in told.modules


def test_a_wing_is_opened_by_its_first_request_and_stays_so(new_function):
    told = new_function(event("/adhesion"), event("/subventions"), event("/subventions"), event("/adhesion"))
    assert told.statuses == [200] * 4
    assert told.has_opened(rooms.AID)


def test_the_catalogue_of_trainings_opens_its_wing_and_no_library_of_papers_calendars_or_codes(new_function):
    told = new_function(event("/adhesion"), event("/formations"))
    assert told.statuses == [200, 200]
    assert [wing for wing in rooms.WINGS if told.has_opened(wing)] == [rooms.TRAININGS]
    assert IN_LAYERS & set(told.modules) == set()


def test_what_has_no_path_of_its_own_is_looked_for_in_all_rooms(new_function):
    head = event("/{proxy+}", "HEAD", proxy="subventions")
    told = new_function(
        head, event("/{proxy+}", proxy="nulle/part"), event("/{proxy+}", "DELETE", proxy="bureau")
    )
    assert told.statuses == [200, 404, 405]


def test_an_event_that_is_no_request_is_a_fault(new_function):
    assert new_function({"requestContext": {}}).statuses == [500]
