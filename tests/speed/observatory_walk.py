"""The figures of one month: asked by the round, given behind the mailed link, and given once more; a report, read."""

import re

from chalicelib.access.guard import SESSION_COOKIE
from chalicelib.observatory import bootstrap
from chalicelib.observatory.model import MonthlyReturn
from chalicelib.observatory.paths import (
    DESK_CALENDAR,
    DESK_CALENDAR_ENTRY,
    DESK_ENTRY,
    DESK_PAGE,
    DESK_REPORT,
    DESK_REPORTS,
    ENTRY_PAGE,
    OWN_ENTRY,
    PUBLIC_PAGE,
    key_of,
)
from chalicelib.office.bootstrap import office_repository
from chalicelib.office.territories import with_communes
from chalicelib.web.cookies import full_name
from tests.aid import APPROVALS, PEOPLE
from tests.factories import office_document
from tests.faults.house import DIRECTOR
from tests.faults.onboarding import APPLICANT
from tests.harness.sessions import begin_session
from tests.harness.world import FaultyWorld
from tests.integration.access.browser import Answer, Browser
from tests.observatory_office import observatory_section
from tests.security.report_stage import DRAFT_SLUG, SLUG, publish, read
from tests.speed.walk import Around, Walk

ENTRY = f"{ENTRY_PAGE}/{{token}}"
REPORT = f"{PUBLIC_PAGE}/{{slug}}"
INPUTS = re.compile(r'<input type="(?:text|hidden)"[^>]* name="([^"]+)"[^>]* value="([^"]*)"')


class Figures(Walk):
    """One month for the partner that the walk of the membership made."""

    def gather(self) -> None:
        """Once with a mistake, then right, then the thanks."""
        self.world.invoke("gather_figures")
        link = self.link(APPLICANT, ENTRY_PAGE)
        page = self.see(self.applicant, link, ENTRY)
        self.press(self.applicant, link, f"{ENTRY}, with a mistake", 422, **_typed(page, "many"))
        self.press(self.applicant, link, ENTRY, **_typed(page, "0"))
        self.see(self.applicant, f"{link}?merci=1", f"{ENTRY}, given")
        self.see(self.applicant, f"{link}/courbe.svg", f"{ENTRY}/courbe.svg")

    def look_at_home(self) -> None:
        """The partner finds the same figures in the space, and gives others."""
        partner, own = Browser(self.app), OWN_ENTRY.format(entry=key_of(_return()))
        partner.cookies[full_name(SESSION_COOKIE)] = begin_session(APPLICANT, "partner")
        page = self.see(partner, own, OWN_ENTRY)
        self.press(partner, own, OWN_ENTRY, **_typed(page, "1"))
        self.see(partner, "/espace", "/espace, with figures")

    def look_after(self) -> None:
        """The direction looks at the month, types figures in, asks about one, and has it confirmed."""
        director = Browser(self.app)
        director.cookies[full_name(SESSION_COOKIE)] = begin_session(DIRECTOR, "staff")
        self.see(director, DESK_PAGE)
        here = DESK_ENTRY.format(entry=key_of(_return()))
        page = self.see(director, here, DESK_ENTRY)
        full = {name: value for name, value in _typed(page, "0").items() if not name.startswith("occupied_")}
        offered = {name: value for name, value in full.items() if name.startswith("offered_")}
        full |= {name.replace("offered_", "occupied_"): value for name, value in offered.items()}
        self.press(director, here, DESK_ENTRY, **full)
        self.press(director, f"{here}/question", f"{DESK_ENTRY}/question", doute="full")
        self.see(director, DESK_PAGE, f"{DESK_PAGE}, with a question")
        link = self.link(APPLICANT, ENTRY_PAGE)
        self.press(self.applicant, f"{link}/confirmation", f"{ENTRY}/confirmation")
        self.see(director, DESK_CALENDAR)
        fair = {"cle": "k" * 43, "label": "Foire", "first": "2027-03-06", "last": "2027-03-07"}
        self.press(director, f"{DESK_CALENDAR}/evenement", DESK_CALENDAR_ENTRY, **fair)

    def read(self) -> None:
        """A published report, as everybody reads it."""
        publish(self.world)
        self.see(self.applicant, PUBLIC_PAGE, PUBLIC_PAGE)
        report = f"{PUBLIC_PAGE}/{SLUG}"
        self.see(self.applicant, report, REPORT)
        self.see(self.applicant, f"{report}/graphique.svg?partie=semaines", f"{REPORT}/graphique.svg")

    def see_to_report(self) -> None:
        """The direction reads a draft and says something of it."""
        director = Browser(self.app)
        director.cookies[full_name(SESSION_COOKIE)] = begin_session(DIRECTOR, "staff")
        read(self.world)
        here = DESK_REPORT.format(slug=DRAFT_SLUG)
        self.see(director, DESK_REPORTS)
        self.see(director, here, DESK_REPORT)
        self.see(director, f"{here}/projet", f"{DESK_REPORT}/projet")
        said = {"commentaire": "Un hiver court.", "vu": "1"}
        self.press(director, f"{here}/commentaire", f"{DESK_REPORT}/commentaire", **said)


def _return() -> MonthlyReturn:
    [found] = bootstrap.returns().list_of("2027-02", "01160")
    return found


def _typed(page: Answer, sold: str) -> dict[str, str]:
    stands = dict(INPUTS.findall(page.body))
    return {name: sold if name.startswith("occupied_") else value for name, value in stands.items()}


def walk(world: FaultyWorld, around: Around) -> None:
    """Everything above, in an office that observes, in a warm function."""
    observing = office_document(people=PEOPLE, approvals=APPROVALS, observatory=observatory_section())
    office_repository().publish(with_communes(observing))
    steps = Figures(world, around)
    steps.applicant.get("/subventions")  # the office file is read anew, for a while
    steps.gather()
    steps.look_at_home()
    steps.read()
    steps.see_to_report()
    steps.look_after()
