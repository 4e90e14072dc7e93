"""The form of a session, page by page: what a draft keeps, and what a published session lets happen."""

from dataclasses import replace

import pytest

from chalicelib.trainings.bootstrap import planning, registering, stores
from chalicelib.trainings.mapping import session_item
from tests.integration.trainings.desk_house import (
    as_,
    clock,
    comes,
    drafted,
    empty_house,
    form_of,
    now_of,
    page_of,
    published,
)

__all__ = ["clock", "empty_house"]

pytestmark = pytest.mark.usefixtures("clock")
ESSENTIAL, CONTENT, DATES, SEATS, PRICE = (
    f"/pages/{key}" for key in ("essentiel", "contenu", "dates", "places", "prix")
)


@pytest.fixture
def yann():
    return as_("network_officer")


def edit(browser, session, page, **changes):
    """The page as it stands, sent with other texts; None leaves a field out."""
    shown = form_of(browser.get(page_of(session, page)))
    typed = {name: text for name, text in {**shown, **changes}.items() if text is not None}
    return browser.post(page_of(session, page), **typed)


def test_every_page_of_a_whole_draft_goes_on_to_the_check(yann):
    session = drafted()
    for page in (ESSENTIAL, CONTENT, DATES, SEATS, PRICE):
        answer = edit(yann, session, page)
        assert answer.status == 303, page
        assert answer.headers["Location"].endswith("/verification")
    assert now_of(session).answers == session.answers


def test_a_page_goes_on_to_the_next_one_that_is_left(yann):
    session = drafted(programme=None, seats=None)
    assert edit(yann, session, ESSENTIAL).headers["Location"].endswith(CONTENT)
    assert edit(yann, session, DATES).headers["Location"].endswith(SEATS)
    assert edit(yann, session, PRICE).headers["Location"].endswith(CONTENT)


def test_a_draft_keeps_what_is_typed_whatever_it_is_and_says_what_is_wrong(yann):
    session = drafted()
    answer = edit(yann, session, SEATS, seats="douze", minimum="4")
    assert answer.status == 422
    assert "Erreur : Les places et le public" in answer.text
    assert 'value="douze"' in answer.body
    assert now_of(session).answers["seats"] == "douze"
    again = yann.get(page_of(session, SEATS))
    assert again.status == 200
    assert 'aria-invalid="true"' in again.body
    assert 'value="douze"' in again.body


def test_who_has_not_come_to_a_page_yet_is_told_of_nothing_there(yann):
    session = drafted(seats=None, minimum=None)
    page = yann.get(page_of(session, SEATS))
    assert 'role="alert"' not in page.body
    assert edit(yann, session, SEATS).text.count("Indiquez le nombre de places, par exemple 12.") == 2


def test_the_pages_say_which_of_them_are_done(yann):
    page = yann.get(page_of(drafted(programme=None), ESSENTIAL))
    assert page.body.count(" (fait)</span>") == 4
    assert '<span class="label">Le contenu</span></a>' in page.body


def test_a_draft_is_left_with_what_was_typed(yann):
    session = drafted()
    answer = edit(yann, session, ESSENTIAL, title="", pause="1")
    assert answer.headers["Location"].endswith(page_of(session))
    assert "title" not in now_of(session).answers


def test_a_half_day_is_added_and_taken_away_without_a_word_of_mistakes(yann):
    session = drafted()
    added = edit(yann, session, DATES, ajouter="half_days")
    assert added.headers["Location"].endswith("?ajouter=half_days#champ-half_days-1-on")
    page = yann.get(page_of(session, DATES) + "?ajouter=half_days")
    assert "Demi-journée 2" in page.text
    assert "Ajouter une demi-journée" in page.text
    edit(
        yann,
        session,
        DATES,
        **{"half_days-1-on": "05/05/2027", "half_days-1-begins": "14h", "half_days-1-ends": "17h30"},
    )
    assert len(now_of(session).answers["half_days"]) == 2
    removed = edit(yann, session, DATES, retirer="half_days-0")
    assert removed.headers["Location"].endswith("#champ-half_days")
    (left,) = now_of(session).answers["half_days"]
    assert left == {"on": "2027-05-05", "begins": "14:00", "ends": "17:30"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"half_days-0-on": "01/03/2027"}, "Cette date est passée"),
        ({"half_days-0-ends": "8h"}, "L’heure de fin vient avant l’heure de début"),
        ({"half_days-1-on": "04/05/2027", "half_days-1-begins": "10h", "half_days-1-ends": "11h"}, "en recouvre une autre"),
        ({"half_days-0-on": ""}, "indiquez la date"),
        ({"place_name": ""}, "Indiquez le lieu."),
    ],
)  # fmt: skip
def test_a_mistake_in_the_dates_is_told_and_what_was_typed_stays(yann, typed, sentence):
    answer = edit(yann, drafted(), DATES, **typed)
    assert answer.status == 422
    assert sentence in answer.text
    for name, text in typed.items():
        assert form_of(answer)[name] == text or text in ("8h", "10h", "11h")


