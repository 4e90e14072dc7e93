"""One membership from the first page to the partner's space, request by request, with what staff look at meanwhile."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

from chalicelib.access.guard import SESSION_COOKIE
from chalicelib.partners.application_form import membership_form
from chalicelib.web.cookies import full_name
from tests.factories import some_answers
from tests.faults.house import ACCOUNTING, DECISION, HIDDEN, OFFICER
from tests.faults.onboarding import APPLICANT, CONFIRMATION, CORRECTIONS
from tests.harness.world import FaultyWorld
from tests.integration.access.browser import Answer, Browser

Around = Callable[[str], AbstractContextManager[None]]
"""Gets the name of a use case, such as `GET /adhesion`, and stands around its request."""

CHANGES = {"outcome": "request_changes", "reason": "Il manque la capacité."}


class Walk:
    """The requests of people to one application; each must succeed. A feature's walk is one of these."""

    def __init__(self, world: FaultyWorld, around: Around) -> None:
        import app

        self.world = world
        self.around = around
        self.app = app.app
        self.applicant, self.officer, self.accountant = (Browser(app.app) for _ in range(3))

    def see(self, browser: Browser, path: str, name: str = "", status: int = 200) -> Answer:
        """Open a page; `name` stands for its path where that holds a token."""
        with self.around(f"GET {name or path}"):
            answer = browser.get(path)
        assert answer.status == status, (path, answer.status, answer.text)
        return answer

    def press(self, browser: Browser, path: str, name: str = "", status: int = 303, **form: str) -> Answer:
        """Send a form."""
        with self.around(f"POST {name or path}"):
            answer = browser.post(path, **form)
        assert answer.status == status, (path, answer.status, answer.text)
        return answer

    def link(self, to: str, page: str) -> str:
        """The newest link to `page` in the mails, once all of them have left."""
        self.world.go_on()
        return self.world.link(to, page)

    def log_in(self, browser: Browser, email: str) -> None:
        """Ask for a login link and use it."""
        self.see(browser, "/connexion")
        self.press(browser, "/connexion", status=200, email=email)
        link = self.link(email, "/connexion")
        self.see(browser, link, "/connexion/{token}")
        self.press(browser, link, "/connexion/{token}")
        assert full_name(SESSION_COOKIE) in browser.cookies


class Membership(Walk):
    """One membership, from the first page to the partner's space."""

    def fill_in(self) -> None:
        """The form, page by page, once with a mistake."""
        sections, answers = membership_form().sections, some_answers()
        first = f"/adhesion/demande/{sections[0].key}"
        for path in ("/", "/adhesion"):
            self.see(self.applicant, path)
        hidden = dict(HIDDEN.findall(self.see(self.applicant, first).body))
        self.press(self.applicant, first, f"{first}, the first save, with a mistake", 422, **hidden)
        self.press(self.applicant, first, f"{first}, with a mistake", 422, first_name="")
        for section in sections:
            given = {field.name: answers.get(field.name) for field in section.fields}
            typed = {name: "on" if value is True else str(value) for name, value in given.items() if value}
            self.press(self.applicant, f"/adhesion/demande/{section.key}", "/adhesion/demande/{key}", **typed)
        self.see(self.applicant, first, f"{first}, with a draft")
        self.see(self.applicant, "/adhesion/pause")
        self.press(self.applicant, "/adhesion/pause", status=200)
        self.see(self.applicant, "/adhesion/verification")

    def send(self) -> None:
        """The form is sent, and its address confirmed."""
        self.press(self.applicant, "/adhesion/verification")
        self.see(self.applicant, "/adhesion/envoyee")
        link = self.link(APPLICANT, CONFIRMATION)
        self.see(self.applicant, link, f"{CONFIRMATION}/{{token}}")
        self.press(self.applicant, link, f"{CONFIRMATION}/{{token}}")

    def correct(self) -> None:
        """The officer asks for changes, the applicant makes them."""
        link = self.link(OFFICER, DECISION)
        self.see(self.officer, link, f"{DECISION}/{{token}}")
        self.press(self.officer, link, f"{DECISION}/{{token}}", **CHANGES)
        link = self.link(APPLICANT, CORRECTIONS)
        self.see(self.applicant, link, f"{CORRECTIONS}/{{token}}")
        self.press(self.applicant, link, f"{CORRECTIONS}/{{token}}")
        self.see(self.applicant, "/adhesion/verification", "/adhesion/verification, corrections")
        self.press(self.applicant, "/adhesion/verification", "/adhesion/verification, corrections")

    def look_at_desk(self) -> None:
        """What staff see while the file waits for them, and their answer at the desk."""
        self.world.go_on()
        desk = self.see(self.officer, "/bureau")
        self.see(self.officer, "/bureau/dossiers")
        rows = self.world.rows("partners")
        reference = next(row["reference"]["S"] for row in rows if "reference" in row)
        self.see(self.officer, f"/bureau/dossiers/{reference}", "/bureau/dossiers/{reference}")
        question = desk.body.partition("/bureau/decisions/")[2].partition('"')[0]
        path = f"/bureau/decisions/{question}"
        self.see(self.officer, path, "/bureau/decisions/{decision_id}")
        self.press(self.officer, path, "/bureau/decisions/{decision_id}", outcome="accept")

    def pay(self) -> None:
        """Accounting confirms."""
        link = self.link(ACCOUNTING, DECISION)
        self.press(self.accountant, link, f"{DECISION}/{{token}}", outcome="confirm")
        self.world.go_on()

    def look_at_space(self) -> None:
        """What the partner sees."""
        own = self.see(self.applicant, "/espace", status=303).headers["Location"]
        self.see(self.applicant, own, "/espace/dossiers/{reference}")
        self.see(self.applicant, "/espace/donnees", "/espace/donnees")
        self.press(self.applicant, "/deconnexion")

    def use_api(self) -> None:
        """A program sends an application of its own."""
        self.see(self.applicant, "/api/v1/communes?postcode=01210")
        body = json.dumps(some_answers(email="hugo@gite.example.fr", siret="55208131766522"))
        with self.around("POST /api/v1/membership-applications"):
            answer = Browser(self.app).send(
                "POST", "/api/v1/membership-applications", {"content-type": "application/json"}, body
            )
        assert answer.status == 201, answer.body


def walk(world: FaultyWorld, around: Around) -> None:
    """Everything above, in an office that is open, in a warm function."""
    steps = Membership(world, around)
    steps.applicant.get("/adhesion/corrigee")  # what is read once a minute, or an hour: not here
    steps.fill_in()
    steps.send()
    steps.correct()
    steps.log_in(steps.officer, OFFICER)
    steps.look_at_desk()
    steps.pay()
    steps.log_in(steps.applicant, APPLICANT)
    steps.look_at_space()
    steps.use_api()
