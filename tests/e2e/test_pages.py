"""Every page and every error state as people see it: rules of access, budgets, headers, nothing from elsewhere."""

import re

import pytest
from playwright.sync_api import Browser, Page, Response

from chalicelib.partners.application_form import membership_form
from tests.cloud import Cloud
from tests.e2e import figure_pages
from tests.e2e.browser import DESKTOP, PHONE, axe_findings, keep_picture, open_page, overflows
from tests.e2e.figure_pages import PAGES_OF_FIGURES
from tests.e2e.journeys import (
    NETWORK_OFFICER,
    OBSERVER,
    Approver,
    FormRun,
    Post,
    forget_limits,
    log_in,
    mail_in_trouble,
    new_applicant,
)
from tests.e2e.test_decisions import expire
from tests.e2e.training_pages import PAGES_OF_TRAININGS, set_stage
from tests.e2e.ways import Go, Shown, World, at, pressing, sending
from tests.harness.http import Site
from tests.harness.race import Racers

pytestmark = [pytest.mark.cloud, pytest.mark.browser]

NARROWEST = 320
LOST = "perdu@hotel.example.fr"
HTML_BYTES, CSS_BYTES, SCRIPT_BYTES, FONTS = 30_000, 40_000, 10_000, 2
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self' {files}; form-action 'self' {files}; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


@pytest.fixture(scope="module")
def world(cloud: Cloud, post: Post, chrome: Browser, racers: Racers) -> World:
    """Files and sessions in several states, drafts, mails that did not leave, and people logged in."""
    made = World(cloud, chrome)
    waiting, decided, asked = (new_applicant(cloud, post, "Gîte très bien nommé") for _ in range(3))
    approver = Approver(cloud, post)
    for one in (waiting, decided, asked):
        one.applies().confirms()
    approver.answers(approver.link(decided), "refuse", "La licence manque.")
    approver.answers(approver.link(asked), "request_changes", "Précisez le nombre de chambres.")
    unconfirmed, old = new_applicant(cloud, post).applies(), new_applicant(cloud, post).applies().confirms()
    made.addresses = {
        "waiting": approver.link(waiting),
        "decided": approver.link(decided),
        "old": approver.link(old),
        "confirmation": unconfirmed.link("À confirmer", "/adhesion/confirmation/"),
        "receipt": waiting.link("À confirmer", "/adhesion/confirmation/"),
        "corrections": asked.link("À compléter", "/adhesion/corrections/"),
        "own": f"/espace/dossiers/{asked.reference}",
        "file": f"/bureau/dossiers/{waiting.reference}",
    }
    expire(cloud, made.addresses["old"])
    for state in ("failed", "uncertain"):
        mail_in_trouble(cloud, waiting, state)
    mail_in_trouble(cloud, asked, "uncertain", LOST)
    made.states = {
        "officer": _logged_in(made, post, NETWORK_OFFICER, "/bureau"),
        "observer": _logged_in(made, post, OBSERVER, "/bureau"),
        "partner": _logged_in(made, post, asked.email, "/espace"),
        "drafter": _drafting(made, post),
        "beginner": _beginning(made),
    }
    set_stage(made, post, racers)
    figure_pages.set_stage(made, post, racers)
    return made


def _logged_in(world: World, post: Post, email: str, wanted: str) -> dict[str, object]:
    page = open_page(world.browser)
    log_in(world.cloud, post, page, email, wanted)
    if wanted == "/bureau":
        link = page.locator("a[href*='/bureau/decisions/']").first.get_attribute("href")
        world.addresses.setdefault("desk decision", str(link))
    state: dict[str, object] = page.context.storage_state()  # type: ignore[assignment]
    page.context.close()
    return state


def _drafting(world: World, post: Post) -> dict[str, object]:
    page = open_page(world.browser)
    FormRun(world.cloud, page, new_applicant(world.cloud, post).answers).fills_everything()
    state: dict[str, object] = page.context.storage_state()  # type: ignore[assignment]
    page.context.close()
    return state


