"""Bad input over real HTTP: always the right status, a French sentence, nothing lost, and never a fault of ours."""

import html
import json
import re
from collections.abc import Callable

import pytest

from chalicelib.partners.application_form import membership_form
from tests.e2e.journeys import Applicant, answers
from tests.e2e.no_fault import no_fault
from tests.harness import http
from tests.harness.http import Answer, Site

__all__ = ["no_fault"]
pytestmark = pytest.mark.cloud

API = "/api/v1/membership-applications"
PAGE = "/adhesion/demande/vous"
BIG = 2_000_000
FRENCH = re.compile(
    r"\b(vous|votre|cette|est|une|dans|recommencez|réessayez|le|la|des|sont)\b", re.IGNORECASE
)
Applicants = Callable[..., Applicant]


def is_french_page(answer: Answer) -> bool:
    """A whole page of the site with one sentence for the reader."""
    said = re.search(r'<p class="lead">(.*?)</p>', answer.text)
    return answer.headers["content-type"].startswith("text/html") and bool(said and FRENCH.search(said[1]))


def problem(answer: Answer) -> dict[str, object]:
    """The RFC 9457 problem of an API answer, checked for its members."""
    assert answer.headers["content-type"] == "application/problem+json"
    said: dict[str, object] = answer.json
    assert {"type", "title", "status", "detail"} <= set(said)
    assert said["status"] == answer.status
    assert FRENCH.search(str(said["detail"]))
    return said


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400), (b"", 400), (b"[]", 400), (b"null", 400), (b'"texte"', 400), (b"\xff\xfe", 400),
        (b'{"email": NaN}', 400), (b"[" * 50_000, 400), (b"{}", 422), (b'{"a":' * 20_000, 400),
        (b'{"email": "\\ud800"}', 422), (b'{"siret": "\\u0000"}', 422), (b" " * BIG, 413),
    ],
    ids=lambda value: str(value[:12]) if isinstance(value, bytes) else "",
)  # fmt: skip
def test_a_body_that_is_no_application_gets_its_status(site: Site, body: bytes, status: int) -> None:
    answer = site.post_json(API, body)
    assert answer.status == status
    problem(answer)


@pytest.mark.parametrize(
    "wrong", [None, 12, 1.5, True, [], {}, [[1]], {"a": {}}, "x" * 3000, "\u0000", "\u202e"], ids=str
)
def test_a_wrong_type_or_text_is_named_at_every_field(site: Site, wrong: object) -> None:
    sent = {field.name: wrong for field in membership_form().fields}
    answer = site.post_json(API, sent)
    assert answer.status == 422
    named = {each["field"] for each in problem(answer)["errors"]}  # type: ignore[attr-defined]
    assert {"email", "business_name", "legal_nature", "category", "consent_terms"} - named <= {
        "consent_terms"
    }
    assert all(each["message"] for each in answer.json["errors"])


def test_unknown_fields_are_refused_by_the_api_and_ignored_by_the_form(site: Site) -> None:
    extra = {"status": "active", "amount_granted": 10, "is_admin": True}
    answer = site.post_json(API, {**answers(), **extra})
    assert answer.status == 422
    assert {each["field"] for each in answer.json["errors"]} == set(extra)
    assert site.post(PAGE, {**answers(), **extra}).status == 303


def test_the_api_gives_a_reference_and_a_status(site: Site) -> None:
    answer = site.post_json(API, answers())
    assert answer.status == 201
    assert answer.json == {"reference": answer.json["reference"], "status": "awaiting_confirmation"}
    assert re.fullmatch(r"ADH-[2-9A-HJKMNP-Z]+", answer.json["reference"])


def test_an_idempotency_key_gives_the_same_file_and_refuses_other_answers(site: Site) -> None:
    sent = answers()
    key = sent["email"]
    first, again = (site.post_json(API, sent, Idempotency_Key=key) for _ in range(2))
    assert (first.status, again.status, first.body) == (201, 201, again.body)
    other = site.post_json(API, {**sent, "first_name": "Jeanne"}, Idempotency_Key=key)
    assert other.status == 409
    problem(other)


def test_the_api_tells_wrong_media_and_wrong_methods(site: Site) -> None:
    for kind in (http.FORM, "text/plain", "application/xml", "multipart/form-data; boundary=x", ""):
        answer = site.ask("POST", API, b"{}", {"Content-Type": kind})
        assert (kind, answer.status) == (kind, 415)
        problem(answer)
    answer = site.get(API)
    assert (answer.status, answer.headers["allow"]) == (405, "POST")
    problem(answer)
    problem(site.get("/api/v1/nulle-part"))


def test_the_api_stops_a_flood_from_one_address(site: Site) -> None:
    flooded = answers()["email"]
    sent = [site.post_json(API, answers(email=flooded)) for _ in range(11)]
    assert [one.status for one in sent] == [201] * 10 + [429]
    assert int(sent[-1].headers["retry-after"]) > 0
    problem(sent[-1])


