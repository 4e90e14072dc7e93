"""The lists of sessions, new ones and copies."""

import re

import pytest

from chalicelib.trainings.bootstrap import planning, stores
from chalicelib.trainings.statuses import SessionStatus
from tests.integration.trainings.desk_house import (
    DESK,
    as_,
    clock,
    comes,
    drafted,
    empty_house,
    form_of,
    now_of,
    page_of,
    publish_office,
    published,
)

__all__ = ["clock", "empty_house"]

pytestmark = pytest.mark.usefixtures("clock")
MARCH = [{"on": "2027-03-10", "begins": "09:00", "ends": "12:30"}]
TODAY = [{"on": "2027-03-03", "begins": "14:00", "ends": "15:00"}]


@pytest.fixture
def yann():
    return as_("network_officer")


def titles(page):
    return re.findall(r'<th scope="row"[^>]*><a[^>]*>([^<]*)</a>', page.body)


def test_sessions_to_come_are_listed_from_the_next_one_on_with_their_places(yann):
    published("s1", title="En mai", seats=12)
    march = published("s2", title="En mars", half_days=MARCH, seats=1)
    comes(march, "Ana Roux")
    comes(march, "Bob Max", structure="Gîte")
    page = yann.get(DESK)
    assert titles(page) == ["En mars", "En mai"]
    assert "10 mars 2027" in page.text
    assert "1 sur 1, 1 en attente" in page.text
    assert "0 sur 12" in page.text
    assert '<span class="tag success">Publiée</span>' in page.body


def test_each_stage_has_its_sessions(yann, clock):
    drafted("s1", title="Brouillon", half_days=None)
    awaiting = drafted("s2", title="Attend", trainer_kind="external", trainer_email="ines@example.org")
    planning.planning_service().publish(awaiting, "Noa Petit")
    called_off = published("s3", title="Annulée")
    planning.planning_service().call_off(called_off, "Noa Petit", "Neige")
    published("s4", title="Passée", half_days=TODAY)
    clock.wait(hours=5)
    yann = as_("network_officer")
    found = {key: titles(yann.get(f"{DESK}?etat={key}")) for key in
             ("a-venir", "brouillons", "a-confirmer", "passees", "annulees", "n-importe-quoi")}  # fmt: skip
    assert found == {
        "a-venir": [], "brouillons": ["Brouillon"], "a-confirmer": ["Attend"], "passees": ["Passée"],
        "annulees": ["Annulée"], "n-importe-quoi": [],
    }  # fmt: skip
    assert "à fixer" in yann.get(f"{DESK}?etat=brouillons").text
    assert "Aucune session à venir." in yann.get(DESK).text


def test_a_new_session_has_what_the_office_usually_answers(yann):
    answer = yann.post(DESK, **form_of(yann.get(DESK)))
    assert answer.status == 303
    assert answer.headers["Location"].endswith("/pages/essentiel")
    (made,) = stores.sessions().list_in_status(SessionStatus.DRAFT)
    assert made.answers == {
        "per_structure": 2, "partners_first_days": 14, "in_charge": "yann", "accessibility": "noa",
    }  # fmt: skip
    assert made.created_by == "Yann Le Goff"


def test_a_creation_sent_twice_makes_one_session_and_leads_to_it_twice(yann):
    form = form_of(yann.get(DESK))
    first, second = (yann.post(DESK, **form).headers["Location"] for _ in range(2))
    assert first == second
    assert len(stores.sessions().list_in_status(SessionStatus.DRAFT)) == 1
    for _ in range(2):
        yann.post(DESK, cle="nothing of ours")
    assert len(stores.sessions().list_in_status(SessionStatus.DRAFT)) == 3


def test_a_copy_has_all_but_the_dates_and_a_form_sent_twice_makes_one(yann):
    session = published(title="Réussir ses photos", seats=9)
    form = form_of(yann.get(page_of(session)))
    first, second = (yann.post(page_of(session, "/copie"), **form).headers["Location"] for _ in range(2))
    assert first == second
    (copied,) = stores.sessions().list_in_status(SessionStatus.DRAFT)
    assert copied.answers == {name: kept for name, kept in session.answers.items() if name != "half_days"}
    assert now_of(session) == session


def test_a_title_is_text_in_the_list(yann):
    published(title="<script>alert(1)</script> & « Photos »")
    page = yann.get(DESK)
    assert "<script>alert" not in page.body
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; « Photos »" in page.body


def test_an_office_without_trainings_is_told_how_to_add_them(yann):
    publish_office()
    page = as_("director").get(DESK)
    assert page.status == 200
    assert "ajoutez la section trainings au fichier de l’office" in page.text
    assert "Créer une session" not in page.text
    assert as_("director").post(DESK).status == 422
