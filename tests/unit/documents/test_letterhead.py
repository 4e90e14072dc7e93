"""What a document says of its office."""

import pytest

from chalicelib.documents.letterhead import office_on_paper
from chalicelib.web.theme import contrast
from tests.factories import an_office


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("1 rue de la Gare, 01210 Ferney-Voltaire", "Ferney-Voltaire"),
        ("BP 12, 38160 Saint-Marcellin Cedex 2", "Saint-Marcellin"),
        ("1 place du 8 Mai 1945, 38160 Saint-Antoine-l’Abbaye CEDEX", "Saint-Antoine-l’Abbaye"),
        ("Mairie de Ferney", ""),
    ],
)
def test_a_letter_is_written_where_the_address_says(address, place):
    assert office_on_paper(an_office(address=address))["place"] == place


def test_a_telephone_number_stays_on_one_line():
    assert office_on_paper(an_office())["phone"] == "04\xa065\xa071\xa000\xa010"


def test_a_pale_accent_is_darkened_until_it_can_be_seen_on_paper():
    office = office_on_paper(an_office(accent_color="#ffee88"))
    assert contrast(office["accent_color"], "#ffffff") >= 3
