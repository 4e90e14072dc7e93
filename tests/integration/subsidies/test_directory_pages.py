"""The public list of classified accommodations: what is shown to whom, as a page and as open data."""

import csv
import io
import json
from datetime import timedelta

import pytest

from chalicelib.office import bootstrap as office_room
from chalicelib.office.territories import with_communes
from chalicelib.subsidies.bootstrap import overview
from tests.factories import office_document
from tests.integration.subsidies.house import as_, clock, paid, partner, told

__all__ = ["clock"]

pytestmark = pytest.mark.usefixtures("clock")
PAGE, CSV, API = "/hebergements-classes", "/hebergements-classes.csv", "/api/v1/classified-accommodations"


def test_a_place_is_shown_with_its_stars_in_words_and_how_long_they_last():
    partner()
    body = as_().get(PAGE).body
    assert (
        '<span class="stars" aria-hidden="true">★★</span><span class="sr">2&nbsp;étoiles</span>'
        in body.replace("\u00a0", "&nbsp;")
    )
    text = as_().get(PAGE).text
    for said in (
        "1 hébergement",
        "Hôtel du Pont",
        "Ferney-Voltaire",
        "Hôtel, 30 personnes",
        "Jusqu’au 31 mai 2029",
    ):
        assert said in text
    assert "selon l’établissement" in text


def test_robots_may_see_it():
    assert "noindex" not in as_().get(PAGE).body
    assert "Allow: /hebergements-classes\n" in as_().get("/robots.txt").body


def test_rooms_of_a_host_are_shown_by_their_label():
    partner(category="guest_house", star_rating=0, classified_until=None)
    told(paid("s1"), category="guest_house")
    text = as_().get(PAGE).text
    assert "Chambre d’hôtes référence" in text
    assert "★" not in text
    assert "selon l’établissement" not in text


def test_nothing_of_a_person_is_told_anywhere():
    partner(website="https://noyers.example.fr")
    for path in (PAGE, CSV, API):
        body = json.dumps(as_().get(path).body, ensure_ascii=False)
        for private in ("Maëlle", "Le Goff", "hotel.example.fr", "+33", "04 65 71 00 00", "73282932000074"):
            assert private not in body, (path, private)
        assert "noyers.example.fr" in body


def test_only_an_address_of_the_web_becomes_a_link():
    partner(website="javascript:alert(1)", business_name="<b>x</b>")
    body = as_().get(PAGE).body
    assert "javascript:" not in body
    assert "&lt;b&gt;x" in body


def test_it_is_narrowed_by_its_address_and_an_empty_result_leads_on():
    partner("p1")
    partner(
        "p2", email="b@hotel.example.fr", siret="55208131766522", commune="01281", business_name="Auberge"
    )
    text = as_().get(f"{PAGE}?commune=01281").text
    assert "Auberge" in text
    assert "Hôtel du Pont" not in text
    assert "Tout afficher" in text
    empty = as_().get(f"{PAGE}?commune=01281&etoiles=5")
    assert "Aucun hébergement ne correspond" in empty.text
    assert "voyez les 2 hébergements classés" in empty.text
    assert '<option value="01281" selected>' in empty.body
    assert as_().get(f"{PAGE}?commune=%3Cx%3E&type=%27&etoiles=-1&page=%00").status == 200


def test_a_long_list_comes_in_pages_that_keep_what_was_chosen():
    for number in range(51):
        partner(f"p{number}", email=f"p{number}@hotel.example.fr", business_name=f"Gîte {number:02d}")
    first = as_().get(f"{PAGE}?type=hotel")
    assert "51 hébergements" in first.text
    assert "Gîte 50" not in first.text
    assert 'href="/hebergements-classes?type=hotel&amp;page=2"' in first.body
    assert "Gîte 50" in as_().get(f"{PAGE}?type=hotel&page=2").text


def test_open_data_says_the_same_under_an_open_licence():
    partner(business_name="=Hôtel; bar")
    office = office_room.office_repository().current().name
    document = as_().get(API)
    found = json.loads(document.body)
    assert (found["licence"], found["source"], found["count"]) == ("Licence Ouverte 2.0", office, 1)
    (place,) = found["accommodations"]
    assert (place["name"], place["stars"], place["valid_until"]) == ("=Hôtel; bar", 2, "2029-05-31")
    table = as_().get(CSV)
    (line,) = csv.DictReader(io.StringIO(table.body.removeprefix("\ufeff")), delimiter=";")
    assert (line["Nom"], line["Étoiles"], line["Classement"]) == ("'=Hôtel; bar", "2", "2\u00a0étoiles")
    assert (line["Licence"], line["Source"]) == ("Licence Ouverte 2.0", office)
    assert table.headers["Cache-Control"] == document.headers["Cache-Control"] == "public, max-age=60"


def test_the_api_keeps_what_its_description_promises():
    from jsonschema import Draft202012Validator

    from chalicelib.subsidies.api_description import OPERATIONS, schemas

    partner()
    told(paid("s1", level=0), category="hostel", establishment_name="Auberge")
    told(paid("s2"), establishment_name="Gîte")
    found = json.loads(as_().get(API).body)
    assert found["count"] == 2
    Draft202012Validator(schemas()["ClassifiedAccommodations"]).validate(found)
    document = json.loads(as_().get("/api/v1/openapi.json").body)
    assert document["paths"][API]["get"]["operationId"] == OPERATIONS[0].name


def test_a_warm_function_keeps_the_list_for_a_minute(clock):
    assert "Aucun hébergement partenaire n’est classé" in as_().get(PAGE).text
    partner()
    assert "Aucun hébergement partenaire n’est classé" in as_().get(PAGE).text
    clock.at += timedelta(minutes=1)
    assert "1 hébergement" in as_().get(PAGE).text


def test_an_office_without_an_aid_has_a_list_all_the_same():
    office_room.office_repository().publish(with_communes(office_document()))
    partner()
    text = as_().get(PAGE).text
    assert "Hôtel du Pont" in text
    assert "aide à faire classer" not in text


def test_the_front_page_and_the_page_of_the_aid_lead_there():
    for path in ("/", "/subventions"):
        assert f'href="{PAGE}"' in as_().get(path).body


def test_the_list_is_that_of_the_directory():
    partner()
    assert [place.name for place in overview.classified_places()] == ["Hôtel du Pont"]
