import io
import json
from types import SimpleNamespace

import pytest
from chalice import Chalice, Response
from chalice.test import Client

from chalicelib.kernel import errors
from chalicelib.runtime import config
from chalicelib.runtime.observability import logger
from chalicelib.web import home, legal, middleware, pages, site, static, style
from chalicelib.web.requests import form_fields, json_body
from chalicelib.web.views import view
from tests.e2e.local_site import event

FORM = "application/x-www-form-urlencoded"
SITUATIONS = {
    "NotFound": errors.NotFound(),
    "AccessRefused": errors.AccessRefused(),
    "AlreadySettled": errors.AlreadySettled("Anne Morel a déjà répondu."),
    "ChangedMeanwhile": errors.ChangedMeanwhile(),
    "RuleBroken": errors.RuleBroken("Une chambre d’hôtes compte cinq chambres au plus."),
    "InvalidAnswers": errors.InvalidAnswers([errors.FieldError("siret", "Le SIRET comporte 14 chiffres.")]),
    "TooMany": errors.TooMany(),
    "Fault": ZeroDivisionError("secret of jean@example.org"),
}


@pytest.fixture(autouse=True)
def base_url(monkeypatch):
    monkeypatch.setenv("BASE_URL", "https://pro.example.org")
    config.base_path.cache_clear()
    yield
    config.base_path.cache_clear()
    site.set_office_provider(None)
    site.set_user_provider(None)


@pytest.fixture
def app():
    """The room's own pages, and routes that go wrong in every way."""
    app = Chalice("test")
    for blueprint in (static.bp, home.bp, legal.bp, style.bp):
        app.register_blueprint(blueprint)
    app.done = []

    def fail(name):
        raise SITUATIONS[name]

    @app.route("/echec/{name}")
    @view
    def show_failure(name):
        fail(name)

    @app.route("/api/v1/fail/{name}")
    @view
    def show_api_failure(name):
        fail(name)

    @app.route("/envoi", methods=["POST"], content_types=[FORM])
    @view
    def submit():
        app.done.append(form_fields(app.current_request))
        return pages.redirect("/")

    @app.route("/api/v1/things", methods=["POST"])
    @view
    def create():
        app.done.append(json_body(app.current_request))
        return Response("{}", status_code=201)

    @app.route("/brut")
    def bare():
        raise ZeroDivisionError("secret of jean@example.org")

    middleware.register(app)
    return app


@pytest.fixture
def http(app):
    return Client(app).http


@pytest.fixture
def gateway(app):
    """Calls the app as API Gateway's catch-all does; gives an object with status, headers, text, json."""

    def call(method, path, headers=None, body=b""):
        answer = app(event(method, path, headers, body), SimpleNamespace())
        return SimpleNamespace(
            status=answer["statusCode"],
            headers={**answer["headers"], **answer["multiValueHeaders"]},
            text=answer["body"],
            json=lambda: json.loads(answer["body"]),
        )

    return call


@pytest.fixture
def log(monkeypatch):
    """What the function writes to its log."""
    written = io.StringIO()
    monkeypatch.setattr(logger.registered_handler, "stream", written)
    return written
