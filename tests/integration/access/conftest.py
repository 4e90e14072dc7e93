"""The login room on moto: its tables, an office, a partner, and mails that are read from the outbox."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.util import find_spec, module_from_spec
from typing import Any

import pytest
from chalice import Blueprint, Chalice, Response
from moto import mock_aws

from chalicelib.access import bootstrap, guard
from chalicelib.access.directory import NoPartners
from chalicelib.access.items import SessionItem
from chalicelib.adapters import dynamodb
from chalicelib.adapters.calendars import invitation
from chalicelib.adapters.qr import png
from chalicelib.links import bootstrap as links_bootstrap
from chalicelib.links.repository import LinkItem
from chalicelib.mail import bootstrap as mail_bootstrap
from chalicelib.mail.items import MailItem
from chalicelib.mail.writing import LetterWriter
from chalicelib.office import bootstrap as office_bootstrap
from chalicelib.office.repository import OfficeItem, OfficeRepository
from chalicelib.runtime import config
from chalicelib.web import middleware, pages
from chalicelib.web.requests import FORM_TYPE
from chalicelib.web.views import view
from tests.factories import an_office, office_document
from tests.integration.access.browser import Browser

TABLES = (SessionItem, LinkItem, MailItem, OfficeItem)
BASE_URL = "https://pro.example.org"
PARTNER = "gite.noyers@example.org"
STAFF = "claire.martin@val.example.org"


def _fresh(name: str) -> Any:
    """A copy of a module of routes: Chalice empties the arguments of a blueprint that it registers."""
    spec = find_spec(name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


routes = _fresh("chalicelib.access.routes")


class Partners:
    """Whoever begins with "gite" is a partner."""

    def name_of(self, email: str) -> str | None:
        return "Gîte des Noyers" if email.startswith("gite") else None


@lru_cache(maxsize=1)
def _application() -> Chalice:
    app = Chalice("login-test")
    app.register_blueprint(routes.bp)
    app.register_blueprint(_fresh("chalicelib.web.static").bp)
    app.register_blueprint(_guarded_pages())
    middleware.register(app)
    return app


class Site:
    """The application, with its clock and its postman."""

    def __init__(self) -> None:
        self.app = _application()
        self.now = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)

    def clock(self) -> datetime:
        return self.now

    def wait(self, **duration: float) -> None:
        self.now += timedelta(**duration)

    def browser(self, ip: str = "192.0.2.1") -> Browser:
        return Browser(self.app, ip)

    def publish_office(self, **sections: Any) -> None:
        OfficeRepository(self.clock).publish(office_document(**sections))

    def waiting_mails(self) -> list[Any]:
        return mail_bootstrap.outbox().list_due(self.now)

    def letters(self) -> list[Any]:
        """The mails that wait, written and taken out of the outbox."""
        outbox, letters = mail_bootstrap.outbox(), []
        letterhead = {"office": an_office(), "site_url": BASE_URL}
        write = LetterWriter(
            links_bootstrap.link_service(),
            links_bootstrap.signed_link_service(),
            lambda: letterhead,
            mail_bootstrap.stored_file,
            invitation,
            png,
        )
        for mail in outbox.list_due(self.now):
            claimed = outbox.claim(mail.key, self.now)
            letters.append(write(mail.message, mail.key))
            outbox.mark_sent(claimed, letters[-1], "ses", self.now)
        return letters

    def tokens(self) -> list[str]:
        """The tokens of the login links that arrive now."""
        return [_token(letter.text) for letter in self.letters()]

    def token_for(self, email: str, browser: Browser, **fields: str) -> str:
        assert browser.post("/connexion", email=email, **fields).status == 200
        return self.tokens()[-1]

    def log_in(self, email: str, browser: Browser | None = None) -> Browser:
        browser = browser or self.browser()
        token = self.token_for(email, browser)
        assert browser.post(f"/connexion/{token}").status == 303
        return browser

    def tables(self) -> str:
        """All that is stored, to compare before and after."""
        names = [table.Meta.table_name for table in TABLES]
        return json.dumps([dynamodb.connection().scan(name)["Items"] for name in names], sort_keys=True)


def _token(text: str) -> str:
    return text.partition(f"{BASE_URL}/connexion/")[2].split()[0]


def _guarded_pages() -> Blueprint:
    bp = Blueprint("tests.guarded_pages")

    def said(user: Any, what: str = "") -> Response:
        return Response(f"{user.name} {user.kind} {what}", headers={"Content-Type": "text/plain"})

    @bp.route("/espace")
    @view
    @guard.partner_only
    def show_space(user: Any) -> Response:
        return said(user)

    @bp.route("/espace/{reference}")
    @view
    @guard.partner_only
    def show_file(user: Any, reference: str) -> Response:
        return said(user, reference)

    @bp.route("/espace/{reference}", methods=["POST"], content_types=[FORM_TYPE])
    @view
    @guard.partner_only
    def submit_file(user: Any, reference: str) -> Response:
        return said(user, reference)

    @bp.route("/bureau")
    @view
    @guard.staff_only()
    def show_desk(user: Any) -> Response:
        return said(user)

    @bp.route("/bureau/paiements")
    @view
    @guard.staff_only("accounting", "director")
    def show_payments(user: Any) -> Response:
        return said(user)

    @bp.route("/bureau/qualite")
    @view
    @guard.staff_only("quality_officer")
    def show_quality(user: Any) -> Response:
        return said(user)

    return bp


@pytest.fixture(scope="package")
def dynamodb_in_memory() -> Iterator[None]:
    """DynamoDB in memory, once: making its clients takes longer than all that is done with them."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setenv("BASE_URL", BASE_URL)
        _forget()
        yield
    _forget()


@pytest.fixture
def site(dynamodb_in_memory: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    site = Site()
    for room in (bootstrap, links_bootstrap, office_bootstrap):
        monkeypatch.setattr(room, "utc_now", site.clock)
    for cached in (links_bootstrap.link_service, office_bootstrap.office_repository):
        cached.cache_clear()
    bootstrap.register_address_book(Partners)
    pages.set_user_provider(guard.current_user)
    for table in TABLES:
        table.create_table()
    site.publish_office()
    yield site
    for table in TABLES:
        table.delete_table()
    bootstrap.register_address_book(NoPartners)


def _forget() -> None:
    for cached in (
        dynamodb.connection,
        links_bootstrap.link_service,
        office_bootstrap.office_repository,
        config.base_path,
    ):
        cached.cache_clear()
    for table in TABLES:
        table._connection = None
