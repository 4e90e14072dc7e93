"""Nobody has to know an address: each page of the observatory is found from the one above it."""

import re

import pytest

from chalicelib.observatory.paths import DESK_CALENDAR, DESK_PAGE, DESK_REPORTS, IMPORTS, PUBLIC_PAGE
from tests.inprocess import BASE_URL
from tests.integration.observatory.house import at_the_desk, clock, is_given
from tests.integration.observatory.test_desk_pages import DIRECTOR, FULL, path_of

__all__ = ["clock"]


def links_of(answer):
    prefix = re.escape(BASE_URL.partition("//")[2].partition("/")[2])
    return {
        re.sub(rf"^/{prefix}(?=/)", "", found) if prefix else found
        for found in re.findall(r'href="([^"]+)"', answer.body)
    }


@pytest.mark.parametrize(
    ("start", "way"),
    [
        ("/", PUBLIC_PAGE),
        ("/bureau", DESK_PAGE),
        (DESK_PAGE, DESK_CALENDAR),
        (DESK_PAGE, DESK_REPORTS),
        (DESK_PAGE, IMPORTS),
        (DESK_CALENDAR, f"{DESK_CALENDAR}/evenement"),
        (DESK_CALENDAR, DESK_PAGE),
        (DESK_REPORTS, DESK_PAGE),
        (IMPORTS, DESK_PAGE),
    ],
)
def test_a_page_leads_to_the_next(clock, start, way):
    assert way in links_of(at_the_desk(DIRECTOR).get(start))


def test_at_the_desk_nobody_is_spoken_to_as_the_establishment(clock):
    page = at_the_desk(DIRECTOR).get(path_of(is_given("2027-02", FULL)))
    assert "Chiffres de février 2027" in page.text
    assert not re.search(r"\b(vos chiffres|Vos chiffres|Votre courbe|Mes chiffres)\b", page.text)
