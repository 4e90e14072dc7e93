"""What everybody sees of the sessions: the list with its filters, and a page for each."""

import json
import re
from datetime import UTC, datetime
from html import unescape

import pytest

from chalicelib.trainings.attendance import State
from chalicelib.trainings.bootstrap import attending, planning, stores
from tests.integration.trainings.desk_house import (
    WHO,
    as_,
    clock,
    comes,
    drafted,
    empty_house,
    now_of,
    publish_office,
    published,
)
from tests.integration.web.test_pages import HTML_LIMIT, outline
from tests.training import OF_A_TRAINING_ACTION

__all__ = ["clock", "empty_house"]

TITLES = re.compile(r'<h2><a href="[^"]*/formations/SES-[^"]+">([^<]+)</a></h2>')
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
META = re.compile(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">')


def listed(query: str = "") -> list[str]:
    """The titles in the catalogue, in its order."""
    page = as_().get(f"/formations{query}")
    assert page.status == 200
    return [unescape(title) for title in TITLES.findall(page.body)]


def public(session, end=""):
    return f"/formations/{session.reference}{end}"


def on(day, begins="09:00", ends="12:30"):
    return [{"on": day, "begins": begins, "ends": ends}]


@pytest.fixture
def sessions(clock):
    """Three to come, one of which is remote, in the order May, April, June."""
    return [
        published("may", title="Photos"),
        published("april", title="Accueil", theme="accueil", kind="thematic_event", half_days=on("2027-04-06")),
        published(
            "june", title="Visio", mode="remote", video_link="https://visio.example.org/salle", place_name=None,
            place_address=None, half_days=on("2027-06-01"),
        ),
    ]  # fmt: skip


def test_sessions_to_come_stand_in_the_order_of_their_dates(sessions):
    assert listed() == ["Accueil", "Photos", "Visio"]


def test_a_long_season_is_shown_page_by_page_and_keeps_what_is_looked_for(clock):
    for number in range(26):
        published(f"s{number:02}", title=f"Atelier {number:02}", half_days=on(f"2027-05-{number + 1:02}"))
    assert listed() == [f"Atelier {number:02}" for number in range(24)]
    assert listed("?mois=2027-05&page=2") == ["Atelier 24", "Atelier 25"]
    page = as_().get("/formations?mois=2027-05").body
    assert "Page 1 sur 2" in page
    assert "/formations?mois=2027-05&amp;page=2" in page
    assert "26\xa0sessions" in unescape(page)
    assert len(page) < HTML_LIMIT


def test_drafts_and_what_is_cancelled_or_has_begun_are_not_listed(sessions, clock):
    drafted("draft", title="Brouillon")
    planning.planning_service().call_off(now_of(sessions[0]), WHO, "Intervenante malade")
    clock.at = datetime(2027, 4, 6, 7, 0, tzinfo=UTC)
    assert listed() == ["Visio"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?theme=accueil", ["Accueil"]),
        ("?type=workshop", ["Photos", "Visio"]),
        ("?lieu=a-distance", ["Visio"]),
        ("?lieu=Maison+du+territoire", ["Accueil", "Photos"]),
        ("?mois=2027-05", ["Photos"]),
        ("?type=workshop&mois=2027-06", ["Visio"]),
        ("?theme=&type=&lieu=&mois=", ["Accueil", "Photos", "Visio"]),
    ],
)
def test_the_list_is_narrowed_by_theme_type_place_and_month(sessions, query, found):
    assert listed(query) == found
    chosen = as_().get(f"/formations{query}").body.count(" selected>")
    assert chosen == sum("=" in part and not part.endswith("=") for part in query[1:].split("&"))


@pytest.mark.parametrize("query", ["?theme=accueil&mois=2027-05", "?theme=nulle-part", "?mois=2027-99"])
def test_a_search_that_finds_nothing_leads_back_to_all(sessions, query):
    page = as_().get(f"/formations{query}")
    assert listed(query) == []
    assert "Aucune session ne correspond" in page.text
    assert "voyez les 3 sessions à venir" in page.text


def test_an_empty_catalogue_says_so_and_offers_no_filters(clock):
    page = as_().get("/formations")
    assert "Aucune session n’est annoncée pour le moment" in page.text
    assert "<select" not in page.body


def test_an_office_without_trainings_says_where_to_ask(empty_house):
    publish_office()
    page = as_().get("/formations")
    assert page.status == 200
    assert "<h1>" in page.body


def test_a_card_says_honestly_what_room_there_is(clock):
    session = published(seats=2)
    assert "Plus que 2 places" in as_().get("/formations").text
    for name in ("Ana Roux", "Bo Petit"):
        comes(session, name, name)
    assert "Complet, liste d’attente ouverte" in as_().get("/formations").text
    comes(session, "Cléo Blanc", "Chez Cléo")
    assert "Complet, 1 personne en liste d’attente" in as_().get("/formations").text


