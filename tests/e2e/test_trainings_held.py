"""The way of a session that is held: who is chosen, who comes, the certificate that anybody can verify, what they say."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from chalicelib.adapters.charts import FONT_SIZE
from tests.cloud import Cloud
from tests.e2e import attendee, seats
from tests.e2e.attendee import (
    Organiser,
    Structure,
    code_in,
    days_ahead,
    entry_in,
    half_day,
    mailbox,
    planned,
)
from tests.e2e.browser import DESKTOP, PHONE, flaws
from tests.e2e.journeys import Approver, Post, fill_in
from tests.harness.http import Site
from tests.harness.mailbox import link_of
from tests.harness.race import Racers
from tests.harness.starts import Work
from tests.people import NETWORK_OFFICER

pytestmark = [pytest.mark.cloud, pytest.mark.browser]

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")
LIKED = "Les exemples de réponses"
SAID = {
    "overall": "very_good", "content": "good", "trainer": "very_good", "organisation": "average", "useful": "yes",
    "liked": LIKED,
}  # fmt: skip

LETTERS = f"one => {FONT_SIZE} * one.clientWidth / one.naturalWidth"
"""How large the letters of a chart are, in pixels of the screen."""
Browsers = Callable[..., Page]
TRAINER = "/formations/emargement/"


def test_who_came_gets_a_certificate_that_anybody_can_verify(
    cloud: Cloud,
    post: Post,
    racers: Racers,
    open_browser: Browsers,
    organiser: Organiser,
    structures: Callable[[str], Structure],
) -> None:
    plan = planned("Bien répondre aux avis", seats=2)
    organiser.creates(plan)
    title, reference = plan["title"], organiser.publishes()
    hotel, stranger = structures("Hôtel du Pont"), structures("Gîte des Noyers")
    maelle, ana = mailbox("maelle", reference), mailbox("ana", reference)
    hotel.registers(reference, {"Maëlle Petit": maelle, "Ana Roux": ana})
    before, code = (post.about(title, one, "Confirmée") for one in (maelle, ana))
    attendee.invoke(cloud, "keep_training_dates")
    list_at_the_door = link_of(post.about(title, attendee.TRAINER, "À garder"), TRAINER)

    organiser.moves(reference, half_day(days_ahead(2), "9h", "12h30"))
    after = entry_in(post.about(title, maelle, "À vérifier")).events[0]
    assert after.uid == entry_in(before).events[0].uid
    assert after.sequence > entry_in(before).events[0].sequence
    assert after.starts_at < entry_in(before).events[0].starts_at

    racers.each([Work(seats.held_lately, (reference,))])
    phone = open_browser(width=PHONE)
    phone.goto(cloud.url + list_at_the_door)
    assert flaws(phone, "training, trainer") == []
    phone.set_viewport_size({"width": PHONE, "height": 844})
    attendee.present(phone, "Maëlle Petit").click()
    expect(attendee.present(phone, "Maëlle Petit")).to_have_attribute("aria-pressed", "true")
    marks_nothing(stranger.page, code_in(code))
    phone.reload()
    expect(phone.locator("main")).to_contain_text("1 sur 2 présents")
    phone.goto(code_in(code))
    assert flaws(phone, "training, code of who comes") == []
    phone.get_by_role("button", name="Noter la présence").click()
    expect(phone.locator(".notice.success")).to_contain_text("Présence notée")

    organiser.closes(reference)
    attendee.invoke(cloud, "print_certificates")
    text = attendee.text_of(post.about(title, maelle, "Attestation"), "attestation.pdf")
    assert "Maëlle Petit" in text
    assert plan["title"] in text
    (number,) = set(CODE.findall(text))
    verifies(open_browser(), cloud, number)

    own = f"{cloud.url}/espace/formations/" + re.findall(r"INS-\w+", before.text)[0]
    downloads(hotel.page, own)
    attendee.is_not_found(stranger.page, f"{own}/attestation")

    racers.each([Work(seats.evening, ())])
    answers_survey(phone, cloud.url + link_of(post.about(title, maelle, "Votre avis"), "/formations/avis/"))
    organiser.sees(reference).get_by_role("link", name="Lire les avis").click()
    expect(organiser.page.locator("main")).to_contain_text("1 réponse sur 2")
    expect(organiser.page.locator("main")).to_contain_text(
        "Les commentaires paraissent à partir de 3 réponses"
    )
    expect(organiser.page.locator("main")).not_to_contain_text(LIKED)
    shows_a_legible_chart(organiser.page)
    assert flaws(organiser.page, "training, results") == []


def test_who_is_chosen_for_a_training_action_gets_its_certificate_and_who_is_not_the_reason(
    cloud: Cloud,
    post: Post,
    racers: Racers,
    open_browser: Browsers,
    organiser: Organiser,
    structures: Callable[[str], Structure],
) -> None:
    plan = planned("Gérer ses prix", kind="training_action", selects="yes", price_cents="150", seats=8)
    organiser.creates(plan)
    title, reference = plan["title"], organiser.publishes()
    nour, theo = mailbox("nour", reference), mailbox("theo", reference)
    people = {"Nour Garnier": nour, "Théo Lambert": theo}
    structures("Hôtel du Pont").registers(reference, people, "Envoyer ma demande")
    for email in people.values():
        post.about(title, email, "Demande reçue")
    page, officer = open_browser(), Approver(cloud, post, NETWORK_OFFICER)
    link = officer.link_about("Nour Garnier", "À décider")
    page.goto(cloud.url + link)
    assert flaws(page, "training, selection") == []
    officer.decides(page, link, "Retenir cette personne")
    expect(page.locator(".notice.success")).to_contain_text("Réponse enregistrée")
    officer.decides(
        page, officer.link_about("Théo Lambert", "À décider"), "Ne pas retenir", "Déjà suivie en mai."
    )
    assert entry_in(post.about(title, nour, "Confirmée")).method == "REQUEST"
    assert "Déjà suivie en mai." in post.about(title, theo, "Non retenue").text

    racers.each([Work(seats.held_lately, (reference,))])
    organiser.sees(reference).get_by_role("link", name="Relever les présences").click()
    attendee.present(organiser.page, "Nour Garnier").click()
    expect(attendee.present(organiser.page, "Nour Garnier")).to_have_attribute("aria-pressed", "true")
    organiser.closes(reference)
    attendee.invoke(cloud, "print_certificates")
    text = attendee.text_of(post.about(title, nour, "Certificat"), "certificat.pdf")
    assert "Certificat de réalisation" in text
    assert "Nour Garnier" in text
    assert not post.mails(theo, "Certificat")


def marks_nothing(page: Page, address: str) -> None:
    """Open the address of somebody's code, as another partner or anybody may: it names nobody and has no button."""
    page.goto(address)
    expect(page.locator("main")).to_contain_text("Montrez ce code à l’entrée")
    expect(page.locator("main")).not_to_contain_text("Ana Roux")
    expect(page.locator("main button")).to_have_count(0)
    assert flaws(page, "training, code") == []
    site, _, path = address.partition("/formations/")
    assert Site(site).post(f"/formations/{path}").status == 403


