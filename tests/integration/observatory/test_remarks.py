"""What lodgings wrote about a season is read at the desk by who works with figures, and nowhere else."""

from dataclasses import replace

import pytest

from chalicelib.observatory import bootstrap
from chalicelib.observatory.voices import Said, Voice
from tests.integration.observatory.house import at_the_desk, clock, is_given
from tests.integration.web.test_pages import HTML_LIMIT, outline
from tests.observatory import HOTEL

__all__ = ["clock"]

DIRECTOR, OTHER = "claire.martin@val.example.org", "noa.petit@val.example.org"
REMARKS = "/bureau/observatoire/remarques"
LATEST, SUMMER = "basse-saison-2026", "ete-2026"


@pytest.fixture
def desk(clock):
    return at_the_desk(DIRECTOR)


def wrote(text, season=LATEST, month="2026-12", number=1, **voice):
    place = replace(HOTEL, id=f"h{number}", name=f"Hôtel {number:02d}")
    is_given(month, {}, place, said=Said(Voice(season, remark=text, **voice)))


def test_the_season_that_ended_last_is_shown_with_who_wrote_and_why(desk):
    wrote("Route coupée.\n<b>Deux semaines</b>.", rating="bad", reasons=("access", "weather"))
    wrote("Un bel été.", SUMMER, "2026-08", 2)
    wrote("", number=3, rating="good")
    page = desk.get(REMARKS)
    assert page.status == 200
    assert "1 remarque." in page.text
    assert "Saison mauvaise : les travaux ou l’accès, la météo" in page.text
    assert "&lt;b&gt;Deux semaines&lt;/b&gt;" in page.body
    assert "Un bel été" not in page.text
    assert f"/chiffres/2026-12_{HOTEL.commune}_h1" in page.body
    assert outline(page.body).tags.count("h1") == 1


def test_another_season_is_chosen_and_one_that_is_not_over_is_none(desk):
    wrote("Un bel été.", SUMMER, "2026-08")
    assert "Un bel été." in desk.get(f"{REMARKS}?saison={SUMMER}").text
    assert "Aucune remarque" in desk.get(REMARKS).text
    assert "Hiver 2026-2027" not in desk.get(f"{REMARKS}?saison=hiver-2026-2027").text


def test_many_remarks_are_several_pages_of_bearable_size(desk):
    for number in range(23):
        wrote("x" * 600, number=number)
    first, second = desk.get(REMARKS), desk.get(f"{REMARKS}?saison={LATEST}&page=2")
    assert "Page 1 sur 2" in first.text
    assert second.body.count("<blockquote>") == 3
    assert len(first.body.encode()) < HTML_LIMIT


def test_who_has_other_work_is_not_let_in(clock):
    assert at_the_desk(OTHER).get(REMARKS).status == 403


def test_before_any_season_has_ended_the_page_says_so(desk, clock):
    clock.wait(days=-700)
    assert bootstrap.remarks().seasons() == []
