"""The figures of the month that is open, as some lodgings give them by the mailed link, and as staff ask about one."""

from collections.abc import Callable, Sequence
from datetime import date

from chalicelib.adapters import school_holidays
from chalicelib.kernel.french import french_month
from chalicelib.observatory.entry_form import FIGURES, field_name
from chalicelib.observatory.months import asked_for, first_day, is_taken
from chalicelib.observatory.slices import slices_of_month
from chalicelib.office.observatory import ObservatoryRules
from infra.demo.joining import Joined
from infra.demo.nights import Told, told
from infra.demo.stage import Stage
from infra.visitor.browser import Browser, Page, UnexpectedPage

ANSWERING = 10
TOO_MANY, FULL = 2, 4
"""The places of who sells more than there is and corrects it, and of who was full each night."""
GIVE, ASK, ASKED = "Enregistrer mes chiffres", "Poser la question", "Question posée"
DESK = "/bureau/observatoire"
ENTRY = "/observatoire/saisie/"
REFUSED = 422


def open_month(rules: ObservatoryRules, on: date) -> str:
    """The month that takes figures today; empty between the closing of one and the end of the next."""
    month = asked_for(on, rules.entry_opens_day)
    return month if is_taken(month, on, rules.entry_closes_days) else ""


def answering(partners: Sequence[Joined], month: str) -> int:
    """How many of them will have told their figures of a month."""
    return min(ANSWERING, sum(_told(one, month) is not None for one in partners))


def give_some(stage: Stage, partners: Sequence[Joined], month: str, tick: Callable[[], None]) -> None:
    """A handful of the lodgings answer; the others are late."""
    stage.invoke("gather_figures")
    ready = [(one, said) for one in partners if (said := _told(one, month))]
    for place, (one, said) in enumerate(ready[:ANSWERING]):
        _give(stage, one, month, _full(said) if place == FULL else said, is_too_many=place == TOO_MANY)
        tick()


def ask_about_one(stage: Stage, month: str) -> None:
    """Staff put a question about a figure that is possible and strange, unless they did."""
    browser = stage.staff("report_review")
    page = browser.opens(f"{DESK}?mois={month}")
    if page.has_button(ASK) and ASKED not in page.words:
        browser.presses(page, ASK)


def _give(stage: Stage, one: Joined, month: str, said: Told, *, is_too_many: bool) -> None:
    title = french_month(first_day(month)).split()[0]
    letter = stage.post.wait(one.applicant.email, f"{title}", about="trois minutes")
    browser = stage.visitor()
    page = browser.opens(letter.link(ENTRY))
    if is_too_many:
        page = _mistyped(browser, page, month, said)
    browser.presses(page, GIVE, _answers(month, said))


def _mistyped(browser: Browser, page: Page, month: str, said: Told) -> Page:
    """Ten times what could be offered in the first week: the page says so, and keeps what was typed."""
    first = field_name("offered", slices_of_month(month)[0])
    answers = _answers(month, said)
    page = browser.tries(page, GIVE, {**answers, first: 99_999})
    if page.status != REFUSED:
        raise UnexpectedPage(f"{page.path} takes more than there is: {page.status}")
    return page


def _told(one: Joined, month: str) -> Told | None:
    return told(one.applicant.lodging, month, school_holidays) if one.applicant.lodging else None


def _full(said: Told) -> Told:
    """The same weeks, everything let in each night."""
    slices = {
        key: (offered, offered, max(nights, offered), arrivals)
        for key, (offered, _, nights, arrivals) in said.slices.items()
    }
    return Told(slices, {})


def _answers(month: str, said: Told) -> dict[str, int]:
    weeks = {
        field_name(figure, one): number
        for one in slices_of_month(month)
        for figure, number in zip(FIGURES, said.slices[one.id], strict=True)
    }
    return {**weeks, **said.origins}
