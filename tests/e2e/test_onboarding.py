"""The way of a membership file, as applicants, approvers and staff live it."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cloud import Cloud
from tests.e2e.journeys import (
    ACCOUNTANT,
    NETWORK_OFFICER,
    Applicant,
    Approver,
    FormRun,
    Post,
    choose,
    link_of,
    log_in,
)
from tests.harness.http import Site

pytestmark = [pytest.mark.cloud, pytest.mark.browser]

Applicants = Callable[..., Applicant]
Browsers = Callable[..., Page]


def headline(page: Page) -> str:
    """The title that a reader sees."""
    return page.locator("h1").inner_text()


def test_a_hotel_becomes_a_paying_partner(
    cloud: Cloud, post: Post, approver: Approver, an_applicant: Applicants, open_browser: Browsers
) -> None:
    applicant = an_applicant()
    page = open_browser()
    FormRun(cloud, page, applicant.answers).fills_everything()
    expect(page.locator("dl.summary").last).to_contain_text("220,00 €")
    page.get_by_role("button", name="Envoyer ma demande").click()
    page.goto(cloud.url + applicant.link("À confirmer", "/adhesion/confirmation/"))
    page.get_by_role("button", name="Confirmer mon adresse").click()
    assert headline(page) == "Accusé de réception"
    reference = page.locator(".reference").inner_text()
    assert re.fullmatch(r"ADH-[2-9A-HJKMNP-Z]{4,}", reference)
    assert reference in applicant.is_told("Bien reçue").subject

    desk = open_browser()
    approver.decides(desk, approver.link(applicant), "Accepter")
    expect(desk.locator(".notice.success")).to_contain_text("Réponse enregistrée : Accepter")
    assert "220,00 €" in applicant.is_told("À régler").subject
    accountant = Approver(cloud, post, ACCOUNTANT)
    accountant.decides(desk, accountant.link(applicant, "règlement"), "Règlement reçu")
    assert "31 décembre 2027" in applicant.is_told("Bienvenue").subject

    log_in(cloud, post, page, applicant.email, "/espace")
    expect(page.locator(".tag").first).to_have_text("Partenaire actif")
    assert [line.inner_text() for line in page.locator(".timeline .what").all()] == [
        "Partenariat actif", "Règlement reçu", "Demande acceptée",
        "Adresse confirmée, demande transmise à l’office", "Demande envoyée",
    ]  # fmt: skip
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger mes données").click()
    assert download.value.suggested_filename == "mes-donnees.json"
    (mine,) = json.loads(download.value.path().read_text("utf-8"))["partnerships"]
    assert (mine["reference"], mine["answers"]["email"]) == (reference, applicant.email)
    log_in(cloud, post, desk, NETWORK_OFFICER, "/bureau/dossiers?etat=active")
    desk.get_by_role("link", name=applicant.name, exact=True).click()
    expect(desk.locator("main")).to_contain_text(reference)


def test_an_ambassador_pays_nothing_and_is_active_once_accepted(
    approver: Approver, an_applicant: Applicants
) -> None:
    free = {"capacity_units": None, "capacity_persons": None, "star_rating": None, "classified_until": None}
    applicant = an_applicant("Amie du Vercors", category="ambassador", **free).applies().confirms()
    approver.answers(approver.link(applicant), "accept")
    applicant.reaches("active").is_told("Bienvenue")
    assert not applicant.post.mails(applicant.email, "À régler")


def test_a_file_is_corrected_with_its_answers_kept_and_comes_back(
    cloud: Cloud, approver: Approver, an_applicant: Applicants, open_browser: Browsers
) -> None:
    applicant = an_applicant("Gîte à corriger").applies().confirms()
    first = approver.link(applicant)
    approver.answers(first, "request_changes", "Le nombre de chambres manque de précision.")
    page = open_browser()
    page.goto(cloud.url + applicant.link("À compléter", "/adhesion/corrections/"))
    expect(page.locator("blockquote")).to_have_text("Le nombre de chambres manque de précision.")
    page.get_by_role("button", name="Corriger mon dossier").click()
    expect(page.locator("main")).to_contain_text("1 place du Marché")
    page.get_by_role("link", name="Modifier : Votre activité").click()
    page.get_by_label("Nombre d’unités").fill("14")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page).to_have_url(f"{cloud.url}/adhesion/verification")
    page.get_by_role("button", name="Renvoyer mon dossier").click()
    assert headline(page) == "Votre dossier est renvoyé à l’office"

    second = approver.link(applicant, number=2)
    assert second != first
    desk = open_browser()
    desk.goto(cloud.url + second)
    units = desk.locator("dl.summary div", has_text="Nombre d’unités")
    expect(units.locator("dd")).to_have_text("14")
    expect(desk.locator("main")).to_contain_text("Dossier corrigé et renvoyé")
    choose(desk, "Accepter")
    applicant.is_told("À régler")
    page.goto(cloud.url + applicant.link("À compléter", "/adhesion/corrections/"))
    assert headline(page) == "Votre dossier est déjà renvoyé"


def test_a_refusal_reaches_the_applicant_with_its_reason(
    cloud: Cloud, post: Post, approver: Approver, an_applicant: Applicants, page: Page
) -> None:
    applicant = an_applicant("Camping refusé").applies().confirms()
    approver.decides(page, approver.link(applicant), "Refuser")
    expect(page.locator("#champ-reason-erreur")).to_be_visible()
    expect(page.get_by_label("Refuser")).to_be_checked()
    choose(page, "Refuser", "L’activité n’a pas encore ouvert.")
    assert "L’activité n’a pas encore ouvert." in applicant.is_told("Réponse de l’office").text
    log_in(cloud, post, page, applicant.email, "/espace")
    expect(page.locator(".panel blockquote").first).to_have_text("L’activité n’a pas encore ouvert.")


def test_staff_decide_at_the_desk_without_the_mail(
    cloud: Cloud, post: Post, an_applicant: Applicants, approver: Approver, page: Page
) -> None:
    applicant = an_applicant("Hôtel sans mail").applies().confirms()
    link = approver.link(applicant)
    log_in(cloud, post, page, NETWORK_OFFICER, "/bureau")
    page.get_by_role("link", name=applicant.name).click()
    choose(page, "Accepter")
    expect(page.locator(".notice.success")).to_contain_text("Lucie Morand")
    applicant.is_told("À régler")
    assert "Réponse enregistrée" in Site(cloud.url).get(link).text


def test_both_links_of_an_approver_live_until_the_decision_and_die_with_it(
    cloud: Cloud, site: Site, an_applicant: Applicants, approver: Approver, page: Page
) -> None:
    applicant = an_applicant("Hôtel aux deux liens").applies().confirms()
    first = approver.link(applicant)
    page.goto(cloud.url + first)
    page.get_by_label("Oui, renvoyez le lien").check()
    page.get_by_role("button", name="Renvoyer le lien").click()
    assert headline(page) == "Un nouveau lien est parti"
    second = approver.link(applicant, number=2)
    assert second != first
    for link in (first, second):
        assert "Enregistrer ma décision" in site.get(link).text
    assert approver.answers(second, "accept").status == 303
    for link in (first, second):
        assert "Enregistrer ma décision" not in site.get(link).text
        assert approver.answers(link, "refuse", "Trop tard.").status == 409


@pytest.mark.parametrize("shared", ["siret", "email"])
def test_a_second_file_looks_like_a_first_one_and_the_known_address_is_told(
    cloud: Cloud, open_browser: Browsers, an_applicant: Applicants, shared: str
) -> None:
    known = an_applicant("Hôtel connu").applies().confirms()
    second = an_applicant("Hôtel en double", **{shared: known.answers[shared]})
    other = an_applicant("Hôtel tout neuf")
    seen = []
    for one in (second, other):
        page = open_browser()
        FormRun(cloud, page, one.answers).fills_everything()
        with page.expect_response("**/adhesion/verification") as sent:
            page.get_by_role("button", name="Envoyer ma demande").click()
        expect(page).to_have_url(f"{cloud.url}/adhesion/envoyee")
        seen.append((sent.value.status, page.content()))
    assert seen[0] == seen[1]
    known.is_told("À vérifier")
    other.is_told("À confirmer")
    known.post.quiet()
    asked = [m for m in known.post.mails(second.email, "À confirmer") if second.name in m.subject]
    assert asked == []


@pytest.mark.parametrize("shared", ["siret", "email"])
def test_the_api_answers_a_second_file_as_a_first_one(an_applicant: Applicants, shared: str) -> None:
    known = an_applicant("Hôtel connu").applies().confirms().reaches("submitted")
    second, other = an_applicant(**{shared: known.answers[shared]}), an_applicant()
    told = [one.site.post_json("/api/v1/membership-applications", one.answers) for one in (second, other)]
    blank = [re.sub(rb"ADH-\w+", b"", one.body) for one in told]
    assert blank[0] == blank[1]
    assert [one.status for one in told] == [201, 201]
    known.is_told("À vérifier")


def test_a_draft_comes_back_in_another_browser_by_its_mailed_link(
    cloud: Cloud, post: Post, an_applicant: Applicants, open_browser: Browsers
) -> None:
    applicant = an_applicant("Gîte interrompu")
    page = open_browser()
    run = FormRun(cloud, page, applicant.answers).starts().fills("vous").goes_on()
    run.fills("structure")
    page.get_by_role("button", name="Enregistrer et finir plus tard").click()
    page.get_by_role("button", name="M’envoyer le lien").click()
    expect(page.locator(".notice.success")).to_contain_text(applicant.email)
    for _ in range(2):
        other = open_browser()
        other.goto(cloud.url + link_of(post.wait(applicant.email, "brouillon"), "/adhesion/reprise/"))
        expect(other.locator("main")).to_contain_text(applicant.name)
        other.get_by_role("button", name="Reprendre ma demande").click()
        expect(other).to_have_url(f"{cloud.url}/adhesion/demande/structure")
        expect(other.locator("[name=legal_name]")).to_have_value("SARL du Pont")


def test_an_address_confirmed_twice_shows_the_same_receipt(
    site: Site, an_applicant: Applicants, post: Post
) -> None:
    applicant = an_applicant().applies()
    link = applicant.link("À confirmer", "/adhesion/confirmation/")
    assert "Confirmer mon adresse" in site.get(link).text
    receipts = []
    for _ in range(2):
        assert site.post(link).status == 303
        receipts.append(site.get(link).text)
    assert receipts[0] == receipts[1]
    assert applicant.reference in receipts[0]
    applicant.is_told("Bien reçue")
    post.quiet()
    assert len(post.mails(applicant.email, "Bien reçue")) == 1