def _beginning(world: World) -> dict[str, object]:
    page = open_page(world.browser)
    FormRun(world.cloud, page, {"first_name": "Maëlle"}).opens("vous").fills("vous").goes_on()
    state: dict[str, object] = page.context.storage_state()  # type: ignore[assignment]
    page.context.close()
    return state


def flooding(world: World) -> Go:
    """Send one form too many from one address."""

    def go(page: Page) -> Response | None:
        items = {**new_applicant(world.cloud, Post(world.cloud)).answers, "email": "trop@hotel.example.fr"}
        site = Site(world.cloud.url)
        for number in range(5):
            draft = site.post("/adhesion/demande/vous", {"email": items["email"]})
            send_form(site.with_cookies(draft.cookies), {**items, "business_name": f"Essai {number}"})
        FormRun(world.cloud, page, items).fills_everything()
        with page.expect_navigation() as landed:
            page.get_by_role("button", name="Envoyer ma demande").click()
        return landed.value

    return go


def send_form(site: Site, answers: dict[str, object]) -> None:
    """Every page of the form and the last button, without a browser."""
    for section in membership_form().sections:
        fields = {f.name: answers[f.name] for f in section.fields if answers.get(f.name)}
        site.post(f"/adhesion/demande/{section.key}", fields)
    assert site.post("/adhesion/verification").status == 303


SHOWN: Shown = {
    "offer": (at("/adhesion"), 200, "nobody"),
    "home": (at("/"), 200, "nobody"),
    "privacy": (at("/confidentialite"), 200, "nobody"),
    "accessibility": (at("/accessibilite"), 200, "nobody"),
    "first page": (at("/adhesion/demande/vous"), 200, "nobody"),
    "filled page": (at("/adhesion/demande/activite"), 200, "drafter"),
    "commune page": (at("/adhesion/demande/adresse"), 200, "drafter"),
    "last page": (at("/adhesion/demande/formule"), 200, "drafter"),
    "check": (at("/adhesion/verification"), 200, "drafter"),
    "pause": (at("/adhesion/pause"), 200, "drafter"),
    "sent": (at("/adhesion/envoyee"), 200, "nobody"),
    "corrected": (at("/adhesion/corrigee"), 200, "nobody"),
    "confirmation": (at("{confirmation}"), 200, "nobody"),
    "receipt": (at("{receipt}"), 200, "nobody"),
    "corrections": (at("{corrections}"), 200, "nobody"),
    "login": (at("/connexion"), 200, "nobody"),
    "login asked": (pressing("/connexion", "Recevoir mon lien de connexion", email="x@example.org"), 200, "nobody"),
    "logout": (at("/deconnexion"), 200, "partner"),
    "own file": (at("{own}"), 200, "partner"),
    "withdrawal": (at("{own}/retrait"), 200, "partner"),
    "desk": (at("/bureau"), 200, "officer"),
    "mail settled": (pressing("/bureau", f"C’est réglé pour le mail à {LOST}"), 200, "officer"),
    "files": (at("/bureau/dossiers"), 200, "officer"),
    "nothing found": (at("/bureau/dossiers?q=introuvable"), 200, "officer"),
    "file": (at("{file}"), 200, "officer"),
    "desk decision": (at("{desk decision}"), 200, "officer"),
    "not my decision": (at("{desk decision}"), 200, "observer"),
    "decision": (at("{waiting}"), 200, "nobody"),
    "decided": (at("{decided}"), 200, "nobody"),
    "form mistakes": (pressing("/adhesion/demande/adresse", "Enregistrer et continuer"), 422, "nobody"),
    "check mistakes": (pressing("/adhesion/verification", "Envoyer ma demande"), 422, "beginner"),
    "no choice": (pressing("{waiting}", "Enregistrer ma décision"), 422, "nobody"),
    "no reason at the desk": (pressing("{desk decision}", "Renvoyer le lien"), 422, "officer"),
    "no address": (pressing("/connexion", "Recevoir mon lien de connexion"), 422, "nobody"),
    "foreign form": (sending("/connexion", "x", origin="https://evil.example.com/"), 403, "nobody"),
    "staff only": (at("/bureau"), 403, "partner"),
    "partners only": (at("/espace"), 403, "officer"),
    "used login link": (at("/connexion/abc.def"), 403, "nobody"),
    "unknown path": (at("/nulle/part"), 404, "nobody"),
    "unknown link": (at("/decisions/abc.def"), 404, "nobody"),
    "unknown file": (at("/bureau/dossiers/ADH-0000"), 404, "officer"),
    "unknown mail": (sending("/bureau/mails/abc/renvoi", "x"), 404, "officer"),
    "wrong method": (sending("/adhesion/envoyee", "x"), 405, "nobody"),
    "second answer": (sending("{decided}?outcome=accept", "x"), 409, "nobody"),
    "expired link": (at("{old}"), 410, "nobody"),
    "too much": (sending("/adhesion/demande/vous", "x" * 200_000), 413, "nobody"),
    "too often": (flooding, 429, "nobody"),
    **PAGES_OF_TRAININGS,
    **PAGES_OF_FIGURES,
}  # fmt: skip


