"""All of a session before it is published, and its publication."""

import pytest

from chalicelib.trainings.statuses import SessionStatus
from tests.integration.trainings.desk_house import (
    as_,
    clock,
    drafted,
    empty_house,
    now_of,
    page_of,
    publish_office,
    published,
)
from tests.training_office import trainings_section

__all__ = ["clock", "empty_house"]

pytestmark = pytest.mark.usefixtures("clock")
CHECK = "/verification"
WHOLE_DAY = [
    {"on": "2027-05-04", "begins": "09:00", "ends": "12:30"},
    {"on": "2027-05-04", "begins": "14:00", "ends": "17:30"},
]


@pytest.fixture
def yann():
    return as_("network_officer")


def test_all_answers_are_read_with_a_way_to_change_each(yann):
    session = drafted(programme="Le cadrage, puis la lumière.")
    page = yann.get(page_of(session, CHECK))
    assert page.status == 200
    assert "Le cadrage, puis la lumière." in page.text
    assert "04/05/2027, 9 h 00, 12 h 30" in page.text
    for key in ("essentiel", "contenu", "dates", "places", "prix"):
        assert f'href="{page_of(session)}/pages/{key}"' in page.body
    assert "Publier" in page.text


def test_every_mistake_is_named_with_the_way_to_its_field_and_nothing_is_published(yann):
    session = drafted(title=None, programme=None, half_days=None)
    page = yann.get(page_of(session, CHECK))
    assert "3 réponses sont à corriger" in page.text
    for way in ("essentiel#champ-title", "contenu#champ-programme", "dates#champ-half_days"):
        assert f'href="{page_of(session)}/pages/{way}"' in page.body
    assert "Publier" not in page.text
    assert f'class="button primary" href="{page_of(session)}/pages/essentiel"' in page.body
    answer = yann.post(page_of(session, CHECK))
    assert answer.status == 422
    assert "3 réponses sont à corriger" in answer.text
    assert now_of(session) == session


def test_what_cancelling_costs_and_what_funds_pay_is_said(yann):
    free = yann.get(page_of(drafted(), CHECK)).text
    assert "L’annulation est gratuite." in free
    assert "Non finançable par l’AGEFICE : ce n’est pas une action de formation." in free
    paid = drafted("s2", kind="training_action", price_cents=12_000, half_days=WHOLE_DAY)
    page = yann.get(page_of(paid, CHECK)).text
    assert "Annulation gratuite jusqu’au vendredi 23 avril 2027 inclus ; après, 120,00 € restent dus." in page
    assert "Finançable par l’AGEFICE (au moins 7 heures)." in page
    short = drafted("s3", kind="training_action", price_cents=12_000)
    assert "il faut au moins 7 heures" in yann.get(page_of(short, CHECK)).text


def test_a_session_is_published_once_however_often_it_is_sent(yann):
    session = drafted()
    answer = yann.post(page_of(session, CHECK))
    assert answer.headers["Location"].endswith(page_of(session) + "?fait=publiee")
    after = now_of(session)
    assert after.status is SessionStatus.PUBLISHED
    assert yann.post(page_of(session, CHECK)).headers["Location"].endswith(page_of(session))
    assert now_of(session) == after
    assert "La session est publiée" in yann.get(page_of(session) + "?fait=publiee").text


def test_with_an_external_trainer_the_direction_is_asked_first(yann):
    session = drafted(trainer_kind="external", trainer_email="ines@example.org")
    page = yann.get(page_of(session, CHECK))
    assert "Demander l’accord de la direction" in page.text
    assert "Publier" not in page.text
    assert yann.post(page_of(session, CHECK)).headers["Location"].endswith("?fait=demandee")
    assert now_of(session).status is SessionStatus.AWAITING_APPROVAL
    assert "Accord attendu" in yann.get(page_of(session)).text


def test_a_training_action_without_activity_number_is_refused_at_its_field():
    publish_office(trainings=trainings_section(activity_number=""))
    page = as_("director").get(page_of(drafted(kind="training_action"), CHECK))
    assert "L’office n’a pas de numéro de déclaration d’activité" in page.text


def test_what_is_published_has_no_check_any_more(yann):
    session = published()
    assert yann.get(page_of(session, CHECK)).headers["Location"].endswith(page_of(session))
