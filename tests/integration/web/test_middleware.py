import json

import pytest

from chalicelib.web import middleware
from chalicelib.web.requests import current_request

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PATHS = [
    "/",
    "/accessibilite",
    "/accessibilite",
    "/bureau/style",
    "/echec/NotFound",
    "/echec/Fault",
    "/brut",
]
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    ),
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": ""},
    {"sec-fetch-site": "cross-site", "origin": "https://pro.example.org"},
    {"origin": "https://evil.example.com"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "https://pro.example.org.evil.example.com"},
    {"origin": "http://pro.example.org"},
    {},
]
OURS = [
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "same-origin", "origin": "null"},
    {"sec-fetch-site": "none"},
    {"origin": "https://pro.example.org"},
]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_carries_every_security_header(http, path):
    headers = http.get(path).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_answers_that_no_route_gave_carry_them_too(gateway):
    for response in (
        gateway("GET", "/nulle-part"),
        gateway("DELETE", "/"),
        gateway("POST", "/envoi", FOREIGN[0]),
    ):
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_the_bucket_of_uploads_can_be_added_to_where_forms_and_scripts_send(app, http):
    app.middleware_handlers.clear()
    middleware.register(app, ("https://files.example.org",))
    policy = http.get("/").headers["Content-Security-Policy"]
    assert "form-action 'self' https://files.example.org;" in policy
    assert "connect-src 'self' https://files.example.org;" in policy
    assert policy.count("files.example.org") == 2


@pytest.mark.parametrize("headers", FOREIGN)
def test_what_another_site_sends_is_refused_and_nothing_is_executed(http, app, headers):
    response = http.post("/envoi", headers={**FORM, **headers}, body=b"a=1")
    assert response.status_code == 403
    assert "rien n’a été enregistré" in response.body.decode()
    assert app.done == []


@pytest.mark.parametrize("headers", OURS)
def test_what_our_pages_send_is_accepted(http, app, headers):
    response = http.post("/envoi", headers={**FORM, **headers}, body=b"a=1")
    assert response.status_code == 303
    assert app.done == [{"a": ["1"]}]


def test_a_program_calls_the_api_without_saying_where_it_comes_from(http, app):
    response = http.post("/api/v1/things", headers={"Content-Type": "application/json"}, body=b"{}")
    assert response.status_code == 201
    assert app.done == [{}]


def test_a_foreign_call_of_the_api_is_a_problem(http, app):
    headers = {"Content-Type": "application/json", "origin": "https://evil.example.com"}
    response = http.post("/api/v1/things", headers=headers, body=b"{}")
    assert response.status_code == 403
    assert response.headers["Content-Type"] == "application/problem+json"
    assert app.done == []


def test_a_foreign_link_to_a_page_is_followed(http):
    assert http.get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/echec/NotFound", "/favicon.ico"])
def test_head_is_get_without_a_body(gateway, path):
    get, head = gateway("GET", path), gateway("HEAD", path)
    assert head.status == get.status
    assert head.text == ""
    assert head.headers == get.headers


def test_head_of_a_font_has_no_body_either(gateway):
    response = gateway("HEAD", "/static/x/atkinson-hyperlegible-next-latin-400-normal.woff2")
    assert (response.status, response.text) == (200, "")


def test_head_never_reaches_a_post_route(gateway, app):
    assert gateway("HEAD", "/envoi").status == 405
    assert app.done == []


def lines(log):
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_one_line_with_route_method_status_and_duration(http, log):
    http.get("/accessibilite")
    (line,) = lines(log)
    assert line["route"] == "/accessibilite"
    assert (line["method"], line["status"]) == ("GET", 200)
    assert line["duration_ms"] >= 0


@pytest.mark.parametrize("name", ["NotFound", "Fault", "jean@example.org"])
def test_a_failure_is_one_line_too(http, log, name):
    http.get(f"/echec/{name}")
    (line,) = lines(log)
    assert line["route"] == "/echec/{name}"


def test_the_line_says_nothing_of_the_person(gateway, log):
    headers = {"cookie": "__Host-sid=topsecret", "referer": "https://topsecret.example.org"}
    gateway("GET", "/echec/topsecret?q=topsecret", headers)
    gateway("GET", "/topsecret?q=topsecret", headers)
    gateway("HEAD", "/accessibilite?q=topsecret", headers)
    gateway("POST", "/envoi", {**headers, **FORM, **OURS[0]}, b"nom=topsecret&x=%ff")
    assert len(lines(log)) == 4
    assert "topsecret" not in log.getvalue()
    assert "127.0.0.1" not in log.getvalue()


def test_no_request_is_current_after_the_answer(http):
    http.get("/echec/Fault")
    assert current_request.get() is None
