"""Whatever is posted to whatever form: an answer below 500, no trace of the code, nothing reflected as markup."""

from typing import Any

import pytest

from tests import aid_steps
from tests.security.http import FORM, OURS, Answer
from tests.security.routes import API, REQUESTS, actor_of, fields_of, forms, paths_of, registered
from tests.security.town import OWNER, Town
from tests.security.training_town import SESSION

MARK = "<img src=x onerror=alert(1)>"
TRACES = ("Traceback", "chalicelib", "botocore", "pynamodb", MARK)
TEXTS = {
    "markup": f'"\'>{MARK}', "nothing": "", "blanks": " \t\u00a0\u2003", "NUL": "a\0b\0", "lines": "a\r\nBcc: x\n\n\x0b\x0c",
    "turned": "\u202egnp.exe\u2066", "astral": "🏔️" * 300, "combining": "e" + "\u0301" * 500, "long": "x" * 20_000,
    "digits of another script": "١٢٣٤٥", "a huge number": "9" * 400, "a negative number": "-1", "an exponent": "1e309",
    "template": "{{7*7}}${7*7}<%= 7*7 %>{% raise %}", "format": "%s%n%x{0}{name}", "path": "../../etc/passwd",
    "JSON": '{"a": [1, {"$ne": null}]}', "SQL": "' OR 1=1; --", "expression": "attribute_exists(pk) OR :x",
    "shell": "$(id);`id`|id", "half a pair": "\ud83d", "noncharacters": "\ufffe\uffff\U0010ffff",
}  # fmt: skip
BODIES: dict[str, bytes] = {
    "nothing": b"", "ampersands": b"&" * 1000, "equals": b"=" * 1000, "no UTF-8": b"outcome=%FF&email=\xff&reason=%C3%28",
    "broken escapes": b"outcome=%&email=%zz&reason=%1", "many fields": b"&".join(b"a%d=1" % n for n in range(600)),
    "same field": b"&".join([b"outcome=accept"] * 400), "too large": b"reason=" + b"x" * 200_000,
    "brackets": b"outcome[]=accept&outcome[a][b]=1&email[]=x", "JSON": b'{"outcome": "accept"}',
    "multipart": b'--x\r\nContent-Disposition: form-data; name="outcome"\r\n\r\naccept\r\n--x--',
    "XML": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "bytes": bytes(range(256)),
}  # fmt: skip
TYPES = (
    FORM,
    f"{FORM}; charset=utf-16",
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
    "text/xml",
    "",
    "x" * 500,
)


def _check(answer: Answer) -> None:
    assert answer.status < 500
    assert [trace for trace in TRACES if trace in answer.body] == []
    assert "\n" not in "".join(map(str, answer.headers.values()))
    assert "evil" not in answer.location


@pytest.mark.parametrize("route", forms())
def test_any_text_in_every_field_of_a_form(whole_town: Town, route: str) -> None:
    for path in paths_of(whole_town.at(REQUESTS[route].stage), route):
        for text in TEXTS.values():
            whole_town.at(REQUESTS[route].stage)
            body = "&".join(f"{name}={_quoted(text)}" for name in fields_of(route)).encode()
            _check(whole_town.visitors[actor_of(route)].post(path, body))


@pytest.mark.parametrize("route", forms())
def test_any_body_of_any_type(whole_town: Town, route: str) -> None:
    path = REQUESTS[route].path(whole_town.at(REQUESTS[route].stage))
    visitor = whole_town.visitors[actor_of(route)]
    for body in BODIES.values():
        _check(visitor.post(path, body))
        whole_town.at(REQUESTS[route].stage)
    for kind in TYPES:
        answer = visitor.ask("POST", path, {"Content-Type": kind, **OURS}, REQUESTS[route].body)
        _check(answer)
        if kind.partition(";")[0] != FORM:
            assert answer.status == 415


