"""The login as Chromium sees it: the `__Host-` cookies on this machine, axe on every page and error."""

from collections.abc import Iterator

import pytest

from chalicelib.access.codes import code_for
from tests.e2e.browser import DESKTOP, PHONE, axe_findings, chromium, open_page, overflows
from tests.e2e.local_site import served
from tests.integration.access.conftest import PARTNER, STAFF

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("login in a browser")]


@pytest.fixture(scope="module")
def chrome() -> Iterator:
    with chromium() as browser:
        yield browser


@pytest.fixture
def root(site) -> Iterator[str]:
    with served(site.app) as address:
        yield address


def ask(page, root, email):
    page.goto(f"{root}/connexion")
    page.fill("input[name=email]", email)
    page.click("text=Recevoir mon lien")


def log_in(site, page, root, email):
    ask(page, root, email)
    page.goto(f"{root}/connexion/{site.tokens()[-1]}")
    page.click("main button")


def test_without_javascript_and_by_keyboard_a_partner_logs_in_and_out(site, root, chrome):
    page = open_page(chrome, javascript=False)
    page.goto(f"{root}/espace")
    page.focus("input[name=email]")
    page.keyboard.type(PARTNER)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.text_content("h1") == "Consultez votre messagerie"
    page.goto(f"{root}/connexion/{site.tokens()[0]}")
    page.focus("main button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{root}/espace"
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert set(cookies) == {"__Host-sid"}
    assert (cookies["__Host-sid"]["secure"], cookies["__Host-sid"]["httpOnly"]) == (True, True)
    page.goto(f"{root}/deconnexion")
    page.click("text=Me déconnecter de cet appareil")
    assert page.text_content("h1") == "Vous êtes déconnecté"
    assert page.context.cookies() == []


def test_on_a_second_device_the_code_of_the_first_screen_logs_in(site, root, chrome):
    desk, phone = open_page(chrome), open_page(chrome, width=PHONE)
    ask(desk, root, PARTNER)
    code = desk.text_content(".reference")
    phone.goto(f"{root}/connexion/{site.tokens()[0]}")
    phone.fill("input[name=code]", code)
    phone.click("main button")
    assert phone.url == f"{root}/espace"


@pytest.mark.parametrize(("width", "dark"), [(DESKTOP, False), (PHONE, True)])
def test_no_page_and_no_error_of_the_login_has_an_axe_finding_or_scrolls_sideways(
    site, root, chrome, width, dark
):
    page, elsewhere = (open_page(chrome, width=width, dark=dark) for _ in range(2))
    found = {}

    def look(at, name):
        found[name] = axe_findings(at) + (["overflow"] if overflows(at) else [])

    page.goto(f"{root}/connexion?vers=%2Fespace")
    look(page, "login")
    ask(page, root, "gite.des.noyers@")
    look(page, "login with an error")
    assert page.title().startswith("Erreur")
    ask(page, root, PARTNER)
    look(page, "asked")
    token = site.tokens()[0]
    elsewhere.goto(f"{root}/connexion/{token}")
    look(elsewhere, "code")
    elsewhere.fill("input[name=code]", "12")
    elsewhere.click("main button")
    look(elsewhere, "code with an error")
    page.goto(f"{root}/connexion/{token}")
    look(page, "confirm")
    page.click("main button")
    elsewhere.reload()
    look(elsewhere, "refused")
    page.goto(f"{root}/bureau")
    look(page, "staff only")
    page.goto(f"{root}/connexion")
    look(page, "login while logged in")
    page.goto(f"{root}/deconnexion")
    look(page, "logout")
    page.click("text=tous mes appareils")
    look(page, "logged out")
    log_in(site, page, root, STAFF)
    for path, name in (("/espace", "partners only"), ("/bureau/qualite", "role missing")):
        page.goto(root + path)
        look(page, name)
    assert {name: findings for name, findings in found.items() if findings} == {}
    assert len(found) == 13


def test_the_code_that_is_shown_is_the_one_that_follows_from_the_browser(site, root, chrome):
    page = open_page(chrome)
    ask(page, root, PARTNER)
    secret = page.context.cookies()[0]["value"]
    shown = page.text_content(".reference")
    assert "".join(sign for sign in shown if sign.isdigit()) == code_for(secret, PARTNER)
