"""The way of a training from the desk's form to the certificate, in the browser and in the mails of everybody in it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.cloud import Cloud
from tests.e2e import attendee, seats, seeding
from tests.e2e.attendee import Organiser, Structure, code_in, days_ahead, entry_in, half_day, planned
from tests.e2e.browser import PHONE, flaws
from tests.e2e.journeys import Approver, Post, fill_in, let_in, log_in
from tests.harness.http import Site
from tests.harness.mailbox import link_of
from tests.harness.race import Racers
from tests.harness.starts import Work
from tests.people import DIRECTOR, NETWORK_OFFICER, named

pytestmark = [pytest.mark.cloud, pytest.mark.browser]

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")
LIKED = "Les exemples de réponses"
SAID = {
    "overall": "very_good", "content": "good", "trainer": "very_good", "organisation": "average", "useful": "yes",
    "liked": LIKED,
}  # fmt: skip

Browsers = Callable[..., Page]
MANAGE, OFFER, TRAINER = "/formations/gestion/", "/formations/place/", "/formations/emargement/"


@pytest.fixture
def structures(cloud: Cloud, racers: Racers, open_browser: Browsers) -> Callable[[str], Structure]:
    """Makes active partners, each before a browser of its own."""

    def made(name: str) -> Structure:
        (partner,) = racers.each([Work(seeding.partner, (named(name),))])
        return Structure(cloud, let_in(cloud, racers, open_browser(), partner["email"], "partner"))

    return made


@pytest.fixture
def desk(cloud: Cloud, racers: Racers, open_browser: Browsers) -> Organiser:
    """The person in charge of sessions, logged in."""
    return Organiser(cloud, let_in(cloud, racers, open_browser(), NETWORK_OFFICER))


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


def test_who_came_gets_a_certificate_that_anybody_can_verify(
    cloud: Cloud,
    post: Post,
    racers: Racers,
    open_browser: Browsers,
    desk: Organiser,
    structures: Callable[[str], Structure],
) -> None:
    plan = planned("Bien répondre aux avis", seats=2)
    desk.creates(plan)
    title, reference = plan["title"], desk.publishes()
    hotel, stranger = structures("Hôtel du Pont"), structures("Gîte des Noyers")
    maelle, ana = mailbox("maelle", reference), mailbox("ana", reference)
    hotel.registers(reference, {"Maëlle Petit": maelle, "Ana Roux": ana})
    before, code = (post.about(title, one, "Confirmée") for one in (maelle, ana))
    attendee.invoke(cloud, "keep_training_dates")
    list_at_the_door = link_of(post.about(title, attendee.TRAINER, "À garder"), TRAINER)

    desk.moves(reference, half_day(days_ahead(0), "0h", "0h01"))
    after = entry_in(post.about(title, maelle, "À vérifier")).events[0]
    assert after.uid == entry_in(before).events[0].uid
    assert after.sequence > entry_in(before).events[0].sequence
    assert after.starts_at < entry_in(before).events[0].starts_at

    phone = open_browser(width=PHONE)
    phone.goto(cloud.url + list_at_the_door)
    assert flaws(phone, "training, trainer") == []
    phone.set_viewport_size({"width": PHONE, "height": 844})
    present(phone, "Maëlle Petit").click()
    expect(present(phone, "Maëlle Petit")).to_have_attribute("aria-pressed", "true")
    marks_nothing(stranger.page, code_in(code))
    phone.reload()
    expect(phone.locator("main")).to_contain_text("1 sur 2 présents")
    phone.goto(code_in(code))
    assert flaws(phone, "training, code of who comes") == []
    phone.get_by_role("button", name="Noter la présence").click()
    expect(phone.locator(".notice.success")).to_contain_text("Présence notée")

    closes(desk, reference)
    attendee.invoke(cloud, "print_certificates")
    text = attendee.text_of(post.about(title, maelle, "Attestation"), "attestation.pdf")
    assert "Maëlle Petit" in text
    assert plan["title"] in text
    (number,) = set(CODE.findall(text))
    verifies(open_browser(), cloud, number)

    own = f"{cloud.url}/espace/formations/" + re.findall(r"INS-\w+", before.text)[0]
    downloads(hotel.page, own)
    is_not_found(stranger.page, f"{own}/attestation")

    racers.each([Work(seats.evening, ())])
    answers_survey(phone, cloud.url + link_of(post.about(title, maelle, "Votre avis"), "/formations/avis/"))
    desk.sees(reference).get_by_role("link", name="Lire les avis").click()
    expect(desk.page.locator("main")).to_contain_text("1 réponse sur 2")
    expect(desk.page.locator("main")).to_contain_text("Les commentaires paraissent à partir de 3 réponses")
    expect(desk.page.locator("main")).not_to_contain_text(LIKED)
    chart = desk.page.locator("figure img")
    expect(chart).to_have_js_property("complete", value=True)
    assert chart.evaluate("one => one.naturalWidth") > 0
    assert flaws(desk.page, "training, results") == []


def test_a_session_that_the_direction_approved_and_staff_call_off_leaves_every_calendar(
    cloud: Cloud, post: Post, open_browser: Browsers, desk: Organiser, structures: Callable[[str], Structure]
) -> None:
    plan = planned("Créer son site", trainer_kind="external")
    title, reference = plan["title"], desk.creates(plan)
    desk.page.get_by_role("button", name="Demander l’accord de la direction").click()
    expect(desk.page.locator(".notice.success")).to_contain_text("L’accord est demandé à la direction")
    assert flaws(desk.page, "training, awaiting approval") == []
    page, director = open_browser(), Approver(cloud, post, DIRECTOR)
    is_not_found(page, f"{cloud.url}/formations/{reference}")
    link = director.link_about(title, "À décider")
    page.goto(cloud.url + link)
    assert flaws(page, "training, approval") == []
    director.decides(page, link, "Donner mon accord")
    post.about(title, NETWORK_OFFICER, "Accord donné")

    comes, waits = mailbox("maelle", reference), mailbox("lou", reference)
    structures("Hôtel du Pont").registers(reference, {"Maëlle Petit": comes, "Lou Blanc": waits})
    known = entry_in(post.about(title, comes, "Confirmée")).events[0]
    post.about(title, waits, "Liste d’attente")
    desk.sees(reference).get_by_role("link", name="Annuler la session").click()
    assert flaws(desk.page, "training, cancelling") == []
    desk.page.get_by_label("Pourquoi").fill("L’intervenante est souffrante.")
    desk.page.get_by_role("button", name="Annuler la session").click()
    expect(desk.page.locator(".notice.success")).to_contain_text("La session est annulée")
    told = post.about(title, comes, "Session annulée")
    assert "L’intervenante est souffrante." in told.text
    entry = entry_in(told)
    assert (entry.method, entry.events[0].status, entry.events[0].uid) == ("CANCEL", "CANCELLED", known.uid)
    assert entry.events[0].sequence > known.sequence
    assert "L’intervenante est souffrante." in post.about(title, waits, "Session annulée").text
    page.goto(f"{cloud.url}/formations/{reference}")
    expect(page.locator(".notice")).to_contain_text("Cette session est annulée")
    assert flaws(page, "training, called off") == []


def test_who_is_chosen_for_a_training_action_gets_its_certificate_and_who_is_not_the_reason(
    cloud: Cloud, post: Post, open_browser: Browsers, desk: Organiser, structures: Callable[[str], Structure]
) -> None:
    plan = planned("Gérer ses prix", kind="training_action", selects="yes", price_cents="150", seats=8)
    desk.creates(plan)
    title, reference = plan["title"], desk.publishes()
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

    desk.moves(reference, half_day(days_ahead(0), "0h", "0h01"))
    post.about(title, nour, "À vérifier")
    desk.sees(reference).get_by_role("link", name="Relever les présences").click()
    present(desk.page, "Nour Garnier").click()
    expect(present(desk.page, "Nour Garnier")).to_have_attribute("aria-pressed", "true")
    closes(desk, reference)
    attendee.invoke(cloud, "print_certificates")
    text = attendee.text_of(post.about(title, nour, "Certificat"), "certificat.pdf")
    assert "Certificat de réalisation" in text
    assert "Nour Garnier" in text
    assert not post.mails(theo, "Certificat")


def present(page: Page, name: str) -> Locator:
    """The button that marks somebody present."""
    return page.get_by_role("button", name=re.compile(f"^Présent.*{name}"))


def marks_nothing(page: Page, address: str) -> None:
    """Open the address of somebody's code, as another partner or anybody may: it names nobody and has no button."""
    page.goto(address)
    expect(page.locator("main")).to_contain_text("Montrez ce code à l’entrée")
    expect(page.locator("main")).not_to_contain_text("Ana Roux")
    expect(page.locator("main button")).to_have_count(0)
    assert flaws(page, "training, code") == []
    site, _, path = address.partition("/formations/")
    assert Site(site).post(f"/formations/{path}").status == 403


def closes(desk: Organiser, reference: str) -> None:
    """Go to the list at the desk and close it: everybody's presence is noted."""
    desk.sees(reference).get_by_role("link", name="Relever les présences").click()
    assert flaws(desk.page, "training, attendance") == []
    desk.page.get_by_role("button", name="Clore les présences").click()
    expect(desk.page.locator("main")).to_contain_text("Les présences sont closes")
    assert flaws(desk.page, "training, attendance closed") == []


def downloads(page: Page, own: str) -> None:
    """The certificate, from the page of one's own registration."""
    page.goto(own)
    assert flaws(page, "training, attended") == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger mon attestation de présence").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def is_not_found(page: Page, address: str) -> None:
    """Nothing is there for who looks."""
    answer = page.goto(address)
    assert answer
    assert answer.status == 404


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


def takes(page: Page, choice: str) -> None:
    """Answer an offer."""
    page.get_by_label(choice).check()
    page.get_by_role("button", name="Enregistrer ma réponse").click()


def mailbox(name: str, reference: str) -> str:
    """An address that belongs to one person in one session."""
    return f"{name}.{reference.lower()}@example.org"
