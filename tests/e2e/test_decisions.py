"""One question, one answer: repetitions, and links that are expired, altered, foreign or used."""

import re
from collections.abc import Callable

import pytest

from tests.cloud import Cloud
from tests.e2e.journeys import Applicant, Approver, Post
from tests.harness import snapshot
from tests.harness.http import Answer, Site

pytestmark = pytest.mark.cloud

Applicants = Callable[..., Applicant]


def title(answer: Answer) -> str:
    """The headline of a page."""
    found = re.search(r"<h1>(.*?)</h1>", answer.text)
    return found[1].replace("\u00a0", " ") if found else ""


def test_a_repeated_answer_is_a_success_and_another_one_a_conflict(
    site: Site, approver: Approver, an_applicant: Applicants
) -> None:
    link = approver.link(an_applicant().applies().confirms())
    refusal = {"outcome": "refuse", "reason": "Trop tôt."}
    assert [site.post(link, refusal).status for _ in range(2)] == [303, 200]
    late = site.post(link, {"outcome": "accept"})
    assert late.status == 409
    assert "Votre réponse n’a rien changé" in late.text
    assert "Trop tôt." in late.text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choisissez"),
        ({"outcome": "maybe"}, "Choisissez"),
        ({"outcome": "refuse", "reason": " "}, "motif"),
        ({"outcome": "request_changes"}, "motif"),
    ],
    ids=str,
)
def test_an_incomplete_answer_is_asked_for_again(
    site: Site, approver: Approver, an_applicant: Applicants, form: dict[str, str], sentence: str
) -> None:
    link = approver.link(an_applicant().applies().confirms())
    answer = site.post(link, form)
    assert answer.status == 422
    assert "error-summary" in answer.text
    assert "Enregistrer ma décision" in site.get(link).text


def expire(cloud: Cloud, link: str) -> None:
    """Make a link too old, as time would."""
    link_id = link.rsplit("/", 1)[1].partition(".")[0]
    for item in snapshot.items(cloud, "links"):
        if link_id in item["pk"]["S"] and "expires_at" in item:
            item["expires_at"] = {"S": "2020-01-01T00:00:00.000000+0000"}
            cloud.client("dynamodb").put_item(TableName=f"{cloud.prefix}-links", Item=item)
            return
    raise AssertionError(f"no link {link_id}")


def test_an_expired_decision_link_says_so_and_sends_a_fresh_one_to_the_same_person(
    cloud: Cloud, site: Site, approver: Approver, an_applicant: Applicants
) -> None:
    applicant = an_applicant("Hôtel oublié").applies().confirms()
    link = approver.link(applicant)
    expire(cloud, link)
    assert (site.get(link).status, title(site.get(link))) == (410, "Ce lien a expiré")
    late = site.post(link, {"outcome": "accept"})
    assert (late.status, title(late)) == (410, "Ce lien a expiré")
    assert site.post(f"{link}/lien").status == 200
    assert site.post(approver.link(applicant, number=2), {"outcome": "accept"}).status == 303


def test_an_expired_confirmation_link_says_so_and_sends_a_fresh_one(
    cloud: Cloud, site: Site, an_applicant: Applicants
) -> None:
    applicant = an_applicant().applies()
    link = applicant.link("À confirmer", "/adhesion/confirmation/")
    expire(cloud, link)
    for answer in (site.get(link), site.post(link)):
        assert (answer.status, title(answer)) == (410, "Ce lien a expiré")
    assert f'action="{link}/lien"' in answer.text
    assert site.post(f"{link}/lien").status == 200
    fresh = applicant.link("À confirmer", "/adhesion/confirmation/", number=2)
    assert site.post(fresh).status == 303


def test_an_expired_draft_link_says_so_and_sends_a_fresh_one(
    cloud: Cloud, site: Site, an_applicant: Applicants
) -> None:
    applicant = an_applicant()
    saved = site.post("/adhesion/demande/vous", {"email": applicant.email, "pause": "1"})
    site.with_cookies(saved.cookies).post("/adhesion/pause")
    link = applicant.link("brouillon", "/adhesion/reprise/")
    expire(cloud, link)
    for answer in (site.get(link), site.post(link)):
        assert (answer.status, title(answer)) == (410, "Ce lien a expiré")
    assert site.post(f"{link}/lien").status == 200
    fresh = applicant.link("brouillon", "/adhesion/reprise/", number=2)
    assert site.post(fresh).status == 303


