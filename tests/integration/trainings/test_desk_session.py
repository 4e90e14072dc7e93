"""The page of a session: where it stands, its seats, its people, what they need, and what happened."""

import pytest

from chalicelib.kernel.history import HistoryLine
from chalicelib.trainings.bootstrap import planning, registering, stores
from chalicelib.trainings.statuses import SessionEvent
from tests.integration.trainings.desk_house import (
    as_,
    asked,
    clock,
    comes,
    drafted,
    empty_house,
    now_of,
    page_of,
    published,
)

__all__ = ["clock", "empty_house"]

pytestmark = pytest.mark.usefixtures("clock")
EXTERNAL = {"trainer_kind": "external", "trainer_email": "ines@example.org"}
HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}'


@pytest.fixture
def yann():
    return as_("network_officer")


@pytest.fixture
def busy():
    """Two seats: one offered after somebody left, one taken, two people waiting."""
    session = published(seats=2, minimum=1)
    people = [
        comes(session, name, structure=f"Gîte {name}")
        for name in ("Ana Roux", "Bob Max", "Cléo Vit", "Dan Zut", "Éva Bo")
    ]
    registering.registration_service().cancel(people[0], "Noa Petit", "Au téléphone")
    return session


def section(page, title):
    """What stands under a heading, up to the next one."""
    return page.text.split(title, 1)[1]


def test_the_seats_are_a_picture_and_the_same_in_words(yann, busy):
    page = yann.get(page_of(busy))
    assert '<rect class="used" x="0.00" width="50.00"' in page.body
    assert '<rect class="reserved" x="50.00" width="50.00"' in page.body
    assert "Prises : 1 Proposées : 1 Libres : 0" in page.text
    assert "2 places, 1 au minimum. En attente : 2." in page.text


def test_everybody_is_in_one_list_and_who_waits_in_the_order_of_the_queue(yann, busy):
    text = yann.get(page_of(busy)).text
    places = [text.index(words) for words in (
        "Personnes inscrites", "Bob Max", "Places proposées", "Cléo Vit", "5 mars 2027 à 12 h 00", "Liste d’attente",
        "Dan Zut", "Éva Bo", "Ne viennent pas", "Ana Roux",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "Dan Zut 1" in text
    assert "Éva Bo 2" in text


def test_who_is_to_be_chosen_has_the_way_to_the_question(yann):
    session = published(selects="yes")
    question = asked(comes(session), "network_officer")
    page = yann.get(page_of(session))
    assert "Demandes à l’étude" in page.text
    assert f'href="/bureau/decisions/{question}">Répondre</a>' in page.body


def test_a_long_list_is_shown_in_part_with_the_way_to_all_of_it(yann):
    session = published(seats=60)
    for number in range(52):
        comes(session, f"Ana Roux{number}")
    page = yann.get(page_of(session))
    assert page.body.count('<tr role="row">') == 1 + 15
    assert f'href="{page_of(session)}/personnes?liste=places"' in page.body
    first, second = (
        yann.get(page_of(session, f"/personnes?liste=places&page={number}")) for number in (1, 2)
    )
    assert "Page 1 sur 2" in first.text
    assert [page.body.count('<tr role="row">') for page in (first, second)] == [51, 3]
    assert "52 personnes" in second.text


def test_needs_are_read_by_the_person_in_charge_alone(busy):
    comes(busy, "Léa Sim", needs={"needs": "Boucle magnétique.", "diet": "Sans gluten"})
    mine = as_("network_officer").get(page_of(busy))
    assert "Boucle magnétique." in mine.text
    assert "Sans gluten" in mine.text
    for role in ("director", "quality_officer"):
        page = as_(role).get(page_of(busy))
        assert page.status == 200
        for words in ("Boucle", "gluten", "Besoins particuliers"):
            assert words not in page.body


def test_the_person_in_charge_is_told_that_nobody_needs_anything(yann, busy):
    assert "Personne n’a signalé de besoin." in yann.get(page_of(busy)).text
    assert "Besoins particuliers" not in yann.get(page_of(published("s2"))).text


def test_what_one_person_needs_is_gone_with_their_registration(yann, busy):
    registration = comes(busy, "Léa Sim", needs={"needs": "Boucle magnétique."})
    assert ">Aucun<" in yann.get(page_of(busy)).body
    registering.registration_service().cancel(registration, "Noa Petit", "Au téléphone")
    assert "Boucle" not in yann.get(page_of(busy)).text


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Les inscriptions sont ouvertes."),
        ({"seats": 1}, "Qui s’inscrit entre en liste d’attente."),
        ({"seats": 1, "has_waitlist": "no"}, "la session n’a pas de liste d’attente."),
    ],
)
def test_what_happens_next_is_said(yann, answers, sentence):
    session = published(**answers)
    comes(session)
    assert sentence in yann.get(page_of(session)).text


def test_a_session_that_is_over_waits_for_its_attendance_and_takes_nobody(clock):
    session = published(half_days=[{"on": "2027-03-03", "begins": "14:00", "ends": "15:00"}])
    clock.wait(hours=2, minutes=30)
    assert "les inscriptions sont closes" in as_("director").get(page_of(session)).text
    clock.wait(hours=1)
    page = as_("director").get(page_of(session))
    assert "ses présences restent à clore" in page.text
    for words in ("Inscrire quelqu’un", "Modifier", "Annuler la session"):
        assert words not in page.text
    assert "Dupliquer" in page.text


