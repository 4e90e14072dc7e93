"""The way of a season report: begun, read with a commentary, approved, published, printed, and told to everybody once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cloud import Cloud
from tests.e2e import report_stage, seeding
from tests.e2e.attendee import invoke
from tests.e2e.browser import flaws
from tests.e2e.journeys import Approver, Post, let_in
from tests.harness.http import Site
from tests.harness.race import Racers
from tests.harness.starts import Work
from tests.harness.waiting import until
from tests.people import DIRECTOR, NETWORK_OFFICER, OBSERVER, named

pytestmark = [pytest.mark.cloud, pytest.mark.browser]

COMMENTARY = "Une saison courte, mais pleine."
TOLD = "les chiffres sont publiés"
A_MINUTE_OR_TWO = 120
"""Every report that is due is begun at once, each by functions that start cold."""


def test_a_report_is_read_approved_published_and_told_once(
    cloud: Cloud, post: Post, racers: Racers, open_browser: Callable[..., Page]
) -> None:
    (partner,) = racers.each([Work(seeding.partner, (named("Hôtel des Chiffres"),))])
    racers.each([Work(report_stage.sectored, ())])
    (slug,) = racers.each([Work(report_stage.figures, (partner["id"],))])
    site, page, address = Site(cloud.url), open_browser(), f"/observatoire/{slug}"

    invoke(cloud, "begin_reports")
    until(
        lambda: _standing(racers, slug)[1] == "in_review",
        lambda: str(_standing(racers, slug)),
        A_MINUTE_OR_TWO,
    )
    title, _ = _standing(racers, slug)
    review = Approver(cloud, post, OBSERVER).link_about(title, "relecture")
    assert site.get(address).status == site.get(f"{address}/bilan.pdf").status == 404
    let_in(cloud, racers, page, OBSERVER)
    page.goto(f"{cloud.url}/bureau/observatoire/bilans/{slug}/projet")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert flaws(page, "report, draft") == []
    page.goto(f"{cloud.url}/bureau/observatoire/bilans/{slug}")
    page.get_by_label("Ce que l’office dit des chiffres").fill(COMMENTARY)
    page.get_by_role("button", name="Enregistrer le commentaire").click()
    expect(page.locator(".notice.success")).to_contain_text("Le commentaire est enregistré")
    assert flaws(page, "report, at the desk") == []
    page.goto(f"{cloud.url}/bureau/observatoire/bilans")
    assert flaws(page, "reports, at the desk") == []
    Approver(cloud, post, OBSERVER).decides(page, review, "Transmettre à la direction")

    approval = Approver(cloud, post, DIRECTOR).link_about(title, "publication")
    Approver(cloud, post, DIRECTOR).decides(open_browser(), approval, "Publier le bilan")
    until(lambda: _standing(racers, slug)[1] == "published", lambda: f"published: {_standing(racers, slug)}")

    page.goto(cloud.url + address)
    expect(page.locator("main")).to_contain_text(COMMENTARY)
    assert flaws(page, "report, published") == []
    assert _document(cloud, page, address).startswith(b"%PDF")
    told = post.wait(partner["email"], TOLD)
    assert "Votre taux : 50,0 %" in told.text.replace("\u00a0", " ")
    assert len(post.mails(partner["email"], TOLD)) == 1
    stranger = let_in(cloud, racers, open_browser(), NETWORK_OFFICER)
    assert stranger.goto(f"{cloud.url}/bureau/observatoire/bilans").status == 403  # type: ignore[union-attr]


def _standing(racers: Racers, slug: str) -> tuple[str, str]:
    (found,) = racers.each([Work(report_stage.standing, (slug,))])
    return found  # type: ignore[no-any-return]


def _document(cloud: Cloud, page: Page, address: str) -> bytes:
    return page.request.get(f"{cloud.url}{address}/bilan.pdf").body()
