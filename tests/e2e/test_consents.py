"""Consents, as the owner of a hotel lives them: the mailed link in all its states, the space, the list at the desk."""

import csv
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from chalicelib.partners.consent_links import PAGE
from tests.cloud import Cloud
from tests.e2e import seeding
from tests.e2e.browser import flaws, open_page
from tests.e2e.files import File
from tests.e2e.journeys import ACCOUNTANT, NETWORK_OFFICER, Post, let_in, link_of, session_of
from tests.e2e.keyboard import press_button
from tests.harness.http import Site
from tests.harness.race import Racers
from tests.harness.starts import Work
from tests.people import named

pytestmark = [pytest.mark.cloud, pytest.mark.browser]

HOTELS = 5
PUBLICATION = "pour la publication de votre nom et de vos photos"
NEWSLETTER = "pour la lettre d’information"
LIST = "/bureau/lettre-d-information"


@pytest.fixture(scope="module")
def hotels(racers: Racers) -> Iterator[File]:
    """Active partners who have agreed to everything, made all at once."""
    each = [named("Hôtel des Accords", consent_newsletter=True) for _ in range(HOTELS)]
    return iter(racers.each([Work(seeding.partner, (answers,)) for answers in each]))


@pytest.fixture(scope="module")
def kept(hotels: Iterator[File]) -> File:
    """One of them who, after each test, has agreed to everything still or again."""
    return next(hotels)


@pytest.fixture
def hotel(hotels: Iterator[File]) -> File:
    """One of them, for this test alone."""
    return next(hotels)


def link_of_now(racers: Racers, hotel: File, seconds: int = 60) -> str:
    """The link to the hotel's consents as it would be mailed now, good for so long; with less than 0 it has ended."""
    (link,) = racers.each([Work(seeding.consents_link, (hotel["id"], seconds))])
    return str(link)


@pytest.fixture(scope="module")
def pages(chrome: Browser) -> Iterator[dict[bool, Page]]:
    """A page with script and one without, in browsers that keep the style sheets."""
    opened = {javascript: open_page(chrome, javascript=javascript) for javascript in (True, False)}
    yield opened
    for page in opened.values():
        page.context.close()


@pytest.fixture
def visitor(pages: dict[bool, Page]) -> Iterator[Page]:
    """A page of nobody yet."""
    yield pages[True]
    pages[True].context.clear_cookies()


@pytest.fixture
def plain(pages: dict[bool, Page]) -> Iterator[Page]:
    """The same without script."""
    yield pages[False]
    pages[False].context.clear_cookies()


def tags(page: Page) -> list[str]:
    """How the consents stand, as the page says: publication, then newsletter."""
    return page.locator(".cards .tag").all_inner_texts()


def buttons(page: Page) -> list[str]:
    """What can be done, as a screen reader says it."""
    return page.locator("main form button").all_text_contents()


def done(page: Page, words: str) -> None:
    """The page says that this is done."""
    expect(page.locator(".notice.success")).to_contain_text(words)


def test_an_owner_withdraws_by_the_link_of_the_welcome_and_the_office_is_told(
    cloud: Cloud, post: Post, hotel: File, visitor: Page, desk: Page
) -> None:
    page = visitor
    page.goto(cloud.url + link_of(post.wait(hotel["email"], "Bienvenue"), f"{PAGE}/"))
    assert tags(page) == ["Accord donné", "Accord donné"]
    assert flaws(page, "consents as mailed") == []
    press_button(page, f"Retirer mon accord {PUBLICATION}")
    done(page, "Accord retiré pour la publication du nom et des photos")
    assert tags(page) == ["Accord retiré", "Accord donné"]
    assert flaws(page, "consents, one withdrawn") == []

    told = post.about(hotel["reference"], NETWORK_OFFICER, "À faire")
    desk.goto(cloud.url + link_of(told, "/bureau/dossiers/"))
    expect(desk.locator(".timeline .what").first).to_have_text(
        "Accord retiré pour la publication du nom et des photos, par le lien d’un mail"
    )
    row = desk.locator("dl.summary div", has_text="Publication de votre nom").first
    expect(row.locator("dd")).to_contain_text("Accord retiré le ")
    assert flaws(desk, "consents in the file") == []


def test_a_slip_is_undone_on_the_page_that_follows_without_script(
    cloud: Cloud, racers: Racers, kept: File, plain: Page
) -> None:
    page = plain
    page.goto(cloud.url + link_of_now(racers, kept))
    page.get_by_role("button", name=f"Retirer mon accord {NEWSLETTER}").click()
    done(page, "Accord retiré pour la lettre d’information")
    page.get_by_role("button", name=f"Donner mon accord {NEWSLETTER}").click()
    done(page, "Accord donné pour la lettre d’information")
    assert tags(page) == ["Accord donné", "Accord donné"]


def test_the_link_of_an_older_mail_withdraws_and_says_where_to_give(
    cloud: Cloud, hotel: File, visitor: Page
) -> None:
    Site(cloud.url).post(hotel["consents"], {"accord": "newsletter", "choix": "retirer"})
    visitor.goto(cloud.url + hotel["consents"])
    assert buttons(visitor) == [f"Retirer mon accord {PUBLICATION}"]
    assert flaws(visitor, "consents, overtaken link") == []
    press_button(visitor, f"Retirer mon accord {PUBLICATION}")
    done(visitor, "Accord retiré")
    assert buttons(visitor) == []
    assert flaws(visitor, "consents, nothing left to withdraw") == []
    visitor.locator("main").get_by_role("link", name="Mon espace").click()
    expect(visitor).to_have_url(re.compile("/connexion"))