BUTTONS = (
    "Compléter la session",
    "Inscrire quelqu’un par téléphone",
    "Modifier",
    "Annuler la session",
    "Voir la page publique",
)


def test_attendance_and_what_people_say_are_reached_from_the_page_of_a_session(yann, clock):
    assert "/presences" not in yann.get(page_of(drafted("s2"))).body
    session = published(half_days=[{"on": "2027-03-03", "begins": "13:00", "ends": "15:00"}])
    before = yann.get(page_of(session))
    assert f'href="{page_of(session, "/presences")}"' in before.body
    assert "Lire les avis" not in before.text
    clock.wait(hours=4)
    after = as_("network_officer").get(page_of(session))
    assert f'class="button primary" href="{page_of(session, "/presences")}"' in after.body
    assert f'href="{page_of(session, "/resultats")}"' in after.body


def test_a_closed_session_still_shows_who_came(yann, clock):
    session = published()
    planning.planning_service().record(
        session.id, SessionEvent.CLOSED, HistoryLine(clock(), "Cordée", "Présences closes")
    )
    page = yann.get(page_of(session))
    assert "Voir les présences" in page.text
    assert "Prises : 0" not in page.text


def test_a_session_that_was_called_off_has_no_seats_to_count(yann):
    session = published()
    assert "Libres : " in yann.get(page_of(session)).text
    planning.planning_service().call_off(session, "Noa Petit", "Intervenante malade")
    assert "Libres : " not in yann.get(page_of(session)).text


def test_only_what_applies_can_be_pressed(yann):
    draft = yann.get(page_of(drafted("s1", title=None))).text
    assert [words for words in BUTTONS if words in draft] == ["Compléter la session"]
    assert "Vérifier et publier" in yann.get(page_of(drafted("s2"))).text
    service = planning.planning_service()
    awaiting = service.publish(drafted("s3", **EXTERNAL), "Noa Petit")
    assert [words for words in BUTTONS if words in yann.get(page_of(awaiting)).text] == ["Annuler la session"]
    open_ = yann.get(page_of(published("s4"))).text
    assert [words for words in BUTTONS if words in open_] == list(BUTTONS[1:])
    gone = service.call_off(published("s5"), "Noa Petit", "Neige")
    assert [words for words in BUTTONS if words in yann.get(page_of(gone)).text] == []


def test_a_decision_that_is_awaited_is_named_with_the_way_to_it(yann):
    session = planning.planning_service().publish(drafted(**EXTERNAL), "Noa Petit")
    question = asked(session, "director")
    page = yann.get(page_of(session))
    assert "Une décision est attendue" in page.text
    assert f'href="/bureau/decisions/{question}"' in page.body


def test_what_was_sent_back_says_why(yann):
    session = planning.planning_service().publish(drafted(**EXTERNAL), "Noa Petit")
    line = HistoryLine(stores.now(), "Claire Martin", "Session renvoyée", "Précisez le prix.")
    planning.planning_service().record(session.id, SessionEvent.SENT_BACK, line)
    assert "Précisez le prix." in yann.get(page_of(session)).text


def test_the_whole_history_has_the_lines_of_the_session_and_of_each_person(yann, busy, clock):
    page = yann.get(page_of(busy, "/historique"))
    for words in (
        "Session créée", "Session publiée", "Inscription confirmée : Ana Roux", "Inscription en liste d’attente : Éva Bo",
        "Inscription annulée : Ana Roux", "Au téléphone", "Place libérée et proposée : Cléo Vit",
    ):  # fmt: skip
        assert words in page.text
    own = yann.get(page_of(busy)).text
    assert "Session publiée" in section(yann.get(page_of(busy)), "Historique de la session")
    assert "Inscription annulée" not in own


def test_the_newest_line_comes_first(yann, clock):
    session = published()
    clock.wait(minutes=1)
    comes(session, "Ana Roux")
    text = yann.get(page_of(session, "/historique")).text
    assert text.index("Ana Roux") < text.index("Session publiée") < text.index("Session créée")


def test_what_people_typed_is_text_wherever_it_is_shown(yann):
    session = published(title=HOSTILE, seats=1)
    comes(session, f"Ana {HOSTILE}", structure=HOSTILE)
    waiting = comes(session, f"Bob {HOSTILE}", structure="Gîte")
    ways = ("", "/historique", "/personnes", "/annulation", "/inscription", "/pages/essentiel",
            f"/inscriptions/{waiting.reference}")  # fmt: skip
    for way in ways:
        body = yann.get(page_of(session, way)).body
        assert "<script>alert" not in body, way
        assert way in ("/inscription", "/annulation") or "{{ 7*7 }}" in body, way


def test_a_session_that_is_not_there_is_not_found(yann):
    for way in (
        "",
        "/historique",
        "/personnes",
        "/annulation",
        "/inscription",
        "/verification",
        "/inscriptions.csv",
    ):
        assert yann.get(f"/bureau/formations/SES-222222{way}").status == 404
    assert now_of(published()).reference
