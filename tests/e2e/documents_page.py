"""A page that asks for documents, on the site's own address, before any feature has one: the browser gets it from here.

What stands behind it is done by a runner, which has the application as a function of the deployment has it.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route

from chalicelib.kernel.files import PostTicket
from chalicelib.uploads.model import Upload
from tests.cloud import Cloud
from tests.harness.race import Racers
from tests.harness.starts import Work
from tests.harness.waiting import until

PATH = "/essai/pieces"
TEMPLATE = """{% extends "web/layout.html" %}{% import "web/components.html" as ui %}
{% block title %}Pièces{% endblock %}{% block content %}<h1>Vos pièces</h1>{{ ui.documents(slots, 2) }}{% endblock %}"""
A_COLD_START = 60


@dataclass(frozen=True)
class DocumentsPage:
    """The page of one owner."""

    cloud: Cloud
    racers: Racers
    owner: str

    @property
    def url(self) -> str:
        """Where the browser finds it."""
        return self.cloud.url + PATH

    @property
    def uploads(self) -> list[Upload]:
        """What the owner has sent so far, and was looked at."""
        found: list[Upload] = self._done(list_of, self.owner)
        return found

    def ticket(self, kind: str = "quote") -> PostTicket:
        """A form as the page has it."""
        made: PostTicket = self._done(ticket, self.owner, kind)
        return made

    def looked_at(self, number: int = 1) -> list[Upload]:
        """What the owner has sent, once so many of them are listed."""

        def enough() -> list[Upload]:
            found = self.uploads
            return found if len(found) >= number else []

        return until(enough, "the check", A_COLD_START)

    def download_url(self, upload: Upload) -> str:
        """The link that saves a file."""
        return str(self._done(download_url, upload))

    def waiting(self) -> frozenset[str]:
        """The kinds of which a file has arrived that nobody has looked at."""
        found: frozenset[str] = self._done(waiting, self.owner)
        return found

    def served_to(self, page: Page) -> Page:
        """Let this browser find the page, and open it."""
        # A page that did not come from this machine must be let speak to it; the site's own pages do come from it.
        page.context.grant_permissions(["local-network-access"])
        page.route(f"{self.url}**", partial(DocumentsPage._answer, self))
        page.goto(self.url)
        return page

    def _answer(self, route: Route) -> None:
        parts = urlsplit(route.request.url)
        action, _, upload_id = parts.path.removeprefix(PATH).strip("/").partition("/")
        if route.request.method == "POST":
            # The browser would ask the real site for where a redirect leads: it gets the page at once.
            self._done(check, self.owner) if action == "controle" else self._done(
                remove, self.owner, upload_id
            )
        body = self._done(html, self.owner, parse_qs(parts.query).get("ajouter", [""])[0])
        route.fulfill(body=body, headers=self._done(headers))

    def _done(self, do: Any, *arguments: Any) -> Any:
        (result,) = self.racers.each([Work(do, arguments)])
        return result


def html(owner: str, adding: str) -> str:
    """The page."""
    from chalicelib.uploads.bootstrap import upload_service
    from chalicelib.uploads.slots import DocumentAsked, Paths, slots
    from chalicelib.web import pages
    from chalicelib.web.site import NeutralSite

    service = upload_service()
    listed, waiting = service.standing(owner)
    asked = (
        DocumentAsked("quote", "Devis", "Celui de l’organisme."),
        DocumentAsked("plan", "Plan", required=False),
    )
    paths = Paths(
        lambda one: f"{PATH}/retrait/{one}", lambda kind: f"{PATH}?ajouter={kind}", f"{PATH}/controle"
    )
    tickets = lambda kind: service.ticket(owner, kind, PATH)  # noqa: E731
    shown = slots(asked, listed, tickets, paths, waiting=waiting, adding=adding)
    template = pages._environment().from_string(TEMPLATE)
    return str(template.render(slots=shown, office=NeutralSite(), user=None))


def headers() -> dict[str, str]:
    """Those that the site puts on every page."""
    from chalice import Response

    from chalicelib.runtime import config
    from chalicelib.web.headers import secure

    response = Response("", headers={"Content-Type": "text/html; charset=utf-8"})
    secure(response, config.form_origins())
    return dict(response.headers)


def ticket(owner: str, kind: str) -> PostTicket:
    """A form for one file."""
    from chalicelib.uploads.bootstrap import upload_service

    made = upload_service().ticket(owner, kind, PATH)
    return PostTicket(made.url, dict(made.fields))


def list_of(owner: str) -> list[Upload]:
    """The owner's files."""
    from chalicelib.uploads.bootstrap import upload_service

    return upload_service().list_of(owner)


def waiting(owner: str) -> frozenset[str]:
    """What nobody has looked at."""
    from chalicelib.uploads.bootstrap import upload_service

    return upload_service().waiting(owner)


def download_url(upload: Upload) -> str:
    """The link that saves a file."""
    from chalicelib.uploads.bootstrap import upload_service

    return upload_service().download_url(upload)


def check(owner: str) -> None:
    """The page's button: look at what has arrived."""
    from chalicelib.uploads.bootstrap import receiving_service

    receiving_service().receive_waiting(owner)


def remove(owner: str, upload_id: str) -> None:
    """The page's button: take a file away."""
    from chalicelib.uploads.bootstrap import upload_service

    upload_service().remove(owner, upload_id)
