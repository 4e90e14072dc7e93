"""A small town: an office with every role, an applicant whose file stands at each step, two other people.

Built once a process by walking the real process; every test begins at one of its stages.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from chalicelib.access.guard import SESSION_COOKIE
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.address_repository import AddressRepository
from chalicelib.mail.bootstrap import outbox
from chalicelib.mail.model import Message, Refusal
from chalicelib.office.bootstrap import office_repository
from chalicelib.office.territories import with_communes
from chalicelib.partners import bootstrap
from chalicelib.partners.application_form import membership_form
from chalicelib.partners.emails import facts
from chalicelib.partners.model import Event
from chalicelib.partners.submitting import Submission
from chalicelib.web.cookies import full_name
from tests.aid import APPROVALS, subsidies_section
from tests.factories import office_document, some_answers
from tests.harness import objects
from tests.harness.sessions import begin_session
from tests.harness.world import FaultyWorld, faulty_world
from tests.inprocess import STACK, tables
from tests.security.aid_town import OTHER_PARTNER, OWNER, build_stages
from tests.security.http import Answer, Visitor
from tests.security.observatory_town import build_observatory_stages, observing_office
from tests.security.training_town import build_training_stages, training_office

OTHER_APPLICANT = "zoe@cafe.example.fr"
ROLES = (
    "director", "network_officer", "quality_officer", "observatory", "accounting", "president", "inspector", "elected",
)  # fmt: skip
STAFF = {role: f"{role.replace('_', '.')}@val.example.org" for role in ROLES}
CONFIRMATION, CORRECTIONS, RESUME = "/adhesion/confirmation", "/adhesion/corrections", "/adhesion/reprise"
DECISIONS, LOGIN, CONSENTS = "/decisions", "/connexion", "/consentements"
TABLES = tuple(table["TableName"].removeprefix(f"{STACK}-") for table in tables())
REFUSING = "perdue@hotel.example.fr"
STAGES = ("draft", "sent", "sent_again", "submitted", "corrections", "payment", "overdue")
"""Those of the partnership; those of the aid, of trainings and of figures go on from them: `aid_town.py`, `training_town.py`, `observatory_town.py`."""
ACTORS = ("anonymous", "owner", "other_partner", "other_applicant", *ROLES)


class Town(FaultyWorld):
    """The whole application with its people."""

    stages: dict[str, Any]
    people: dict[str, Visitor]
    visitors: dict[str, Visitor]

    def at(self, stage: str) -> "Town":
        """Everything as it stands at that stage, with everybody's browser."""
        self.restore(self.stages[stage])
        self.visitors = copy.deepcopy(self.people)
        self.visitors["owner"].cookies |= self.browsers["applicant"]
        return self

    def token(self, page: str, to: str = OWNER) -> str:
        """The token of the newest link to a page that was mailed to somebody."""
        return self.link(to, page).removeprefix(page + "/")

    def reference(self, email: str = OWNER) -> str:
        """The reference of somebody's file."""
        return bootstrap.applications().list_by_email(email)[0].reference

    def question(self) -> str:
        """The identifier of the question that the office has to answer about the owner's file."""
        file = bootstrap.applications().list_by_email(OWNER)[0]
        found = bootstrap.decision_repository().list_by_record(file.id)
        return [one.id for one in found if one.question.role][-1]

    def troubled_mail(self) -> str:
        """The key of a mail that did not leave."""
        return next(row["pk"]["S"] for row in self.rows("mail") if row.get("state", {}).get("S") == "failed")

    def stored(self) -> dict[str, list[Any]]:
        """Everything that is stored, in an order that does not depend on chance."""
        rows = {table: sorted((copy.deepcopy(row) for row in self.rows(table)), key=str) for table in TABLES}
        return {**rows, "bucket": objects.all_keys()}


@contextmanager
def town() -> Iterator[Town]:
    """The town in this process; go to a stage with `at` before anything else."""
    with faulty_world() as world:
        world.__class__ = Town
        assert isinstance(world, Town)
        world.stages, world.people = _built(world)
        yield world


def answers(email: str = OWNER, **overrides: Any) -> dict[str, Any]:
    """What an applicant types, valid."""
    return {
        name: value for name, value in some_answers(email=email, **overrides).items() if value is not None
    }


def typed(answers: dict[str, Any], section: str) -> dict[str, Any]:
    """One page of the form as a browser posts it."""
    given = {field.name: answers.get(field.name) for field in membership_form().section(section).fields}
    return {name: "on" if value is True else value for name, value in given.items() if value}


_kept: list[Any] = []


def _built(world: Town) -> Any:
    """The stages and the people, made by the first test that asks."""
    if not _kept:
        _kept.append(_build(world))
    return _kept[0]


def _build(world: Town) -> tuple[dict[str, Any], dict[str, Visitor]]:
    office_repository().publish(with_communes(office_document_of_the_town()))
    _becomes_partner(world, OTHER_PARTNER, "55208131766522")
    _applies(world, OTHER_APPLICANT, "44306184100047")
    _mail_in_trouble()
    AddressRepository().refuse(REFUSING, Refusal.BOUNCED, bootstrap.now(), bootstrap.now())
    visitors = {actor: logged_in(actor) for actor in ACTORS if actor != "owner"} | {"owner": Visitor()}
    stages: dict[str, Any] = {}
    for stage in STAGES:
        STEPS[stage](world, stages)
        stages[stage] = world.checkpoint()
    build_stages(world, stages)
    build_training_stages(world, stages)
    build_observatory_stages(world, stages)
    return stages, visitors


