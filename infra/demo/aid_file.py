"""One aid file on its way: what the partner does page by page, what staff answer by mail."""

import re
import time
from dataclasses import dataclass
from functools import cached_property

from infra.demo.aid_answers import DAY, asked_for, paper, proven
from infra.demo.joining import Joined
from infra.demo.stage import Stage
from infra.visitor.browser import Browser, Page, UnexpectedPage
from infra.visitor.forms import forms_in
from infra.visitor.post import PAUSE

HOME, SPACE, OWN = "/subventions", "/espace", "/espace/aides"
GO_ON, LATER, LOOK = (
    "Enregistrer et continuer",
    "Enregistrer et finir plus tard",
    "Voir le résultat du contrôle",
)
TO_JOIN = re.compile(r'<li class="document missing".*?</li>', re.DOTALL)
REFERENCE = re.compile(rf"{OWN}/([A-Z]+-[0-9A-Z]+)")
LOOKS = 150
MOST_PAGES = 12


@dataclass
class AidFile:
    """The file of one partner's lodging."""

    stage: Stage
    partner: Joined
    reference: str = ""

    @property
    def email(self) -> str:
        """Where the partner's mails go."""
        return self.partner.applicant.email

    @cached_property
    def browser(self) -> Browser:
        """The partner, logged in."""
        return self.stage.logged_in(self.email, SPACE)

    def find(self) -> str:
        """The reference of a file that the partner has already, in the space; empty where there is none."""
        found = next(filter(None, map(REFERENCE.search, self.browser.opens(SPACE).links)), None)
        self.reference = found[1] if found else ""
        return self.reference

    def begin(self) -> None:
        """Begin, fill in the first page, and stop there; who did that before has it still."""
        page = self.browser.opens(HOME)
        if "Reprendre ma demande" not in page.words:
            self.browser.presses(self._begun(page), LATER, self._asked)

    def apply(self) -> None:
        """All the pages, the documents, and the last button."""
        page = self._through(self._begun(self.browser.opens(HOME)), self._asked)
        self.reference = _reference(self.browser.presses(page, "Envoyer ma demande"))

    def withdraw(self) -> None:
        """The partner takes it back."""
        page = self.browser.opens(f"{OWN}/{self.reference}/retrait")
        self.browser.presses(page, "Retirer ma demande", {"confirme": True})

    def order_visit(self) -> None:
        """The visit is ordered today."""
        page = self.browser.opens(f"{OWN}/{self.reference}")
        told = {"etape": "commandee", "jour": f"{self.stage.today:{DAY}}"}
        self.browser.presses(page, "Enregistrer", told)

    def prove(self) -> None:
        """The lodging was classified: everything that proves it, and the account."""
        page = self.browser.opens(f"{OWN}/{self.reference}")
        page = self._through(self.browser.presses(page, "Demander le paiement"), self._proven)
        self.browser.presses(page, "Demander le paiement")

    def decide(self, step: str, outcome: str, reason: str = "", number: int = 1) -> None:
        """The answer of who is responsible for a step; `number` counts the requests to that person about the file."""
        letter = self.stage.post.wait(self.stage.email_for(step), about=self.reference, number=number)
        self.stage.decide(letter, outcome, reason)

    def is_told(self, subject: str) -> None:
        """Wait until the partner has the mail about this file."""
        self.stage.post.wait(self.email, subject, about=self.reference)

    @property
    def _asked(self) -> dict[str, object]:
        return asked_for(self._number, self.stage.today)

    @property
    def _proven(self) -> dict[str, object]:
        answers = self.partner.applicant.answers
        holder = f"{answers['first_name']} {answers['last_name']}"
        return proven(self._number, holder, int(answers["capacity_persons"]), self.stage.today)

    @property
    def _number(self) -> int:
        lodging = self.partner.applicant.lodging
        return lodging.number if lodging else 0

    def _begun(self, home: Page) -> Page:
        return self.browser.presses(home, "Demander l’aide pour")

    def _through(self, page: Page, answers: dict[str, object]) -> Page:
        """Page after page to the check."""
        for _ in range(MOST_PAGES):
            if page.path.endswith("/verification"):
                return page
            page = self.browser.presses(self._joined(page), GO_ON, answers)
        raise UnexpectedPage(f"{page.path} is not taken: {page.words[:400]}")

    def _joined(self, page: Page) -> Page:
        """The same page with a document wherever one must be there."""
        where = page.url
        while missing := [part for part in TO_JOIN.findall(page.html) if "À joindre" in part]:
            (form,) = forms_in(missing[0])
            page = self.browser.uploads(page, form, "piece.pdf", paper("Pièce"))
            page = self._looked_at(page)
        return page if page.url == where else self.browser.opens(where)

    def _looked_at(self, page: Page) -> Page:
        """Wait until no document is being looked at any more."""
        for _ in range(LOOKS):
            if not page.has_button(LOOK):
                return page
            time.sleep(PAUSE)
            page = self.browser.presses(page, LOOK)
        raise UnexpectedPage(f"{page.path}: a document is looked at for too long")


def _reference(page: Page) -> str:
    found = REFERENCE.search(page.path)
    if not found:
        raise UnexpectedPage(f"{page.path} is no aid file: {page.words[:400]}")
    return found[1]
