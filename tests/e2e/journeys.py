"""The people of a membership file and what they do, so that a test reads like their story.

An `Applicant` applies by the quick door (the API) or page by page with a `FormRun`; an `Approver` answers by the
mailed link; `Staff` log in at the desk. Whatever is waited for is a mail in the `Post`.
"""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from chalicelib.access.guard import SESSION_COOKIE
from chalicelib.partners.application_form import membership_form
from chalicelib.web.cookies import full_name
from infra.mailbox.reading import Mail
from tests.cloud import Cloud
from tests.harness.http import Answer, Site
from tests.harness.mailbox import Post, link_of
from tests.harness.race import Racers
from tests.harness.sessions import begin_session
from tests.harness.snapshot import items
from tests.harness.starts import Work
from tests.harness.waiting import until
from tests.people import ACCOUNTANT, DIRECTOR, NETWORK_OFFICER, OBSERVER, answers, named

__all__ = ["ACCOUNTANT", "DIRECTOR", "OBSERVER", "Post", "answers"]

LABELS = {"accept": "Accepter", "request_changes": "Demander des compléments", "refuse": "Refuser"}


@dataclass
class Applicant:
    """A professional with the answers to the form; every establishment has a name of its own."""

    cloud: Cloud
    post: Post
    answers: dict[str, Any]
    reference: str = ""

    @property
    def site(self) -> Site:
        """The site as this person's program sees it."""
        return Site(self.cloud.url)

    @property
    def email(self) -> str:
        """Where the mails go."""
        return str(self.answers["email"])

    @property
    def name(self) -> str:
        """What the mails call the establishment."""
        return str(self.answers["business_name"])

    def applies(self) -> "Applicant":
        """Send the form by the API."""
        answer = self.site.post_json("/api/v1/membership-applications", self.answers)
        assert answer.status == 201, answer.text
        self.reference = answer.json["reference"]
        return self

    def confirms(self) -> "Applicant":
        """Press the button behind the confirmation mail."""
        answer = self.site.post(self.link("À confirmer", "/adhesion/confirmation/"))
        assert answer.status == 303, answer.text
        return self

    def link(self, subject: str, page: str, number: int = 1) -> str:
        """The path of the link in a mail to this person."""
        return link_of(self.post.wait(self.email, subject, number), page)

    def is_told(self, subject: str, number: int = 1) -> Mail:
        """The mail to this person about this subject."""
        return self.post.wait(self.email, subject, number)

    def status(self) -> str:
        """Where the file stands, as the table says."""
        return next(
            one["status_key"]["S"]
            for one in items(self.cloud, "partners")
            if one.get("reference", {}).get("S") == self.reference
        )

    def reaches(self, status: str) -> "Applicant":
        """Wait until the file stands there."""
        until(lambda: self.status() == status, lambda: f"{status}; it is {self.status()}")
        return self


@dataclass
class Approver:
    """A person of the office who answers by mail."""

    cloud: Cloud
    post: Post
    email: str = NETWORK_OFFICER

    def link(self, applicant: Applicant, subject: str = "À décider", number: int = 1) -> str:
        """The path of the link mailed about this file."""
        return self.link_about(applicant.reference or applicant.name, subject, number)

    def link_about(self, name: str, subject: str, number: int = 1) -> str:
        """The path of the link in a mail whose subject has this name or reference."""
        return link_of(self.post.about(name, self.email, subject, number), "/decisions/")

    def answers(self, link: str, outcome: str, reason: str = "") -> Answer:
        """Answer at once, without a browser."""
        return Site(self.cloud.url).post(link, {"outcome": outcome, "reason": reason})

    def decides(self, page: Page, link: str, label: str, reason: str = "") -> None:
        """Answer on the page behind the link."""
        page.goto(self.cloud.url + link)
        choose(page, label, reason)


def choose(page: Page, label: str, reason: str = "") -> None:
    """Make a choice on the page of a decision and send it."""
    page.get_by_label(label).check()
    page.locator("#champ-reason").fill(reason)
    page.get_by_role("button", name="Enregistrer ma décision").click()


def log_in(cloud: Cloud, post: Post, page: Page, email: str, wanted: str) -> None:
    """Go to a page behind the login and through the mailed link."""
    forget_limits(cloud)
    known = len(post.mails(email, "votre lien de connexion"))
    page.goto(cloud.url + wanted)
    page.get_by_label("Votre adresse e-mail").fill(email)
    page.get_by_role("button", name="Recevoir mon lien de connexion").click()
    mail = post.wait(email, "votre lien de connexion", known + 1)
    page.goto(cloud.url + link_of(mail, "/connexion/"))
    page.get_by_role("button", name="Me connecter").click()
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()


def let_in(cloud: Cloud, racers: Racers, page: Page, email: str, kind: str = "staff") -> Page:
    """The same page, as who has logged in sees it: quicker than by mail."""
    host = str(urlsplit(cloud.url).hostname)
    page.context.add_cookies(
        [
            {"name": name, "value": value, "domain": host, "path": "/", "secure": True}
            for name, value in session_of(racers, email, kind).items()
        ]
    )
    return page


