"""What a partner downloads of their lodging: the figures of every month, and nothing of anybody else's."""

import json
from dataclasses import replace

import pytest

from app import app
from chalicelib.access.guard import SESSION_COOKIE
from chalicelib.observatory.model import Sold
from chalicelib.observatory.voices import Said, Voice
from chalicelib.web.cookies import full_name
from tests.harness.sessions import begin_session
from tests.integration.access.browser import Browser
from tests.integration.observatory.house import clock, is_asked, is_given
from tests.integration.subsidies.house import partner
from tests.observatory import HOTEL, MARCH

__all__ = ["clock"]
OWNER, OTHER = "maelle@gite.example.fr", "lou@gite.example.fr"
OWN = replace(HOTEL, id="p1", email=OWNER)


@pytest.fixture(autouse=True)
def partners(clock):
    return [partner("p1", email=OWNER), partner("p2", email=OTHER)]


def figures_of(email):
    browser = Browser(app)
    browser.cookies[full_name(SESSION_COOKIE)] = begin_session(email, "partner")
    return json.loads(browser.get("/espace/donnees").body)["figures"]


def test_every_month_comes_with_its_figures_and_who_gave_them():
    is_asked("2027-02", OWN)
    is_given("2026-03", MARCH, OWN)
    given, asked = figures_of(OWNER)
    assert (given["month"], given["status"], given["given_by"], given["source"]) == (
        "2026-03", "given", "Claire Martin", "typed",
    )  # fmt: skip
    assert given["sold"]["2027-03-01"] == {
        "offered": 140,
        "occupied": 98,
        "guest_nights": 180,
        "arrivals": 90,
    }
    assert given["sold"]["2027-03-08"] == {"offered": 140, "occupied": 70}
    assert given["establishment"]["units"] == 20
    assert given["origins"] == {"FR": 60, "CH": 30}
    assert (asked["month"], asked["status"], asked["sold"], asked["source"]) == ("2027-02", "asked", {}, None)


def test_days_that_were_given_come_too():
    is_given("2027-02", {"2027-02-01": Sold.by_day([(20, 14), *[(20, 0)] * 6])}, OWN)
    [given] = figures_of(OWNER)
    assert given["sold"]["2027-02-01"]["days"] == [[20, 14], *[[20, 0]] * 6]


def test_the_figures_of_others_are_not_in_it():
    is_given("2027-02", MARCH, OWN)
    assert figures_of(OTHER) == []


def test_what_was_said_beside_the_figures_comes_too_with_the_remark():
    said = Said(Voice("hiver", "good", ("weather",), "Route coupée."), {"2027-05": 300})
    is_given("2027-02", MARCH, OWN, said=said)
    [given] = figures_of(OWNER)
    assert given["season"] == {
        "season": "hiver", "rating": "good", "reasons": ["weather"], "remark": "Route coupée.",
    }  # fmt: skip
    assert given["booked"] == {"2027-05": 300}
