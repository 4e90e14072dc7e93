"""The public page of the aid: what is left of the year, as the office votes it and others wait for it."""

import pytest

from chalicelib.office import bootstrap as office_room
from tests.aid import office_file
from tests.integration.subsidies.house import as_, clock, money

__all__ = ["clock"]

pytestmark = pytest.mark.usefixtures("clock")
HOME = "/subventions"


def test_before_the_first_award_the_whole_vote_is_left():
    assert "Enveloppe 2027 : 500,00 €" in as_().get(HOME).text


def test_a_new_vote_shows_at_once():
    money(free=10_000, reserved=40_000, consumed=0)
    voted = [{"year": 2027, "amount_cents": 90_000}]
    office_room.office_repository().publish(office_file(envelopes=voted))
    page = as_().get(HOME).text
    assert "Enveloppe 2027 : 900,00 €" in page
    assert "500,00 €" in page, "what is left: the hundred that were, and four hundred more"


def test_who_comes_now_learns_how_many_wait():
    money(free=500, reserved=49_500, consumed=0, waiting=2, cents=48_000)
    assert "2 dossiers attendent déjà : une nouvelle demande passe après" in as_().get(HOME).text
