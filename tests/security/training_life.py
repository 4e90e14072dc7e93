"""A session whose every text is the same one: what its people do, and all that shows it: pages, mails, papers, tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

from chalicelib.mail.bootstrap import mail_desk
from chalicelib.trainings.attendance import State
from chalicelib.trainings.attendance_corrections import Correction
from chalicelib.trainings.bootstrap import attending, planning, registering, stores
from chalicelib.trainings.gate import Visitor as Who
from chalicelib.trainings.link_mails import guest_mail
from chalicelib.trainings.model import Person, Registration, Session
from chalicelib.trainings.planning import PlanningService
from chalicelib.trainings.presence_code import presence_path
from chalicelib.trainings.registering import Newcomer
from chalicelib.trainings.session_form import session_form
from tests.harness import objects
from tests.inprocess import ENVIRONMENT, client
from tests.security.http import Visitor
from tests.security.markup import Pages, see
from tests.security.town import DECISIONS, OTHER_PARTNER, OWNER, STAFF, Town
from tests.security.training_routes import DESK, INVITATION, MANAGE, OFFER, OPINION, SPACE, TRAINER_LIST
from tests.security.training_town import (
    CODE,
    COLLEAGUE,
    GUEST,
    HALF_DAY,
    TRAINER,
    answers_of_session,
    goes_to,
    named,
    structure_of,
)

LIVED, CHOSEN = "SES-666666", "SES-777777"
SEATED, LEFT, NEXT, LATE, ASKED = (f"INS-66666{digit}" for digit in "23456")
FREE_TEXT = (
    "title", "summary", "trainer_name", "trainer_about", "objectives", "prerequisites", "programme", "methods",
    "assessment", "access_terms", "to_bring", "place_name", "place_address", "access", "funding",
)  # fmt: skip
ALL_FREE = {field.name for field in session_form().fields if field.type == "string" and not field.choices}
HELD_TO_A_FORMAT = {"trainer_email", "video_link", "theme", "in_charge", "accessibility"}
DIRECTOR = STAFF["director"]
PAPERS = ("feuille", "certificate")


class Life:
    """The town while a session full of `text` lives in it; `pages`, `files` and `letters` are what was seen of it."""

    def __init__(self, town: Town, text: str) -> None:
        self.town, self.text, self.pages = town.at("training_draft"), text, Pages()
        self.files: dict[str, str] = {}
        self.known, self.earlier = len(town.gate.letters), list[bytes]()

    @property
    def of_office(self) -> str:
        """The text as the office writes it: its people may send links, which are none of this."""
        return self.text.replace("https://", "//")

    @property
    def letters(self) -> list[bytes]:
        """The mails about it."""
        return self.earlier + [letter.raw for letter in self.town.gate.letters[self.known :]]

    @property
    def planning(self) -> PlanningService:
        """The planning that takes any text: the form would ask for better ones."""
        return replace(planning.planning_service(), errors=lambda *_: [])

    def session(self, reference: str = LIVED) -> Session:
        """The session as it stands."""
        return self.planning.get_by_reference(reference)

    def registration(self, reference: str) -> Registration:
        """A registration as it stands."""
        return registering.registration_service().get_by_reference(reference)

    def goes_back(self, checkpoint: Any) -> None:
        """Everything as it was then; what was seen and mailed since is kept."""
        self.earlier = self.letters
        self.town.restore(checkpoint)
        self.known = len(self.town.gate.letters)

    def shows(self, when: str, actor: str, paths: list[str]) -> None:
        """Keep what these pages show to this person."""
        see(self.pages, f"{when} {actor}", self.town.visitors[actor], paths)

    def opens(self, when: str, to: str, page: str, after: str = "") -> Visitor:
        """Keep what the page behind a mailed link shows; the browser that opened it."""
        browser = Visitor()
        answer = browser.get(self.town.link(to, page) + after)
        assert answer.status == 200, page
        self.pages[f"{when} {page}{after}"] = answer.body
        return browser

    def keeps(self, name: str, actor: str, path: str) -> None:
        """Keep what is no page: calendars, feeds, tables, papers, pictures."""
        answer = self.town.visitors[actor].get(path)
        assert answer.status == 200, path
        self.files[name] = answer.body

    def decides(self, outcome: str) -> None:
        """The direction answers by the mailed link, with the text as its reason."""
        form = {"outcome": outcome, "reason": self.text}
        assert Visitor().post(self.town.link(DIRECTOR, DECISIONS), form).status == 303
        self.town.go_on()

    def papers(self) -> list[bytes]:
        """The PDFs that were printed for it."""
        printed = [key for key in objects.all_keys() if "/certificate-" in key]
        bucket = ENVIRONMENT["FILES_BUCKET"]
        return [client("s3").get_object(Bucket=bucket, Key=key)["Body"].read() for key in printed]

    def comes(self, reference: str, email: str, person: Person, session: str = LIVED) -> None:
        """Somebody registers, of a structure that is called by the text."""
        structure = replace(structure_of(email), name=self.text, contact_name=self.text)
        needs, said = (
            {"needs": self.text, "diet": self.text},
            {"expectations": self.text, "funding_number": self.text},
        )
        with named(reference):
            registering.registering_service().register(
                self.session(session), structure, Who(True), [Newcomer(person, said, needs)], reference
            )
        self.town.go_on()

    def person(self, email: str) -> Person:
        """Somebody who is called by the text."""
        return Person(self.text, self.text, email, "06 39 98 12 34", self.text)


def is_drafted(life: Life) -> None:
    """Every text of the form; the direction sends it back once, then lets it be published."""
    hostile = dict.fromkeys(FREE_TEXT, life.of_office)
    for reference, more in (
        (LIVED, {"trainer_kind": "external", "kind": "training_action"}),
        (CHOSEN, {"selects": "yes"}),
    ):
        answers = answers_of_session(**hostile, **more)
        with named(reference):
            life.planning.create(reference, answers, life.text)
    forms = [f"{DESK}/{LIVED}/pages/{section.key}" for section in session_form().sections]
    life.shows(
        "draft",
        "quality_officer",
        [*forms, f"{DESK}/{LIVED}/verification", f"{DESK}?etat=brouillons", _desk()],
    )
    for outcome in ("send_back", "accept"):
        life.planning.publish(life.session(), life.text)
        life.town.go_on()
        life.shows(outcome, "director", ["/bureau", _desk(), life.town.link(DIRECTOR, DECISIONS)])
        life.decides(outcome)
    life.planning.publish(life.session(CHOSEN), life.text)


def is_public(life: Life) -> None:
    """What everybody sees of it."""
    page = f"/formations/{LIVED}"
    life.shows("public", "anonymous", ["/formations", page, f"{page}/inscription"])
    life.shows("public", "owner", [page, f"{page}/inscription"])
    life.keeps("feed", "anonymous", "/formations.atom")
    life.keeps("calendar", "anonymous", "/formations.ics")
    life.keeps("one calendar", "anonymous", f"{page}/agenda.ics")


def is_full(life: Life) -> None:
    """Two have the seats, two wait; a guest asked for the form; somebody waits for an answer, and gets a refusal."""
    mail_desk().enqueue(guest_mail(life.session(), GUEST, stores.office(), stores.now()))
    life.town.invoke("keep_training_dates")
    life.comes(SEATED, OWNER, life.person(OWNER))
    life.comes(LEFT, OTHER_PARTNER, life.person(OTHER_PARTNER))
    life.comes(NEXT, OWNER, Person("Yannick", "Prat", COLLEAGUE, "", life.text))
    life.town.clock.wait(minutes=1)
    life.comes(LATE, GUEST, life.person(GUEST))
    life.comes(ASKED, OWNER, life.person(OWNER), CHOSEN)
    life.opens("full", GUEST, INVITATION)
    life.opens("full", GUEST, MANAGE)
    life.opens("full", TRAINER, TRAINER_LIST)
    life.shows(
        "full",
        "owner",
        ["/espace", f"{SPACE}/{SEATED}", f"{SPACE}/{ASKED}", f"/formations/{LIVED}/inscription"],
    )
    lists = [f"{_desk('/personnes')}?liste={one}" for one in ("places", "attente", "etude")]
    life.shows(
        "full",
        "quality_officer",
        ["/bureau", DESK, _desk(), f"{DESK}/{CHOSEN}", *lists, _desk("/historique")],
    )
    life.shows("one by one", "quality_officer", [_desk(f"/inscriptions/{SEATED}"), _desk("/annulation")])
    life.keeps("table", "quality_officer", _desk("/inscriptions.csv"))
    life.keeps("workbook", "quality_officer", _desk("/inscriptions.xlsx"))
    life.keeps("data", "owner", "/espace/donnees")
    life.decides("refuse")
    life.shows("refused", "owner", [f"{SPACE}/{ASKED}"])


def is_handed_on(life: Life) -> None:
    """One is put at another place, one cancels, the freed seat is offered and taken; the session moves."""
    desk = life.town.visitors["quality_officer"]
    moved = {"personne": LATE, "rang": "2", "raison": life.text}
    assert desk.post(_desk("/rang"), {**moved, "rang": "1"}).status == 303
    assert desk.post(_desk("/rang"), moved).status == 303
    registering.registration_service().cancel(life.registration(LEFT), life.text, life.text)
    life.town.go_on()
    life.opens("offered", COLLEAGUE, OFFER)
    life.shows("offered", "owner", [f"{SPACE}/{NEXT}"])
    life.shows(
        "offered",
        "quality_officer",
        [_desk(), _desk(f"/inscriptions/{LEFT}"), _desk(f"/inscriptions/{NEXT}")],
    )
    assert Visitor().post(life.town.link(COLLEAGUE, OFFER), {"reponse": "accept"}).status == 303
    life.town.go_on()
    life.opens("taken", COLLEAGUE, OFFER)
    answers = dict(life.session().answers)
    later = {"half_days": [{"on": "2027-03-05", "begins": "09:00", "ends": "12:00"}]}
    life.planning.edit(life.session(), {**answers, **later}, life.text)
    life.town.go_on()
    life.shows("moved", "quality_officer", [_desk("/historique")])


def is_called_off(life: Life) -> None:
    """Cancelled, with a reason that everybody reads."""
    life.planning.call_off(life.session(), life.text, life.text)
    life.town.go_on()
    life.shows("called off", "anonymous", [f"/formations/{LIVED}"])
    life.shows("called off", "owner", [f"{SPACE}/{SEATED}"])
    life.shows("called off", "quality_officer", [_desk(), _desk("/historique"), f"{DESK}?etat=annulees"])


def is_held(life: Life) -> None:
    """On, over, closed, certified, and what they say of it."""
    goes_to(life.town, "2027-03-05T08:15:00+00:00")
    trainer = life.opens("on", TRAINER, TRAINER_LIST)
    life.pages["code"] = trainer.get(presence_path(life.registration(SEATED))).body
    attending.attending_service().mark(
        life.session(),
        life.registration(SEATED).id,
        life.session().plan.half_days[0],
        State.PRESENT,
        life.text,
    )
    life.pages["coded"] = trainer.get(presence_path(life.registration(SEATED))).body
    life.shows("on", "quality_officer", [_desk("/presences"), _desk("/presences/ajout")])
    life.keeps("sheet", "quality_officer", f"{_desk('/presences/feuille')}?demi-journee={HALF_DAY}")
    goes_to(life.town, "2027-03-05T13:45:00+00:00")
    attending.attending_service().close(life.session(), life.text)
    with mock.patch("chalicelib.trainings.certifying.new_code", return_value=CODE):
        life.town.invoke("print_certificates")
    life.town.invoke("close_training_attendance")
    life.town.go_on()
    is_judged(life)
    is_corrected(life)


def is_judged(life: Life) -> None:
    """The questionnaire, with comments that are shown from one answer on."""
    life.opens("closed", OWNER, OPINION)
    said = dict.fromkeys(("overall", "content", "trainer", "organisation"), "good") | {"useful": "yes"}
    said |= {"liked": life.text[:900], "better": life.text[:900]}
    answered = Visitor().post(life.town.link(OWNER, OPINION), said)
    assert answered.status == 303
    with comments_shown():
        life.shows("closed", "quality_officer", [_desk("/resultats"), _desk()])
    life.keeps("picture", "quality_officer", _desk("/resultats/graphique.svg"))
    life.shows("closed", "anonymous", [f"/verification/{CODE}"])
    life.shows("closed", "owner", [f"{SPACE}/{SEATED}", "/espace"])


def is_corrected(life: Life) -> None:
    """The person had not come after all, for a reason that they read; the certificate holds no more."""
    session, one = life.session(), life.registration(SEATED)
    asked = Correction(session.plan.half_days[0], State.EXCUSED, life.text, one.version)
    attending.corrections().correct(session, one, asked, life.text)
    life.town.go_on()
    life.shows("corrected", "quality_officer", [_desk(f"/inscriptions/{SEATED}"), _desk("/presences")])
    life.shows("corrected", "owner", [f"{SPACE}/{SEATED}"])
    withdrawn = Visitor().get(f"/verification/{CODE}")
    assert withdrawn.status == 410
    life.pages["withdrawn"] = withdrawn.body


@contextmanager
def comments_shown() -> Iterator[None]:
    """Comments are shown from one answer on."""
    rules = replace(stores.office().training_rules, comments_from_answers=1)
    office = replace(stores.office(), trainings=rules)
    with mock.patch("chalicelib.trainings.bootstrap.stores.office", return_value=office):
        yield


def _desk(after: str = "") -> str:
    return f"{DESK}/{LIVED}{after}"
