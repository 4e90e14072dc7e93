"""Figures by a file behind the mailed link: sent, shown as it was understood, kept once, erased."""

import re
from contextlib import suppress
from dataclasses import replace

import pytest

from app import app
from chalicelib.adapters import aws
from chalicelib.observatory import bootstrap
from chalicelib.observatory.figures import Guests
from chalicelib.observatory.model import Sold, Source, Status
from tests.figure_files import by_week, csv_file, march, xlsx_file
from tests.harness import objects
from tests.inprocess import ENVIRONMENT, REGION
from tests.integration.access.browser import Browser
from tests.integration.observatory.house import (
    asked,
    clock,
    form_of,
    is_asked,
    is_given,
    link_to,
    now_of,
    path,
)
from tests.integration.web.test_pages import HTML_LIMIT, outline
from tests.observatory import HOTEL

__all__ = ["asked", "clock", "path"]

FEBRUARY = {
    "2027-02-01": Sold(140, 98, Guests(180, 90)),
    "2027-02-08": Sold(140, 70, Guests(100, 60)),
    "2027-02-15": Sold(0, 0, Guests()),
    "2027-02-22": Sold(140, 140, Guests(280, 120)),
}
GOOD = csv_file(by_week(FEBRUARY), encoding="cp1252")


@pytest.fixture(autouse=True)
def bucket(clock):
    """The bucket, empty for each test."""
    s3, name = aws.client("s3"), ENVIRONMENT["FILES_BUCKET"]
    with suppress(s3.exceptions.BucketAlreadyOwnedByYou):
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    yield
    for key in objects.all_keys():
        s3.delete_object(Bucket=name, Key=key)


def sent(path: str, content: bytes, name: str = "export.csv") -> str:
    """The page that the form of a file leads to, once the browser has sent it to the bucket."""
    fields = form_of(Browser(app).get(f"{path}/fichier"))
    key = fields["key"].replace("${filename}", name)
    aws.client("s3").put_object(Bucket=ENVIRONMENT["FILES_BUCKET"], Key=key, Body=content)
    return re.sub(r"^https://[^/]+", "", fields["success_action_redirect"])


def test_the_form_asks_for_a_file_and_says_what_must_be_in_it(path):
    page = Browser(app).get(f"{path}/fichier")
    assert page.status == 200
    assert "Chambres occupées" in page.text
    assert 'accept=".csv,.txt,.tsv,.xlsx"' in page.body
    assert outline(page.body).tags.count("h1") == 1
    assert f"{path}/fichier" in Browser(app).get(path).body


@pytest.mark.parametrize("content", [GOOD, xlsx_file(by_week(FEBRUARY))])
def test_a_file_is_shown_as_it_was_understood_and_kept_when_confirmed(path, asked, content):
    browser, page = Browser(app), sent(path, content)
    shown = browser.get(page)
    assert shown.status == 200
    assert "Du 1er au 7 février 2027" in shown.text
    assert "280" in shown.text
    assert now_of(asked).status is Status.ASKED
    assert len(shown.body.encode()) < HTML_LIMIT
    confirmed = browser.post(page, **form_of(shown))
    assert (confirmed.status, confirmed.headers["Location"]) == (303, f"{path}?merci=1")
    kept = now_of(asked)
    assert (dict(kept.sold), kept.source) == (FEBRUARY, Source.FILE)
    assert objects.all_keys() == []


def test_a_file_that_is_confirmed_twice_is_kept_once_and_thanked_for_twice(path, asked):
    browser, page = Browser(app), sent(path, GOOD)
    fields = form_of(browser.get(page))
    assert browser.post(page, **fields).status == 303
    assert browser.post(page, **fields).headers["Location"].endswith("?merci=1")
    assert len(bootstrap.returns().list_history(now_of(asked))) == 2


def test_mistakes_are_told_by_line_and_nothing_is_kept(path, asked):
    rows = by_week({**FEBRUARY, "2027-02-08": Sold(141, 150, Guests(9, 10))})
    page = sent(path, csv_file(rows))
    shown = Browser(app).get(page)
    assert shown.text.count("Ligne 3") == 4
    assert "Au plus 140" in shown.text
    assert "<title>Erreur" in shown.body
    assert "Enregistrer ces chiffres" not in shown.text
    assert Browser(app).post(page, vu="x").status == 422
    assert now_of(asked).status is Status.ASKED


def test_a_page_shows_the_first_mistakes_and_counts_the_others(path):
    rows = [march()[0], *(["lundi", 1, 1, 1, 1] for _ in range(80))]
    shown = Browser(app).get(sent(path, csv_file(rows)))
    assert "Et 31 autres" in shown.text
    assert len(shown.body.encode()) < HTML_LIMIT


def test_a_file_of_another_month_or_of_several_houses_says_so(path):
    shown = Browser(app).get(sent(path, csv_file(march())))
    assert "aucune ligne de février 2027" in shown.text
    assert "celles de mars 2027" in shown.text
    rows = by_week(FEBRUARY)
    two = [["Hôtel", *rows[0]], *(["A", *row] for row in rows[1:]), *(["B", *row] for row in rows[1:])]
    assert "plusieurs établissements" in Browser(app).get(sent(path, csv_file(two))).text


def test_a_file_that_is_no_table_is_refused_on_the_page_that_sends_another(path):
    shown = Browser(app).get(sent(path, b"%PDF-1.7", "bilan.pdf"))
    assert "ni un CSV ni un classeur XLSX" in shown.text
    assert "bilan.pdf" in shown.text
    assert "Envoyer ce fichier" in shown.text


@pytest.mark.parametrize("ticket", ["0" * 32, "..", "a", "incoming"])
def test_a_file_that_never_came_is_asked_for_again(path, ticket):
    shown = Browser(app).get(f"{path}/fichier/{ticket}")
    assert "n’est pas arrivé" in shown.text


def test_another_file_by_the_same_form_is_shown_before_it_is_kept(path, asked):
    page = sent(path, GOOD)
    fields = form_of(Browser(app).get(page))
    other = csv_file(by_week({**FEBRUARY, "2027-02-01": Sold(140, 99, Guests(180, 90))}))
    aws.client("s3").put_object(Bucket=ENVIRONMENT["FILES_BUCKET"], Key=objects.all_keys()[0], Body=other)
    again = Browser(app).post(page, **fields)
    assert again.status == 409
    assert "Quelque chose a changé" in again.text
    assert now_of(asked).status is Status.ASKED


def test_figures_that_stand_are_shown_where_the_file_differs(clock):
    asked = is_given("2027-02", {**FEBRUARY, "2027-02-01": Sold(140, 90)})
    shown = Browser(app).get(sent(link_to(asked, clock), GOOD))
    assert "98 (enregistré : 90)" in shown.text
    assert "Ces chiffres remplacent" in shown.text


def test_the_file_of_another_establishment_is_not_found(path, clock):
    page = sent(path, GOOD)
    lake = is_asked(establishment=replace(HOTEL, id="lake", email="lac@example.org"))
    ticket = page.rpartition("/")[2]
    assert "n’est pas arrivé" in Browser(app).get(f"{link_to(lake, clock)}/fichier/{ticket}").text
