"""What Lambda calls for HTTP: the same answers, whichever application gives them."""

import pytest

import front
from app import app
from chalicelib.web import site, static
from tests.integration.access.browser import CONTEXT, Browser


def event(path, **parameters):
    asked = Browser(app)._event("GET", path, {}, "")
    asked["requestContext"]["resourcePath"] = path
    return {**asked, "pathParameters": parameters or None}


def test_a_style_sheet_is_answered_as_the_application_would():
    def asked():
        return event(static.PATH, version="x", name="cordee.css")

    assert front.handle(asked(), CONTEXT) == app(asked(), CONTEXT)
    assert front.handle(asked(), CONTEXT)["statusCode"] == 200


@pytest.mark.parametrize("name", ["app.py", "..%2ffront.py", ""])
def test_an_unknown_file_is_refused_by_the_application_in_the_office_s_name(name, monkeypatch):
    monkeypatch.setenv("BASE_URL", "https://pro.example.org")
    monkeypatch.setattr(site, "current_office", lambda: site.NeutralSite(name="Office du Val"))
    answer = front.handle(event(static.PATH, version="x", name=name), CONTEXT)
    assert answer["statusCode"] == 404
    assert "Office du Val" in answer["body"]


def test_everything_else_reaches_the_application():
    assert front.handle(event("/robots.txt"), CONTEXT)["statusCode"] == 200
    assert front.handle({"requestContext": {}}, CONTEXT)["statusCode"] == 500
