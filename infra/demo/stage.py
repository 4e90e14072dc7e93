"""Where the demonstration takes place: the running site, its mailbox, the office, and who is logged in."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock, Semaphore
from typing import Any

from chalicelib.office.model import Office
from infra.visitor.browser import Browser, Page
from infra.visitor.http import Site
from infra.visitor.post import Letter, Post

AT_ONCE = 8
LOGIN = "votre lien de connexion"
DECIDE = "Enregistrer ma décision"


@dataclass
class Stage:
    """One running stack; `invoke` runs a function of it as its schedule would, `kept` is where logins are kept."""

    site: Site
    post: Post
    office: Office
    today: date
    count: int
    invoke: Callable[[str], Mapping[str, Any]]
    kept: Path | None = None
    _gate: Semaphore = field(default_factory=lambda: Semaphore(AT_ONCE))
    _entering: Lock = field(default_factory=Lock)
    logins: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Whoever was logged in when the last demonstration ended still is."""
        if self.kept is not None and self.kept.exists():
            self.logins |= json.loads(self.kept.read_text(encoding="utf-8"))

    def visitor(self) -> Browser:
        """Somebody whom the site does not know; no more than `AT_ONCE` requests are made at a time."""
        return Browser(self.site, self._gate)

    def staff(self, step: str) -> Browser:
        """Who answers for a step of the office file, such as `report_review`, at the desk."""
        return self.logged_in(self.email_for(step), "/bureau")

    def email_for(self, step: str) -> str:
        """The address that requests about this step are mailed to."""
        role = self.office.role_for(step)
        return self.office.approver(role, self.today, frozenset()).email

    def logged_in(self, email: str, door: str) -> Browser:
        """Somebody who is logged in already, or logs in by the mailed link: the site mails few of them an hour."""
        with self._entering:
            browser = Browser(self.site, self._gate, dict(self.logins.get(email, {})))
            if not browser.cookies or browser.opens(door).path != door:
                browser = self._let_in(email, door)
                self.logins[email] = browser.cookies
                self._keep()
            return browser

    def decide(self, letter: Letter, outcome: str, reason: str = "") -> Page:
        """Answer the question of a mail; answered before, it stays as it was."""
        browser = self.visitor()
        page = browser.opens(letter.link("/decisions/"))
        if not page.has_button(DECIDE):
            return page
        return browser.presses(page, DECIDE, {"outcome": outcome, "reason": reason})

    def _let_in(self, email: str, door: str) -> Browser:
        browser = self.visitor()
        known = len(self.post.letters(email, LOGIN))
        page = browser.opens(f"/connexion?vers={door}")
        browser.presses(page, "Recevoir mon lien de connexion", {"email": email})
        letter = self.post.wait(email, LOGIN, number=known + 1)
        browser.presses(browser.opens(letter.link("/connexion/")), "Me connecter")
        return browser

    def _keep(self) -> None:
        if self.kept is not None:
            self.kept.touch(mode=0o600)
            self.kept.write_text(json.dumps(self.logins), encoding="utf-8")
