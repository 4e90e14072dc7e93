"""One session from its first page at the desk to what its people say of it, with two partners and a guest."""

from datetime import datetime

from chalicelib.access.guard import SESSION_COOKIE
from chalicelib.office.bootstrap import office_repository
from chalicelib.office.territories import with_communes
from chalicelib.trainings.bootstrap import planning, registering, stores
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.presence_code import presence_path
from chalicelib.trainings.session_form import session_form
from chalicelib.trainings.statuses import SessionStatus
from chalicelib.web.cookies import full_name
from tests.aid import APPROVALS, PEOPLE
from tests.aid_steps import typed
from tests.factories import office_document
from tests.faults.onboarding import APPLICANT
from tests.harness.sessions import begin_session
from tests.harness.world import FaultyWorld
from tests.integration.access.browser import Browser
from tests.speed.walk import Around, Walk
from tests.training import session_answers
from tests.training_office import trainings_section

STAFF, GUEST, TRAINER = "noa.petit@val.example.org", "lou@jardin.example.fr", "sam.petit@studio.example.org"
PUBLIC, DESK, OWN = (
    "/formations/{reference}",
    "/bureau/formations/{reference}",
    "/espace/formations/{reference}",
)
INVITATION, MANAGE, OFFER, AT_THE_DOOR, OPINION = (
    f"/formations/{page}" for page in ("invitation", "gestion", "place", "emargement", "avis")
)
PRESENCE = "/formations/presence/{code}"
DESK_PERSON = f"{DESK}/inscriptions/{{registration}}"
BEGINS, OVER = "2027-03-05T08:15:00+00:00", "2027-03-05T13:45:00+00:00"
ANSWERS = session_answers(
    half_days=[{"on": "2027-03-05", "begins": "09:00", "ends": "12:30"}], trainer_name="Sam Petit",
    trainer_email=TRAINER, in_charge="noa", price_cents=150_00,
)  # fmt: skip
OPINIONS = {
    "overall": "good", "content": "good", "trainer": "good", "organisation": "good", "useful": "yes",
}  # fmt: skip
ROWS = ("on", "begins", "ends")