def test_a_minimum_over_the_seats_is_told(yann):
    assert (
        "Le minimum dépasse le nombre de places : 5 pour 2." in edit(yann, drafted(), SEATS, minimum="5").text
    )


def test_a_page_that_does_not_exist_is_not_found(yann):
    assert yann.get(page_of(drafted(), "/pages/autre")).status == 404
    assert yann.get("/bureau/formations/SES-222222/pages/essentiel").status == 404


def test_a_published_session_is_changed_at_once_and_says_so(yann):
    session = published()
    answer = edit(yann, session, ESSENTIAL, title="Réussir ses vidéos")
    assert answer.headers["Location"].endswith(page_of(session) + "?fait=modifiee")
    assert now_of(session).plan.title == "Réussir ses vidéos"
    assert "La session est modifiée" in yann.get(page_of(session) + "?fait=modifiee").text


def test_who_is_told_of_a_change_is_said_before_it_is_saved(yann):
    session = published(seats=1)
    assert "Personne n’est prévenu par mail." in yann.get(page_of(session, ESSENTIAL)).text
    comes(session, "Ana Roux")
    comes(session, "Bob Max", structure="Gîte")
    assert "la personne qui a une place reçoit aussitôt un mail" in yann.get(page_of(session, DATES)).text
    assert "l’intervenant" in yann.get(page_of(session, ESSENTIAL)).text
    assert "dans l’ordre de la liste d’attente (1 personne)" in yann.get(page_of(session, SEATS)).text
    assert "Personne n’est prévenu par mail." in yann.get(page_of(session, PRICE)).text
    assert "Cette session est publiée" not in yann.get(page_of(drafted("s2"), DATES)).text


def test_mistakes_keep_a_published_session_as_it_was_with_what_was_typed_on_the_page(yann):
    session = published()
    answer = edit(yann, session, ESSENTIAL, title="", summary="Un autre résumé.")
    assert answer.status == 422
    assert "Donnez un titre à la session." in answer.text
    assert 'value="Un autre résumé."' in answer.body
    assert now_of(session) == session


def test_a_row_of_a_published_session_is_added_and_taken_away_before_anything_is_saved(yann):
    session = published()
    added = edit(yann, session, DATES, ajouter="half_days", place_name="Mairie")
    assert added.status == 200
    assert "Demi-journée 2" in added.text
    assert 'value="Mairie"' in added.body
    removed = edit(yann, session, DATES, retirer="half_days-0")
    assert form_of(removed)["half_days-0-on"] == ""
    assert now_of(session) == session


def test_what_forbids_a_change_on_another_page_is_said_with_the_way_there(yann):
    session = published(theme="numerique")
    session_item(replace(session, answers={**session.answers, "theme": "disparu"})).save()
    answer = edit(yann, session, PRICE, price_cents="10")
    assert answer.status == 422
    assert f'href="{page_of(session, ESSENTIAL)}#champ-theme"' in answer.body
    assert "une session publiée doit rester complète" in answer.text


@pytest.fixture
def full():
    """Three seats, all taken."""
    session = published(seats=3)
    for name in ("Ana Roux", "Bob Max", "Cléo Vit"):
        comes(session, name, structure=name)
    return session


def test_fewer_seats_than_are_taken_ask_what_becomes_of_them_and_nothing_is_chosen(yann, full):
    answer = edit(yann, full, SEATS, seats="1")
    assert answer.status == 422
    assert "3 places sont déjà prises ou proposées." in answer.text
    assert "Garder tout le monde" in answer.text
    assert "Revenir à 3 places" in answer.text
    assert 'value="1"' in answer.body
    assert "places_prises" not in form_of(answer)
    assert now_of(full) == full
    assert edit(yann, full, SEATS, seats="1", places_prises="autre").status == 422


