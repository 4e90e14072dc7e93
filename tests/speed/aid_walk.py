"""One aid from the public page to the transfer of the bank, request by request, with what staff look at meanwhile."""

from typing import Any

from chalicelib.office.bootstrap import office_repository
from chalicelib.office.territories import with_communes
from chalicelib.subsidies.application_form import subsidy_form
from chalicelib.subsidies.proofs_form import proofs_form
from chalicelib.subsidies.routes.flow import DOCUMENTS
from chalicelib.web.forms import Form
from tests import aid_steps
from tests.aid import APPROVALS, PEOPLE, subsidies_section
from tests.aid_steps import draft_of, file_of, typed, upload_of
from tests.factories import office_document
from tests.faults.house import DECISION
from tests.faults.onboarding import APPLICANT
from tests.harness.world import FaultyWorld
from tests.integration.access.browser import Browser
from tests.speed.walk import Around, Walk

DRAFT = "/subventions/demandes/{draft_id}"
OWN, DESK, ORDERS = "/espace/aides/{reference}", "/bureau/aides/{reference}", "/bureau/virements/{batch_id}"
PROOFS = f"{OWN}/justificatifs"
DIRECTOR, QUALITY, ACCOUNTING = (
    f"{name}@val.example.org" for name in ("claire.martin", "noa.petit", "ali.bensaid")
)


