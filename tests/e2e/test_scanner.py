"""Mail scanners open every link, run scripts and press buttons: nothing may happen by them (failure modes F1 to F12).

Pressing the one button of a page that only confirms is allowed to confirm; a decision needs a human choice.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Page, expect

from tests.cloud import Cloud
from tests.e2e.journeys import ACCOUNTANT, Applicant, Approver, Post, forget_limits, new_applicant
from tests.harness import snapshot
from tests.harness.http import Answer, Site

pytestmark = pytest.mark.cloud

AGENTS = [
    "Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 SafeLinks",
    "Barracuda Sentinel (EE)",
    "GoogleImageProxy",
    "",
]
KINDS = ["confirmation", "decision", "payment", "corrections", "draft", "login"]
BUTTONS = {
    "confirmation": "Confirmer mon adresse",
    "decision": "Enregistrer ma décision",
    "payment": "Enregistrer ma décision",
    "corrections": "Corriger mon dossier",
    "draft": "Reprendre ma demande",
    "login": "Me connecter",
}
Applicants = Callable[..., Applicant]


@pytest.fixture(scope="module")
def mailed(cloud: Cloud, post: Post) -> dict[str, str]:
    """One live link of every kind that is ever mailed."""
    return {kind: MAKERS[kind](cloud, post) for kind in KINDS}


def a_confirmation(cloud: Cloud, post: Post) -> str:
    return _new(cloud, post).applies().link("À confirmer", "/adhesion/confirmation/")


def a_decision(cloud: Cloud, post: Post) -> str:
    return Approver(cloud, post).link(_new(cloud, post).applies().confirms())


def a_payment(cloud: Cloud, post: Post) -> str:
    applicant = _new(cloud, post).applies().confirms()
    approver = Approver(cloud, post)
    approver.answers(approver.link(applicant), "accept")
    return Approver(cloud, post, ACCOUNTANT).link(applicant, "règlement")


def a_correction(cloud: Cloud, post: Post) -> str:
    applicant = _new(cloud, post).applies().confirms()
    approver = Approver(cloud, post)
    approver.answers(approver.link(applicant), "request_changes", "Une photo manque.")
    return applicant.link("À compléter", "/adhesion/corrections/")


def a_draft(cloud: Cloud, post: Post) -> str:
    applicant, site = _new(cloud, post), Site(cloud.url)
    saved = site.post("/adhesion/demande/vous", {"email": applicant.email, "pause": "1"})
    site.with_cookies(saved.cookies).post("/adhesion/pause")
    return applicant.link("brouillon", "/adhesion/reprise/")


def a_login(cloud: Cloud, post: Post) -> str:
    applicant = _new(cloud, post).applies().confirms()
    applicant.is_told("Bien reçue")
    Site(cloud.url).post("/connexion", {"email": applicant.email})
    return applicant.link("votre lien de connexion", "/connexion/")


def _new(cloud: Cloud, post: Post) -> Applicant:
    forget_limits(cloud)
    return new_applicant(cloud, post, "Hôtel scruté")


MAKERS: dict[str, Callable[[Cloud, Post], str]] = {
    "confirmation": a_confirmation,
    "decision": a_decision,
    "payment": a_payment,
    "corrections": a_correction,
    "draft": a_draft,
    "login": a_login,
}


def visits(site: Site, link: str) -> list[Answer]:
    """What a scanner does: HEAD and GET by several agents, then five GET at once."""
    asked = [
        site.ask(method, link, headers={"User-Agent": agent})
        for agent in AGENTS
        for method in ("HEAD", "GET")
    ]
    with ThreadPoolExecutor(5) as threads:
        return asked + list(threads.map(lambda agent: site.get(link, User_Agent=agent), AGENTS))


@pytest.mark.parametrize("kind", KINDS)
def test_heads_and_gets_of_scanners_write_nothing_and_leave_the_link_usable(
    cloud: Cloud, site: Site, mailed: dict[str, str], kind: str
) -> None:
    before = snapshot.settled(cloud)
    answers = visits(site, mailed[kind])
    assert snapshot.differences(before, snapshot.tables(cloud)) == []
    assert {one.status for one in answers} == {200}
    assert all(BUTTONS[kind] in one.text for one in answers if one.body)
    assert not any(one.cookies for one in answers)


def test_the_comparison_sees_what_a_button_writes(cloud: Cloud, site: Site, post: Post) -> None:
    link = a_confirmation(cloud, post)
    before = snapshot.settled(cloud)
    assert site.post(link).status == 303
    assert snapshot.differences(before, snapshot.tables(cloud)) != []


def test_opening_every_link_of_every_mail_writes_nothing(
    cloud: Cloud, site: Site, post: Post, mailed: dict[str, str]
) -> None:
    assert mailed
    before = snapshot.settled(cloud)
    links = [link for mail in post.mails(subject="Hôtel scruté") for link in mail.links]
    assert len(links) >= len(KINDS) - 1
    for link in links:
        if link.startswith(cloud.url):
            assert site.get(link).status in (200, 303)
    assert snapshot.differences(before, snapshot.tables(cloud)) == []


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["decision", "payment"])
def test_a_scanner_that_presses_every_button_without_choosing_decides_nothing(
    cloud: Cloud, mailed: dict[str, str], open_browser: Callable[..., Page], kind: str
) -> None:
    before = snapshot.settled(cloud)
    page = open_browser()
    page.goto(cloud.url + mailed[kind])
    names = [one.inner_text() for one in page.locator("button").all()]
    assert len(names) == 2
    for place in range(len(names)):
        page.goto(cloud.url + mailed[kind])
        with page.expect_navigation():
            page.locator("button").nth(place).click()
    assert snapshot.differences(before, snapshot.settled(cloud)) == []
    assert BUTTONS[kind] in Site(cloud.url).get(mailed[kind]).text


@pytest.mark.browser
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_behind_a_link_sends_itself(
    cloud: Cloud, mailed: dict[str, str], open_browser: Callable[..., Page], kind: str
) -> None:
    before = snapshot.settled(cloud)
    page, asked = open_browser(), []
    page.on("request", lambda request: asked.append(request.method))
    page.goto(cloud.url + mailed[kind])
    page.wait_for_load_state("networkidle")
    assert set(asked) == {"GET"}
    assert snapshot.differences(before, snapshot.tables(cloud)) == []


@pytest.mark.browser
def test_a_scanner_may_confirm_an_address_but_gets_no_session_by_a_login_link(
    cloud: Cloud, post: Post, open_browser: Callable[..., Page]
) -> None:
    page = open_browser()
    link = a_login(cloud, post)
    page.goto(cloud.url + link)
    page.get_by_role("button", name="Me connecter").click()
    expect(page.locator("#champ-code-erreur")).to_be_visible()
    assert not [one for one in page.context.cookies() if one["name"] == "__Host-sid"]
    page.goto(cloud.url + a_confirmation(cloud, post))
    page.locator("main button").click()
    expect(page.locator("h1")).to_have_text("Accusé de réception")


def test_a_decision_link_in_the_hands_of_a_scanner_still_decides_for_its_holder(
    cloud: Cloud, site: Site, post: Post
) -> None:
    link = a_decision(cloud, post)
    visits(site, link)
    assert site.post(link, {"outcome": "accept"}).status == 303
    assert "Réponse enregistrée" in site.get(link).text


def test_every_link_of_the_site_in_a_mail_is_one_that_is_walked_here(
    cloud: Cloud, post: Post, mailed: dict[str, str]
) -> None:
    known = (
        "/decisions/",
        "/adhesion/confirmation/",
        "/adhesion/corrections/",
        "/adhesion/reprise/",
        "/connexion/",
    )
    subjects = ("Hôtel scruté", "lien de connexion", "brouillon")
    mails = [mail for subject in subjects for mail in post.mails(subject=subject)]
    secret = [
        link
        for mail in mails
        for link in mail.links
        if link.startswith(cloud.url) and "." in link.rsplit("/", 1)[1]
    ]
    assert secret
    assert all(any(page in link for page in known) for link in secret)
    assert {kind for kind, link in mailed.items() if any(link in one for one in secret)} == set(KINDS)
