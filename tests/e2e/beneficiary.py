"""A partner who asks for aid in a browser, page after page, with files that are sent for real."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page, expect

from chalicelib.subsidies.application_form import subsidy_form
from chalicelib.subsidies.proofs_form import proofs_form
from chalicelib.web.fields import Section
from infra.packaging.names import ROOT
from tests.cloud import Cloud
from tests.e2e.browser import flaws
from tests.e2e.journeys import fill_in
from tests.harness.documents import a_pdf

PICTURES = ROOT / "docs" / "images"
A_COLD_START = 60_000
REFERENCE = re.compile(r"/espace/aides/([A-Z]+-[2-9A-HJKMNP-Z]+)")


def asked_for(**changes: Any) -> dict[str, Any]:
    """What a hotel answers beside what the office knows of it: a visit at 200 € without VAT, 240 € with it."""
    answers = {
        "unit_count": 1, "legal_nature": "individual", "has_linked_companies": "no", "evaluator": "other",
        "evaluator_name": "Contrôle Étoiles", "quote_number": "D-2026-031", "quote_date": today(),
        "excl_vat_cents": "200", "incl_vat_cents": "240", "recovers_vat": "no", "visit_ordered": "no",
        "has_public_aid": "no", "has_de_minimis": "no", "agrees_engagement": True, "agrees_truth": True,
        "star_rating": 0, "wanted_rating": 3,
    }  # fmt: skip
    return {**answers, **changes}


def proven(**changes: Any) -> dict[str, Any]:
    """What there is to say after the visit, all of it done today."""
    answers = {
        "outcome": "classified", "ordered_on": today(), "visited_on": today(), "decision_number": "C38-2026-00123",
        "decided_on": today(), "level": 3, "decided_capacity": 30, "invoice_number": "F-118", "invoiced_on": today(),
        "paid_on": today(), "invoice_excl_vat_cents": "200,00", "invoice_incl_vat_cents": "240,00 €",
        "account_holder": "Maëlle Le Goff", "iban": "FR76 3000 6000 0112 3456 7890 189",
    }  # fmt: skip
    return {**answers, **changes}


def today() -> str:
    """Today as people type it."""
    return datetime.now(UTC).strftime("%d/%m/%Y")


@dataclass
class Beneficiary:
    """A partner in front of the pages, logged in."""

    cloud: Cloud
    page: Page

    def begins(self) -> "Beneficiary":
        """From the page about the aid to the first page of the form."""
        self.page.goto(f"{self.cloud.url}/subventions")
        assert flaws(self.page, "aid") == []
        self.page.get_by_role("button", name="Demander l’aide pour").click()
        return self

    def fills_application(self, answers: dict[str, Any]) -> "Beneficiary":
        """All the pages, up to the check."""
        for section in subsidy_form().sections:
            expect(self.page).to_have_url(re.compile(f"/pages/{section.key}$"))
            self.fills_page(section, answers)
        expect(self.page).to_have_url(re.compile("/verification$"))
        return self

    def fills_proofs(self, answers: dict[str, Any]) -> "Beneficiary":
        """All the pages after the visit, up to the check."""
        for section in proofs_form().sections:
            expect(self.page).to_have_url(re.compile(f"/pages/{section.key}$"))
            self.fills_page(section, answers)
        expect(self.page).to_have_url(re.compile("/verification$"))
        return self

    def fills_page(self, section: Section, answers: dict[str, Any]) -> None:
        """Answer the questions of one page, or join its documents, and go on."""
        if section.holds == "documents":
            self.joins_all("form.png" if "demandes" in self.page.url else "desk.png")
        for field in section.fields:
            if field.name in answers:
                fill_in(self.page, field.name, answers[field.name])
        assert flaws(self.page, f"aid, {section.key}") == []
        self.page.get_by_role("button", name="Enregistrer et continuer").click()

    def joins_all(self, picture: str) -> None:
        """Send a file for every document that must be there: a picture for the first one, PDFs for the others."""
        left = self.page.locator(".document.missing:has(.tag) input[type=file]")
        while kinds := [one.get_attribute("id") or "" for one in left.all()]:
            first = self.page.locator(".document.joined").count() == 0
            self.sends_file(kinds[0], picture if first else "piece.pdf", kinds[0])

    def sends_file(self, field: str, name: str, text: str) -> None:
        """Choose a file and send it; wait until it was looked at and kept."""
        content = (PICTURES / name).read_bytes() if name.endswith(".png") else a_pdf(text=text)
        document = self.page.locator(f".document:has(#{field})")
        title = document.locator("h2, h3").first.inner_text()
        chosen = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.set_input_files(f"#{field}", chosen)
        document.get_by_role("button", name="Envoyer ce fichier").click()
        kept = self.page.locator(".document.joined").filter(has_text=title)
        expect(kept).to_contain_text(name, timeout=A_COLD_START)

    def sends(self, button: str) -> str:
        """Press the last button; the reference of the file."""
        assert flaws(self.page, f"aid, {button}") == []
        self.page.get_by_role("button", name=button).click()
        expect(self.page).to_have_url(REFERENCE)
        found = REFERENCE.search(self.page.url)
        assert found
        return found[1]