def office_document_of_the_town() -> dict[str, Any]:
    """An office with every role, which helps with classification."""
    people = [
        {
            "id": role, "first_name": "Anne", "last_name": role.replace("_", " ").title(), "email": STAFF[role],
            "roles": [role], "usual_deputy": "director" if role != "director" else "network_officer",
        }
        for role in ROLES
    ]  # fmt: skip
    return office_document(
        people=people,
        deputies=[],
        approvals=APPROVALS,
        subsidies=subsidies_section(),
        trainings=training_office(),
        observatory=observing_office(),
    )


def _applies(world: Town, email: str, siret: str) -> None:
    sent = Submission(
        email.partition("@")[0], answers(email, siret=siret, business_name=f"Maison {email[:4]}"), "1"
    )
    bootstrap.submission_service().submit(sent)
    world.go_on()
    assert world.press(world.link(email, CONFIRMATION)) == 303
    world.go_on()


def _becomes_partner(world: Town, email: str, siret: str) -> None:
    _applies(world, email, siret)
    assert world.press(world.link(STAFF["network_officer"], DECISIONS), outcome="accept") == 303
    world.go_on()
    assert world.press(world.link(STAFF["accounting"], DECISIONS), outcome="confirm") == 303
    world.go_on()


def _mail_in_trouble() -> None:
    file = bootstrap.applications().list_by_email(OTHER_PARTNER)[0]
    told = facts(file, bootstrap.office())
    message = Message("partners/receipt", to=file.email, record=file.id, occasion="trouble", context=told)
    outbox().put_once(message, bootstrap.now())
    outbox().mark_failed(outbox().claim(message.key, bootstrap.now()), "MessageRejected")


def logged_in(actor: str) -> Visitor:
    """A browser with a session of this person."""
    emails = {"owner": OWNER, "other_partner": OTHER_PARTNER, "other_applicant": OTHER_APPLICANT, **STAFF}
    if actor == "anonymous":
        return Visitor()
    kind = "staff" if actor in STAFF else "partner"
    return Visitor({full_name(SESSION_COOKIE): begin_session(emails[actor], kind)})


def _draft(world: Town, stages: dict[str, Any]) -> None:
    for section in membership_form().sections:
        assert world.press(f"/adhesion/demande/{section.key}", **typed(answers(), section.key)) == 303
    world.press("/adhesion/pause")
    world.go_on()


def _sent(world: Town, stages: dict[str, Any]) -> None:
    assert world.press("/adhesion/verification") == 303
    world.go_on()


def _sent_again(world: Town, stages: dict[str, Any]) -> None:
    """The file was made, and then its form was begun again from a page of before."""
    world.restore(stages["draft"])
    draft = bootstrap.draft_service().find(_draft_of(world))
    bootstrap.submission_service().submit(Submission(draft.id, dict(draft.answers), "1"))
    changed = {**draft.answers, "business_name": "Auberge du Pont"}
    bootstrap.draft_service().begin(changed, draft_id=draft.id)
    world.go_on()


def _submitted(world: Town, stages: dict[str, Any]) -> None:
    world.restore(stages["sent"])
    assert world.press(world.link(OWNER, CONFIRMATION)) == 303
    world.go_on()
    world.browsers["applicant"] |= logged_in("owner").cookies
    _asks_for_a_login(world)


def _corrections(world: Town, stages: dict[str, Any]) -> None:
    _decided(world, stages, outcome="request_changes", reason="Il manque la capacité.")


def _payment(world: Town, stages: dict[str, Any]) -> None:
    _decided(world, stages, outcome="accept")


def _overdue(world: Town, stages: dict[str, Any]) -> None:
    world.restore(stages["submitted"])
    file = bootstrap.applications().list_by_email(OWNER)[0]
    line = HistoryLine(bootstrap.now(), "Cordée", "Sans réponse")
    bootstrap.application_service().record(file.id, Event.REVIEW_EXPIRED, line)
    world.go_on()


def _decided(world: Town, stages: dict[str, Any], **form: str) -> None:
    world.restore(stages["submitted"])
    assert world.press(world.link(STAFF["network_officer"], DECISIONS), **form) == 303
    world.go_on()


def _asks_for_a_login(world: Town) -> None:
    assert world.press(LOGIN, email=OWNER) == 200
    world.go_on()


def _draft_of(world: Town) -> str:
    return world.rows("drafts")[0]["pk"]["S"].rpartition("#")[2]


STEPS = {
    "draft": _draft, "sent": _sent, "sent_again": _sent_again, "submitted": _submitted,
    "corrections": _corrections, "payment": _payment, "overdue": _overdue,
}  # fmt: skip


__all__ = ["ACTORS", "OWNER", "STAFF", "Answer", "Town", "Visitor", "answers", "town", "typed"]
