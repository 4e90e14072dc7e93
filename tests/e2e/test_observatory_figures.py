"""The figures of a month in a browser: typed, sent as a file, imported by the office, and asked about."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cloud import Cloud
from tests.e2e.browser import PHONE, flaws
from tests.e2e.journeys import OBSERVER, Post, let_in
from tests.e2e.lodging import Lodging, figures, lodgings, send_file
from tests.harness.mailbox import link_of
from tests.harness.race import Racers

pytestmark = [pytest.mark.cloud, pytest.mark.browser]

DESK = "/bureau/observatoire"
STRANGE = ("Qui", "Quand", "Lits ouverts la nuit", "Lits pris", "X", "Y")
COLUMNS = {"who": STRANGE[0], "day": STRANGE[1], "offered": STRANGE[2], "occupied": STRANGE[3]}


@pytest.fixture
def lodging(
    cloud: Cloud, post: Post, racers: Racers, open_browser: Callable[..., Page]
) -> Callable[[str], Lodging]:
    """Makes lodgings that are asked by mail, each before a telephone of its own."""
    return lambda name: lodgings(cloud, post, racers, [open_browser(width=PHONE)], name)[0]


@pytest.fixture
def observer(cloud: Cloud, racers: Racers, open_browser: Callable[..., Page]) -> Page:
    """The person in charge of the observatory, on the page of the figures."""
    page = let_in(cloud, racers, open_browser(), OBSERVER)
    page.goto(f"{cloud.url}/bureau")
    page.get_by_role("link", name="Observatoire", exact=True).click()
    expect(page).to_have_url(cloud.url + DESK)
    return page


def test_a_lodging_makes_a_mistake_corrects_it_and_sees_its_curve(lodging: Callable[[str], Lodging]) -> None:
    hotel = lodging("Hôtel qui se trompe").opens().sold(9999, 42)
    page = hotel.page
    expect(page).to_have_title(re.compile("^Erreur"))
    summary = page.locator(".error-summary")
    expect(summary.get_by_role("link")).to_have_count(1)
    expect(page.get_by_label("Vendu").first).to_have_value("9999")
    assert flaws(page, "figures, one mistake") == []
    summary.get_by_role("link").click()
    expect(page.get_by_label("Vendu").first).to_be_focused()
    hotel.sold(30, 42).is_told("Merci, vos chiffres sont enregistrés")
    curve = page.locator(".chart img")
    expect(curve).to_be_visible()
    assert curve.evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
    expect(page.get_by_label("Vendu").first).to_have_value("30")


def test_a_file_with_a_mistake_is_shown_and_the_right_one_is_kept(lodging: Callable[[str], Lodging]) -> None:
    hotel = lodging("Hôtel à fichier").opens()
    page = hotel.page
    page.get_by_role("link", name="Envoyer un fichier").click()
    hotel.sends(figures("beaucoup"))
    expect(page.locator(".error-summary")).to_contain_text("Ligne 2")
    expect(page.get_by_role("button", name="Enregistrer ces chiffres")).to_have_count(0)
    page.get_by_role("link", name="envoyez-le à nouveau").click()
    hotel.sends(figures(33))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vérifiez vos chiffres")
    page.get_by_role("button", name="Enregistrer ces chiffres").click()
    hotel.is_told("Merci, vos chiffres sont enregistrés")
    expect(page.get_by_label("Vendu").first).to_have_value("33")


def test_the_office_says_which_column_is_which_and_imports_a_providers_file(
    lodging: Callable[[str], Lodging], observer: Page
) -> None:
    hotel, page = lodging("Hôtel du fournisseur"), observer
    page.get_by_role("link", name="Importer le fichier d’un fournisseur").click()
    page.get_by_label("source").fill("Données des Alpes")
    page.get_by_role("button", name="Continuer").click()
    send_file(page, figures(titles=STRANGE, who=hotel.name))
    expect(page.locator(".error-summary")).to_contain_text("Dites quelle colonne est laquelle")
    for name, title in COLUMNS.items():
        page.locator(f"select[name={name}]").select_option(title)
    page.get_by_role("button", name="Retenir ces colonnes").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"1\smois d’hébergement nouveau"))
    assert flaws(page, "import, ready") == []
    page.get_by_role("button", name="Enregistrer ces chiffres").click()
    expect(page.locator(".notice.success")).to_contain_text("L’import est terminé")
    hotel.opens()
    expect(hotel.page.get_by_label("Vendu").first).to_have_value("42")


def test_the_office_asks_about_a_figure_with_one_click_and_the_lodging_confirms_it(
    cloud: Cloud, post: Post, lodging: Callable[[str], Lodging], observer: Page
) -> None:
    hotel, page = lodging("Hôtel toujours plein").opens().sold_everything(), observer
    hotel.is_told("Merci")
    page.reload()
    page.get_by_role("button", name=f"Poser la question à {hotel.name}").click()
    expect(page.locator(".notice.success")).to_contain_text("La question est posée")
    asked = post.wait(hotel.email, "À vérifier avant le")
    assert "Tout est loué, chaque nuit du mois." in asked.text
    hotel.page.goto(cloud.url + link_of(asked, "/observatoire/saisie/"))
    expect(hotel.page.locator(".notice.warning")).to_contain_text("un mois entièrement loué")
    hotel.page.get_by_role("button", name="Mes chiffres sont justes").click()
    hotel.is_told("Merci, vos chiffres sont confirmés")
    page.goto(cloud.url + DESK)
    expect(page.get_by_role("link", name=hotel.name)).to_have_count(0)
