"""The way of an aid file, from the partner's first click to the transfer of the bank, in the browser."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.cloud import Cloud
from tests.e2e import seeding
from tests.e2e.beneficiary import Beneficiary, asked_for, proven
from tests.e2e.browser import flaws
from tests.e2e.journeys import ACCOUNTANT, DIRECTOR, Approver, Post, let_in, log_in
from tests.harness.race import Racers
from tests.harness.starts import Work
from tests.people import QUALITY_OFFICER, named

pytestmark = [pytest.mark.cloud, pytest.mark.browser]

Browsers = Callable[..., Page]
PAIN = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"}


@pytest.fixture
def partner(racers: Racers) -> dict[str, str]:
    """An active hotel."""
    answers = named("Hôtel des Noyers", star_rating=0, classified_until=None)
    (made,) = racers.each([Work(seeding.partner, (answers,))])
    return {**made, "name": answers["business_name"]}


def test_a_hotel_is_paid_for_its_classification(
    cloud: Cloud, post: Post, racers: Racers, partner: dict[str, str], open_browser: Browsers
) -> None:
    page, desk = open_browser(), open_browser()
    hotel_name = str(partner["name"])
    log_in(cloud, post, page, partner["email"], "/connexion?vers=%2Fsubventions")
    hotel = Beneficiary(cloud, page).begins().fills_application(asked_for())
    expect(page.locator("main")).to_contain_text("240,00 €")
    reference = hotel.sends("Envoyer ma demande")
    received = post.about(reference, partner["email"], "Bien reçue")
    assert [one.name for one in received.attachments] == [f"{reference}-recu.pdf"]

    decides(cloud, post, desk, QUALITY_OFFICER, reference, "Dossier complet")
    post.about(reference, partner["email"], "Dossier complet")
    decides(cloud, post, desk, DIRECTOR, reference, "Accorder")
    post.about(reference, partner["email"], "Accordée")

    page.goto(f"{cloud.url}/espace/aides/{reference}")
    expect(page.locator(".tag").first).to_have_text("Accordée")
    assert flaws(page, "aid, granted") == []
    page.get_by_role("button", name="Demander le paiement").click()
    hotel.fills_proofs(proven())
    assert hotel.sends("Demander le paiement") == reference

    decides(cloud, post, desk, QUALITY_OFFICER, reference, "Justificatifs conformes", number=2)
    decides(cloud, post, desk, ACCOUNTANT, reference, "Approuver le paiement")

    let_in(cloud, racers, desk, ACCOUNTANT)
    file = downloaded_order(cloud, desk, reference)
    assert "240.00" in [one.text for one in file.iterfind(".//p:InstdAmt", PAIN)]
    assert "FR7630006000011234567890189" in [one.text for one in file.iterfind(".//p:CdtrAcct//p:IBAN", PAIN)]
    card = desk.locator(".panel").filter(has_text="Hôtel des Noyers").filter(has_text=reference)
    card.get_by_label("Payé le").fill(proven()["paid_on"])
    card.get_by_label("Référence du relevé").fill("Relevé 12")
    card.get_by_role("button", name="Noter le paiement").click()
    desk.goto(f"{cloud.url}/bureau/aides/{reference}")
    assert flaws(desk, "aid, at the desk") == []
    desk.goto(f"{cloud.url}/bureau/aides")
    assert flaws(desk, "aids") == []
    page.goto(f"{cloud.url}/espace/aides/{reference}")
    expect(page.locator(".tag").first).to_have_text("Payée")
    assert flaws(page, "aid, paid") == []
    page.goto(f"{cloud.url}/hebergements-classes")
    expect(page.locator("main")).to_contain_text(hotel_name)
    let_in(cloud, racers, desk, DIRECTOR)
    for where in ("enveloppe", "de-minimis", ""):
        desk.goto(f"{cloud.url}/bureau/{where}")
        assert flaws(desk, f"aid, desk {where}") == []


def decides(
    cloud: Cloud, post: Post, page: Page, email: str, reference: str, label: str, number: int = 1
) -> None:
    """Answer on the page behind the mailed link."""
    approver = Approver(cloud, post, email)
    link = approver.link_about(reference, "", number)
    page.goto(cloud.url + link)
    assert flaws(page, f"aid, {label}") == []
    approver.decides(page, link, label)
    expect(page.locator(".notice.success")).to_contain_text("Réponse enregistrée")


def downloaded_order(cloud: Cloud, page: Page, reference: str) -> ElementTree.Element:
    """The file for the bank, with this payment in it."""
    page.goto(f"{cloud.url}/bureau/virements")
    expect(page.locator("main")).to_contain_text(reference)
    assert flaws(page, "aid, transfers") == []
    page.get_by_role("button", name="Préparer l’ordre de virement").click()
    expect(page).to_have_url(re.compile("/bureau/virements/[0-9a-f]+$"))
    assert flaws(page, "aid, transfer") == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger le fichier pour la banque").click()
    return ElementTree.fromstring(download.value.path().read_bytes())