def test_altered_and_foreign_links_are_unknown_whatever_is_wrong_with_them(
    site: Site, approver: Approver, an_applicant: Applicants
) -> None:
    applicant, other = an_applicant().applies(), an_applicant().applies().confirms()
    confirmation = applicant.link("À confirmer", "/adhesion/confirmation/").rsplit("/", 1)[1]
    token = approver.link(other).rsplit("/", 1)[1]
    identifier, _, secret = token.partition(".")
    swapped = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    wrong = [f"{identifier}.{swapped}", f"{identifier}.", identifier, f".{secret}", f"{identifier}x.{secret}",
             f"{confirmation.partition('.')[0]}.{secret}", confirmation, token.upper(), f"{token}%00", "%F0%9F%8F%94"]  # fmt: skip
    pages = [(f"/decisions/{each}", method) for each in wrong for method in ("GET", "POST")]
    pages += [(f"/adhesion/confirmation/{token}", "GET"), (f"/adhesion/reprise/{token}", "POST")]
    said = set()
    for path, method in pages:
        answer = site.post(path, {"outcome": "accept"}) if method == "POST" else site.get(path)
        assert (path, answer.status) == (path, 404)
        said.add(title(answer))
        assert "Ce lien n" in answer.text
    assert len(said) == 1
    assert "Enregistrer ma décision" in site.get(f"/decisions/{token}").text


def test_a_used_login_link_is_refused_in_words(site: Site, an_applicant: Applicants) -> None:
    applicant = an_applicant().applies().confirms()
    applicant.is_told("Bien reçue")
    asked = site.post("/connexion", {"email": applicant.email})
    browser = site.with_cookies(asked.cookies)
    link = applicant.link("votre lien de connexion", "/connexion/")
    assert browser.post(link).status == 303
    for answer in (browser.get(link), browser.post(link)):
        assert (answer.status, title(answer)) == (403, "Ce lien ne peut plus servir")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example.com"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "http://127.0.0.1.example.com"},
    ],
    ids=str,
)
def test_an_answer_from_another_site_is_refused_and_writes_nothing(
    cloud: Cloud, site: Site, mailed_links: list[str], headers: dict[str, str]
) -> None:
    before = snapshot.settled(cloud)
    for link in mailed_links:
        answer = site.post(link, {"outcome": "accept"}, **headers)
        assert answer.status == 403
        assert "rien n’a été enregistré" in answer.text
    assert snapshot.differences(before, snapshot.tables(cloud)) == []


@pytest.fixture(scope="module")
def mailed_links(cloud: Cloud, post: Post) -> list[str]:
    """Addresses to post to, of every kind."""
    from tests.e2e.journeys import new_applicant

    waiting = new_applicant(cloud, post).applies()
    confirmation = waiting.link("À confirmer", "/adhesion/confirmation/")
    decision = Approver(cloud, post).link(new_applicant(cloud, post).applies().confirms())
    fixed = [
        "/adhesion/demande/vous",
        "/adhesion/verification",
        "/adhesion/pause",
        "/connexion",
        "/deconnexion",
    ]
    return [confirmation, decision, f"{decision}/lien", *fixed]


def test_task_tokens_stay_on_the_server(
    cloud: Cloud, site: Site, post: Post, approver: Approver, an_applicant: Applicants
) -> None:
    link = approver.link(an_applicant("Hôtel discret").applies().confirms())
    tokens = snapshot.task_tokens(cloud)
    assert tokens
    texts = [site.get(link).text, site.post(link, {}).text]
    texts += [
        part
        for mail in post.mails()
        for part in (mail.source.decode(errors="replace"), mail.text, mail.html, *mail.links)
    ]
    assert not [token for token in tokens for text in texts if token in text]