@pytest.mark.parametrize(
    "path",
    [
        PAGE,
        "/connexion",
        "/adhesion/verification",
        "/decisions/abc.def",
        "/adhesion/confirmation/abc.def/lien",
    ],
)
def test_a_form_of_two_megabytes_is_refused(site: Site, path: str) -> None:
    answer = site.post(path, {"first_name": "a" * BIG})
    assert answer.status in ((413, 404) if "/abc" in path else (413,))
    assert is_french_page(answer)


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x", ""])
def test_a_form_of_another_media_type_is_refused(site: Site, kind: str) -> None:
    answer = site.ask("POST", PAGE, b"first_name=Jeanne", {"Content-Type": kind, "Origin": site.url})
    assert answer.status == 415
    assert is_french_page(answer)


@pytest.mark.parametrize("body", [b"first_name=%FF", b"first_name=\xff", b"&".join([b"a=1"] * 600)], ids=len)
def test_a_form_that_cannot_be_read_is_told_so(site: Site, body: bytes) -> None:
    answer = site.post(PAGE, body)
    assert answer.status in (400, 413)
    assert is_french_page(answer)


@pytest.mark.parametrize(
    "typed",
    ["Zoé 🏔️", "\u202eeirogérg", "Maëlle\u0000", "a\r\nBcc: x@evil.example.com", "%s%n{{7*7}}", "a\ud83d" , "x" * 90, "a\u2028b"],
    ids=ascii,
)  # fmt: skip
def test_whatever_was_typed_is_still_there(site: Site, typed: str) -> None:
    body = (
        b"first_name=" + "".join(f"%{byte:02X}" for byte in typed.encode("utf-8", "surrogatepass")).encode()
    )
    answer = site.post(PAGE, body)
    if answer.status == 400:
        assert is_french_page(answer)
        return
    assert answer.status == 422
    shown = re.search(r'name="first_name"[^>]* value="([^"]*)"', answer.text)
    assert shown
    assert html.unescape(shown[1]).split() == typed.replace("\u0000", "").split()


@pytest.mark.parametrize("text", ["a\r\nBcc: x@evil.example.com", "a\nb", "a\u2028b", "a\u0000b"], ids=ascii)
def test_line_breaks_in_a_name_are_refused_by_the_api(site: Site, text: str) -> None:
    answer = site.post_json(API, answers(business_name=text))
    assert answer.status == 422
    assert [each["field"] for each in answer.json["errors"]] == ["business_name"]


@pytest.mark.parametrize(
    "path", ["/nulle/part", "/adhesion/demande/inconnue", "/%", "/%ZZ", "/%00", "/%C3%28", "/..%2f..%2fetc/passwd", "/a" * 400, "/espace%0d%0aX: y",
             "/static/../app.py", "/static/%2e%2e/app.py", "//evil.example.com", "/bureau/dossiers/%F0%9F%8F%94"],
)  # fmt: skip
def test_an_unknown_path_is_a_french_page(site: Site, path: str) -> None:
    answer = site.get(path.replace(" ", "%20"))
    assert answer.status in ((303,) if path.startswith("/bureau") else (404,))
    if answer.status == 404:
        assert is_french_page(answer)
    assert "evil.example.com" not in answer.headers.get("location", "")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("PUT", "/adhesion", "GET, HEAD"), ("DELETE", PAGE, "GET, HEAD, POST"), ("PATCH", "/connexion", "GET, HEAD, POST"),
     ("POST", "/adhesion", "GET, HEAD"), ("OPTIONS", "/espace", "GET, HEAD"), ("POST", "/bureau", "GET, HEAD")],
)  # fmt: skip
def test_a_wrong_method_is_told_with_those_that_work(
    site: Site, method: str, path: str, allowed: str
) -> None:
    answer = site.ask(method, path, b"", {"Content-Type": http.FORM})
    assert (answer.status, answer.headers["allow"]) == (405, allowed)
    assert is_french_page(answer)


@pytest.mark.parametrize("name", ["__Host-sid", "__Host-pre", "__Host-dossier"])
@pytest.mark.parametrize(
    "value", ["x" * 6000, "", ".", "é", "a.b.c", "%00", '"; Path=/'], ids=lambda value: value[:8]
)
def test_a_senseless_cookie_is_as_good_as_none(site: Site, name: str, value: str) -> None:
    browser = site.with_cookies({name: value.encode().decode("latin-1")})
    assert browser.get("/adhesion").status == 200
    assert browser.get(PAGE).status == 200
    assert browser.get("/espace").status == 303
    assert browser.get("/adhesion/verification").status == 404


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example.com",
        "https:evil.example.com",
        "/\\evil.example.com",
        "%2f%2fevil.example.com",
        "/%0d%0aX:y",
    ],
)
def test_a_login_never_leads_elsewhere(site: Site, target: str) -> None:
    text = site.get(f"/connexion?vers={json.dumps(target)[1:-1]}").text
    assert re.search(r'name="vers" value="([^"]*)"', text)[1] in ("", "/%0d%0aX:y") or "evil" not in text  # type: ignore[index]
    assert "evil.example.com" not in text
