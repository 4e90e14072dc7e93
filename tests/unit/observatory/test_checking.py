"""What cannot be true is named at its figure, with a sentence that says what to do."""

import pytest

from chalicelib.observatory.checking import mistakes
from chalicelib.observatory.figures import Guests
from chalicelib.observatory.model import Establishment, Sold

HOTEL = Establishment("h", "Hôtel de l’Exemple", "hotel@example.org", "hotel", "01210", 20, 40)


def _wrong(sold: Sold) -> list[str]:
    return [mistake.figure for mistake in mistakes(sold, 7, HOTEL)]


@pytest.mark.parametrize(
    ("sold", "figures"),
    [
        (Sold(140, 140, Guests(280, 280)), []),
        (Sold(0, 0), []),
        (Sold(141, 100), ["offered"]),
        (Sold(100, 101), ["occupied"]),
        (Sold(141, 142), ["offered", "occupied"]),
        (Sold(140, 100, Guests(281, 10)), ["nights"]),
        (Sold(140, 100, Guests(99, 10)), ["nights"]),
        (Sold(140, 0, Guests(5, 5)), ["nights"]),
        (Sold(140, 100, Guests(150, 151)), ["arrivals"]),
        (Sold(140, 0, Guests(0, 0)), []),
    ],
)
def test_what_cannot_be_true(sold: Sold, figures: list[str]):
    assert _wrong(sold) == figures


def test_a_limit_is_told_with_its_reason():
    told = [mistake.sentence.replace("\u00a0", " ") for mistake in mistakes(Sold(1500, 10), 7, HOTEL)]
    assert told == ["Au plus 140, c’est votre capacité pendant 7 jours."]


def test_beds_that_nobody_told_of_bound_nothing():
    without = Establishment("h", "Gîte", "gite@example.org", "furnished_rental", "01210", 1, 0)
    assert not list(mistakes(Sold(7, 7, Guests(70, 2)), 7, without))
