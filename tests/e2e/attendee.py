"""What people do about trainings in a browser: staff who write a session, a structure that registers its people."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from chalicelib.kernel.clock import paris_day, utc_now
from chalicelib.trainings.session_form import session_form
from infra.mailbox.reading import Attachment, Mail
from tests.cloud import Cloud
from tests.e2e.browser import flaws
from tests.e2e.journeys import fill_in
from tests.people import named
from tests.training import OF_A_TRAINING_ACTION
from tests.unit.adapters.calendar_readers import Found, read_by_icalendar

DESK = re.compile(r"/bureau/formations/([A-Z]+-[2-9A-HJKMNP-Z]+)")
TRAINER = "noa.petit@formation.example.org"
IN_CHARGE = "lucie-morand"
A_COLD_START = 60_000


def planned(title: str, **changes: Any) -> dict[str, Any]:
    """What staff type of a free workshop of a morning in five days, with one seat."""
    answers = {
        "kind": "workshop", "title": named(title)["business_name"], "theme": "numerique",
        "summary": "Trois heures pour de belles photos de votre hébergement.", "trainer_kind": "internal",
        "trainer_name": "Noa Petit", "trainer_email": TRAINER, "objectives": "Cadrer, éclairer et retoucher.",
        "programme": "Le cadrage, puis la lumière.", **half_day(days_ahead(5), "9h", "12h30"), "mode": "on_site",
        "place_name": "Maison du territoire", "place_address": "Place de la Mairie, 38160 Saint-Marcellin",
        "seats": 1, "minimum": 0, "has_waitlist": "yes", "selects": "no", "audience": "everybody",
        "price_cents": "0", "in_charge": IN_CHARGE, "accessibility": IN_CHARGE,
    }  # fmt: skip
    of_action = OF_A_TRAINING_ACTION if changes.get("kind") == "training_action" else {}
    return {**answers, **of_action, **changes}


def half_day(on: date, begins: str, ends: str) -> dict[str, str]:
    """The first row of half-days, as people type it."""
    return {
        "half_days-0-on": f"{on:%d/%m/%Y}",
        "half_days-0-begins": begins,
        "half_days-0-ends": ends,
    }


def days_ahead(count: int) -> date:
    """A day in Paris, so many from now."""
    return paris_day(utc_now()) + timedelta(days=count)


@dataclass
class Organiser:
    """Somebody of the office at the desk, logged in."""

    cloud: Cloud
    page: Page

    def creates(self, answers: dict[str, Any]) -> str:
        """A session, page after page up to the check; its reference."""
        self.page.goto(f"{self.cloud.url}/bureau/formations")
        self.page.get_by_role("button", name="Créer une session").click()
        for section in session_form().sections:
            expect(self.page).to_have_url(re.compile(f"/pages/{section.key}$"), timeout=A_COLD_START)
            self.fills(section.key, answers)
            assert flaws(self.page, f"training, desk {section.key}") == []
            self.page.get_by_role("button", name="Enregistrer et continuer").click()
        expect(self.page).to_have_url(re.compile("/verification$"))
        assert flaws(self.page, "training, check") == []
        return self.reference

    @property
    def reference(self) -> str:
        """That of the session on the page."""
        found = DESK.search(self.page.url)
        assert found, self.page.url
        return found[1]

    def fills(self, key: str, answers: dict[str, Any]) -> None:
        """Type what belongs on one page of the form."""
        for name, value in answers.items():
            if session_form().section_key(name) == key:
                fill_in(self.page, name, value)

    def publishes(self) -> str:
        """Press the last button; the reference of the session."""
        self.page.get_by_role("button", name="Publier").click()
        expect(self.page.locator(".notice.success")).to_contain_text("La session est publiée")
        return self.reference

    def moves(self, reference: str, answers: dict[str, str]) -> None:
        """Other dates, in the form of a published session."""
        self.page.goto(f"{self.cloud.url}/bureau/formations/{reference}/pages/dates")
        self.fills("dates", answers)
        self.page.get_by_role("button", name="Enregistrer les changements").click()
        expect(self.page.locator(".notice.success")).to_contain_text("La session est modifiée")

    def sees(self, reference: str, where: str = "") -> Page:
        """The page of a session at the desk, or one behind it."""
        self.page.goto(f"{self.cloud.url}/bureau/formations/{reference}{where}")
        return self.page

    def closes(self, reference: str) -> None:
        """Go to the list at the desk and close it: everybody's presence is noted."""
        self.sees(reference).get_by_role("link", name="Relever les présences").click()
        assert flaws(self.page, "training, attendance") == []
        self.page.get_by_role("button", name="Clore les présences").click()
        expect(self.page.locator("main")).to_contain_text("Les présences sont closes")
        assert flaws(self.page, "training, attendance closed") == []


