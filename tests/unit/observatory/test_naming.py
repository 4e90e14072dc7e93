"""An establishment is found by its reference, SIRET or name, whatever the accents and capitals, and never guessed."""

import pytest

from chalicelib.observatory.naming import NameBook, Named, NobodyOfThatName, SeveralOfThatName

BOOK = NameBook.of(
    [
        Named("hotel", ("ADH-7KQ4-2M", "55208131766522", "Hôtel des Cimes")),
        Named("gite", ("ADH-9PWX-3N", "", "Gîte du Pont")),
        Named("other", ("ADH-2222-22", "", "gite du pont")),
    ]
)


@pytest.mark.parametrize(
    "text", ["adh-7kq4-2m", "552 081 317 66522", "55208131766522", "HOTEL  DES CIMES", "Hôtel des Cimes"]
)
def test_a_lodging_is_found_by_all_that_it_is_called(text: str):
    assert BOOK.find(text) == "hotel"


@pytest.mark.parametrize("text", ["", "Hôtel", "Hôtel des Cimes 2", "5520813176652", "=1+1"])
def test_what_nobody_is_called_is_not_guessed(text: str):
    with pytest.raises(NobodyOfThatName):
        BOOK.find(text)


def test_a_name_of_two_lodgings_is_told():
    with pytest.raises(SeveralOfThatName):
        BOOK.find("Gîte du Pont")
    assert BOOK.find("ADH 2222 22") == "other"
