"""S13: a fault of ours in any route shows a reference and nothing else; the reference is in the log."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from pynamodb.connection.base import Connection

import app
from chalicelib.web import failures
from tests.security.http import Answer
from tests.security.routes import REQUESTS, actor_of, registered
from tests.security.town import OWNER, Town

SECRET = f"{OWNER} 73282932000074 __Host-sid=abc /decisions/abc.def"
TRACES = (
    "Traceback",
    "chalicelib",
    ".py",
    "ZeroDivisionError",
    "botocore",
    "pynamodb",
    OWNER,
    "73282932",
    "abc.def",
)
REFERENCE = re.compile(r"\b[2-9A-HJKMNP-Z]{8}\b")


class Broken(ZeroDivisionError):
    """What nobody foresaw, with somebody's data in its message."""


def _innermost(view: Callable[..., Any]) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """The function that the route was written as, and the decorator's function around it."""
    around = view
    while hasattr(view, "__wrapped__"):
        around, view = view, view.__wrapped__
    return view, around


@pytest.fixture
def broken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """One route whose own function raises; what it wears stays as it is."""
    method, path = request.param.split()
    entry = app.app.routes[path][method]
    view, around = _innermost(entry.view_function)

    def raises(*_: Any, **__: Any) -> Any:
        raise Broken(SECRET)

    if view is around:
        monkeypatch.setattr(entry, "view_function", raises)
    else:
        cell = next(cell for cell in around.__closure__ or () if cell.cell_contents is view)
        monkeypatch.setattr(cell, "cell_contents", raises)
    return str(request.param)


@pytest.mark.parametrize("broken", registered(), indirect=True)
def test_a_fault_in_any_route_is_a_page_or_a_problem_with_a_reference_that_is_in_the_log(
    whole_town: Town, broken: str, log: list[dict[str, Any]]
) -> None:
    whole_town.at(REQUESTS[broken].stage)
    _check(_ask(whole_town, broken), "/api/" in broken, log)


@pytest.mark.parametrize("route", registered())
def test_a_storage_that_does_not_answer_is_told_in_the_same_way(
    whole_town: Town, route: str, log: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.inprocess import forget_caches

    path = REQUESTS[route].path(whole_town.at(REQUESTS[route].stage))
    forget_caches()

    def dispatch(*_: Any) -> Any:
        raise Broken(SECRET)

    monkeypatch.setattr(Connection, "dispatch", dispatch)
    method, _ = route.split()
    answer = _ask_for(whole_town, route, method, path)
    if answer.status < 500:
        assert route in NEEDS_NO_STORAGE
    else:
        _check(answer, "/api/" in route, log)


NEEDS_NO_STORAGE = {
    "GET /api/v1/health", "GET /api/v1/openapi.json", "GET /api/v1/schemas/membership_application",
    "GET /robots.txt", "GET /favicon.ico", "GET /static/{version}/{name}", "GET /adhesion/demande",
}  # fmt: skip


def test_the_same_holds_when_the_page_of_the_error_cannot_be_made_whole(
    town: Town, log: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def raises(*_: Any) -> Any:
        raise Broken(SECRET)

    monkeypatch.setattr("chalicelib.web.site.current_office", raises)
    _check(town.visitors["director"].get("/bureau"), False, log)


def test_an_unforeseen_error_of_the_middleware_is_told_in_the_same_way(
    town: Town, log: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def raises(*_: Any) -> Any:
        raise Broken(SECRET)

    monkeypatch.setattr("chalicelib.web.origin.refuse_foreign", raises)
    _check(town.visitors["owner"].get("/espace"), False, log)
    _check(town.visitors["owner"].get("/api/v1/health"), True, log)


def _ask(town: Town, route: str) -> Answer:
    return _ask_for(town, route, route.split(maxsplit=1)[0], REQUESTS[route].path(town))


def _ask_for(town: Town, route: str, method: str, path: str) -> Answer:
    visitor = town.visitors[actor_of(route)]
    if REQUESTS[route].is_json:
        return visitor.post_json(path, REQUESTS[route].fill)
    return visitor.post(path, REQUESTS[route].body) if method == "POST" else visitor.ask(method, path)


def _check(answer: Answer, is_api: bool, log: list[dict[str, Any]]) -> None:
    assert answer.status == 500
    assert [trace for trace in TRACES if trace in answer.body] == []
    if is_api:
        problem = json.loads(answer.body)
        assert answer.headers["Content-Type"] == failures.pages.PROBLEM
        assert {"type", "title", "status", "detail", "reference"} == set(problem)
        shown = problem["reference"]
    else:
        assert answer.headers["Content-Type"] == failures.pages.HTML
        shown = REFERENCE.findall(answer.body)[0]
    line = log[-1]
    assert (line["reference"], line["status"], line["levelname"]) == (shown, 500, "ERROR")
    assert line["error"] == "Broken"
    assert SECRET not in repr(log)
