"""Training sessions in every state that can be reached within minutes, with the people who registered."""

from datetime import datetime, timedelta
from typing import Any

from chalicelib.kernel.clock import PARIS, utc_now
from chalicelib.trainings.attendance import STATE_WORDS, State
from infra.demo.programme import PEOPLE, Fate, Plan, address_of, half_day, typed
from infra.demo.stage import Stage
from infra.visitor.browser import Browser, Page, UnexpectedPage

DESK, CATALOGUE = "/bureau/formations", "/formations"
GUEST, MANAGE = "/formations/invitation/", "/formations/gestion/"
GO_ON = "Enregistrer et continuer"
FIRST_PAGES, MOST_PAGES = 2, 12
HALF_AN_HOUR = timedelta(minutes=30)


def make_session(stage: Stage, plan: Plan) -> str:
    """A session with all that happens to it; its reference. One of that title that is there is left as it is."""
    browser = stage.staff("training_registration")
    if found := find_session(browser, plan.title):
        return found
    reference = _written(stage, browser, plan)
    if plan.fate not in (Fate.DRAFT, Fate.AWAITING_APPROVAL):
        for person in PEOPLE[: plan.people]:
            register(stage, reference, person)
        _meet_fate(stage, browser, plan, reference)
    return reference


def find_session(browser: Browser, title: str) -> str:
    """The reference of the session of that title at the desk; empty if there is none."""
    shown = browser.opens(DESK)
    stages = [link for link in shown.links if link.startswith(f"{DESK}?etat=")]
    for page in (shown, *map(browser.opens, stages)):
        for link in page.links:
            if link.startswith(f"{DESK}/") and f'href="{link}">{title}<' in page.html:
                return link.rpartition("/")[2]
    return ""


def register(stage: Stage, reference: str, person: str) -> None:
    """Somebody proves an address, and registers: gets a seat, or a place on the waiting list."""
    browser, email = stage.visitor(), address_of(person)
    page = browser.opens(f"{CATALOGUE}/{reference}/inscription")
    known = len(stage.post.letters(email, "À ouvrir", about=reference))
    browser.presses(page, "Recevoir le lien", {"email": email})
    letter = stage.post.wait(email, "À ouvrir", about=reference, number=known + 1)
    first, last = person.split()
    names = {
        "participants-0-first_name": first,
        "participants-0-last_name": last,
        "participants-0-email": email,
    }
    page = browser.opens(letter.link(GUEST))
    browser.presses(page, "Confirmer l’inscription", {**names, "accepts_terms": True})


def _written(stage: Stage, browser: Browser, plan: Plan) -> str:
    """The session as far as its form goes: a draft, before the direction, or published."""
    answers = typed(stage, plan)
    page = browser.presses(browser.opens(DESK), "Créer une session")
    reference = page.path.split("/")[3]
    for number in range(MOST_PAGES):
        if page.path.endswith("/verification"):
            break
        if plan.fate is Fate.DRAFT and number == FIRST_PAGES:
            return reference
        page = _next(browser, page, answers)
    asks = plan.fate is Fate.AWAITING_APPROVAL
    browser.presses(page, "Demander l’accord de la direction" if asks else "Publier")
    return reference


def _next(browser: Browser, page: Page, answers: dict[str, Any]) -> Page:
    after = browser.presses(page, GO_ON, answers)
    if after.path == page.path:
        raise UnexpectedPage(f"{page.path} is not taken: {after.words[:400]}")
    return after


def _meet_fate(stage: Stage, browser: Browser, plan: Plan, reference: str) -> None:
    if plan.fate is Fate.CANCELLED:
        page = browser.opens(f"{DESK}/{reference}/annulation")
        browser.presses(page, "Annuler la session", {"motif": "La fruitière est fermée ce jour-là."})
    elif plan.fate is Fate.OFFERED:
        _give_back(stage, plan)
    elif plan.fate is Fate.HELD and _is_past_half_past_midnight(utc_now()):
        _hold(stage, browser, plan, reference)


def _give_back(stage: Stage, plan: Plan) -> None:
    """Who has the seat gives it back: the next one is asked, and has two days."""
    seated, waiting = (address_of(person) for person in PEOPLE[:2])
    browser = stage.visitor()
    letter = stage.post.wait(seated, "Confirmée", about=plan.title)
    browser.presses(browser.opens(letter.link(MANAGE)), "Annuler l’inscription", {"confirme": True})
    stage.post.wait(waiting, "À prendre avant le", about=plan.title)


def _hold(stage: Stage, browser: Browser, plan: Plan, reference: str) -> None:
    """Held this night already: everybody but the last one came, and gets the certificate."""
    page = browser.opens(f"{DESK}/{reference}/pages/dates")
    browser.presses(page, "Enregistrer les changements", half_day(stage, 0, "0h00", "0h30"))
    people = PEOPLE[: plan.people]
    for person in people:
        state = STATE_WORDS[State.ABSENT if person == people[-1] else State.PRESENT]
        browser.presses(browser.opens(f"{DESK}/{reference}/presences"), f"{state}, {person}")
    browser.presses(browser.opens(f"{DESK}/{reference}/presences"), "Clore les présences")
    stage.invoke("print_certificates")
    stage.post.wait(address_of(people[0]), "Attestation", "Certificat", about=plan.title)


def _is_past_half_past_midnight(now: datetime) -> bool:
    """Whether a session of the first half hour of the day is over, in Paris."""
    local = now.astimezone(PARIS)
    return local - local.replace(hour=0, minute=0, second=0, microsecond=0) > HALF_AN_HOUR
