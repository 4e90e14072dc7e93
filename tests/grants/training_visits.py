"""The pages of trainings that are only looked at."""

from tests.faults import training_units as units
from tests.faults import trainings as step
from tests.faults.house import ACCOUNTING, DECISION, DIRECTOR, OFFICER, log_in
from tests.faults.trainings import (
    ADA,
    CATALOGUE,
    DESK,
    GUEST,
    LOU,
    MANAGE,
    OFFER,
    OTHER_GUEST,
    SPACE,
    TRAINER,
)
from tests.harness.left import value
from tests.harness.sweep import Step, Unit
from tests.harness.world import FaultyWorld

STAFF = log_in(OFFICER)
ATTENDED = (*units.CERTIFIED, STAFF)


def see(path: str, person: str = "") -> Step:
    """A page is opened; `{session}` of its path is the session's reference, `{person}` somebody's."""

    def open_page(world: FaultyWorld) -> None:
        named = {"session": step.reference(world)} if "{session}" in path else {}
        if "{person}" in path:
            named["person"] = value(step.registration(world, person), "reference")
        world.read(path.format(**named))

    return open_page


def see_linked(to: str, page: str, after: str = "") -> Step:
    """The page behind the newest link, or one beyond it."""
    return lambda world: world.as_person(to).read(world.link(to, page) + after)


def see_presence(world: FaultyWorld) -> None:
    """The trainer scans a code."""
    world.as_person(TRAINER).read(step.code_path(world, LOU))


def verify(world: FaultyWorld) -> None:
    """The code of the certificate is typed."""
    keys = [value(row, "pk").partition("#") for row in world.rows("trainings")]
    world.as_person("anybody").read(f"/verification/{next(code for kind, _, code in keys if kind == 'CODE')}")


ONE, SHEET = f"{DESK}/{{session}}", f"/feuille?demi-journee={step.HALF_DAY}"
PUBLIC: dict[str, Unit] = {
    "the catalogue": Unit(see(CATALOGUE), units.OPEN),
    "a session": Unit(see(f"{CATALOGUE}/{{session}}"), units.OPEN),
    "the calendar of sessions": Unit(see("/formations.ics"), units.OPEN),
    "the feed of sessions": Unit(see("/formations.atom"), units.OPEN),
    "the calendar of a session": Unit(see(f"{CATALOGUE}/{{session}}/agenda.ics"), units.OPEN),
    "the form of a partner": Unit(see(f"{CATALOGUE}/{{session}}/inscription"), units.OWN),
    "the form of a guest": Unit(see_linked(GUEST, step.GUEST_PAGE), (*units.OPEN, step.ask_for_link())),
    "a registration": Unit(see_linked(GUEST, MANAGE), units.TAKEN),
    "the certificate behind the link": Unit(see_linked(GUEST, MANAGE, "/attestation"), units.CERTIFIED),
    "an offered seat": Unit(see_linked(OTHER_GUEST, OFFER), units.OFFERED),
    "the list of the trainer": Unit(see_linked(TRAINER, step.TRAINER_PAGE), units.AT_THE_DOOR),
    "the sheet of the trainer": Unit(see_linked(TRAINER, step.TRAINER_PAGE, SHEET), units.AT_THE_DOOR),
    "the code at the door": Unit(see_presence, (*units.AT_THE_DOOR, step.trainer_opens_list)),
    "a questionnaire": Unit(see_linked(GUEST, step.OPINION), units.CLOSED),
    "a certificate that is verified": Unit(verify, units.CERTIFIED),
}
OWN: dict[str, Unit] = {
    "one's own registration": Unit(see(f"{SPACE}/{{person}}", ADA), units.OWN),
    "one's own offered seat": Unit(see(f"{SPACE}/{{person}}", ADA), (*units.OWN_OFFERED, units.PARTNER)),
    "the space of who is registered": Unit(see("/espace"), units.OWN),
    "all that is one's own, with registrations": Unit(see("/espace/donnees"), units.OWN),
}
AT_THE_DESK: dict[str, Unit] = {
    "the sessions": Unit(see(DESK), units.OPEN),
    "a page of a session's form": Unit(see(f"{ONE}/pages/dates"), units.DRAFT),
    "a session before it is published": Unit(see(f"{ONE}/verification"), units.DRAFT),
    "one session": Unit(see(ONE), (*units.OFFERED, STAFF)),
    "one session with what people need": Unit(
        see(ONE),
        (
            *units.OPEN,
            step.ask_for_link(),
            step.register_as_guest(need="Fauteuil roulant"),
            log_in(ACCOUNTING),
        ),
    ),
    "the people of a session": Unit(see(f"{ONE}/personnes?liste=attente"), (*units.WAITING, STAFF)),
    "the history of a session": Unit(see(f"{ONE}/historique"), (*units.WAITING, STAFF)),
    "a session before it is called off": Unit(see(f"{ONE}/annulation"), (*units.WAITING, STAFF)),
    "one person of a session": Unit(see(f"{ONE}/inscriptions/{{person}}", LOU), (*units.CHOOSING, STAFF)),
    "the form of who is on the phone": Unit(see(f"{ONE}/inscription"), units.OPEN),
    "the people as CSV": Unit(see(f"{ONE}/inscriptions.csv"), (*units.WAITING, STAFF)),
    "the people as a workbook": Unit(see(f"{ONE}/inscriptions.xlsx"), (*units.WAITING, STAFF)),
    "the list at the door": Unit(see(f"{ONE}/presences"), units.AT_THE_DOOR),
    "the form of who came without registering": Unit(
        see(f"{ONE}/presences/ajout"), (*units.AT_THE_DOOR, units.BEGUN, STAFF)
    ),
    "the sheet at the desk": Unit(see(f"{ONE}/presences{SHEET}"), units.AT_THE_DOOR),
    "what people say of a session": Unit(see(f"{ONE}/resultats"), ATTENDED),
    "the picture of what they say": Unit(see(f"{ONE}/resultats/graphique.svg"), ATTENDED),
    "the desk with a session at risk": Unit(see("/bureau"), (*units.AT_RISK, log_in(DIRECTOR))),
    "a decision about a session by its link": Unit(see_linked(DIRECTOR, DECISION), units.TO_APPROVE),
    "a decision about a person by its link": Unit(see_linked(DIRECTOR, DECISION), units.CHOOSING),
}
TRAININGS = PUBLIC | OWN | AT_THE_DESK
