"""The way of a seat: registered for, waited for, freed, offered, taken; and of a session that is called off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cloud import Cloud
from tests.e2e import attendee
from tests.e2e.attendee import Organiser, Structure, code_in, entry_in, mailbox, planned
from tests.e2e.browser import flaws
from tests.e2e.journeys import Approver, Post, log_in
from tests.harness.mailbox import link_of
from tests.people import DIRECTOR, NETWORK_OFFICER

pytestmark = [pytest.mark.cloud, pytest.mark.browser]

Browsers = Callable[..., Page]
MANAGE, OFFER = "/formations/gestion/", "/formations/place/"


def test_a_freed_seat_goes_to_the_first_who_waits(
    cloud: Cloud, post: Post, open_browser: Browsers, structures: Callable[[str], Structure]
) -> None:
    page = open_browser()
    log_in(cloud, post, page, NETWORK_OFFICER, "/bureau")
    desk, plan = Organiser(cloud, page), planned("Réussir ses photos")
    desk.creates(plan)
    title, reference = plan["title"], desk.publishes()
    first, second = structures("Hôtel du Pont"), structures("Gîte des Noyers")

    first.registers(reference, {"Maëlle Petit": mailbox("maelle", reference)})
    confirmed = post.about(title, mailbox("maelle", reference), "Confirmée")
    entry = entry_in(confirmed)
    assert (entry.method, entry.events[0].status) == ("REQUEST", "CONFIRMED")
    assert code_in(confirmed).startswith(f"{cloud.url}/formations/presence/")

    second.registers(
        reference, {"Ana Roux": mailbox("ana", reference), "Lou Blanc": mailbox("lou", reference)}
    )
    expect(second.page.locator(".panel").filter(has_text="Ana Roux")).to_contain_text("rang 1")
    expect(second.page.locator(".panel").filter(has_text="Lou Blanc")).to_contain_text("rang 2")

    page.goto(cloud.url + link_of(confirmed, MANAGE))
    page.locator("summary").filter(has_text="Annuler mon inscription").click()
    expect(page.locator("details[open]")).to_contain_text("L’annulation est gratuite")
    assert flaws(page, "training, confirmed") == []
    page.reload()
    attendee.gives_back(page, "Annuler l’inscription")
    assert flaws(page, "training, given back") == []
    gone = entry_in(post.about(title, mailbox("maelle", reference), "Annulée"))
    assert (gone.method, gone.events[0].uid) == ("CANCEL", entry.events[0].uid)

    tab = open_browser()
    other_tab = tab.context.new_page()
    offer = link_of(post.about(title, mailbox("ana", reference), "À prendre avant le"), OFFER)
    for one in (tab, other_tab):
        one.goto(cloud.url + offer)
        assert flaws(one, "training, offer") == []
    takes(tab, "Je prends la place")
    expect(tab.locator(".notice.success")).to_contain_text("Je prends la place")
    assert flaws(tab, "training, offer taken") == []
    takes(other_tab, "Je laisse la place")
    expect(other_tab.locator(".notice.info")).to_contain_text("celle-ci n’a rien changé : Je prends la place")
    assert flaws(other_tab, "training, offer answered twice") == []
    assert entry_in(post.about(title, mailbox("ana", reference), "Confirmée")).method == "REQUEST"

    waits = link_of(post.about(title, mailbox("lou", reference), "Liste d’attente"), MANAGE)
    page.goto(cloud.url + waits)
    expect(page.locator(".panel").first).to_contain_text("Votre rang : 1 sur 1")
    assert flaws(page, "training, waiting") == []
    attendee.gives_back(page, "Quitter la liste")
    desk.sees(reference)
    assert flaws(page, "training, desk session") == []


def test_a_session_that_the_direction_approved_and_staff_call_off_leaves_every_calendar(
    cloud: Cloud,
    post: Post,
    open_browser: Browsers,
    organiser: Organiser,
    structures: Callable[[str], Structure],
) -> None:
    plan = planned("Créer son site", trainer_kind="external")
    title, reference = plan["title"], organiser.creates(plan)
    organiser.page.get_by_role("button", name="Demander l’accord de la direction").click()
    expect(organiser.page.locator(".notice.success")).to_contain_text("L’accord est demandé à la direction")
    assert flaws(organiser.page, "training, awaiting approval") == []
    page, director = open_browser(), Approver(cloud, post, DIRECTOR)
    attendee.is_not_found(page, f"{cloud.url}/formations/{reference}")
    link = director.link_about(title, "À décider")
    page.goto(cloud.url + link)
    assert flaws(page, "training, approval") == []
    director.decides(page, link, "Donner mon accord")
    post.about(title, NETWORK_OFFICER, "Accord donné")

    comes, waits = mailbox("maelle", reference), mailbox("lou", reference)
    structures("Hôtel du Pont").registers(reference, {"Maëlle Petit": comes, "Lou Blanc": waits})
    known = entry_in(post.about(title, comes, "Confirmée")).events[0]
    post.about(title, waits, "Liste d’attente")
    organiser.sees(reference).get_by_role("link", name="Annuler la session").click()
    assert flaws(organiser.page, "training, cancelling") == []
    organiser.page.get_by_label("Pourquoi").fill("L’intervenante est souffrante.")
    organiser.page.get_by_role("button", name="Annuler la session").click()
    expect(organiser.page.locator(".notice.success")).to_contain_text("La session est annulée")
    told = post.about(title, comes, "Session annulée")
    assert "L’intervenante est souffrante." in told.text
    entry = entry_in(told)
    assert (entry.method, entry.events[0].status, entry.events[0].uid) == ("CANCEL", "CANCELLED", known.uid)
    assert entry.events[0].sequence > known.sequence
    assert "L’intervenante est souffrante." in post.about(title, waits, "Session annulée").text
    page.goto(f"{cloud.url}/formations/{reference}")
    expect(page.locator(".notice")).to_contain_text("Cette session est annulée")
    assert flaws(page, "training, called off") == []


def takes(page: Page, choice: str) -> None:
    """Answer an offer."""
    page.get_by_label(choice).check()
    page.get_by_role("button", name="Enregistrer ma réponse").click()