def downloads(page: Page, own: str) -> None:
    """The certificate, from the page of one's own registration."""
    page.goto(own)
    assert flaws(page, "training, attended") == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger mon attestation de présence").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def verifies(page: Page, cloud: Cloud, number: str) -> None:
    """Scan a good code, then type a wrong one."""
    page.goto(f"{cloud.url}/verification/{number}")
    expect(page.locator(".notice.success")).to_contain_text("Ce document est authentique")
    expect(page.locator("main")).to_contain_text("Maëlle Petit")
    assert flaws(page, "training, verified") == []
    page.get_by_label("Code de vérification").fill("2222-3333-4444")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.locator(".notice.warning")).to_contain_text("Aucun document n’a ce code")
    assert flaws(page, "training, not verified") == []


def answers_survey(page: Page, address: str) -> None:
    """The questionnaire of the evening."""
    page.goto(address)
    for name, value in SAID.items():
        fill_in(page, name, value)
    assert flaws(page, "training, survey") == []
    page.get_by_role("button", name="Envoyer mon avis").click()
    expect(page.locator(".notice.success")).to_contain_text("Merci")
    assert flaws(page, "training, thanks") == []


def shows_a_legible_chart(page: Page) -> None:
    """On a desktop, and opened on a phone, where it is a narrow picture of its own."""
    chart = page.locator("figure img")
    for width, kind in ((DESKTOP, "graphique"), (PHONE, "etroite")):
        page.set_viewport_size({"width": width, "height": 844})
        page.reload()
        expect(chart).to_have_js_property("complete", value=True)
        assert kind in chart.evaluate("one => one.currentSrc")
        assert chart.evaluate(LETTERS) >= 12
