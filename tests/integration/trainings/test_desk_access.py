"""Who may: the roles whose work needs sessions, and nobody else. And each page is sound HTML, small, with nothing inline."""

import re

import pytest

from chalicelib.trainings.bootstrap import stores
from tests.integration.subsidies.house import partner
from tests.integration.trainings.desk_house import (
    OTHERS,
    READERS,
    as_,
    clock,
    comes,
    drafted,
    empty_house,
    now_of,
    page_of,
    published,
)
from tests.integration.web.test_pages import HTML_LIMIT, outline

__all__ = ["clock", "empty_house"]

pytestmark = pytest.mark.usefixtures("clock")
PARTNER = "maelle@hotel.example.fr"
GETS = (
    "", "/pages/essentiel", "/verification", "/personnes", "/historique", "/annulation", "/inscription",
    "/inscriptions.csv", "/inscriptions.xlsx", "/inscriptions/{person}",
)  # fmt: skip
POSTS = (
    "/pages/essentiel", "/verification", "/copie", "/annulation", "/rang", "/inscription",
    "/inscriptions/{person}/annulation", "/inscriptions/{person}/lien",
)  # fmt: skip


@pytest.fixture
def session():
    return published(seats=1)


@pytest.fixture
def ways(session):
    """The paths of everything about a session, with the method of each."""
    person = comes(session, "Ana Roux").reference
    paths = [("GET", page_of(session, end.format(person=person))) for end in GETS]
    paths += [("POST", page_of(session, end.format(person=person))) for end in POSTS]
    return [*paths, ("GET", "/bureau/formations"), ("POST", "/bureau/formations")]


def ask(browser, method, path):
    return browser.get(path) if method == "GET" else browser.post(path)


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_are_refused_everything(ways, session, role):
    before = now_of(session)
    assert {ask(as_(role), *way).status for way in ways} == {403}
    assert now_of(session) == before


def test_partners_are_refused_and_who_is_not_logged_in_is_asked_to(ways):
    partner()
    assert {ask(as_(PARTNER), *way).status for way in ways} == {403}
    answers = [ask(as_(), *way) for way in ways]
    assert {answer.status for answer in answers} == {303}
    assert all("/connexion" in answer.headers["Location"] for answer in answers)


@pytest.mark.parametrize("role", READERS)
def test_who_works_with_sessions_opens_every_page(ways, role):
    gets = [path for method, path in ways if method == "GET"]
    assert {path: as_(role).get(path).status for path in gets if "verification" not in path} == {
        path: 200 for path in gets if "verification" not in path
    }


@pytest.mark.parametrize("end", [end for end in GETS if "." not in end])
def test_a_page_is_well_formed_and_small_with_nothing_inline(session, end):
    for name in ("Ana Roux", "Bob Max", "Cléo Vit"):
        person = comes(session, name, structure=name, needs={"needs": "Boucle magnétique."})
    of = drafted("s2", title=None) if end == "/verification" else session
    page = as_("network_officer").get(page_of(of, end.format(person=person.reference)))
    found = outline(page.body)
    assert found.tags.count("h1") == 1
    assert len(found.ids) == len(set(found.ids))
    assert set(found.references) <= set(found.ids)
    assert len(page.body.encode()) < HTML_LIMIT
    assert not re.search(r"\sstyle=|<script>|\son\w+=", page.body)


@pytest.mark.parametrize("many", [45, 90])
def test_the_pages_about_a_session_stay_small_however_many_come(many):
    session = published("s3", seats=15)
    for number in range(many):
        comes(session, f"Maximilienne{number} Delacroix-Beauregard", structure=f"Gîte des Noyers {number}")
    for end in ("", "/personnes?liste=attente", "/historique"):
        assert len(as_("network_officer").get(page_of(session, end)).body.encode()) < HTML_LIMIT


def test_somebody_in_a_long_queue_is_moved_by_reference():
    session = published("s3", seats=1)
    people = [comes(session, f"Ana Roux{number}", structure=f"Gîte {number}") for number in range(63)]
    yann = as_("network_officer")
    assert "La référence de l’inscription" in yann.get(page_of(session)).text
    typed = {"personne": f" {people[-1].reference.lower()} ", "rang": "1", "raison": "Promesse"}
    assert yann.post(page_of(session, "/rang"), **typed).status == 303
    assert stores.registrations().seats(session.id).rank(people[-1].id) == 1
