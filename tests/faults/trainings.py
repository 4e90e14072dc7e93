"""Trainings step by step in a world that may die anywhere, and what they leave behind."""

import json
from datetime import date, datetime
from string import Formatter
from typing import Any

from chalicelib.kernel import ids
from chalicelib.kernel.french import french_date
from chalicelib.trainings.session_form import session_form
from chalicelib.web.fields import Field, Section
from tests.faults import house
from tests.faults.onboarding import APPLICANT
from tests.harness.left import Row, value
from tests.harness.sweep import Step
from tests.harness.world import FaultyWorld
from tests.training import session_answers

KEY, COPY_KEY, PHONE_KEY, COLLEAGUE_KEY = "t" * 43, "c" * 43, "f" * 43, "m" * 43
SESSION = ids.id_of(KEY)
"""A session has the identifier of the page's key."""
CATALOGUE, DESK, SPACE = "/formations", "/bureau/formations", "/espace/formations"
GUEST_PAGE, MANAGE, OFFER, OPINION = (
    f"{CATALOGUE}/{name}" for name in ("invitation", "gestion", "place", "avis")
)
TRAINER_PAGE, CODE = f"{CATALOGUE}/emargement", f"{CATALOGUE}/presence"
"""What mailed links lead to, and the code at the door."""
GUEST, OTHER_GUEST, TRAINER = "lou@jardin.example.org", "ali@ferme.example.org", "sam@studio.example.org"
ADA, NOE, LOU, ALI = "Ada Roux", "Noé Blanc", "Lou Martin", "Ali Bensaïd"
"""Two of the partner's, and two guests."""
HALF_DAY = "2027-05-04T09:00"
OTHER_DAY = [{"on": "2027-05-06", "begins": "09:00", "ends": "12:30"}]
TWO_DAYS = [{"on": "2027-05-04", "begins": "09:00", "ends": "12:30"}, *OTHER_DAY]
WALK_IN = {
    "cle": PHONE_KEY, "first_name": "Eve", "last_name": "Morel", "email": "eve@lac.example.org", "structure": "Camping du Lac",
}  # fmt: skip
EXTERNAL = {"trainer_kind": "external"}
OTHER_TRAINER = {"trainer_name": "Zoé Blanc", "trainer_email": "zoe@studio.example.org"}
OPINIONS = {
    "overall": "good", "content": "good", "trainer": "very_good", "organisation": "good", "useful": "yes",
}  # fmt: skip


def answers(**changes: Any) -> dict[str, Any]:
    """A training action of one morning with a meal, for one person, that is paid."""
    own = {
        "kind": "training_action", "seats": 1, "price_cents": 150_00, "serves_meal": True,
        "trainer_name": "Sam Petit", "trainer_email": TRAINER,
    }  # fmt: skip
    return session_answers(**{**own, **changes})


# The session at the desk


def begin(world: FaultyWorld) -> None:
    """A new session, with what the office usually answers."""
    world.press(DESK, cle=KEY)


def save_page(key: str, **changes: Any) -> Step:
    """One page of the form, of a draft or of a published session."""

    def save(world: FaultyWorld) -> None:
        _save(world, session_form().section(key), answers(**changes))
        world.go_on()

    return save


def write(**changes: Any) -> Step:
    """Every page of the form."""

    def fill(world: FaultyWorld) -> None:
        begin(world)
        for section in session_form().sections:
            _save(world, section, answers(**changes))

    return fill


def at_the_desk(path: str, **form: str) -> Step:
    """Who sits at the desk presses a button of the session's page; `{name}` of a path is somebody's reference."""

    def press(world: FaultyWorld) -> None:
        named = {name: value(registration(world, name), "reference") for name in _names_in(path)}
        world.as_person(house.OFFICER).press(f"{DESK}/{reference(world)}/{path.format(**named)}", **form)
        world.go_on()

    return press


def move(name: str, rank: int) -> Step:
    """Staff put who waits at another place."""

    def press(world: FaultyWorld) -> None:
        who = value(registration(world, name), "reference")
        at_the_desk("rang", personne=who, rang=str(rank), raison="Trajet partagé.")(world)

    return press


def correct_mark(name: str, state: str) -> Step:
    """Staff correct somebody's mark once the attendance is closed."""

    def press(world: FaultyWorld) -> None:
        known = value(registration(world, name), "version")
        form = {"demi-journee": HALF_DAY, "etat": state, "raison": "Erreur de relevé.", "version-vue": known}
        at_the_desk(f"inscriptions/{{{name}}}/presence", **form)(world)

    return press


def mark(name: str, state: str = "present", half_day: str = HALF_DAY) -> Step:
    """Staff mark somebody at the door."""

    def press(world: FaultyWorld) -> None:
        form = {"demi-journee": half_day, "personne": key_of(world, name), "etat": state}
        at_the_desk("presences", **form)(world)

    return press


def clock_at(moment: str) -> Step:
    """It is that instant."""

    def wait(world: FaultyWorld) -> None:
        world.clock.at = datetime.fromisoformat(moment)

    return wait


# Who registers


def register(*names: str, need: str = "") -> Step:
    """The partner registers these people."""

    def send(world: FaultyWorld) -> None:
        form = {**_rows(names, need), "accepts_terms": "on", "cle": ids.digest(names[0])[:43]}
        world.as_person(APPLICANT).press(f"{CATALOGUE}/{reference(world)}/inscription", **form)
        world.go_on()

    return send


