"""Pages about a session that has begun: what can no longer be done is not offered, and a form sent late says so."""

import pytest

from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import LinkRequest
from chalicelib.trainings.bootstrap import planning
from chalicelib.trainings.paths import MANAGE_PAGE, OFFER_PAGE
from chalicelib.trainings.statuses import Status
from tests.integration.trainings.desk_house import (
    WHO,
    as_,
    asked,
    clock,
    comes,
    empty_house,
    now_of,
    page_of,
    published,
)

__all__ = ["clock", "empty_house"]

A_MONTH = 30 * 24 * 3600
SOON = [{"on": "2027-03-04", "begins": "09:00", "ends": "12:30"}]


@pytest.fixture
def session(clock):
    return published(seats=1)


@pytest.fixture
def ana(session):
    return comes(session, "Ana Roux")


def begin(clock, session):
    clock.at = now_of(session).plan.starts_at


def link(page, subject, holder):
    """The path behind a mailed link."""
    return page + link_service().mint(LinkRequest(page, subject, holder, 3 * A_MONTH)).partition(page)[2]


def test_who_comes_is_offered_no_cancellation_from_the_beginning_on(clock, session, ana):
    path, browser = link(MANAGE_PAGE, ana.id, ana.email), as_()
    assert "Annuler mon inscription" in browser.get(path).text
    begin(clock, session)
    page = browser.get(path).text
    assert "Annuler mon inscription" not in page
    assert "Envoyer un collègue" not in page
    assert "La session a commencé : l’inscription ne se modifie plus ici." in page
    late = browser.post(f"{path}/annulation", confirme="oui")
    assert (late.status, "Appelez l’office" in late.text) == (422, True)
    assert now_of(ana).status is Status.CONFIRMED


def test_staff_note_an_absence_instead_of_cancelling(clock, session, ana):
    begin(clock, session)
    yann, path = as_("network_officer"), page_of(session, f"/inscriptions/{ana.reference}")
    page = yann.get(path)
    assert "Annuler l’inscription" not in page.text
    assert f'href="{page_of(session, "/presences")}"' in page.body
    assert yann.post(f"{path}/annulation", motif="Malade").status == 303
    assert now_of(ana).status is Status.CONFIRMED


class TestOffers:
    """Bob is offered a seat for two days, then the session is moved to tomorrow."""

    @pytest.fixture
    def bob(self, session, ana):
        bob = comes(session, "Bob Max")
        as_("network_officer").post(
            page_of(session, f"/inscriptions/{ana.reference}/annulation"), motif="Malade"
        )
        moved = {**now_of(session).answers, "half_days": SOON}
        planning.planning_service().edit(now_of(session), moved, WHO)
        return now_of(bob)

    def test_by_the_link_it_has_run_out(self, clock, session, bob):
        path, browser = link(OFFER_PAGE, asked(bob, ""), bob.email), as_()
        page = browser.get(path).text
        assert "Une place s’est libérée pour vous" in page
        assert "jeudi 4 mars 2027" in page
        begin(clock, session)
        page = browser.get(path).text
        assert "Cette proposition a pris fin" in page
        assert "Enregistrer ma réponse" not in page
        late = browser.post(path, reponse="accept")
        assert (late.status, "La session a commencé" in late.text) == (409, True)
        assert now_of(bob).status is Status.OFFERED
