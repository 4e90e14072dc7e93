"""A page asks DynamoDB as often for many sessions, and for many people, as for one."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chalicelib.kernel.history import HistoryLine
from chalicelib.trainings.bootstrap import planning, stores
from chalicelib.trainings.model import Person
from tests.security import town as small_town
from tests.security.town import OWNER, Town
from tests.security.training_routes import DESK, TRAINER_LIST
from tests.security.training_town import OFFICER, SESSION, TRAINER, comes, session_of_town, structure_of
from tests.speed.calls import counted

pytestmark = pytest.mark.xdist_group("calls")

MANY = 7
OF_SESSIONS = {
    "the catalogue": ("anonymous", "/formations"),
    "all sessions for calendars": ("anonymous", "/formations.ics"),
    "all sessions for readers": ("anonymous", "/formations.atom"),
    "the sessions at the desk": ("quality_officer", DESK),
    "the desk": ("quality_officer", "/bureau"),
    "the space": ("owner", "/espace"),
}
OF_PEOPLE = {
    "the session": ("anonymous", f"/formations/{SESSION}"),
    "the form": ("owner", f"/formations/{SESSION}/inscription"),
    "the session at the desk": ("quality_officer", f"{DESK}/{SESSION}"),
    "the people": ("quality_officer", f"{DESK}/{SESSION}/personnes?liste=attente"),
    "what happened": ("quality_officer", f"{DESK}/{SESSION}/historique"),
    "the people as a table": ("quality_officer", f"{DESK}/{SESSION}/inscriptions.csv"),
    "who is told that it is cancelled": ("quality_officer", f"{DESK}/{SESSION}/annulation"),
    "the list at the door": ("quality_officer", f"{DESK}/{SESSION}/presences"),
    "what they say": ("quality_officer", f"{DESK}/{SESSION}/resultats"),
    "the space": ("owner", "/espace"),
}


@pytest.fixture(scope="module")
def whole_town() -> Iterator[Town]:
    with small_town.town() as town:
        yield town


def calls(town: Town, actor: str, path: str) -> list[str]:
    """What the page asks for, in a warm function."""
    town.visitors[actor].get(path)
    with counted() as made:
        assert town.visitors[actor].get(path).status == 200
    return made


def more_sessions() -> None:
    """Sessions like the town's, each with somebody of the owner."""
    service = planning.planning_service()
    for number in range(1, MANY):
        copied = service.duplicate(session_of_town(), f"session {number}", OFFICER)
        dated = {**copied.answers, "half_days": session_of_town().answers["half_days"]}
        session = service.publish(service.edit(copied, dated, OFFICER), OFFICER)
        comes(f"INS-66666{number}", structure_of(OWNER), Person("Noé", "Blanc"), session.reference)


def more_people() -> None:
    """People of the owner who wait like the others, over what a structure may send."""
    [found] = [
        one
        for one in stores.registrations().list_of_session(session_of_town().id)
        if one.structure.email == OWNER
    ][-1:]
    for number in range(MANY):
        person, key = Person("Noé", f"Blanc {number}"), f"key {number}"
        other = replace(
            found, id=f"{found.id}{number}", reference=f"INS-66666{number}", person=person, person_key=key
        )
        line = HistoryLine(found.asked_at, "Maëlle", "Inscription")
        assert stores.registrations().add(other, line, [], None)


@pytest.mark.parametrize("page", OF_SESSIONS)
def test_a_page_asks_as_often_for_many_sessions_as_for_one(whole_town: Town, page: str) -> None:
    town = whole_town.at("training_waiting")
    of_one = calls(town, *OF_SESSIONS[page])
    more_sessions()
    assert calls(town, *OF_SESSIONS[page]) == of_one


@pytest.mark.parametrize("page", OF_PEOPLE)
def test_a_page_asks_as_often_for_many_people_as_for_one(whole_town: Town, page: str) -> None:
    town = whole_town.at("training_waiting")
    of_few = calls(town, *OF_PEOPLE[page])
    more_people()
    assert len(stores.registrations().list_of_session(session_of_town().id)) > MANY
    assert calls(town, *OF_PEOPLE[page]) == of_few


def test_the_trainers_list_is_read_with_as_many_calls_for_many_people(whole_town: Town) -> None:
    town = whole_town.at("training_waiting")
    link = town.link(TRAINER, TRAINER_LIST)
    of_few = calls(town, "anonymous", link)
    more_people()
    assert calls(town, "anonymous", link) == of_few
