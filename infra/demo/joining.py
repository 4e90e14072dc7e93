"""From the form to the partnership, as applicants and staff go that way: each step by the link of a mail."""

from dataclasses import dataclass

from infra.demo.applicants import Applicant, End
from infra.demo.stage import Stage
from infra.visitor.browser import UnexpectedPage

API = "/api/v1/membership-applications"
WAITS, READ, TO_PAY, ACCEPTED = "awaiting_confirmation", "submitted", "awaiting_payment", "approved"
ANSWERS = {
    End.REFUSED: ("refuse", "L’activité n’est pas encore ouverte au public."),
    End.IN_CORRECTION: ("request_changes", "Le nombre de personnes ne va pas avec le nombre d’unités."),
}
ACCEPT = ("accept", "")


@dataclass(frozen=True)
class Joined:
    """An applicant, and the reference of the file; whether it led to a partnership."""

    applicant: Applicant
    reference: str

    @property
    def is_partner(self) -> bool:
        """Whether the office has a new partner."""
        return self.applicant.end is End.PARTNER


def join_by_api(stage: Stage, one: Applicant) -> Joined:
    """Apply by the API, and go on as far as it is to get; a file that is there is taken up where it stands."""
    answer = stage.visitor().posts_json(API, one.answers, one.key)
    reference, status = str(answer["reference"]), str(answer["status"])
    _follow(stage, one, reference, status)
    return Joined(one, reference)


def join_by_pages(stage: Stage, one: Applicant) -> Joined:
    """Apply page by page; who did so before has mails, and is left alone."""
    if not stage.post.letters(one.email):
        _fill_in(stage, one)
        _follow(stage, one, one.name, WAITS)
    return Joined(one, one.name)


def _fill_in(stage: Stage, one: Applicant) -> None:
    browser = stage.visitor()
    page = browser.opens("/adhesion/demande")
    while page.path != "/adhesion/verification":
        before = page.path
        page = browser.presses(page, "Enregistrer et continuer", one.answers)
        if page.path == before:
            raise UnexpectedPage(f"{page.path} is not taken: {page.words[:400]}")
    browser.presses(page, "Envoyer ma demande")


def _follow(stage: Stage, one: Applicant, about: str, status: str) -> None:
    """The rest of the way; `about` is what mails about this file have in them."""
    if status == WAITS and one.end is not End.UNCONFIRMED:
        _confirm(stage, one)
        status = READ
    if status == READ and one.end is not End.UNREAD:
        status = _decide(stage, one, about)
    if status == TO_PAY and one.end is not End.UNPAID:
        paid = stage.post.wait(stage.email_for("payment"), "À confirmer avant le", about=about)
        stage.decide(paid, "confirm")
        status = ACCEPTED
    if status == ACCEPTED:
        stage.post.wait(one.email, "Bienvenue")


def _confirm(stage: Stage, one: Applicant) -> None:
    browser, letter = stage.visitor(), stage.post.wait(one.email, "À confirmer avant le")
    page = browser.opens(letter.link("/adhesion/confirmation/"))
    if page.has_button("Confirmer mon adresse"):
        browser.presses(page, "Confirmer mon adresse")


def _decide(stage: Stage, one: Applicant, about: str) -> str:
    """The officer's answer; where an accepted file stands then: a free partnership has nothing to pay."""
    asked = stage.post.wait(stage.email_for("membership"), "À décider avant le", about=about)
    stage.decide(asked, *ANSWERS.get(one.end, ACCEPT))
    if one.end in ANSWERS:
        return one.end.value
    told = stage.post.wait(one.email, "À régler", "Bienvenue")
    return TO_PAY if "À régler" in told.subject else ACCEPTED