def test_a_catalogue_of_a_season_stays_a_small_page(clock):
    for number in range(24):
        published(f"s{number}", title=f"Atelier numéro {number}")
    page = as_().get("/formations")
    assert len(TITLES.findall(page.body)) == 24
    assert len(page.body.encode()) < HTML_LIMIT
    outline(page.body)


def test_the_page_of_a_session_says_all_that_is_needed_to_decide(clock):
    session = published(
        price_cents=150_00, prerequisites="Un téléphone récent.", funding="Votre OPCO peut aider.", to_bring="Votre téléphone",
    )  # fmt: skip
    page = as_().get(public(session))
    assert page.status == 200
    for said in (
        "Réussir ses photos au téléphone", "mardi 4 mai 2027", "3 h 30", "Maison du territoire, 3 rue du Colombier",
        "Noa Petit", "150,00 € hors taxes", "Tout le monde", "Cadrer, éclairer et retoucher.", "Le cadrage, puis la lumière.",
        "Un téléphone récent.", "Votre téléphone", "Votre OPCO peut aider.", "Annulation et remplacement", "Accessibilité",
    ):  # fmt: skip
        assert said in page.text, said
    assert len(page.body.encode()) < HTML_LIMIT
    assert outline(page.body).tags.count("h1") == 1


def test_the_page_of_a_training_action_tells_how_one_learns_is_assessed_and_gets_in(clock):
    page = as_().get(public(published(kind="training_action", price_cents=150_00)))
    for title, text in zip(
        ("Méthodes mobilisées", "Modalités d’évaluation", "Modalités et délais d’accès"),
        OF_A_TRAINING_ACTION.values(), strict=True,
    ):  # fmt: skip
        assert f"<h2>{title}</h2>" in page.body
        assert text in page.text
    workshop = as_().get(public(published("s2")))
    assert "Méthodes mobilisées" not in workshop.text


def test_networks_and_search_engines_read_the_session(clock):
    session = published(price_cents=150_00)
    body = as_().get(public(session)).body
    meta = {name: unescape(value) for name, value in META.findall(body)}
    assert meta["og:title"] == session.plan.title
    assert meta["og:url"].endswith(public(session))
    assert meta["og:locale"] == "fr_FR"
    assert session.plan.summary in meta["og:description"]
    assert "robots" not in meta
    [data] = map(json.loads, DATA.findall(body))
    assert data["@type"] in ("Event", "EducationEvent")
    assert (data["name"], data["startDate"]) == (session.plan.title, "2027-05-04T07:00:00+00:00")
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["offers"] == {**data["offers"], "price": "150.00", "priceCurrency": "EUR"}
    assert not data["isAccessibleForFree"]


def test_the_link_to_a_remote_session_is_for_who_is_registered(sessions):
    page = as_().get(public(sessions[2]))
    assert "À distance" in page.text
    assert "visio.example.org" not in page.body
    [data] = map(json.loads, DATA.findall(page.body))
    assert data["location"]["@type"] == "VirtualLocation"


ONLY_BEFORE = {"M’inscrire", "Ajouter à mon agenda", "Plus que"}


def test_a_cancelled_session_says_so_to_people_and_to_search_engines(clock):
    session = published()
    planning.planning_service().call_off(session, WHO, "Intervenante malade")
    page = as_().get(public(session))
    assert "Cette session est annulée" in page.text
    assert not [word for word in ONLY_BEFORE if word in page.text]
    [data] = map(json.loads, DATA.findall(page.body))
    assert data["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_session_that_has_begun_or_is_over_takes_nobody(clock):
    session = published()
    comes(session)
    before = as_().get(public(session)).text
    assert {word for word in ONLY_BEFORE if word in before} == ONLY_BEFORE
    for hour, said in ((7, "Cette session a commencé"), (12, "Cette session a eu lieu")):
        clock.at = datetime(2027, 5, 4, hour, 0, tzinfo=UTC)
        page = as_().get(public(session))
        assert said in page.text
        assert "Voir les prochaines sessions" in page.text
        assert not [word for word in ONLY_BEFORE if word in page.text]
    [one] = stores.registrations().list_of_session(session.id)
    attending.attending_service().mark(session, one.id, session.plan.half_days[0], State.PRESENT, WHO)
    attending.attending_service().close(now_of(session), WHO)
    page = as_().get(public(session))
    assert page.status == 200
    assert "Cette session a eu lieu" in page.text
    assert "M’inscrire" not in page.text


@pytest.mark.parametrize("reference", ["SES-ZZZZZZ", "x", "gestion"])
def test_an_unknown_session_is_unknown(clock, reference):
    page = as_().get(f"/formations/{reference}")
    assert page.status == 404
    assert "formations" in page.text
