"""The figures of one month: asked by the round, given behind the mailed link, and given once more."""

import re

from chalicelib.observatory.paths import ENTRY_PAGE
from chalicelib.office.bootstrap import office_repository
from chalicelib.office.territories import with_communes
from tests.aid import APPROVALS, PEOPLE
from tests.factories import office_document
from tests.faults.onboarding import APPLICANT
from tests.harness.world import FaultyWorld
from tests.integration.access.browser import Answer
from tests.observatory_office import observatory_section
from tests.speed.walk import Around, Walk

ENTRY = f"{ENTRY_PAGE}/{{token}}"
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
