"""Markup and header lines in what people type, over real HTTP: text on every page, text in every mail."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from chalicelib.partners.application_form import membership_form
from tests.cloud import Cloud
from tests.e2e.journeys import Applicant, Approver, Post
from tests.e2e.no_fault import no_fault
from tests.harness.http import Site

__all__ = ["no_fault"]
pytestmark = pytest.mark.cloud

INJECTED = (
    '<script>alert(1)</script><img src=x onerror=alert(2)>"\'><a href="https://evil.example.com">ici</a>'
)
Applicants = Callable[..., Applicant]


class Elements(HTMLParser):
    """Every element and attribute of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] + [
            f"{tag} {name}={value if name in ('src', 'href') else ''}" for name, value in attrs
        ]


def injected(text: str) -> list[str]:
    """What of the injected markup became elements."""
    found = Elements(text).found
    return [one for one in found if "onerror" in one or "evil.example" in one or one == "img src=x"]


def test_markup_in_every_field_stays_text_on_every_page(site: Site) -> None:
    pages, browser = [], site
    for section in membership_form().sections:
        saved = browser.post(f"/adhesion/demande/{section.key}", {f.name: INJECTED for f in section.fields})
        browser = browser.with_cookies(saved.cookies) if saved.cookies else browser
        pages += [saved, browser.get(f"/adhesion/demande/{section.key}")]
    pages += [
        browser.get("/adhesion/verification"),
        browser.post("/adhesion/verification"),
        browser.get("/adhesion/pause"),
    ]
    pages += [site.post("/connexion", {"email": INJECTED, "vers": INJECTED})]
    assert "&lt;script&gt;" in "".join(page.text for page in pages)
    assert [(place, injected(page.text)) for place, page in enumerate(pages) if injected(page.text)] == []
    assert all(page.text.count("<script") <= 1 for page in pages)


def test_markup_in_names_stays_text_in_mails_and_on_the_decision_page(
    cloud: Cloud, post: Post, site: Site, approver: Approver, an_applicant: Applicants
) -> None:
    lines = ("business_name", "legal_name", "address")
    applicant = an_applicant()
    applicant.answers |= dict.fromkeys(lines, f"{applicant.name} <b>&amp; {INJECTED}"[:149])
    applicant.applies().confirms()
    link = approver.link(applicant)
    assert site.post(link, {"outcome": "request_changes", "reason": INJECTED}).status == 303
    corrections = applicant.link("À compléter", "/adhesion/corrections/")
    texts = [site.get(link).text, site.get(corrections).text]
    texts += [mail.html for mail in post.mails() if applicant.reference in mail.subject]
    assert len(texts) >= 5
    assert [injected(text) for text in texts if injected(text)] == []


def test_names_cannot_add_headers_to_mails(post: Post, approver: Approver, an_applicant: Applicants) -> None:
    applicant = an_applicant('Gîte\u00a0: "x" <y@evil.example.com>, z@evil.example.com =?utf-8?q?Bcc=3A?=')
    applicant.applies().confirms()
    approver.link(applicant)
    mails = [
        mail
        for mail in post.mails()
        if mail.to in (applicant.email, approver.email) and "evil." in mail.subject
    ]
    assert len(mails) >= 3
    for mail in mails:
        names = [name.lower() for name, _ in mail.headers]
        assert sorted(set(names)) == sorted(names)
        assert not {"bcc", "cc", "sender"} & set(names)
        assert mail.to in (applicant.email, approver.email)
        assert "evil" not in mail.header("To") + mail.sender + mail.header("Reply-To")