def test_giving_on_a_page_left_open_is_refused_and_the_page_says_how_consents_stand(
    cloud: Cloud, racers: Racers, hotel: File, visitor: Page
) -> None:
    Site(cloud.url).post(hotel["consents"], {"accord": "newsletter", "choix": "retirer"})
    link = link_of_now(racers, hotel)
    visitor.goto(cloud.url + link)
    Site(cloud.url).post(link, {"accord": "publication", "choix": "retirer"})
    press_button(visitor, f"Donner mon accord {NEWSLETTER}")
    expect(visitor.locator(".notice.warning")).to_contain_text("Votre accord n’est pas enregistré")
    assert tags(visitor) == ["Accord retiré", "Accord retiré"]
    assert buttons(visitor) == []
    assert flaws(visitor, "consents, given too late") == []


def ended(racers: Racers, hotel: File) -> str:
    """A true link, too old."""
    return link_of_now(racers, hotel, -1)


def forged(racers: Racers, hotel: File) -> str:
    """The link of an old mail made a newer one, under the signature of the old."""
    return hotel["consents"].replace(".0.", ".9.", 1)


@pytest.mark.parametrize(
    ("link", "status", "words"),
    [(ended, 410, "Ce lien a expiré"), (forged, 404, "Ce lien n’est pas valable")],
)
def test_a_link_that_opens_nothing_says_why_and_what_to_do(
    cloud: Cloud,
    racers: Racers,
    kept: File,
    visitor: Page,
    link: Callable[[Racers, File], str],
    status: int,
    words: str,
) -> None:
    answer = visitor.goto(cloud.url + link(racers, kept))
    assert answer
    assert answer.status == status
    expect(visitor.locator("main")).to_contain_text(words)
    assert flaws(visitor, f"consents, {link.__name__}") == []


def test_a_form_that_the_page_does_not_have_is_answered_in_words(
    cloud: Cloud, racers: Racers, kept: File, visitor: Page
) -> None:
    visitor.goto(cloud.url + link_of_now(racers, kept))
    visitor.evaluate("document.querySelectorAll('[name=accord]').forEach(one => one.remove())")
    press_button(visitor, f"Retirer mon accord {NEWSLETTER}")
    expect(visitor.locator("main")).to_contain_text("Choisissez l’accord")
    assert flaws(visitor, "consents, nothing chosen") == []


@pytest.mark.parametrize("browser", ["visitor", "plain"], ids=["script", "no script"])
def test_the_space_has_the_same_buttons_and_shows_what_was_done(
    cloud: Cloud, racers: Racers, kept: File, request: pytest.FixtureRequest, browser: str
) -> None:
    page = let_in(cloud, racers, request.getfixturevalue(browser), kept["email"], "partner")
    page.goto(f"{cloud.url}/espace")
    press_button(page, f"Retirer mon accord {NEWSLETTER}")
    done(page, "Accord retiré pour la lettre d’information")
    expect(page.locator(".notice.success")).to_be_in_viewport()
    assert tags(page) == ["Accord donné", "Accord retiré"]
    if browser == "visitor":
        assert flaws(page, "consents in the space") == []
    press_button(page, f"Donner mon accord {NEWSLETTER}")
    done(page, "Accord donné pour la lettre d’information")


def test_the_list_for_the_newsletter_is_of_who_agrees_now(
    cloud: Cloud, kept: File, hotel: File, desk: Page
) -> None:
    desk.goto(f"{cloud.url}/bureau/dossiers?etat=active")
    assert flaws(desk, "list for the newsletter") == []
    assert {kept["email"], hotel["email"]} <= downloaded(desk)
    Site(cloud.url).post(hotel["consents"], {"accord": "newsletter", "choix": "retirer"})
    found = downloaded(desk)
    assert kept["email"] in found
    assert hotel["email"] not in found


def downloaded(page: Page) -> set[str]:
    """The addresses in the file behind the link of this page."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger les abonnés").click()
    assert re.fullmatch(r"lettre-d-information-\d{4}-\d\d-\d\d\.csv", download.value.suggested_filename)
    text = download.value.path().read_text("utf-8-sig")
    return {row["Adresse e-mail"] for row in csv.DictReader(text.splitlines(), delimiter=";")}


def test_the_list_is_for_no_other_staff_for_no_partner_and_for_nobody(
    cloud: Cloud, racers: Racers, kept: File, visitor: Page
) -> None:
    accountant = let_in(cloud, racers, visitor, ACCOUNTANT)
    accountant.goto(cloud.url + LIST)
    expect(accountant.locator("main")).to_contain_text("Cette page ne fait pas partie de vos rôles")
    assert flaws(accountant, "list for others") == []
    nobody = Site(cloud.url)
    partner = nobody.with_cookies(session_of(racers, kept["email"], "partner"))
    assert (nobody.get(LIST).status, partner.get(LIST).status) == (303, 403)