class Aid(Walk):
    """One aid of the partner that the walk of the membership made."""

    def __init__(self, world: FaultyWorld, around: Around) -> None:
        super().__init__(world, around)
        self.quality, self.director = Browser(self.app), Browser(self.app)

    def apply(self) -> None:
        """From the public page to the file, with one document."""
        self.see(self.applicant, "/subventions")
        self.press(self.applicant, "/subventions/demandes")
        draft = draft_of(APPLICANT)
        here = DRAFT.format(draft_id=draft)
        self.see(self.applicant, here, DRAFT, 303)
        aid_steps.join(self.world, draft, "quote", "devis.pdf")
        self.fill_in(subsidy_form(), DRAFT, here, aid_steps.application())
        piece = upload_of(draft, "quote")
        self.see(self.applicant, f"{here}/pieces/{piece}", f"{DRAFT}/pieces/{{upload_id}}", 303)
        self.press(self.applicant, f"{here}/pieces", f"{DRAFT}/pieces")
        self.see(self.applicant, "/subventions", "/subventions, with a draft")
        self.press(self.applicant, f"{here}/verification", f"{DRAFT}/verification")

    def correct(self) -> None:
        """The office asks for changes once."""
        self.answer(self.quality, QUALITY, "request_changes", "Le devis est illisible.")
        link = self.link(APPLICANT, "/subventions/corrections")
        self.see(self.applicant, link, "/subventions/corrections/{token}")
        self.press(self.applicant, f"{self.own}/corriger", f"{OWN}/corriger")
        here = DRAFT.format(draft_id=file_of(APPLICANT).id)
        self.see(self.applicant, f"{here}/verification", f"{DRAFT}/verification, corrections")
        self.press(self.applicant, f"{here}/verification", f"{DRAFT}/verification, corrections")

    def grant(self) -> None:
        """Checked, looked at by its applicant and by the direction, granted."""
        self.answer(self.quality, QUALITY, "complete")
        self.look("under review")
        self.answer(self.director, DIRECTOR, "accept")
        self.look("granted")
        self.see(self.applicant, f"{self.own}/documents/award", f"{OWN}/documents/{{kind}}", 303)
        self.see(self.director, f"{self.desk}/documents/award", f"{DESK}/documents/{{kind}}", 303)
        self.press(
            self.applicant, f"{self.own}/visite", f"{OWN}/visite", etape="commandee", jour="03/03/2027"
        )

    def prove(self) -> None:
        """What is sent after the visit, with one document."""
        here = f"{self.own}/justificatifs"
        self.press(self.applicant, here, PROOFS)
        aid_steps.join(self.world, file_of(APPLICANT).id, "invoice", "facture.pdf")
        self.fill_in(proofs_form(), PROOFS, here, aid_steps.proofs())
        self.press(self.applicant, f"{here}/verification", f"{PROOFS}/verification")
        self.look("proven")

    def pay(self) -> None:
        """Checked, approved, ordered, on the statement."""
        self.answer(self.quality, QUALITY, "accept")
        self.answer(self.accountant, ACCOUNTING, "approve")
        self.see(self.accountant, "/bureau/virements")
        self.press(self.accountant, "/bureau/virements")
        file = file_of(APPLICANT)
        order = ORDERS.format(batch_id=file.batch)
        self.see(self.accountant, order, ORDERS)
        self.see(self.accountant, f"{order}/fichier", f"{ORDERS}/fichier")
        marked = f"/versements/{file.reference}/paye"
        statement = {f"jour-{file.reference}": "03/03/2027", f"releve-{file.reference}": "12"}
        name = f"{ORDERS}/versements/{{reference}}/paye"
        self.press(self.accountant, order + marked, name, **statement)
        self.look("paid")

    def sum_up(self) -> None:
        """What the direction and everybody see of all aids together."""
        for page in ("/bureau/enveloppe", "/bureau/enveloppe/graphique.svg", "/bureau/de-minimis"):
            self.see(self.director, page)
        self.see(self.applicant, "/hebergements-classes")
        self.see(self.applicant, "/api/v1/classified-accommodations")

    @property
    def own(self) -> str:
        """The applicant's page of the file."""
        return OWN.format(reference=file_of(APPLICANT).reference)

    @property
    def desk(self) -> str:
        """The staff's."""
        return DESK.format(reference=file_of(APPLICANT).reference)

    def look(self, when: str) -> None:
        """The file as both sides see it, and the lists that it is in."""
        self.world.go_on()
        self.see(self.applicant, self.own, f"{OWN}, {when}")
        self.see(self.director, self.desk, f"{DESK}, {when}")
        self.see(self.director, "/bureau/aides?etat=justificatifs", "/bureau/aides")
        self.see(self.director, f"/bureau/aides?q={APPLICANT}", "/bureau/aides, by address")
        self.see(self.applicant, "/espace", "/espace, with an aid")

    def fill_in(self, form: Form, name: str, here: str, answers: dict[str, Any]) -> None:
        """Every page of a form, opened and sent, and the check of all of them."""
        for section in form.sections:
            kind = ", documents" if section.holds == DOCUMENTS else ""
            page, named = f"{here}/pages/{section.key}", f"{name}/pages/{{key}}{kind}"
            self.see(self.applicant, page, named)
            self.press(self.applicant, page, named, **typed(form, section.key, answers))
        self.see(self.applicant, f"{here}/verification", f"{name}/verification")

    def answer(self, browser: Browser, email: str, outcome: str, reason: str = "") -> None:
        """A member of staff opens the mailed link and answers."""
        link = self.link(email, DECISION)
        self.see(browser, link, f"{DECISION}/{{token}}, an aid")
        self.press(browser, link, f"{DECISION}/{{token}}, an aid", outcome=outcome, reason=reason)
        self.world.go_on()


def walk(world: FaultyWorld, around: Around) -> None:
    """Everything above, by a partner of an office that helps, in a warm function."""
    helping = office_document(people=PEOPLE, approvals=APPROVALS, subsidies=subsidies_section())
    office_repository().publish(with_communes(helping))
    steps = Aid(world, around)
    people = (steps.applicant, steps.quality, steps.director, steps.accountant)
    steps.applicant.get("/subventions")  # the office file is read anew, for a while
    for browser, email in zip(people, (APPLICANT, QUALITY, DIRECTOR, ACCOUNTING), strict=True):
        steps.log_in(browser, email)
    for step in (steps.apply, steps.correct, steps.grant, steps.prove, steps.pay, steps.sum_up):
        step()
