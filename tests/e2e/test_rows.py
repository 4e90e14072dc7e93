"""Rows of a form in a real browser, with and without script: adding, taking away, the Enter key, the focus."""

import pytest
from chalice import Chalice, Response
from jinja2 import DictLoader
from playwright.sync_api import expect

from chalicelib.runtime import config
from chalicelib.runtime.templating import environment
from chalicelib.web import middleware, pages, site, static
from chalicelib.web.requests import form_fields
from chalicelib.web.views import view
from tests.e2e.browser import chromium, flaws, open_page
from tests.e2e.local_site import served
from tests.harness.sample_form import GRANT, SAMPLE

pytestmark = pytest.mark.browser

PAGE = "/demande/aides"
SECTION = SAMPLE.section("grants")
TEMPLATE = """{% extends "web/layout.html" %}{% from "web/form.html" import form_section %}
{% block title %}Les aides{% endblock %}
{% block content %}<h1>Les aides</h1>
<form method="post" action="{{ url(page) }}" novalidate data-unsaved data-once>
{{ form_section(form, section, answers, errors, {}, one_more) }}
<div class="actions"><button>Enregistrer et continuer</button></div></form>{% endblock %}"""


@pytest.fixture(scope="module")
def app():
    """What the routes of a feature do with a page that has rows; the draft is a variable."""
    app = Chalice("test")
    app.register_blueprint(static.bp)
    app.answers, app.saves = {}, 0

    def shown(errors=()):
        asked = app.current_request.query_params or {}
        context = {"form": SAMPLE, "section": SECTION, "page": PAGE, "answers": app.answers, "errors": errors}
        page = pages.page("trial/page.html", one_more=asked.get("ajouter", ""), **context)
        return Response(page.body, status_code=422 if errors else 200, headers=page.headers)

    @app.route(PAGE)
    @view
    def show_page():
        return shown()

    @app.route(PAGE, methods=["POST"], content_types=["application/x-www-form-urlencoded"])
    @view
    def submit_page():
        fields = form_fields(app.current_request)
        app.answers, app.saves = SAMPLE.revised(app.answers, fields, SECTION), app.saves + 1
        if edited := SAMPLE.edited_rows(fields):
            return pages.redirect(edited.shown_at(PAGE, app.answers))
        errors = SAMPLE.errors(app.answers, sections={SECTION.key})
        return shown(errors) if errors else pages.redirect("/fin")

    @app.route("/fin")
    @view
    def show_end():
        return Response("Merci", headers={"Content-Type": "text/plain; charset=utf-8"})

    middleware.register(app)
    return app


@pytest.fixture(scope="module")
def root(app):
    site.set_office_provider(None)
    site.set_user_provider(None)
    rooms = environment().loader.mapping
    with pytest.MonkeyPatch.context() as patched, served(app) as address:
        patched.setitem(rooms, "trial", DictLoader({"page.html": TEMPLATE}))
        patched.setenv("BASE_URL", address)
        config.base_path.cache_clear()
        yield address
    config.base_path.cache_clear()


@pytest.fixture(scope="module")
def browser():
    with chromium() as launched:
        yield launched


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request, browser, root, app):
    app.answers, app.saves = {}, 0
    opened = open_page(browser, javascript=request.param)
    opened.goto(root + PAGE)
    yield opened
    opened.context.close()


def fill_in(page, number, giver="region", amount="1 500,00 €"):
    row = page.get_by_role("group", name=f"Aide {number}", exact=True)
    row.get_by_label("Date").fill("2025-03-12")
    row.get_by_label("Donnée par").select_option(giver)
    row.get_by_label("Montant").fill(amount)


def focused(page):
    return page.locator(":focus")


def test_a_row_is_added_with_the_focus_in_it_and_nothing_is_lost_or_told(page, app):
    fill_in(page, 1)
    page.get_by_role("button", name="Ajouter une aide").click()
    expect(focused(page)).to_have_attribute("name", "grants-1-given_on")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert app.answers == {"grants": [GRANT]}
    expect(page.locator("[name=grants-0-amount]")).to_have_value("1500,00")


def test_a_row_is_taken_away_and_the_focus_goes_to_the_list(page, app):
    fill_in(page, 1)
    page.get_by_role("button", name="Ajouter une aide").click()
    fill_in(page, 2, giver="other", amount="200")
    page.get_by_role("button", name="Retirer Aide 1").click()
    expect(page.locator("[name=grants-0-amount]")).to_have_value("200,00")
    expect(page.locator("[name=grants-1-amount]")).to_have_count(0)
    expect(focused(page)).to_have_attribute("id", "champ-grants")
    assert [row["giver"] for row in app.answers["grants"]] == ["other"]


def test_the_enter_key_saves_the_page_and_takes_no_row_away(page, app):
    fill_in(page, 1)
    page.locator("[name=rooms-0-name]").fill("Vercors")
    page.locator("[name=rooms-0-name]").press("Enter")
    page.wait_for_url("**/fin")
    assert app.answers == {"grants": [GRANT], "rooms": [{"name": "Vercors"}]}


def test_a_mistake_in_a_row_has_a_link_that_leads_to_it(page, app):
    fill_in(page, 1, amount="1.234")
    page.locator("[name=rooms-0-name]").fill("Vercors")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.get_by_role("link", name="Aide 1 : ce montant se lit de deux façons").click()
    expect(focused(page)).to_have_attribute("name", "grants-0-amount")
    expect(focused(page)).to_have_value("1.234")


def test_a_list_can_be_filled_up_and_says_so(page, app):
    for number in (1, 2):
        fill_in(page, number)
        page.get_by_role("button", name="Ajouter une aide").click()
    fill_in(page, 3)
    expect(page.get_by_role("button", name="Ajouter une aide")).to_have_count(0)
    expect(page.get_by_text("Vous pouvez remplir 3 lignes au plus.")).to_be_visible()


@pytest.mark.parametrize("errors", [False, True], ids=["calm", "wrong"])
def test_rows_have_no_flaw_on_any_screen(browser, root, app, errors):
    app.answers = {
        "grants": [GRANT, {"amount": "mille deux cents", "given_on": "31/02/2025"}, {"note": "x" * 90}]
    }
    page = open_page(browser)
    page.goto(root + PAGE)
    if errors:
        page.get_by_role("button", name="Enregistrer et continuer").click()
        expect(page.get_by_role("alert")).to_be_visible()
    assert flaws(page, f"rows {errors}") == []
    page.context.close()