def reach(world: World, name: str, page: Page) -> Response:
    """Put the state on this page and check that it is the one that was meant."""
    go, status, _ = SHOWN[name]
    response = go(world)(page)
    assert response is not None
    assert (name, response.status) == (name, status)
    return response


@pytest.mark.parametrize("name", list(SHOWN))
def test_a_page_or_error_is_accessible_light_and_alone(world: World, name: str) -> None:
    forget_limits(world.cloud)
    page = world.page(SHOWN[name][2], width=DESKTOP)
    asked: list[Response] = []
    page.on("response", lambda one: asked.append(one))  # noqa: PLW0108 - Playwright takes no built-in
    response = reach(world, name, page)
    assert axe_findings(page) == []
    keep_picture(page, f"{name}, {DESKTOP}")
    page.set_viewport_size({"width": PHONE, "height": 844})
    assert axe_findings(page) == []
    keep_picture(page, name)
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    assert not overflows(page)
    assert not wrong_headers(response, files=world.cloud.endpoint_url)
    assert len(response.body()) <= HTML_BYTES
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "fr"
    assert re.search(r".+ – .+", page.title())
    own = (world.cloud.url, "data:", "https://evil.example.com/")
    assert [one.url for one in asked if not one.url.startswith(own)] == []
    page.context.close()


def wrong_headers(response: Response, files: str) -> dict[str, str | None]:
    """The security headers that are not exactly as they should be, where `files` is the store they are sent to."""
    sent = response.all_headers()
    wanted = {name: value.format(files=files) for name, value in HEADERS.items()}
    return {name: sent.get(name) for name, value in wanted.items() if sent.get(name) != value}


@pytest.mark.parametrize("name", ["offer", "form mistakes", "decision", "own file", "desk", "unknown path"])
def test_a_page_is_accessible_in_the_dark(world: World, name: str) -> None:
    page = world.page(SHOWN[name][2], width=PHONE, dark=True)
    reach(world, name, page)
    assert axe_findings(page) == []
    page.context.close()


def test_styles_script_and_fonts_stay_within_the_budget(world: World) -> None:
    page = world.page("nobody")
    asked: list[Response] = []
    page.on("response", lambda one: asked.append(one))  # noqa: PLW0108 - Playwright takes no built-in
    page.goto(f"{world.cloud.url}/adhesion/demande/adresse")
    page.wait_for_load_state("networkidle")
    kinds = {
        kind: [one for one in asked if one.request.resource_type == kind]
        for kind in ("stylesheet", "script", "font")
    }
    assert sum(len(one.body()) for one in kinds["stylesheet"]) <= CSS_BYTES
    assert sum(len(one.body()) for one in kinds["script"]) <= SCRIPT_BYTES
    assert 0 < len(kinds["font"]) <= FONTS
    page.context.close()
