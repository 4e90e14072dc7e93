import pytest

from chalicelib.web import pages, site

STATUSES = {
    "NotFound": 404,
    "AccessRefused": 403,
    "AlreadySettled": 409,
    "ChangedMeanwhile": 409,
    "RuleBroken": 422,
    "InvalidAnswers": 422,
    "TooMany": 429,
    "Fault": 500,
}


@pytest.mark.parametrize(("name", "status"), STATUSES.items())
def test_a_situation_becomes_a_french_page_with_its_status(http, name, status):
    response = http.get(f"/echec/{name}")
    assert response.status_code == status
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b'<html lang="fr">' in response.body
    assert response.body.count(b"<h1>") == 1


@pytest.mark.parametrize(("name", "status"), STATUSES.items())
def test_under_api_a_situation_becomes_a_problem(http, name, status):
    response = http.get(f"/api/v1/fail/{name}")
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json_body["status"] == status
    assert {"type", "title", "detail"} <= response.json_body.keys()


def test_the_sentence_of_the_situation_is_what_the_person_reads(http):
    assert "Anne Morel a déjà répondu." in http.get("/echec/AlreadySettled").body.decode()
    assert http.get("/api/v1/fail/RuleBroken").json_body["detail"].startswith("Une chambre d’hôtes")


def test_invalid_answers_name_field_and_message_in_the_problem(http):
    found = http.get("/api/v1/fail/InvalidAnswers").json_body["errors"]
    assert found == [{"field": "siret", "message": "Le SIRET comporte 14 chiffres."}]


def test_too_many_says_when_to_come_back(http):
    assert http.get("/echec/TooMany").headers["Retry-After"] == "600"


@pytest.mark.parametrize("path", ["/echec/Fault", "/brut", "/api/v1/fail/Fault"])
def test_a_fault_shows_nothing_of_itself(http, path):
    body = http.get(path).body.decode()
    assert "secret" not in body
    assert "ZeroDivision" not in body
    assert "Traceback" not in body


def test_the_reference_of_a_fault_is_in_the_log(http, log):
    reference = http.get("/api/v1/fail/Fault").json_body["reference"]
    logged = log.getvalue()
    assert reference in logged
    assert "ZeroDivisionError" in logged
    assert "jean@example.org" not in logged


@pytest.mark.parametrize("path", ["/nulle-part", "/nulle/part/", "/echec", "/static/x/inconnu.css"])
def test_an_unknown_path_is_a_french_404(gateway, path):
    response = gateway("GET", path)
    assert response.status == 404
    assert "Page introuvable" in response.text


def test_an_unknown_path_under_api_is_a_problem(gateway):
    response = gateway("GET", "/api/v1/nothing")
    assert response.status == 404
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_wrong_method_names_the_right_ones(gateway, http):
    for response in (gateway("DELETE", "/accessibilite"), gateway("PUT", "/robots.txt")):
        assert response.status == 405
        assert response.headers["Allow"] == "GET, HEAD"
        assert "Action impossible ici" in response.text
    assert http.delete("/accessibilite").status_code == 405


def test_a_known_path_is_served_even_when_it_comes_through_the_catch_all(gateway):
    assert gateway("GET", "/accessibilite").status == 200
    assert gateway("GET", "/echec/TooMany").status == 429
    assert gateway("GET", "/").status == 200


def test_another_media_type_is_a_french_415(http, app):
    headers = {"Content-Type": "text/plain", "Sec-Fetch-Site": "same-origin"}
    response = http.post("/envoi", headers=headers, body=b"a=1")
    assert response.status_code == 415
    assert "Format non accepté" in response.body.decode()
    assert http.post("/api/v1/things", headers={"Content-Type": "text/plain"}, body=b"a").status_code == 415
    assert app.done == []


def test_a_body_of_2_mb_is_a_french_413(http, app):
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    response = http.post("/envoi", headers=headers, body=b"a=" + b"x" * 2_000_000)
    assert response.status_code == 413
    assert "100" in response.body.decode()
    assert app.done == []


def test_malformed_json_is_a_400_problem_in_french(http):
    response = http.post("/api/v1/things", headers={"Content-Type": "application/json"}, body=b"{")
    assert response.status_code == 400
    assert "JSON valide" in response.json_body["detail"]


def test_an_error_page_still_comes_when_the_office_cannot_be_read(http):
    def fail(*_):
        raise ConnectionError

    pages.set_office_provider(fail)
    pages.set_user_provider(fail)
    response = http.get("/echec/NotFound")
    assert response.status_code == 404
    assert "Office de tourisme" in response.body.decode()
    assert http.get("/").status_code == 500


def test_what_a_sentence_contains_is_escaped(http, monkeypatch):
    from chalicelib.kernel.errors import RuleBroken
    from tests.integration.web.conftest import SITUATIONS

    monkeypatch.setitem(SITUATIONS, "RuleBroken", RuleBroken("<script>alert(1)</script>"))
    assert "<script>alert" not in http.get("/echec/RuleBroken").body.decode()


def test_a_logged_in_person_sees_their_name_and_a_way_out(http):
    class Camille:
        name = "Camille Durand"
        home = "/espace"

    site.set_user_provider(lambda request: Camille())
    body = http.get("/").body.decode()
    assert "Camille Durand" in body
    assert '<form method="post" action="/deconnexion">' in body
