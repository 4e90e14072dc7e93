"""What the people of a load do on the pages: each method is one sitting in front of a browser."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from infra.visitor.http import Answer, Site
from tests.harness.form import typed_pages

CHECK, SENT = "/adhesion/verification", "/adhesion/envoyee"
REASONS = {"accept": "", "refuse": "Hors du territoire.", "request_changes": "Il manque la capacité."}
Ask = Callable[[str, int, Callable[[], Answer]], Answer]
"""Takes the name of a page, the status it should have, and the request; raises when it has another."""


@dataclass
class File:
    """One file of the load: its answers, and what the office will say."""

    answers: dict[str, Any]
    outcome: str

    @property
    def email(self) -> str:
        """Where the applicant's mails go."""
        return str(self.answers["email"])

    @property
    def name(self) -> str:
        """What the subjects of the office's mails have in brackets."""
        return str(self.answers["business_name"])


@dataclass
class People:
    """Applicants and the person in charge, with `ask` to measure every page."""

    site: Site
    ask: Ask

    def apply(self, file: File) -> None:
        """From the offer to the page that says what happens next."""
        browser = self._get("offer", self.site, "/adhesion")
        for path, typed in typed_pages(file.answers):
            browser = self._get("form, a page", browser, path)
            browser = self._post("form, a page", browser, path, typed)
        browser = self._get("form, the check", browser, CHECK)
        browser = self._post("form, the sending", browser, CHECK)
        self._get("form, sent", browser, SENT)

    def confirm(self, link: str) -> None:
        """The link of the first mail, its button, the receipt."""
        browser = self._get("confirmation", self.site, link)
        self._post("confirmation", browser, link)
        self._get("confirmation, done", browser, link)

    def decide(self, link: str, outcome: str) -> None:
        """The link of the office's mail, its form, the recorded answer."""
        browser = self._get("decision", self.site, link)
        self._post("decision", browser, link, {"outcome": outcome, "reason": REASONS[outcome]})
        self._get("decision, done", browser, link)

    def _get(self, page: str, browser: Site, path: str) -> Site:
        return _after(browser, self.ask(f"GET {page}", 200, lambda: browser.get(path)))

    def _post(self, page: str, browser: Site, path: str, form: Any = ()) -> Site:
        return _after(browser, self.ask(f"POST {page}", 303, lambda: browser.post(path, form)))


def _after(browser: Site, answer: Answer) -> Site:
    return browser.with_cookies({**dict(browser.cookies), **answer.cookies}) if answer.cookies else browser