@dataclass
class Structure:
    """Who registers people, logged in as a partner."""

    cloud: Cloud
    page: Page

    def registers(
        self, reference: str, people: dict[str, str], button: str = "Confirmer l’inscription"
    ) -> None:
        """Fill in the form for these people, `{"Camille Durand": "camille@example.org"}`, and send it."""
        self.page.goto(f"{self.cloud.url}/formations/{reference}")
        assert flaws(self.page, "training, session") == []
        self.page.get_by_role("link", name="M’inscrire").click()
        for number, (name, email) in enumerate(people.items()):
            if number:
                self.page.get_by_role("button", name="Ajouter une personne").click()
            self._names(number, name, email)
        fill_in(self.page, "accepts_terms", True)
        assert flaws(self.page, "training, form") == []
        self.page.get_by_role("button", name=button).click()
        expect(self.page.locator(".notice.success")).to_contain_text("C’est noté")
        assert flaws(self.page, "training, registered") == []

    def _names(self, number: int, name: str, email: str) -> None:
        first, last = name.split()
        for column, value in {"first_name": first, "last_name": last, "email": email}.items():
            fill_in(self.page, f"participants-{number}-{column}", value)


def entry_in(mail: Mail) -> Found:
    """The one entry for a calendar that came with a mail."""
    return read_by_icalendar(_attached(mail, "text/calendar").content)


def code_in(mail: Mail) -> str:
    """What the picture of the code that came with a mail says to a telephone."""
    with Image.open(BytesIO(_attached(mail, "image/png").content)) as picture:
        (found,) = zxingcpp.read_barcodes(picture)
    return str(found.text)


def text_of(mail: Mail, name: str) -> str:
    """What the PDF says whose name ends so; where a long word may break there is a sign that nobody sees."""
    (found,) = [one for one in mail.attachments if one.name.endswith(name)]
    pages = PdfReader(BytesIO(found.content)).pages
    return "\n".join(page.extract_text() for page in pages).replace("\u200b", "")


def _attached(mail: Mail, kind: str) -> Attachment:
    (found,) = [one for one in mail.attachments if one.type.startswith(kind)]
    return found


def gives_back(page: Page, button: str) -> None:
    """Open the form at the end of a registration's page, tick the box and send it."""
    page.locator("summary").filter(has_text=re.compile("Annuler mon inscription|Quitter la liste")).click()
    page.locator("[name=confirme]").check()
    page.get_by_role("button", name=button).click()
    expect(page.locator(".tag").first).to_have_text("Annulée")


def invoke(cloud: Cloud, function_id: str) -> None:
    """What the schedule does."""
    answer = cloud.client("lambda").invoke(FunctionName=f"{cloud.prefix}-{function_id}", Payload=b"{}")
    assert "FunctionError" not in answer, answer["Payload"].read()


def begin_afresh(cloud: Cloud, *function_ids: str) -> None:
    """End the environments of these functions: warm ones know the office as it was a minute ago."""
    functions = cloud.client("lambda")
    for name in (f"{cloud.prefix}-{function_id}" for function_id in function_ids):
        timeout = functions.get_function_configuration(FunctionName=name)["Timeout"]
        functions.update_function_configuration(FunctionName=name, Timeout=timeout)
        functions.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})


def present(page: Page, name: str) -> Locator:
    """The button that marks somebody present."""
    return page.get_by_role("button", name=re.compile(f"^Présent.*{name}"))


def is_not_found(page: Page, address: str) -> None:
    """Nothing is there for who looks."""
    answer = page.goto(address)
    assert answer
    assert answer.status == 404


def mailbox(name: str, reference: str) -> str:
    """An address that belongs to one person in one session."""
    return f"{name}.{reference.lower()}@example.org"
