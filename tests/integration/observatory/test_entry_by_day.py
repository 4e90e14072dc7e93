"""The form with a line for each day: asked for, given, corrected, changed for weeks and back, in two tabs, at the desk."""

from datetime import UTC, datetime

from app import app
from chalicelib.observatory import bootstrap
from chalicelib.observatory.figures import Guests
from chalicelib.observatory.model import Sold
from chalicelib.observatory.paths import DESK_ENTRY
from chalicelib.observatory.routes.desk import key_of
from chalicelib.observatory.slices import slices_of_month
from tests.integration.access.browser import Browser
from tests.integration.observatory.house import (
    asked,
    at_the_desk,
    clock,
    filled,
    form_of,
    is_asked,
    is_given,
    link_to,
    now_of,
    path,
)
from tests.integration.web.test_pages import HTML_LIMIT, outline

__all__ = ["asked", "clock", "path"]

FIRST = "jour_20270201"
DIRECTOR = "claire.martin@val.example.org"


def by_day(page, **changes):
    """The page with nothing sold, and changes."""
    form = form_of(page)
    none = {name: "0" for name in form if name.startswith("occupied_jour_")}
    return {**form, **none, **{name: str(value) for name, value in changes.items()}}


def test_the_page_leads_to_a_line_for_each_day_and_back(path):
    browser = Browser(app)
    weeks = browser.get(path)
    assert f'href="{path}?par=jour"' in weeks.body
    days = browser.get(f"{path}?par=jour")
    assert (days.status, f'href="{path}?par=semaine"' in days.body) == (200, True)
    form = form_of(days)
    assert form["par"] == "jour"
    assert len([name for name in form if name.startswith("offered_jour_")]) == 28
    assert (form[f"offered_{FIRST}"], form[f"occupied_{FIRST}"]) == ("20", "")
    assert 'aria-label="Vendu, lundi 1er\u00a0février"' in days.body
    assert outline(days.body).tags.count("h1") == 1


def test_the_page_of_a_long_month_is_small_enough_for_a_slow_phone_empty_or_given(clock):
    clock.at = datetime(2027, 4, 5, 12, tzinfo=UTC)
    for month in ("2026-01", "2026-02", "2026-03", "2027-01", "2027-02"):
        is_given(month, {one.id: Sold(140, 91, Guests(180, 90)) for one in slices_of_month(month)})
    path, browser = link_to(is_asked("2027-03"), clock), Browser(app)
    page = browser.get(f"{path}?par=jour")
    pages = [page, browser.post(path, **form_of(page))]
    assert browser.post(path, **by_day(page)).status == 303
    for one in (*pages, browser.get(f"{path}?merci=1")):
        assert one.status in (200, 422)
        assert len(one.body.encode()) < HTML_LIMIT


def test_figures_given_by_day_are_kept_by_day_and_shown_so(path, asked):
    browser = Browser(app)
    page = browser.get(f"{path}?par=jour")
    sent = browser.post(
        path, **by_day(page, **{f"occupied_{FIRST}": 14, "nights_20270201": 30, "arrivals_20270201": 9})
    )
    assert (sent.status, sent.headers["Location"]) == (303, f"{path}?merci=1")
    kept = now_of(asked)
    assert kept.is_by_day
    assert kept.sold["2027-02-01"].days == ((20, 14), *[(20, 0)] * 6)
    assert (kept.sold["2027-02-01"].offered, kept.sold["2027-02-01"].occupied) == (140, 14)
    assert kept.sold["2027-02-01"].guests.nights == 30
    assert form_of(browser.get(f"{path}?merci=1"))[f"occupied_{FIRST}"] == "14"


def test_mistakes_are_told_with_their_day_and_what_was_typed_stays(path, asked):
    browser = Browser(app)
    typed = by_day(
        browser.get(f"{path}?par=jour"), **{f"occupied_{FIRST}": 21, "offered_jour_20270202": "vingt"}
    )
    page = browser.post(path, **typed)
    assert page.status == 422
    assert "Lundi 1er février 2027 : Au plus 20" in page.text
    assert f'href="#champ-occupied_{FIRST}"' in page.body
    assert f'aria-describedby="champ-occupied_{FIRST}-dit" aria-invalid="true"' in page.body
    assert form_of(page) == typed
    assert not now_of(asked).is_given


def test_days_become_weeks_with_what_was_typed_and_nothing_is_kept(path, asked):
    browser = Browser(app)
    days = by_day(
        browser.get(f"{path}?par=jour"), **{f"occupied_{FIRST}": 14, "CH": 12, "occupied_jour_20270208": "?"}
    )
    weeks = browser.post(path, **days, changer="semaine")
    form = form_of(weeks)
    assert (weeks.status, form["par"]) == (200, "semaine")
    assert (form["occupied_20270201"], form["occupied_20270208"], form["CH"]) == ("14", "", "12")
    back = form_of(browser.post(path, **form, changer="jour"))
    assert (back["par"], back[f"offered_{FIRST}"], back[f"occupied_{FIRST}"], back["CH"]) == (
        "jour",
        "20",
        "",
        "12",
    )
    assert not now_of(asked).is_given


def test_who_gave_days_is_told_that_weeks_drop_them_and_then_they_do(path, asked):
    browser = Browser(app)
    browser.post(path, **by_day(browser.get(f"{path}?par=jour"), **{f"occupied_{FIRST}": 14}))
    assert "effacé" not in browser.get(path).text
    assert "Votre courbe" not in browser.get(path).text
    weeks = browser.get(f"{path}?par=semaine")
    assert "Votre courbe" in weeks.text
    assert "Le détail par jour sera effacé" in weeks.text
    assert form_of(weeks)["occupied_20270201"] == "14"
    assert browser.post(path, **form_of(weeks)).status == 303
    assert now_of(asked).sold["2027-02-01"] == Sold(140, 14)
    assert form_of(browser.get(path))["par"] == "semaine"


def test_what_somebody_gave_meanwhile_is_shown_after_a_change_too(path, asked):
    browser = Browser(app)
    typed = by_day(browser.get(f"{path}?par=jour"), **{f"occupied_{FIRST}": 14})
    sold = {one.id: Sold.by_day([(20, 15)] * one.length_days) for one in slices_of_month(asked.month)}
    bootstrap.gathering().give(asked, sold, {}, "Yann Le Goff")
    weeks = browser.post(path, **typed, changer="semaine")
    page = browser.post(path, **form_of(weeks))
    assert page.status == 409
    assert "Enregistré : 105." in page.text
    page = browser.post(path, **typed)
    assert page.status == 409
    assert "Enregistré : 15." in page.text


def test_staff_type_days_too(asked):
    browser = at_the_desk(DIRECTOR)
    path = DESK_ENTRY.format(entry=key_of(asked))
    assert browser.post(path, **by_day(browser.get(f"{path}?par=jour"))).status == 303
    assert now_of(asked).is_by_day


def test_a_form_without_the_field_is_one_of_weeks(path, asked):
    browser = Browser(app)
    form = filled(browser.get(path), asked)
    del form["par"]
    assert browser.post(path, **form).status == 303
    assert not now_of(asked).is_by_day