@pytest.mark.parametrize("route", [route for route in registered() if "{" in route and "static" not in route])
def test_any_name_in_the_place_of_an_identifier(town: Town, route: str) -> None:
    method, template = route.split()
    before, visitor = town.stored(), town.visitors[actor_of(route)]
    for text in (*TEXTS.values(), ".", "..", "a.b", f"{'0' * 32}.", "%", "%00", "%2e%2e", "ADH-", "x" * 3000):
        name = _quoted(text)[:3000] or "%20"
        path = "/".join(name if part.startswith("{") else part for part in template.split("/"))
        answer = visitor.post(path, REQUESTS[route].body) if method == "POST" else visitor.get(path)
        _check(answer)
        assert answer.status >= 400
    assert town.stored() == before


@pytest.mark.parametrize(
    "path",
    [
        "/bureau/dossiers?q=",
        "/bureau/dossiers?etat=",
        "/bureau?mail=",
        "/connexion?vers=",
        "/api/v1/communes?postcode=",
        "/bureau/aides?q=",
        "/bureau/aides?etat=",
        "/subventions?category=",
        "/subventions?classified_until=",
        "/formations?theme=",
        "/formations?mois=",
        "/verification?code=",
        "/bureau/formations?etat=",
        f"/formations/{SESSION}/inscription?structure=",
        f"/formations/{SESSION}/inscription?ajouter=",
        f"/bureau/formations/{SESSION}?fait=",
        f"/bureau/formations/{SESSION}/personnes?liste=",
        f"/bureau/formations/{SESSION}/personnes?page=",
        f"/bureau/formations/{SESSION}/historique?page=",
        f"/bureau/formations/{SESSION}/presences?demi-journee=",
        f"/bureau/formations/{SESSION}/resultats/graphique.svg?avis=",
    ],
)
def test_any_text_in_a_query(whole_town: Town, path: str) -> None:
    town = whole_town.at("training_waiting" if SESSION in path else "submitted")
    before = town.stored()
    for text in TEXTS.values():
        _check(town.visitors["director"].get(path + _quoted(text)))
    assert town.stored() == before


@pytest.mark.parametrize("page", ["hebergement", "structure", "aides", "pieces"])
def test_any_text_in_the_query_of_a_page_that_adds_rows_or_files(whole_town: Town, page: str) -> None:
    town = whole_town.at("aid_draft")
    before, path = town.stored(), f"/subventions/demandes/{aid_steps.draft_of(OWNER)}/pages/{page}"
    for text in (*TEXTS.values(), "quote", "public-aid", "public_aids", "public_aids-9"):
        answer = town.visitors["owner"].get(f"{path}?ajouter={_quoted(text)}")
        _check(answer)
        assert answer.status == 200
    assert town.stored() == before


@pytest.mark.parametrize("name", ["__Host-sid", "__Host-pre", "__Host-dossier", "__Host-", "sid", ""])
def test_any_text_in_a_cookie(town: Town, name: str) -> None:
    for text in TEXTS.values():
        cookie = f"{name}={text.encode('utf-16', 'surrogatepass').decode('utf-16', 'replace')}"
        for path in ("/espace", "/bureau", "/adhesion", "/adhesion/verification", "/connexion"):
            answer = town.visitors["anonymous"].ask("GET", path, {"Cookie": cookie})
            _check(answer)
            assert answer.status in (200, 303, 404)


@pytest.mark.parametrize(
    "header", ["Idempotency-Key", "Origin", "User-Agent", "Accept", "X-Forwarded-For", "Host", "Content-Type"]
)
def test_any_text_in_a_header(town: Town, header: str) -> None:
    for text in TEXTS.values():
        said = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        for path, body in ((API, b"{}"), ("/connexion", b"email=x@example.org")):
            _check(
                town.visitors["anonymous"].ask(
                    "POST", path, {"Content-Type": "application/json", header: said}, body
                )
            )


def _quoted(text: Any) -> str:
    return "".join(f"%{byte:02X}" for byte in str(text).encode("utf-8", "surrogatepass"))
