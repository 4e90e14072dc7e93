"""The form by script, without script, by keyboard alone, and with every mistake that a page can name."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from chalicelib.partners.application_form import membership_form, page_keys
from tests.cloud import Cloud
from tests.e2e.browser import axe_findings
from tests.e2e.journeys import Applicant, FormRun, answers
from tests.e2e.keyboard import focused, press_button, tab_to

pytestmark = [pytest.mark.cloud, pytest.mark.browser]

Applicants = Callable[..., Applicant]
Browsers = Callable[..., Page]

REQUIRED = {
    "vous": ["first_name", "last_name", "email", "phone"],
    "structure": ["legal_nature", "business_name"],
    "activite": ["category"],
    "adresse": ["address", "postcode", "commune"],
    "formule": ["pack", "consent_terms"],
}
WRONG = {
    "vous": {"first_name": "M@lle", "last_name": "Le\u202eGoff", "email": "maelle@", "phone": "04 65"},
    "structure": {"legal_nature": "company", "siret": "7328293200007", "business_name": ""},
    "activite": {
        "category": "guest_house", "capacity_units": "six", "capacity_persons": "16", "star_rating": "3",
        "website": "ftp://exemple.example.fr",
    },
    "adresse": {"address": "", "postcode": "3816"},
}  # fmt: skip
NAMED = {
    "vous": ["first_name", "last_name", "email", "phone"],
    "structure": ["siret", "legal_name", "business_name"],
    "activite": ["capacity_units", "capacity_persons", "star_rating", "website"],
    "adresse": ["address", "postcode", "commune"],
}


def named_mistakes(page: Page) -> list[str]:
    """The fields of the summary, in its order; each must be named at the field too, in the same words."""
    expect(page.locator("#erreurs")).to_be_visible()
    page.wait_for_load_state()
    found = []
    for link in page.locator("#erreurs a").all():
        name = str(link.get_attribute("href")).removeprefix("#champ-")
        assert link.inner_text() in page.locator(f"#champ-{name}-erreur").inner_text()
        found.append(name)
    return found


@pytest.mark.parametrize("key", list(REQUIRED))
def test_an_empty_page_names_everything_that_it_needs(cloud: Cloud, page: Page, key: str) -> None:
    FormRun(cloud, page, {}).opens(key)
    with page.expect_response(f"**/demande/{key}") as answered:
        page.get_by_role("button", name="Enregistrer et continuer").click()
    assert answered.value.status == 422
    assert named_mistakes(page) == REQUIRED[key]
    assert page.title().startswith("Erreur\u00a0: ")
    assert page.evaluate("document.activeElement.id") == "erreurs"
    assert axe_findings(page) == []


@pytest.mark.parametrize("key", list(WRONG))
def test_every_mistake_is_named_at_its_field_and_what_was_typed_stays(
    cloud: Cloud, page: Page, key: str
) -> None:
    run = FormRun(cloud, page, WRONG[key]).opens(key).fills(key).goes_on()
    assert named_mistakes(page) == NAMED[key]
    for name, typed in WRONG[key].items():
        one = page.locator(
            f"[name={name}]:checked, select[name={name}], input[name={name}]:not([type=radio])"
        )
        expect(one).to_have_value(typed)
    assert axe_findings(page) == []
    run.page.reload()
    assert page.locator("#erreurs").count() in (0, 1)


def test_a_conditional_question_is_named_only_when_it_is_put(cloud: Cloud, page: Page) -> None:
    FormRun(cloud, page, {"category": "restaurant"}).opens("activite").fills("activite").goes_on()
    expect(page).to_have_url(f"{cloud.url}/adhesion/demande/adresse")


def test_the_whole_form_works_without_script(
    cloud: Cloud, an_applicant: Applicants, open_browser: Browsers
) -> None:
    applicant = an_applicant("Gîte sans script")
    page = open_browser(javascript=False)
    run = FormRun(cloud, page, applicant.answers).starts()
    for key in ("vous", "structure", "activite"):
        run.fills(key).goes_on()
    page.get_by_label("Adresse", exact=True).fill("1 place du Marché")
    page.get_by_label("Code postal").fill("38160")
    with page.expect_response("**/demande/adresse") as answered:
        run.goes_on()
    assert answered.value.status == 200
    expect(page.locator(".notice")).to_contain_text("14 communes ont le code postal 38160")
    expect(page.locator("#erreurs")).to_have_count(0)
    run.goes_on()
    assert named_mistakes(page) == ["commune"]
    page.get_by_label("Commune").select_option("38416")
    run.goes_on().fills("formule").goes_on().sends()
    page.goto(cloud.url + applicant.link("À confirmer", "/adhesion/confirmation/"))
    page.get_by_role("button", name="Confirmer mon adresse").click()
    expect(page.locator("h1")).to_have_text("Accusé de réception")


def test_a_new_postcode_asks_for_its_own_communes(cloud: Cloud, open_browser: Browsers) -> None:
    page = open_browser(javascript=False)
    run = FormRun(cloud, page, {"address": "1 rue Haute", "postcode": "38160"}).opens("adresse")
    run.fills("adresse").goes_on()
    page.get_by_label("Commune").select_option("38416")
    page.get_by_label("Code postal").fill("38470")
    run.goes_on()
    expect(page.locator(".notice")).to_contain_text("15 communes ont le code postal 38470")
    expect(page.get_by_label("Commune")).to_have_value("")


def test_someone_outside_the_territory_is_told_so_and_can_go_on(cloud: Cloud, page: Page) -> None:
    run = FormRun(cloud, page, {"address": "1 rue Haute", "postcode": "38000"}).opens("adresse")
    run.fills("adresse").goes_on()
    expect(page).to_have_url(f"{cloud.url}/adhesion/demande/formule")
    expect(page.locator(".notice")).to_contain_text("en dehors de nos 47 communes")
    page.goto(f"{cloud.url}/adhesion/demande/adresse")
    expect(page.get_by_label("Commune")).to_have_value("38185")


def test_the_form_is_filled_by_keyboard_alone(cloud: Cloud, an_applicant: Applicants, page: Page) -> None:
    applicant = an_applicant("Gîte du clavier")
    page.goto(f"{cloud.url}/adhesion/demande/vous")
    for key in page_keys():
        expect(page).to_have_url(f"{cloud.url}/adhesion/demande/{key}")
        type_page(page, key, applicant.answers)
        press_button(page, "Enregistrer et continuer")
    expect(page).to_have_url(f"{cloud.url}/adhesion/verification")
    press_button(page, "Envoyer ma demande")
    expect(page).to_have_url(f"{cloud.url}/adhesion/envoyee")
    applicant.is_told("À confirmer")


def type_page(page: Page, key: str, typed: dict[str, object]) -> None:
    """Answer one page with Tab, Space and letters."""
    section = membership_form().section(key)
    assert section
    for each in section.fields:
        if typed.get(each.name) in (None, False, []):
            continue
        tab_to(page, lambda at, name=each.name: at["name"] == name)
        at, value = focused(page), str(typed[each.name])
        if at["type"] == "select-one":
            page.locator(f"option[value='{value}']").wait_for(state="attached")
        if at["type"] in ("radio", "select-one"):
            while focused(page)["value"] != value:
                page.keyboard.press("ArrowDown")
        if at["type"] == "radio" or at["type"] == "checkbox":
            page.keyboard.press("Space")
        elif at["type"] != "select-one":
            page.keyboard.type(value)


def test_the_honeypot_takes_nothing_in(cloud: Cloud, page: Page) -> None:
    run = FormRun(cloud, page, answers()).opens("vous").fills("vous")
    page.evaluate("document.querySelector('[name=fax]').value = 'oui'")
    run.goes_on()
    expect(page).to_have_url(f"{cloud.url}/adhesion/envoyee")
    run.opens("vous")
    expect(page.get_by_label("Prénom")).to_have_value("")
