"""S1: a page of another site makes a browser post here, with the cookies of whoever looks at it.

The rule (docs/decisions/0007): a form proves by the browser's own headers that it comes from a page of ours.
Under `/api/`, where no cookie counts and a foreign page cannot send JSON unasked, a program proves nothing.
"""

import json
from typing import Any

import pytest

from tests.inprocess import BASE_URL
from tests.security.http import FORM
from tests.security.routes import REQUESTS, actor_of, forms, posts
from tests.security.town import Town

HOST = BASE_URL.removeprefix("https://")
FOREIGN: dict[str, dict[str, str]] = {
    "cross-site": {"Sec-Fetch-Site": "cross-site"},
    "same-site": {"Sec-Fetch-Site": "same-site"},
    "an empty word": {"Sec-Fetch-Site": ""},
    "two words": {"Sec-Fetch-Site": "same-origin, cross-site"},
    "cross-site that claims our origin": {"Sec-Fetch-Site": "cross-site", "Origin": BASE_URL},
    "evil": {"Origin": "https://evil.example.com"},
    "null": {"Origin": "null"},
    "empty": {"Origin": ""},
    "our name without TLS": {"Origin": f"http://{HOST}"},
    "our name with a port": {"Origin": f"{BASE_URL}:8443"},
    "our name as a prefix": {"Origin": f"{BASE_URL}.evil.example.com"},
    "our name as a suffix": {"Origin": f"https://evil-{HOST}"},
    "our name as a user": {"Origin": f"{BASE_URL}@evil.example.com"},
}
OURS: dict[str, dict[str, str]] = {
    "same origin": {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    "an older browser": {"Origin": BASE_URL},
}


@pytest.mark.parametrize("route", posts())
def test_what_another_site_sends_is_refused_to_everybody_and_writes_nothing(
    whole_town: Town, route: str
) -> None:
    before = whole_town.at(REQUESTS[route].stage).stored()
    for said in FOREIGN.values():
        for actor in ("anonymous", "owner", "network_officer", actor_of(route)):
            answer = _send(whole_town, route, actor, said)
            assert (answer.status, answer.cookies) == (403, []), said
    assert whole_town.stored() == before


@pytest.mark.parametrize("route", forms())
def test_a_form_without_any_proof_is_refused_and_writes_nothing(whole_town: Town, route: str) -> None:
    before = whole_town.at(REQUESTS[route].stage).stored()
    for actor in ("anonymous", "owner", "network_officer", actor_of(route)):
        assert _send(whole_town, route, actor, {}).status == 403
    assert whole_town.stored() == before


@pytest.mark.parametrize("said", OURS.values(), ids=list(OURS))
@pytest.mark.parametrize("route", posts())
def test_the_same_request_from_our_own_page_is_let_through(
    whole_town: Town, route: str, said: dict[str, str]
) -> None:
    whole_town.at(REQUESTS[route].stage)
    assert _send(whole_town, route, actor_of(route), said).status < 400


def test_a_program_needs_no_proof_for_the_api(town: Town) -> None:
    assert _send(town, "POST /api/v1/membership-applications", "anonymous", {}).status == 201


def test_a_foreign_page_cannot_disguise_a_form_as_an_application_of_the_api(town: Town) -> None:
    before = town.stored()
    body = json.dumps(REQUESTS["POST /api/v1/membership-applications"].fill).encode()
    for kind in (FORM, "text/plain", "multipart/form-data; boundary=x", "text/plain; application/json", ""):
        answer = town.visitors["owner"].ask(
            "POST", "/api/v1/membership-applications", {"Content-Type": kind}, body
        )
        assert answer.status == 415
    assert town.stored() == before


def _send(town: Town, route: str, actor: str, said: dict[str, str]) -> Any:
    request, visitor = REQUESTS[route], town.visitors[actor]
    if request.is_json:
        headers = {"Content-Type": "application/json", **said}
        return visitor.ask("POST", request.path(town), headers, json.dumps(request.fill).encode())
    return visitor.ask("POST", request.path(town), {"Content-Type": FORM, **said}, request.body)
