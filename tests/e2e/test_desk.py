"""The staff's front page: what is done there about the mails that did not leave."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from playwright.sync_api import Page, expect

from tests.cloud import Cloud
from tests.e2e.browser import PHONE
from tests.e2e.journeys import NETWORK_OFFICER, Applicant, Approver, Post, log_in, mail_in_trouble
from tests.harness.http import Site
from tests.harness.snapshot import items

pytestmark = [pytest.mark.cloud, pytest.mark.browser]

Applicants = Callable[..., Applicant]
AT_ONCE = 6
FINGER = 44


def sweep(cloud: Cloud) -> None:
    """What the schedule does every five minutes."""
    answer = cloud.client("lambda").invoke(FunctionName=f"{cloud.prefix}-sweep_outbox", Payload=b"{}")
    assert "FunctionError" not in answer, answer["Payload"].read()


def row(cloud: Cloud, key: str) -> dict[str, str]:
    """The stored row of a mail, its texts only."""
    found = next(one for one in items(cloud, "mail") if one["pk"]["S"] == key)
    return {name: value["S"] for name, value in found.items() if "S" in value}


def test_a_mail_that_did_not_leave_is_sent_again_once_by_one_click_or_by_two(
    cloud: Cloud, post: Post, an_applicant: Applicants, approver: Approver, open_browser: Callable[..., Page]
) -> None:
    applicant = an_applicant("Hôtel sans accusé").applies().confirms()
    approver.link(applicant)
    applicant.is_told("Bien reçue")
    mail_in_trouble(cloud, applicant, "failed")
    one, other = open_browser(width=PHONE), open_browser()
    for page in (one, other):
        log_in(cloud, post, page, NETWORK_OFFICER, "/bureau")
    for page in (one, other):
        button = page.get_by_role("button", name=f"Renvoyer le mail à {applicant.email}")
        box = button.bounding_box()
        assert box
        assert box["height"] >= FINGER
        button.click()
        expect(page.locator(".notice.success")).to_contain_text("repart dans les cinq minutes")
        expect(page.locator(".notice.success")).to_contain_text("renvoyé par Lucie Morand")
    sweep(cloud)
    applicant.is_told("Bien reçue", number=2)
    sweep(cloud)
    assert len(post.mails(applicant.email, "Bien reçue")) == 2
    one.goto(f"{cloud.url}/bureau/dossiers/{applicant.reference}")
    expect(one.locator("main")).to_contain_text("renvoyé par Lucie Morand")


def test_of_contradictory_clicks_at_the_same_instant_one_counts_and_all_are_told_which(
    cloud: Cloud, post: Post, an_applicant: Applicants, approver: Approver, page: Page
) -> None:
    applicant = an_applicant("Hôtel aux deux avis").applies().confirms()
    approver.link(applicant)
    applicant.is_told("Bien reçue")
    log_in(cloud, post, page, NETWORK_OFFICER, "/bureau")
    site = Site(cloud.url).with_cookies({one["name"]: one["value"] for one in page.context.cookies()})
    for _ in range(5):
        key = mail_in_trouble(cloud, applicant, "uncertain")
        together = Barrier(AT_ONCE)

        def click(number: int, key: str = key, together: Barrier = together) -> int:
            together.wait()
            return site.post(f"/bureau/mails/{key}/{('renvoi', 'classement')[number % 2]}").status

        with ThreadPoolExecutor(AT_ONCE) as threads:
            assert list(threads.map(click, range(AT_ONCE))) == [303] * AT_ONCE
        stored = row(cloud, key)
        assert ("resent_by" in stored) is (stored["state"] == "new")
        assert ("settled_by" in stored) is (stored["state"] == "settled")
        told = "repart dans les cinq minutes" if "resent_by" in stored else "Le mail est classé"
        assert told in site.get(f"/bureau?mail={key}").text
    site.post(f"/bureau/mails/{key}/classement")
    sweep(cloud)
