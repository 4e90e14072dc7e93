"""The look and the small script, in a real browser on the room's own pages."""

import os

import pytest
from chalice import Chalice, Response
from playwright.sync_api import expect

from chalicelib.runtime import config
from chalicelib.web import home, legal, middleware, pages, site, static, style
from chalicelib.web.cookies import set_cookie
from chalicelib.web.requests import cookie, form_fields
from chalicelib.web.views import view
from tests.e2e.browser import DESKTOP, PHONE, axe_findings, chromium, open_page, overflows
from tests.e2e.local_site import served

pytestmark = pytest.mark.browser

PATHS = ["/", "/bureau/style", "/confidentialite", "/accessibilite", "/introuvable"]
SCREENS = [{"width": DESKTOP}, {"width": PHONE}, {"width": PHONE, "dark": True}]
NARROWEST = 320
ZOOMED_TWICE = 640
FORM = """<!doctype html><html lang="fr"><head><title>Essai</title>
<script src="{script}" defer></script></head><body>
<form method="post" action="/essai" data-once data-unsaved data-postcode="/api/v1/communes">
<input name="postcode" id="postcode"><select name="commune"><option value=""></option></select>
<button name="outcome" value="accept">Envoyer</button></form><a href="/">Accueil</a></body></html>"""


@pytest.fixture(scope="module")
def app():
    app = Chalice("test")
    for blueprint in (static.bp, home.bp, legal.bp, style.bp):
        app.register_blueprint(blueprint)
    app.sent = []

    @app.route("/essai")
    @view
    def show_form():
        body = FORM.format(script=static_url("cordee.js"))
        return Response(body, headers={"Content-Type": pages.HTML})

    @app.route("/essai", methods=["POST"], content_types=["application/x-www-form-urlencoded"])
    @view
    def submit_form():
        app.sent.append(form_fields(app.current_request))
        return pages.redirect(
            "/connecte", [set_cookie("sid", "secret", 600), set_cookie("pre", "other", 600)]
        )

    @app.route("/connecte")
    @view
    def show_cookies():
        both = [cookie(app.current_request, name) for name in ("sid", "pre")]
        return Response(str(both), headers={"Content-Type": "text/plain; charset=utf-8"})

    @app.route("/api/v1/communes")
    @view
    def list_communes():
        found = {"38160": ["Chatte", "Saint-Marcellin"], "01210": ["Ferney-Voltaire"]}
        names = found.get(app.current_request.query_params["postcode"], [])
        return Response([{"insee": name.upper(), "name": name} for name in names])

    middleware.register(app)
    return app


def static_url(name):
    from chalicelib.web import urls

    return urls.static(name)


@pytest.fixture(scope="module")
def root(app):
    # Other tests of this process may have said where the real office is: here it is nobody's site.
    site.set_office_provider(None)
    site.set_user_provider(None)
    with served(app) as address:
        before = os.environ.get("BASE_URL")
        os.environ["BASE_URL"] = address
        config.base_path.cache_clear()
        yield address
        config.base_path.cache_clear()
        os.environ.pop("BASE_URL") if before is None else os.environ.update(BASE_URL=before)


@pytest.fixture(scope="module")
def browser():
    with chromium() as launched:
        yield launched


@pytest.fixture
def page(browser):
    opened = open_page(browser)
    yield opened
    opened.context.close()


@pytest.mark.parametrize("screen", SCREENS, ids=str)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_no_axe_finding_and_fits_the_screen(browser, root, tmp_path, path, screen):
    page = open_page(browser, **screen)
    page.goto(root + path)
    assert axe_findings(page) == []
    assert not overflows(page)
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    assert (tmp_path / "page.png").stat().st_size > 10_000
    page.context.close()


def test_axe_would_find_a_mistake(page, root):
    page.goto(root + "/")
    page.evaluate("document.querySelector('h1').outerHTML = '<img src=\"/favicon.ico\">'")
    assert any(finding.startswith("image-alt") for finding in axe_findings(page))


