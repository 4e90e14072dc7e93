"""A registration as its holder sees it: what comes next, what cancelling costs, who comes instead."""

from datetime import UTC, datetime

import pytest

from chalicelib.links.bootstrap import link_service
from chalicelib.runtime import config
from chalicelib.trainings.bootstrap import stores
from chalicelib.trainings.emails import link_to
from chalicelib.trainings.statuses import Status
from tests.integration.trainings.desk_house import as_, clock, comes, empty_house, now_of, published
from tests.integration.web.test_pages import HTML_LIMIT, outline

__all__ = ["clock", "empty_house"]

LATE = datetime(2027, 4, 26, 8, 0, tzinfo=UTC)
"""Eight days before the session: within those in which its price is due."""
COLLEAGUE = {"remplacant-first_name": "Noé", "remplacant-last_name": "Blanc"}


@pytest.fixture
def session(clock):
    return published(seats=1, price_cents=150_00)


@pytest.fixture
def one(session):
    return comes(session, email="maelle@hotel.example.fr")


def page_of(registration):
    """The path that the mails of a registration lead to."""
    session = stores.sessions().find(registration.session_id)
    return link_service().mint(link_to(session, registration, stores.now())).removeprefix(config.base_url())


class TestThePage:
    def test_it_says_where_the_registration_stands_and_has_the_code_for_the_door(self, one):
        page = as_().get(page_of(one))
        assert page.status == 200
        assert "Inscription confirmée" in page.text
        assert "<svg" in page.body.partition("À montrer à l’entrée")[2]
        assert len(page.body.encode()) < HTML_LIMIT
        assert outline(page.body).tags.count("h1") == 1

    def test_who_waits_sees_the_rank_and_no_code(self, session, one):
        waiting = comes(session, "Bo Petit", "Chez Bo")
        page = as_().get(page_of(waiting))
        assert "Votre rang : 1 sur 1." in page.text
        assert "À montrer à l’entrée" not in page.text
        assert "Quitter la liste d’attente" in page.text

    def test_once_the_session_has_begun_nothing_can_be_changed(self, one, clock):
        clock.at = datetime(2027, 5, 4, 7, 0, tzinfo=UTC)
        page = as_().get(page_of(one))
        assert page.status == 200
        assert "Annuler mon inscription" not in page.text
        assert "/coordonnees" not in page.body

    def test_there_is_no_certificate_before_the_end(self, one):
        assert as_().get(f"{page_of(one)}/attestation").status == 404


class TestCancelling:
    def test_nothing_happens_until_the_box_is_ticked_and_the_page_says_so(self, one):
        path = page_of(one)
        page = as_().post(f"{path}/annulation", motif="Empêchée")
        assert page.status == 422
        assert "Cochez la case" in page.text
        assert now_of(one).status is Status.CONFIRMED

    def test_ticked_it_is_cancelled_with_its_reason_and_shown_as_such(self, one):
        path = page_of(one)
        assert as_().post(f"{path}/annulation", confirme="on", motif="Empêchée").status == 303
        assert (now_of(one).status, now_of(one).due_cents) == (Status.CANCELLED, 0)
        page = as_().get(path)
        assert "Annuler mon inscription" not in page.text
        assert "Empêchée" in page.text

    def test_sent_twice_it_stays_cancelled(self, one):
        path = f"{page_of(one)}/annulation"
        assert [as_().post(path, confirme="on").status for _ in range(2)] == [303, 303]
        assert now_of(one).status is Status.CANCELLED

    def test_in_time_it_costs_nothing_and_late_the_page_says_before_what_is_due(self, one, clock):
        path = page_of(one)
        assert "Cette annulation est tardive" not in as_().get(path).text
        clock.at = LATE
        page = as_().get(path)
        assert "Cette annulation est tardive" in page.text
        assert "150,00 € restent dus" in page.text
        as_().post(f"{path}/annulation", confirme="on")
        assert now_of(one).due_cents == 150_00
        assert "Reste dû : 150,00 €" in as_().get(path).text

    def test_who_waits_owes_nothing_however_late(self, session, one, clock):
        waiting = comes(session, "Bo Petit", "Chez Bo")
        path, clock.at = page_of(waiting), LATE
        assert "tardive" not in as_().get(path).text
        as_().post(f"{path}/annulation", confirme="on")
        assert now_of(waiting).due_cents == 0


class TestChanging:
    def test_other_contact_details_are_kept(self, one):
        details = {"email": "maelle@hotel.example.fr", "phone": "06 39 98 12 34", "function": "Gérante"}
        assert as_().post(f"{page_of(one)}/coordonnees", **details).status == 303
        person = now_of(one).person
        assert (person.function, person.phone.replace(" ", "")[-8:]) == ("Gérante", "39981234")

    def test_an_address_that_is_none_is_told_and_kept(self, one):
        page = as_().post(f"{page_of(one)}/coordonnees", email="maelle@", phone="", function="Gérante")
        assert page.status == 422
        assert 'value="maelle@"' in page.body
        assert 'value="Gérante"' in page.body
        assert "Personne 1" not in page.text
        assert now_of(one).person.function == ""

    def test_a_colleague_comes_instead_on_the_same_seat(self, session, one):
        assert as_().post(f"{page_of(one)}/remplacement", **COLLEAGUE).status == 303
        assert now_of(one).status is Status.REPLACED
        [comes_now] = [
            other
            for other in stores.registrations().list_of_session(session.id)
            if other.status is Status.CONFIRMED
        ]
        assert comes_now.person.name == "Noé Blanc"
        assert stores.registrations().seats(session.id).taken == 1

    def test_a_colleague_without_a_name_is_told_at_the_field(self, one):
        page = as_().post(f"{page_of(one)}/remplacement", **{**COLLEAGUE, "remplacant-last_name": ""})
        assert page.status == 422
        assert "#champ-remplacant-last_name" in page.body
        assert 'value="Noé"' in page.body

    def test_a_colleague_who_is_registered_already_is_told(self, session, one):
        comes(session, "Noé Blanc")
        page = as_().post(f"{page_of(one)}/remplacement", **COLLEAGUE)
        assert page.status == 409
        assert "déjà inscrite" in page.text
        assert now_of(one).status is Status.CONFIRMED