class Training(Walk):
    """One session for the partner that the walk of the membership made, and for a guest."""

    def __init__(self, world: FaultyWorld, around: Around) -> None:
        super().__init__(world, around)
        self.guest, self.trainer = Browser(self.app), Browser(self.app)
        self.enter()

    def enter(self) -> None:
        """Everybody logs in."""
        for browser, email, kind in ((self.officer, STAFF, "staff"), (self.applicant, APPLICANT, "partner")):
            browser.cookies[full_name(SESSION_COOKIE)] = begin_session(email, kind)  # type: ignore[arg-type]

    @property
    def session(self) -> Session:
        """The session as it stands."""
        return planning.planning_service().get_by_reference(self.reference)

    def plan(self) -> None:
        """Written page by page, checked, published."""
        begun = self.press(self.officer, "/bureau/formations").headers["Location"]
        self.reference = begun.split("/")[3]
        for section in session_form().sections:
            page = self.at_desk(f"/pages/{section.key}")
            self.see(self.officer, page, f"{DESK}/pages/{{key}}")
            self.press(self.officer, page, f"{DESK}/pages/{{key}}", **_typed(section.key))
        self.see(self.officer, self.at_desk("/verification"), f"{DESK}/verification")
        self.press(self.officer, self.at_desk("/verification"), f"{DESK}/verification")
        self.world.invoke("keep_training_dates")

    def register(self) -> None:
        """The partner takes a seat, the guest the other one; a colleague waits."""
        for page in ("/formations", "/formations.ics", "/formations.atom"):
            self.see(self.guest, page)
        self.see(self.applicant, self.public(), PUBLIC)
        self.see(self.guest, self.public("/agenda.ics"), f"{PUBLIC}/agenda.ics")
        form = self.public("/inscription")
        self.see(self.guest, form, f"{PUBLIC}/inscription, as a guest")
        self.see(self.applicant, form, f"{PUBLIC}/inscription")
        self.press(
            self.applicant,
            form,
            f"{PUBLIC}/inscription, with a mistake",
            422,
            **_people("Maëlle", terms=False),
        )
        self.press(self.applicant, form, f"{PUBLIC}/inscription", **_people("Maëlle"))
        self.press(self.guest, self.public("/invitation"), f"{PUBLIC}/invitation", 200, email=GUEST)
        link = self.link(GUEST, INVITATION)
        self.see(self.guest, link, f"{INVITATION}/{{token}}")
        self.press(self.guest, link, f"{INVITATION}/{{token}}", **_people("Lou"))
        self.press(self.applicant, form, f"{PUBLIC}/inscription, full", **_people("Yannick"))
        self.see(self.applicant, form, f"{PUBLIC}/inscription, registered")

    def manage(self) -> None:
        """By the mailed link and in the space."""
        self.see(self.guest, self.link(GUEST, MANAGE), f"{MANAGE}/{{token}}")
        own = OWN.format(reference=self.of("Maëlle").reference)
        self.see(self.applicant, own, OWN)
        waiting = OWN.format(reference=self.of("Yannick").reference)
        self.see(self.applicant, waiting, f"{OWN}, waiting")
        self.see(self.applicant, "/espace", "/espace, with a registration")
        self.press(self.applicant, f"{own}/coordonnees", f"{OWN}/coordonnees", phone="06 39 98 12 34")
        self.press(
            self.guest,
            f"{self.link(GUEST, MANAGE)}/coordonnees",
            f"{MANAGE}/{{token}}/coordonnees",
            email=GUEST,
        )
        self.look("full")
        self.press(
            self.applicant,
            f"{own}/remplacement",
            f"{OWN}/remplacement",
            **{"remplacant-first_name": "Noé", "remplacant-last_name": "Blanc"},
        )

    def look(self, when: str) -> None:
        """What staff see of the session meanwhile."""
        self.world.go_on()
        self.see(self.officer, "/bureau/formations")
        self.see(self.officer, self.at_desk(), f"{DESK}, {when}")
        self.see(self.officer, self.at_desk("/personnes"), f"{DESK}/personnes")
        self.see(self.officer, self.at_desk("/historique"), f"{DESK}/historique")
        person = f"{self.at_desk('/inscriptions')}/{self.of('Maëlle').reference}"
        self.see(self.officer, person, DESK_PERSON)
        self.see(self.officer, "/bureau", "/bureau, with sessions")

    def hand_on(self) -> None:
        """The guest cancels, the colleague takes the freed seat."""
        link = self.link(GUEST, MANAGE)
        self.press(self.guest, f"{link}/annulation", f"{MANAGE}/{{token}}/annulation", confirme="on")
        offer = self.link(APPLICANT, OFFER)
        self.see(self.applicant, offer, f"{OFFER}/{{token}}")
        own = OWN.format(reference=self.of("Yannick").reference)
        self.see(self.applicant, own, f"{OWN}, offered")
        self.press(self.applicant, offer, f"{OFFER}/{{token}}", reponse="accept")
        self.world.go_on()
        self.see(self.officer, self.at_desk("/inscription"), f"{DESK}/inscription")
        self.press(self.officer, self.at_desk("/inscription"), f"{DESK}/inscription", **_on_the_phone())

    def attend(self) -> None:
        """The session is on: the trainer marks one by the list, one by the code."""
        self.world.clock.at = datetime.fromisoformat(BEGINS)
        self.enter()
        link, half_day = self.link(TRAINER, AT_THE_DOOR), self.session.plan.half_days[0].key
        self.see(self.trainer, link, f"{AT_THE_DOOR}/{{token}}")
        mark = {"demi-journee": half_day, "etat": "present"}
        self.press(self.trainer, link, f"{AT_THE_DOOR}/{{token}}", personne=self.of("Noé").id, **mark)
        code = presence_path(self.of("Yannick"))
        self.see(self.trainer, code, PRESENCE)
        self.press(self.trainer, code, PRESENCE)
        self.see(self.officer, self.at_desk("/presences"), f"{DESK}/presences")
        self.press(
            self.officer, self.at_desk("/presences"), f"{DESK}/presences", personne=self.of("Noé").id, **mark
        )

    def close(self) -> None:
        """Over: the attendance is closed, certificates and questionnaires leave."""
        self.world.clock.at = datetime.fromisoformat(OVER)
        self.enter()
        self.press(self.officer, self.at_desk("/presences/cloture"), f"{DESK}/presences/cloture")
        assert self.session.status is SessionStatus.CLOSED
        for task in ("print_certificates", "close_training_attendance"):
            self.world.invoke(task)
        link = self.link(APPLICANT, OPINION)
        self.see(self.applicant, link, f"{OPINION}/{{token}}")
        self.press(self.applicant, link, f"{OPINION}/{{token}}", **OPINIONS)
        self.see(self.officer, self.at_desk("/resultats"), f"{DESK}/resultats")
        self.see(self.officer, self.at_desk("/resultats/graphique.svg"), f"{DESK}/resultats/graphique.svg")
        made = self.of("Noé").certificate
        assert made
        self.see(self.guest, f"/verification/{made.code}", "/verification/{code}")
        own = OWN.format(reference=self.of("Noé").reference)
        self.see(self.applicant, f"{own}/attestation", f"{OWN}/attestation", 303)

    def of(self, first_name: str) -> Registration:
        """The registration of who is called so, as it stands."""
        found = stores.registrations().list_of_session(self.session.id)
        [one] = [one for one in found if one.person.first_name == first_name]
        return registering.registration_service().get(one.id)

    def public(self, end: str = "") -> str:
        """The page of the session for everybody, or one below it."""
        return PUBLIC.format(reference=self.reference) + end

    def at_desk(self, end: str = "") -> str:
        """The same at the desk."""
        return DESK.format(reference=self.reference) + end


def _typed(section: str) -> dict[str, str]:
    """One page of the session's form as a browser posts it."""
    rows = {f"half_days-0-{name}": ANSWERS["half_days"][0][name] for name in ROWS}
    plain = {name: value for name, value in ANSWERS.items() if name != "half_days"}
    return {**typed(session_form(), section, plain), **(rows if section == "dates" else {})}


def _people(first_name: str, *, terms: bool = True) -> dict[str, str]:
    person = {"participants-0-first_name": first_name, "participants-0-last_name": "Martin"}
    return {**person, "cle": first_name.ljust(43, "k"), **({"accepts_terms": "on"} if terms else {})}


def _on_the_phone() -> dict[str, str]:
    return {
        "first_name": "Ana",
        "last_name": "Roux",
        "email": "ana@ferme.example.fr",
        "structure": "Ferme du Lac",
    }


def walk(world: FaultyWorld, around: Around) -> None:
    """Everything above, in an office that holds trainings, in a warm function."""
    holding = office_document(people=PEOPLE, approvals=APPROVALS, trainings=trainings_section())
    office_repository().publish(with_communes(holding))
    steps = Training(world, around)
    steps.applicant.get("/formations")  # the office file is read anew, for a while
    for step in (
        steps.plan, steps.register, steps.manage, steps.hand_on, steps.attend, steps.close,
    ):  # fmt: skip
        step()