def session_of(racers: Racers, email: str, kind: str = "staff") -> dict[str, str]:
    """The cookie of who has logged in, `kind` being `staff` or `partner`."""
    (sid,) = racers.each([Work(begin_session, (email, kind))])
    return {full_name(SESSION_COOKIE): sid}


def forget_limits(cloud: Cloud) -> None:
    """Let this machine ask again: all tests share one address."""
    dynamodb = cloud.client("dynamodb")
    for one in items(cloud, "access"):
        if one["pk"]["S"].startswith("counter#"):
            key = {name: one[name] for name in ("pk", "sk")}
            dynamodb.delete_item(TableName=f"{cloud.prefix}-access", Key=key)


def mail_in_trouble(cloud: Cloud, applicant: Applicant, state: str, to: str = "") -> str:
    """The key of a receipt that did not leave (`failed`), or perhaps (`uncertain`), a day ago."""
    at, to = datetime.now(UTC) - timedelta(days=1), to or applicant.email
    found = (
        one for one in items(cloud, "partners") if one.get("reference", {}).get("S") == applicant.reference
    )
    record = next(one["pk"]["S"] for one in found if one["sk"]["S"] == "APPLICATION").partition("#")[2]
    context = {"reference": applicant.reference, "business_name": applicant.name, "name": "Maëlle Le Goff"}
    context |= {"fee": "90,00\u00a0€", "fee_steps": []}
    message = {"template": "partners/receipt", "to": to, "occasion": "test", "context": context}
    row = {
        "pk": sha256(f"{record} {to} {state}".encode()).hexdigest(), "state": state, "message": json.dumps(message),
        "open_key": state, "open_since": at.isoformat(timespec="microseconds"), "reason": "MessageRejected",
        "record_key": record, "record_sort": f"{at.isoformat(timespec='microseconds')}#partners/receipt",
        "created_at": at.strftime("%Y-%m-%dT%H:%M:%S.%f+0000"),
    }  # fmt: skip
    numbers = {"attempts": 1, "claims": 1, "expires_epoch": int(time.time()) + 86_400}
    item = {name: {"S": text} for name, text in row.items()} | {n: {"N": str(v)} for n, v in numbers.items()}
    cloud.client("dynamodb").put_item(TableName=f"{cloud.prefix}-mail", Item=item)
    return row["pk"]


@dataclass
class FormRun:
    """One person in front of the form."""

    cloud: Cloud
    page: Page
    answers: dict[str, Any]

    def starts(self) -> "FormRun":
        """From the offer to the first page."""
        self.page.goto(f"{self.cloud.url}/adhesion")
        self.page.get_by_role("link", name="Commencer ma demande").first.click()
        return self

    def opens(self, key: str) -> "FormRun":
        """Go to one page of the form."""
        self.page.goto(f"{self.cloud.url}/adhesion/demande/{key}")
        return self

    def fills(self, key: str) -> "FormRun":
        """Type this page's answers."""
        section = membership_form().section(key)
        assert section
        for each in section.fields:
            if each.name in self.answers:
                fill_in(self.page, each.name, self.answers[each.name])
        return self

    def goes_on(self) -> "FormRun":
        """Save the page."""
        self.page.get_by_role("button", name="Enregistrer et continuer").click()
        return self

    def fills_everything(self) -> "FormRun":
        """All the pages, up to the check."""
        self.starts()
        for section in membership_form().sections:
            expect(self.page).to_have_url(f"{self.cloud.url}/adhesion/demande/{section.key}")
            self.fills(section.key).goes_on()
        expect(self.page).to_have_url(f"{self.cloud.url}/adhesion/verification")
        return self

    def sends(self) -> "FormRun":
        """Press the last button."""
        self.page.get_by_role("button", name="Envoyer ma demande").click()
        expect(self.page).to_have_url(f"{self.cloud.url}/adhesion/envoyee")
        return self


def fill_in(page: Page, name: str, value: Any) -> None:
    """Answer one question, whatever kind of field it is."""
    every = page.locator(f"[name={name}]")
    kind = every.first.evaluate("one => one.type")
    if kind == "radio":
        page.locator(f"[name={name}][value='{value}']").check()
    elif kind == "select-one":
        page.locator(f"[name={name}] option[value='{value}']").wait_for(state="attached")
        every.select_option(str(value))
    elif kind == "checkbox" and isinstance(value, list):
        for each in value:
            page.locator(f"[name={name}][value='{each}']").check()
    elif kind == "checkbox":
        every.set_checked(bool(value))
    else:
        every.fill(str(value))


def new_applicant(cloud: Cloud, post: Post, name: str = "Hôtel du Pont", **overrides: object) -> Applicant:
    """A professional who has not applied yet."""
    return Applicant(cloud, post, named(name, **overrides))
