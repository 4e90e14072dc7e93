"""An address that refuses our mails, as staff see it: on the desk, in the file, and once it is restored."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from chalicelib.mail.model import address_key
from tests.cloud import Cloud
from tests.e2e import seeding
from tests.e2e.browser import NARROW, flaws
from tests.e2e.journeys import DIRECTOR, NETWORK_OFFICER, Applicant, Post, let_in, session_of
from tests.e2e.keyboard import press_button
from tests.e2e.test_desk import sweep
from tests.harness.http import Site
from tests.harness.race import Racers
from tests.harness.snapshot import mail_rows
from tests.harness.starts import Run, Work
from tests.harness.waiting import until
from tests.people import named

pytestmark = [pytest.mark.cloud, pytest.mark.browser]

Applicants = Callable[..., Applicant]
Browsers = Callable[..., Page]
BOUNCE = {"eventType": "Bounce", "bounce": {"bounceType": "Permanent", "bounceSubType": "General"}}
RECEIPT = "Bien reçue"


def with_a_withheld_receipt(applicant: Applicant) -> Applicant:
    """Somebody whose first mail came back, and who confirmed all the same; the address is too long for a phone."""
    applicant.answers["email"] = f"reception.et.reservations.{applicant.email}"
    applicant.applies().is_told("À confirmer")
    (key,) = rows(applicant)
    told = json.dumps({**BOUNCE, "mail": {"tags": {"mail": [key]}}})
    Run("record_mail_event", {"Records": [{"Sns": {"Message": told}}]}).there(applicant.cloud)
    applicant.confirms()
    until(lambda: "withheld" in rows(applicant).values(), "the withheld receipt")
    return applicant


def rows(applicant: Applicant) -> dict[str, str]:
    """The state of each mail to this person, by its key."""
    return {
        one["pk"]["S"]: one["state"]["S"]
        for one in mail_rows(applicant.cloud)
        if json.loads(one["message"]["S"])["to"] == applicant.email
    }


def card(desk: Page, email: str) -> Locator:
    """What the desk says of an address."""
    return desk.locator(".cards li", has=desk.get_by_role("heading", name=email))


def test_staff_see_who_gets_no_mail_restore_the_address_and_what_was_withheld_goes_once(
    cloud: Cloud, post: Post, an_applicant: Applicants, desk: Page
) -> None:
    applicant, page = with_a_withheld_receipt(an_applicant("Hôtel injoignable")), desk
    page.goto(f"{cloud.url}/bureau")
    expect(card(page, applicant.email)).to_contain_text("Mails refusés par sa messagerie")
    expect(card(page, applicant.email)).to_contain_text("1 mail retenu")
    assert flaws(page, "desk, address that refuses") == []
    card(page, applicant.email).get_by_role("link", name="Voir ses dossiers").click()
    page.get_by_role("link", name=applicant.name, exact=True).click()
    expect(page.locator(".notice.warning")).to_contain_text(f"Plus aucun mail ne part vers {applicant.email}")
    expect(page.get_by_role("table")).to_contain_text("retenu : l’adresse refuse nos mails")
    assert flaws(page, "file, address that refuses") == []

    page.locator(".notice.warning").get_by_role("link", name="le bureau").click()
    press_button(page, f"Rétablir l’adresse {applicant.email}")
    expect(page.locator(".notice.success")).to_contain_text(f"Nos mails repartent vers {applicant.email}")
    expect(page.locator(".notice.success")).to_contain_text("Lucie Morand")
    expect(card(page, applicant.email)).to_have_count(0)
    assert flaws(page, "desk, address restored") == []
    assert not post.mails(applicant.email, RECEIPT)
    for _ in range(2):
        sweep(cloud)
    applicant.is_told(RECEIPT)
    post.quiet()
    assert len(post.mails(applicant.email, RECEIPT)) == 1
    assert set(rows(applicant).values()) == {"sent"}
    page.goto(f"{cloud.url}/bureau/dossiers/{applicant.reference}")
    expect(page.locator(".notice.warning")).to_have_count(0)


def test_who_restores_an_address_second_without_script_is_told_who_was_first(
    cloud: Cloud, racers: Racers, open_browser: Browsers
) -> None:
    email = named("Hôtel qui se plaint")["email"]
    (key,) = racers.each([Work(seeding.refusing_address, (email,))])
    page = let_in(cloud, racers, open_browser(width=NARROW, javascript=False), DIRECTOR)
    page.goto(f"{cloud.url}/bureau")
    expect(card(page, email)).to_contain_text("Mail signalé comme indésirable")
    first = Site(cloud.url).with_cookies(session_of(racers, NETWORK_OFFICER))
    assert first.post(f"/bureau/adresses/{key}/retablissement").status == 303
    page.get_by_role("button", name=f"Rétablir l’adresse {email}").click()
    expect(page.locator(".notice.success")).to_contain_text("adresse rétablie par Lucie Morand")


def test_an_address_that_refused_nothing_cannot_be_restored(cloud: Cloud, desk: Page) -> None:
    desk.goto(f"{cloud.url}/bureau")
    unknown = f"/bureau/adresses/{address_key('personne@hotel.example.fr')}/retablissement"
    search = "document.querySelector('main form[role=search]')"
    with desk.expect_navigation() as landed:
        desk.evaluate(f"Object.assign({search}, {{method: 'post', action: '{unknown}'}}).submit()")
    assert landed.value.status == 404
    expect(desk.locator("main")).to_contain_text("Cette adresse n’a refusé aucun mail")
    assert flaws(desk, "desk, unknown address") == []