def ask_for_link(email: str = GUEST) -> Step:
    """A guest asks for the link to the form."""

    def ask(world: FaultyWorld) -> None:
        world.as_person(email).press(f"{CATALOGUE}/{reference(world)}/invitation", email=email)
        world.go_on()

    return ask


def register_as_guest(name: str = LOU, email: str = GUEST, need: str = "") -> Step:
    """A guest registers by the mailed link."""

    def send(world: FaultyWorld) -> None:
        own_key = ids.digest(name)[:43]
        form = {
            **_rows((name,), need),
            "accepts_terms": "on",
            "cle": own_key,
            "structure_name": f"Chez {name}",
        }
        world.as_person(email).press(world.link(email, GUEST_PAGE), **form)
        world.go_on()

    return send


def comes_as_guest(name: str = LOU, email: str = GUEST) -> Step:
    """The same from the beginning."""

    def come(world: FaultyWorld) -> None:
        ask_for_link(email)(world)
        world.clock.wait(minutes=2)
        register_as_guest(name, email)(world)

    return come


# Who is registered


def by_link(to: str, page: str, after: str = "", **form: str) -> Step:
    """The holder of the newest link to a page presses a button behind it."""

    def press(world: FaultyWorld) -> None:
        world.as_person(to).press(world.link(to, page) + after, **form)
        world.go_on()

    return press


def own(name: str, after: str, **form: str) -> Step:
    """The partner does the same in the space, for somebody of the structure."""

    def press(world: FaultyWorld) -> None:
        who = value(registration(world, name), "reference")
        world.as_person(APPLICANT).press(f"{SPACE}/{who}/{after}", **form)
        world.go_on()

    return press


CANCEL = {"confirme": "on", "motif": "Empêchée."}
CORRECT = {"email": "lou.martin@jardin.example.org", "phone": "06 39 98 00 11", "function": "Gérante"}
REPLACE = {"cle": COLLEAGUE_KEY, "remplacant-first_name": "Zoé", "remplacant-last_name": "Petit"}


def trainer_marks(name: str, state: str = "present") -> Step:
    """The trainer marks somebody on the page behind the mailed link."""

    def press(world: FaultyWorld) -> None:
        form = {"demi-journee": HALF_DAY, "personne": key_of(world, name), "etat": state}
        world.as_person(TRAINER).press(world.link(TRAINER, TRAINER_PAGE), **form)

    return press


def trainer_opens_list(world: FaultyWorld) -> None:
    """The trainer's browser may scan codes from then on."""
    world.as_person(TRAINER).read(world.link(TRAINER, TRAINER_PAGE))


def trainer_scans(name: str) -> Step:
    """The trainer scans the code that somebody shows."""

    def scan(world: FaultyWorld) -> None:
        world.as_person(TRAINER).press(code_path(world, name))

    return scan


# What is there


def reference(world: FaultyWorld) -> str:
    """The reference of the session."""
    return next(value(row, "reference") for row in world.rows("trainings") if value(row, "sk") == "SESSION")


def registration(world: FaultyWorld, name: str) -> Row:
    """The newest row of somebody's registration."""
    found = [row for row in world.rows("trainings") if value(row, "sk").startswith("REG#")]
    return max((row for row in found if name_of(row) == name), key=lambda row: value(row, "holder_sort"))


def key_of(world: FaultyWorld, name: str) -> str:
    """The identifier of somebody's registration."""
    row = registration(world, name)
    return f"{value(row, 'pk').partition('#')[2]}-{value(row, 'sk').partition('#')[2]}"


def code_path(world: FaultyWorld, name: str) -> str:
    """What the code leads to that somebody shows at the door."""
    code = json.loads(value(registration(world, name), "file"))["presence_code"]
    return f"{CODE}/{key_of(world, name)}.{code}"


def name_of(row: Row) -> str:
    """Whose registration a row is."""
    person = json.loads(value(row, "file"))["person"]
    return f"{person['first_name']} {person['last_name']}"


def _save(world: FaultyWorld, section: Section, given: dict[str, Any]) -> None:
    typed = [_typed(field, given[field.name]) for field in section.fields if field.name in given]
    form = {name: text for one in typed for name, text in one.items()}
    path = f"{DESK}/{reference(world)}/pages/{section.key}"
    assert world.as_person(house.OFFICER).press(path, **form) in (0, 303), path


def _typed(field: Field, given: Any) -> dict[str, str]:
    """An answer as a browser posts it."""
    if field.name == "half_days":
        rows = ((number, name, text) for number, row in enumerate(given) for name, text in row.items())
        return {
            f"half_days-{number}-{name}": _day(text) if name == "on" else text for number, name, text in rows
        }
    if given is True:
        return {field.name: "on"}
    return {field.name: f"{given // 100},{given % 100:02}" if field.kind == "money" else str(given)}


def _day(written: str) -> str:
    return french_date(date.fromisoformat(written))


def _rows(names: tuple[str, ...], need: str) -> dict[str, str]:
    """The rows of the form by which people are registered; the first one needs something."""
    form = {}
    for number, name in enumerate(names):
        first, _, last = name.partition(" ")
        form |= {f"participants-{number}-first_name": first, f"participants-{number}-last_name": last}
    return {**form, **({"participants-0-needs": need} if need else {})}


def _names_in(path: str) -> list[str]:
    """The names of people in a path, such as `inscriptions/{Ada Roux}/lien`."""
    return [name for _, name, _, _ in Formatter().parse(path) if name]