@pytest.mark.parametrize("width", [NARROWEST, ZOOMED_TWICE])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_the_narrowest_screen_and_twice_the_size(browser, root, path, width):
    page = open_page(browser, width=width)
    page.goto(root + path)
    assert not overflows(page)
    page.context.close()


@pytest.mark.parametrize("path", PATHS)
def test_a_page_breaks_no_rule_of_its_own_policy_and_asks_nobody_else(page, root, path):
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(root + path)
    page.wait_for_load_state("networkidle")
    assert [text for text in said if "404" not in text] == []
    assert all(address.startswith((root, "data:")) for address in asked)
    assert len([address for address in asked if address.endswith(".woff2")]) <= 2


def test_the_first_tab_leads_past_the_header(page, root):
    page.goto(root + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_everything_that_acts_is_large_enough_for_a_thumb(browser, root):
    page = open_page(browser, width=PHONE)
    page.goto(root + "/bureau/style")
    small = page.evaluate(
        """[...document.querySelectorAll('button, .button, select, textarea, summary, .top nav a,'
           + ' input:not([type=hidden], [type=checkbox], [type=radio]), .choice')]
           .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"""
    )
    assert small == []
    page.context.close()


def test_the_error_summary_has_the_focus_and_leads_to_the_fields(page, root):
    page.goto(root + "/bureau/style")
    assert page.evaluate("document.activeElement.id") == "erreurs"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "siret-faux"


def test_a_form_pressed_twice_is_sent_once_with_the_button_that_was_pressed(page, root, app):
    app.sent.clear()
    page.goto(root + "/essai")
    stopped = page.evaluate(
        """() => {
             const stopped = [];
             window.addEventListener('submit', event => stopped.push(event.defaultPrevented));
             const button = document.querySelector('button');
             button.click();
             button.click();
             return stopped;
           }"""
    )
    assert stopped == [False, True]
    page.wait_for_url("**/connecte")
    assert app.sent == [{"postcode": [""], "commune": [""], "outcome": ["accept"]}]


def test_our_cookies_reach_a_browser_on_this_machine(page, root):
    page.goto(root + "/essai")
    page.click("button")
    page.wait_for_url("**/connecte")
    assert page.inner_text("body") == "['secret', 'other']"


def test_leaving_unsaved_answers_is_asked_about_and_sending_them_is_not(page, root):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(root + "/essai")
    page.type("#postcode", "3")
    page.click("a")
    page.wait_for_url(root + "/")
    assert asked == ["beforeunload"]
    page.goto(root + "/essai")
    page.type("#postcode", "3")
    page.click("button")
    page.wait_for_url("**/connecte")
    assert asked == ["beforeunload"]


def test_a_postcode_brings_its_communes(page, root):
    page.goto(root + "/essai")
    page.type("#postcode", "38160")
    page.wait_for_selector("option[value=CHATTE]", state="attached")
    assert page.eval_on_selector_all("option", "all => all.map(one => one.label)") == [
        "Choisissez",
        "Chatte",
        "Saint-Marcellin",
    ]
    page.fill("#postcode", "01210")
    expect(page.locator("select")).to_have_value("FERNEY-VOLTAIRE")


def test_without_script_the_form_is_sent_all_the_same(browser, root, app):
    app.sent.clear()
    page = open_page(browser, javascript=False)
    page.goto(root + "/essai")
    page.click("button")
    assert app.sent[0]["outcome"] == ["accept"]
    page.context.close()


def test_a_page_of_another_site_cannot_send_our_form(page, root, app):
    app.sent.clear()
    body = f'<form method="post" action="{root}/essai"><button>Gagner</button></form>'
    evil = "https://evil.example.com/"
    page.route(evil, lambda route: route.fulfill(content_type="text/html", body=body))
    page.goto(evil)
    page.click("button")
    page.wait_for_load_state()
    assert app.sent == []


def test_the_print_keeps_the_text_and_drops_the_navigation(page, root):
    page.goto(root + "/bureau/style")
    page.emulate_media(media="print")
    assert not page.is_visible(".top nav")
    assert page.is_visible("h1")
