"""A session at each of its steps, with people of two partners and a guest; every stage goes on from another one.

Who is in charge of it is the quality officer: everybody else must not learn what the people need.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from chalicelib.access.items import SessionItem
from chalicelib.mail.bootstrap import mail_desk
from chalicelib.trainings.attendance import State
from chalicelib.trainings.bootstrap import attending, planning, registering, stores
from chalicelib.trainings.gate import Visitor
from chalicelib.trainings.link_mails import guest_mail
from chalicelib.trainings.model import Person, Registration, Session, Structure
from chalicelib.trainings.people import guest_key, partner_key
from chalicelib.trainings.registering import Newcomer
from tests import aid_steps
from tests.harness.world import FaultyWorld
from tests.security.aid_town import ACCOUNTING, OTHER_PARTNER, OWNER
from tests.training import session_answers
from tests.training_office import trainings_section

COLLEAGUE, GUEST, TRAINER = (
    "yannick@hotel.example.fr",
    "lou@jardin.example.fr",
    "sam.petit@studio.example.org",
)
SESSION, SELECTIVE = "SES-7KQ4M2", "SES-222222"
REGISTRATION, FOREIGN, WAITING, LAST, PENDING = (
    f"INS-{code}" for code in ("7KQ4M2", "222222", "333333", "444444", "555555")
)
"""Always the same: fields of pages and addresses are named after them."""
HALF_DAY = "2027-03-05T09:00"
NEED, DIET = "Fauteuil roulant, boucle magnétique", "Sans arachides"
"""What the owner needs: health data, for one reader."""
OFFICER = "Anne Quality"
Step = Callable[[FaultyWorld], None]


def training_office() -> dict[str, Any]:
    """The section of the office file: nobody waits long for anything."""
    return trainings_section(accessibility_contact="quality_officer")


def answers_of_session(**changes: Any) -> dict[str, Any]:
    """A priced workshop of a morning with a meal, in two days, for two people."""
    own: dict[str, Any] = {
        "half_days": [{"on": "2027-03-05", "begins": "09:00", "ends": "12:30"}], "price_cents": 150_00,
        "serves_meal": True, "trainer_name": "Sam Petit", "trainer_email": TRAINER, "in_charge": "quality_officer",
        "accessibility": "quality_officer", "access": "Sonnez au 12.", "trainer_kind": "internal",
    }  # fmt: skip
    return session_answers(**{**own, **changes})


@contextmanager
def named(reference: str) -> Iterator[None]:
    """What is made meanwhile has this reference."""
    with mock.patch("chalicelib.kernel.ids.new_reference", return_value=reference):
        yield


def session_of_town() -> Session:
    """The session as it stands."""
    return planning.planning_service().get_by_reference(SESSION)


def registration_of_town(reference: str = REGISTRATION) -> Registration:
    """A registration as it stands."""
    return registering.registration_service().get_by_reference(reference)


def structure_of(email: str) -> Structure:
    """A partner, or a guest who proved the address."""
    found = stores.partners().find(email)
    if found:
        return found.structure
    return Structure(guest_key(email), "Jardin de Lou", email, "Lou Martin")


def comes(reference: str, structure: Structure, person: Person, session: str = SESSION, **more: Any) -> None:
    """Somebody registers."""
    visitor = Visitor(structure.key == partner_key(structure.partner_id))
    service, known = registering.registering_service(), planning.planning_service()
    with named(reference):
        service.register(
            known.get_by_reference(session), structure, visitor, [Newcomer(person, **more)], reference
        )


def _draft(world: FaultyWorld) -> None:
    """The owner is a partner now; a session is written, and another one for which people are chosen."""
    aid_steps.decide(world, ACCOUNTING, "confirm")
    for reference, more in ((SESSION, {}), (SELECTIVE, {"selects": "yes", "trainer_email": None})):
        with named(reference):
            planning.planning_service().create(reference, answers_of_session(**more), OFFICER)


def _open(world: FaultyWorld) -> None:
    """Both are published; the owner and the other partner have the seats, somebody waits for an answer."""
    service = planning.planning_service()
    for reference in (SESSION, SELECTIVE):
        service.publish(service.get_by_reference(reference), OFFICER)
    needs = {"needs": NEED, "diet": DIET}
    owner, other = structure_of(OWNER), structure_of(OTHER_PARTNER)
    comes(
        REGISTRATION,
        owner,
        Person("Maëlle", "Le Goff", OWNER, "06 39 98 12 34"),
        answers={"level": "beginner"},
        needs=needs,
    )
    comes(FOREIGN, other, Person("Hugo", "Roche", OTHER_PARTNER, "06 39 98 56 78"))
    comes(PENDING, owner, Person("Ana", "Roux", "ana@hotel.example.fr"), SELECTIVE, needs=needs)
    mail_desk().enqueue(guest_mail(session_of_town(), GUEST, stores.office(), stores.now()))
    world.invoke("keep_training_dates")
    world.go_on()


def _waiting(world: FaultyWorld) -> None:
    """All seats are taken: a colleague of the owner waits, and a guest."""
    comes(WAITING, structure_of(OWNER), Person("Yannick", "Prat", COLLEAGUE, "06 39 98 11 22"))
    world.clock.wait(minutes=1)
    comes(LAST, structure_of(GUEST), Person("Lou", "Martin", GUEST))
    world.go_on()


def _offered(world: FaultyWorld) -> None:
    """The other partner cancels: the colleague is offered the seat."""
    registering.registration_service().cancel(registration_of_town(FOREIGN), "Hugo Roche", "Malade.")
    world.go_on()


def _on(world: FaultyWorld) -> None:
    """The colleague took the seat, the guest still waits, and the session has begun."""
    assert world.press(world.link(COLLEAGUE, "/formations/place"), reponse="accept") == 303
    world.go_on()
    goes_to(world, "2027-03-05T08:15:00+00:00")


def _more_seats(world: FaultyWorld) -> None:
    """There is one more seat, and nobody is offered it any more."""
    session = session_of_town()
    planning.planning_service().edit(session, {**session.answers, "seats": 3}, OFFICER)


def _over(world: FaultyWorld) -> None:
    """It is over; the owner was there, the colleague was not."""
    service, session = attending.attending_service(), session_of_town()
    half_day = session.plan.half_days[0]
    for reference, state in ((REGISTRATION, State.PRESENT), (WAITING, State.ABSENT)):
        service.mark(session, registration_of_town(reference).id, half_day, state, session.plan.trainer.name)
    goes_to(world, "2027-03-05T13:45:00+00:00")


def _closed(world: FaultyWorld) -> None:
    """The attendance is closed, the certificate printed, the questionnaire sent."""
    attending.attending_service().close(session_of_town(), OFFICER)
    with mock.patch("chalicelib.trainings.certifying.new_code", return_value=CODE):
        world.invoke("print_certificates")
    world.invoke("close_training_attendance")
    world.go_on()


CODE = "7KQ4-M2XB-9DTR"
TRAINING_STEPS: dict[str, tuple[str, Step]] = {
    "training_draft": ("payment", _draft),
    "training_open": ("training_draft", _open),
    "training_waiting": ("training_open", _waiting),
    "training_offered": ("training_waiting", _offered),
    "training_on": ("training_offered", _on),
    "training_more_seats": ("training_on", _more_seats),
    "training_over": ("training_on", _over),
    "training_closed": ("training_over", _closed),
}
"""The stages by name: which one comes before, and what happens from there on."""


def build_training_stages(world: FaultyWorld, stages: dict[str, Any]) -> None:
    """Add all of them to the stages that there are."""
    for name, (before, go_on) in TRAINING_STEPS.items():
        world.restore(stages[before])
        go_on(world)
        stages[name] = world.checkpoint()


def goes_to(world: FaultyWorld, moment: str) -> None:
    """It is that moment, and everybody has just logged in again."""
    world.clock.at = datetime.fromisoformat(moment)
    for item in SessionItem.scan():
        if item.pk.startswith("session#"):
            item.last_seen_at = world.clock.at
            item.expires_at = item.ends_at = world.clock.at + timedelta(hours=2)
            item.save()