def test_everybody_is_kept_and_seats_are_given_up_as_they_are_freed(yann, full):
    assert edit(yann, full, SEATS, seats="1", places_prises="rendre").status == 303
    seats = stores.registrations().seats(full.id)
    assert (seats.wanted, seats.capacity, seats.taken) == (1, 3, 3)
    assert "L’office n’en veut plus que 1" in yann.get(page_of(full)).text
    assert edit(yann, now_of(full), ESSENTIAL, title="Autre titre").status == 303


def test_one_goes_back_to_the_number_that_is_taken(yann, full):
    assert edit(yann, full, SEATS, seats="1", minimum="1", places_prises="revenir").status == 303
    assert now_of(full).plan.seats == 3
    assert now_of(full).plan.minimum == 1
    assert stores.registrations().seats(full.id).capacity == 3


def test_seats_that_are_added_go_to_who_waits(yann, full):
    waiting = comes(full, "Dan Zut", structure="Dan")
    assert edit(yann, full, SEATS, seats="4").status == 303
    assert now_of(waiting).status == "offered"


def test_somebody_who_registers_at_that_moment_keeps_nobody_from_saving(yann, monkeypatch):
    session = published(seats=5)
    arrivals, seats_of = iter(["Ana Roux"]), registering.stores.registrations().seats

    def meanwhile(session_id):
        seats = seats_of(session_id)
        for name in arrivals:
            comes(session, name)
        return seats

    form = form_of(yann.get(page_of(session, SEATS)))
    service = planning.planning_service()
    monkeypatch.setattr(
        planning, "planning_service", lambda: type(service)(**{**vars(service), "seats": meanwhile})
    )
    assert yann.post(page_of(session, SEATS), **{**form, "seats": "8"}).status == 303
    seats = stores.registrations().seats(session.id)
    assert (seats.capacity, seats.taken) == (8, 1)


def test_a_session_under_way_is_still_changed(yann, clock):
    days = [{"on": day, "begins": "09:00", "ends": "12:00"} for day in ("2027-03-04", "2027-03-06")]
    session = published(half_days=days)
    clock.wait(days=2)
    yann = as_("network_officer")
    assert edit(yann, session, DATES, place_name="Mairie").status == 303
    assert now_of(session).plan.place.name == "Mairie"
    wrong = edit(yann, session, DATES, **{"half_days-0-on": "03/03/2027"})
    assert "Cette date est passée" in wrong.text


def test_what_is_neither_draft_nor_published_is_not_edited(yann):
    session = published()
    form = form_of(yann.get(page_of(session, ESSENTIAL)))
    planning.planning_service().call_off(session, "Noa Petit", "Neige")
    assert yann.get(page_of(session, ESSENTIAL)).headers["Location"].endswith(page_of(session))
    assert yann.post(page_of(session, ESSENTIAL), **form).status == 409


HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}'


@pytest.mark.parametrize(
    ("page", "name"), [(ESSENTIAL, "title"), (CONTENT, "programme"), (DATES, "place_name")]
)
def test_what_is_typed_is_text_wherever_it_comes_back(yann, page, name):
    session = drafted()
    edit(yann, session, page, **{name: HOSTILE})
    for path in (page, "/verification", ""):
        body = yann.get(page_of(session, path)).body
        assert "<script>alert" not in body
        assert 'value=""><' not in body


def test_an_external_trainer_of_a_published_session_is_proposed_to_the_direction(yann):
    session = published()
    answer = edit(yann, session, ESSENTIAL, trainer_kind="external", trainer_name="Inès Delacroix")
    assert answer.headers["Location"].endswith("?fait=proposee")
    after = now_of(session)
    assert (after.plan.trainer.name, after.proposed["trainer_name"]) == ("Noa Petit", "Inès Delacroix")
    page = yann.get(page_of(session, "") + "?fait=proposee").text
    assert "L’accord est demandé à la direction pour l’autre intervenant" in page
    assert "Un autre intervenant est proposé" in page
    assert "Intervenant proposé à la direction" in page
    assert "Inès Delacroix" in yann.get(page_of(session, ESSENTIAL)).text


def test_the_direction_names_an_external_trainer_itself(yann):
    session = published()
    assert edit(as_("director"), session, ESSENTIAL, trainer_kind="external").status == 303
    assert now_of(session).plan.trainer.is_external
    assert "Intervenant proposé" not in yann.get(page_of(session, "")).text
