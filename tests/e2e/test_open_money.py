"""The money, the register, the classified accommodations and the obligations, as people see them in a browser."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cloud import Cloud
from tests.e2e import aid_files
from tests.e2e.browser import DESKTOP, NARROW, flaws
from tests.e2e.journeys import ACCOUNTANT, DIRECTOR, let_in
from tests.harness.race import Racers
from tests.harness.starts import Run, Work
from tests.harness.waiting import until
from tests.people import QUALITY_OFFICER, named

pytestmark = [pytest.mark.cloud, pytest.mark.browser]

ELECTED = "marc.rochas@ot-smvi.example.org"
Browsers = Callable[..., Page]


@dataclass
class Town:
    """A hotel that was granted an aid, one that was paid, and the site that knows them."""

    url: str
    granted: dict[str, Any]
    paid: dict[str, Any]


@pytest.fixture(scope="module")
def town(cloud: Cloud, racers: Racers) -> Town:
    """Both were made by the application itself."""
    answers = [named("Hôtel aidé", star_rating=0, classified_until=None) for _ in range(2)]
    identifiers = racers.each([Work(aid_files.file_to_accept, (each, 24_000)) for each in answers])
    racers.each([Work(aid_files.accept_all, (identifiers,))])
    made = racers.each([Work(aid_files.notified, (identifiers[0],)), Work(aid_files.paid, (identifiers[1],))])
    return Town(cloud.url, *made)


def test_the_envelope_is_a_picture_and_a_table_for_who_answers_for_it(
    cloud: Cloud, racers: Racers, town: Town, open_browser: Browsers
) -> None:
    for email in (DIRECTOR, ELECTED):
        page = let_in(cloud, racers, open_browser(), email)
        page.goto(f"{town.url}/bureau/enveloppe")
        expect(page.locator("main")).to_contain_text(f"Budget {datetime.now(UTC).year}")
        expect(page.locator("main")).not_to_contain_text("ne disent pas la même chose")
        assert flaws(page, f"envelope, {email.partition('@')[0]}") == []
        for width, natural in ((DESKTOP, 640), (NARROW, 320)):
            page.set_viewport_size({"width": width, "height": 900})
            for picture in page.locator(".chart img").all():
                picture.scroll_into_view_if_needed()
                expect(picture).to_have_js_property("naturalWidth", natural)
        if email == ELECTED:
            expect(page.locator("main")).not_to_contain_text("Dossiers")
            refused = page.goto(f"{town.url}/bureau/enveloppe/dossiers.csv")
            assert refused
            assert refused.status == 403


def test_the_picture_keeps_its_looks_when_it_is_opened_alone(
    cloud: Cloud, racers: Racers, town: Town, open_browser: Browsers
) -> None:
    page = let_in(cloud, racers, open_browser(), DIRECTOR)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{town.url}/bureau/enveloppe/graphique.svg")
    assert page.locator("rect[fill='#0f5c63']").count() > 0
    assert said == []


def test_the_workbook_and_the_tables_come_as_files(
    cloud: Cloud, racers: Racers, town: Town, open_browser: Browsers
) -> None:
    page = let_in(cloud, racers, open_browser(), ACCOUNTANT)
    page.goto(f"{town.url}/bureau/enveloppe")
    for name, begins in (
        ("Classeur", b"PK"),
        ("Totaux", b"\xef\xbb\xbf"),
        ("données ouvertes", b"nomAttribuant,"),
    ):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.path().read_bytes().startswith(begins), name


def test_the_register_of_small_aid_leads_from_an_undertaking_to_its_files(
    cloud: Cloud, racers: Racers, town: Town, open_browser: Browsers
) -> None:
    page = let_in(cloud, racers, open_browser(), QUALITY_OFFICER)
    page.goto(f"{town.url}/bureau/de-minimis?entreprise={town.paid['siren']}")
    expect(page.get_by_role("link", name=town.paid["reference"])).to_be_visible()
    assert flaws(page, "small aid of one") == []
    page.get_by_role("link", name="Aides de minimis").click()
    assert flaws(page, "small aid") == []


def is_listed(page: Page, town: Town) -> bool:
    """Whether the list that is shown now has the hotel."""
    page.goto(f"{town.url}/hebergements-classes?type=hotel&etoiles=3")
    return page.get_by_role("heading", name=town.paid["name"]).count() > 0


def test_a_classified_hotel_is_found_by_everybody(town: Town, open_browser: Browsers) -> None:
    page = open_browser(javascript=False)
    until(lambda: is_listed(page, town), "the end of the minute for which a function keeps the list", 90)
    page.goto(f"{town.url}/hebergements-classes")
    page.get_by_label("Type").select_option("hotel")
    page.get_by_label("Étoiles").select_option("3")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("heading", name=town.paid["name"])).to_be_visible()
    shown = open_browser()
    for query, name in (("", "classified"), ("?etoiles=3&commune=00000", "classified, none")):
        shown.goto(f"{town.url}/hebergements-classes{query}")
        assert flaws(shown, name) == []
    shown.goto(f"{town.url}/hebergements-classes?etoiles=3&commune=00000")
    expect(shown.locator(".notice")).to_contain_text("Aucun hébergement ne correspond")


def test_more_time_a_departure_and_a_repayment_are_noted_on_the_page_of_the_file(
    cloud: Cloud, racers: Racers, town: Town, open_browser: Browsers
) -> None:
    page = let_in(cloud, racers, open_browser(), DIRECTOR)
    page.goto(f"{town.url}/bureau/aides/{town.granted['reference']}")
    assert flaws(page, "obligations, granted") == []
    page.get_by_role("button", name="Prolonger le délai").click()
    expect(page.locator(".error-summary")).to_contain_text("Indiquez pourquoi")
    assert flaws(page, "obligations, mistaken") == []
    page.locator("[name=motif-prolongation]").fill("La neige a retardé la visite.")
    page.get_by_role("button", name="Prolonger le délai").click()
    expect(page.locator("main")).to_contain_text("ne peut plus être prolongé")

    page.goto(f"{town.url}/bureau/aides/{town.paid['reference']}")
    expect(page.locator("main")).to_contain_text("Si le partenaire partait aujourd’hui")
    page.locator("[name=jour-depart]").fill(
        f"{date.fromisoformat(town.paid['paid_on']) + timedelta(days=1):%d/%m/%Y}"
    )
    page.get_by_role("button", name="Calculer le remboursement").click()
    assert flaws(page, "departure") == []
    page.get_by_role("button", name="Noter le départ").click()
    expect(page.locator(".tag").first).to_have_text("À rembourser")
    page.locator("[name=releve-remboursement]").fill("R-12")
    page.get_by_role("button", name="Noter le remboursement").click()
    expect(page.locator(".tag").first).to_have_text("Close")


def test_the_morning_round_may_do_all_that_it_does(cloud: Cloud, racers: Racers) -> None:
    """With the grants of its own policy: the embedded cloud checks them."""
    answers = [named("Hôtel en retard", star_rating=0, classified_until=None) for _ in range(2)]
    late, soon = racers.each([Work(aid_files.file_to_accept, (each, 24_000)) for each in answers])
    racers.each([Work(aid_files.accept_all, ([late, soon],))])
    racers.each([Work(aid_files.notified, (late, -2)), Work(aid_files.notified, (soon, 10))])
    first, second = (Run("keep_subsidy_deadlines", {}).there(cloud)["kept"] for _ in range(2))
    assert (first >= 2, second) == (True, 0)
    lapsed, reminded = racers.each([Work(aid_files.standing, (late,)), Work(aid_files.standing, (soon,))])
    assert (lapsed["status"], lapsed["mails"].count("subsidies/lapsed")) == ("lapsed", 1)
    assert (reminded["status"], reminded["mails"].count("subsidies/lapse_reminder")) == ("granted", 1)
