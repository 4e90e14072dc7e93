"""Which accommodations are shown as classified, and what of them."""

from dataclasses import asdict, replace
from datetime import date

import pytest

from chalicelib.subsidies.directory import PROVED
from chalicelib.subsidies.own_names import is_own_name
from chalicelib.subsidies.statuses import Event, Status
from tests.aid import a_partner
from tests.aid_world import World

TODAY = date(2027, 8, 1)
DECLARED = {
    "star_rating": 2, "classified_until": "2028-12-31", "commune": "01281", "capacity_persons": 4,
    "website": "https://noyers.example.fr", "first_name": "Maëlle", "last_name": "Le Goff", "phone": "+33465710000",
}  # fmt: skip


@pytest.fixture
def world() -> World:
    return World()


def partner(world: World, key: str = "p1", **changes: object) -> None:
    known = {"id": key, "email": f"{key}@gite.example.fr", "answers": DECLARED, **changes}
    world.partners.partners[key] = a_partner(**known)


def places(world: World, on: date = TODAY):
    return [listed.place for listed in world.directory.list_all(on)]


def proved(world: World, key: str = "s1", owner: str = "p1", answers=(), **proofs: object):
    """A file whose proofs were found in order."""
    file = world.printing.write(world.told(world.sent(key, owner, **dict(answers)), Event.FOUND_COMPLETE, Event.WORKED_OUT, Event.ACCEPTED).id, "award")  # fmt: skip
    return world.paid_for(world.proven(file, **proofs), Event.PROOFS_ACCEPTED)


class TestWhatIsListed:
    def test_a_proof_wins_over_what_the_partner_declared(self, world):
        partner(world)
        assert [(place.level, place.commune_name, place.is_proved) for place in places(world)] == [
            (2, "Ornex", False)
        ]
        proved(world, level=4, decided_capacity=8)
        (place,) = places(world)
        assert (place.level, place.capacity_persons, place.expires_on) == (4, 8, date(2032, 6, 20))
        assert (place.commune_name, place.name, place.is_proved) == (
            "Ferney-Voltaire",
            "Gîte des Noyers",
            True,
        )
        assert place.website == DECLARED["website"]

    @pytest.mark.parametrize(
        "answers",
        [
            {"star_rating": 0},
            {"classified_until": None},
            {"classified_until": "2027-07-31"},
            {"star_rating": None, "classified_until": ""},
        ],
    )
    def test_what_was_not_declared_or_is_over_is_not_listed(self, world, answers):
        partner(world, answers={**DECLARED, **answers})
        assert places(world) == []

    def test_a_declared_one_counts_to_the_end_of_its_last_day(self, world):
        partner(world)
        assert len(places(world, date(2028, 12, 31))) == 1
        assert places(world, date(2029, 1, 1)) == []

    def test_a_proved_one_counts_to_the_end_of_its_last_day_and_no_declaration_takes_its_place(self, world):
        partner(world, answers={**DECLARED, "classified_until": "2040-01-01"}, active_until=date(2041, 1, 1))
        proved(world)
        assert len(places(world, date(2032, 6, 20))) == 1
        assert places(world, date(2032, 6, 21)) == []

    @pytest.mark.parametrize("until", [None, date(2027, 7, 31)])
    def test_only_active_partners_are_listed(self, world, until):
        partner(world)
        proved(world)
        partner(world, active_until=until)
        assert places(world) == []

    def test_a_partner_without_an_accommodation_is_not_listed(self, world):
        partner(world, category="restaurant")
        assert places(world) == []

    @pytest.mark.parametrize("status", list(Status))
    def test_a_decision_counts_once_the_office_has_seen_it_and_until_it_comes_back_to_it(self, world, status):
        partner(world, answers={})
        world.put(proved(world), status=status)
        assert bool(places(world)) == (status in PROVED)

    def test_a_decision_that_turned_out_not_to_be_one_is_gone(self, world):
        partner(world, answers={})
        file = world.paid_for(proved(world), Event.PAYMENT_SENT_BACK)
        file = world.put(file, proofs={**file.proofs, "outcome": "not_classified"})
        file = world.paid_for(file, Event.PROOFS_ACCEPTED, Event.PAYMENT_APPROVED)
        assert file.status is Status.PAYMENT_APPROVED
        assert places(world) == []

    def test_each_accommodation_of_a_partner_is_listed_with_its_newest_decision(self, world):
        partner(world)
        newer = proved(world, "s1", decided_on="2027-06-20", level=5)
        proved(world, "s2", answers={"establishment_name": "Gîte du Pré"}, level=3)
        decided = replace(newer.classification, level=2, decided_on=date(2023, 7, 20))
        world.subsidies.files["s9"] = replace(newer, id="s9", reference="SUB-9", classification=decided)
        assert [(place.name, place.level) for place in places(world)] == [
            ("Gîte des Noyers", 5),
            ("Gîte du Pré", 3),
        ]

    def test_rooms_of_a_host_are_listed_by_a_proof_only_and_without_stars(self, world):
        partner(world, category="guest_house")
        assert places(world) == []
        file = proved(world, level=3)
        world.put(file, answers={**file.answers, "category": "guest_house"})
        (place,) = places(world)
        assert (place.is_reference, place.level) == (True, 0)

    def test_they_come_by_commune_then_by_name_as_the_french_alphabet_has_them(self, world):
        for key, name, commune in (
            ("p1", "Éden", "01281"), ("p2", "abri", "01281"), ("p3", "Zénith", "01160"), ("p4", "Fenil", "01281"),
        ):  # fmt: skip
            partner(world, key, business_name=name, answers={**DECLARED, "commune": commune})
        assert [place.name for place in places(world)] == ["Zénith", "abri", "Éden", "Fenil"]


class TestWhatIsSaid:
    def test_nothing_of_a_person(self, world):
        partner(world)
        said = str([asdict(place) for place in places(world)])
        for private in ("Maëlle", "Le Goff", "gite.example.fr", "+33"):
            assert private not in said

    @pytest.mark.parametrize(
        "name", ["Maëlle Le Goff", "LE GOFF Maelle", "Mme Le Goff", "M. Le Goff", "Le Goff EI"]
    )
    def test_a_name_that_is_only_the_hosts_own_gives_way_to_the_kind(self, world, name):
        partner(world, business_name=name)
        assert [place.name for place in places(world)] == ["Meublé de tourisme"]

    @pytest.mark.parametrize("name", ["Gîte Le Goff", "Chez Maëlle", "Les Goff", "La Mme"])
    def test_a_name_of_the_trade_stays(self, world, name):
        assert not is_own_name(name, "Maëlle Le Goff")
