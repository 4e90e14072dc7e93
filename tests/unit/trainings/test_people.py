"""Who somebody is within a session: the same person, however the name is typed."""

import pytest

from chalicelib.trainings.model import Person
from chalicelib.trainings.people import guest_key, partner_key, person_key
from tests.training import a_structure

HOTEL = a_structure()
MAELLE = person_key(HOTEL, Person("Maëlle", "Le Goff"))


@pytest.mark.parametrize(
    ("first_name", "last_name"),
    [
        ("Maëlle", "LE GOFF"),
        ("maelle", "le goff"),
        ("MAËLLE", "Le-Goff"),
        ("Mae\u0308lle", "Le\u00a0Goff"),
        (" Maëlle ", "Le  Goff"),
        ("Maëlle Le", "Goff"),
    ],
)
def test_accents_capitals_and_hyphens_make_nobody_another_person(first_name, last_name):
    assert person_key(HOTEL, Person(first_name, last_name, "other@example.org", "0612345678")) == MAELLE


@pytest.mark.parametrize("name", ["Maël", "Maelle2", "Maelleh"])
def test_another_name_is_another_person(name):
    assert person_key(HOTEL, Person(name, "Le Goff")) != MAELLE


def test_the_same_name_in_another_structure_is_another_person():
    assert person_key(a_structure("Gîte des Noyers"), Person("Maëlle", "Le Goff")) != MAELLE


def test_a_name_without_latin_letters_is_a_name():
    keys = {person_key(HOTEL, Person(first, "李")) for first in ("伟", "娜")}
    assert len(keys) == 2


def test_a_key_tells_no_name():
    assert "goff" not in MAELLE.lower()
    assert "maelle" not in guest_key("maelle@example.org")


def test_a_guest_is_known_by_the_address_however_it_is_written_and_is_no_partner():
    assert guest_key("Maelle@Example.org") == guest_key("maelle@example.org")
    assert partner_key("p1") == "partner:p1"
