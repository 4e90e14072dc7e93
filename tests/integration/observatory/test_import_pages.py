"""A provider's file at the desk: whose it is, what its columns are called, what would be kept, kept once."""

import hashlib
import re
from contextlib import suppress
from dataclasses import replace
from unittest import mock

import pytest

from app import app
from chalicelib.adapters import aws
from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory import bootstrap
from chalicelib.observatory.model import Sold, Source, Status
from tests.figure_files import by_week, csv_file
from tests.harness import objects
from tests.inprocess import ENVIRONMENT, REGION
from tests.integration.access.browser import Browser
from tests.integration.observatory.house import at_the_desk, clock, form_of, is_asked, is_given, now_of
from tests.integration.subsidies.house import partner
from tests.integration.web.test_pages import HTML_LIMIT, outline
from tests.observatory import HOTEL, a_season_report

__all__ = ["clock"]

STAFF, ACCOUNTING = "claire.martin@val.example.org", "ali.bensaid@val.example.org"
IMPORTS = "/bureau/observatoire/imports"
LAKE = replace(HOTEL, id="hotel-2", name="Hôtel du Lac", email="lac@example.org")
FEBRUARY = {key: Sold(140, 70) for key in ("2027-02-01", "2027-02-08", "2027-02-15", "2027-02-22")}


def _file(*names: str, titles: tuple[str, ...] = ()) -> bytes:
    rows = by_week(FEBRUARY)
    head = titles or ("Établissement", *rows[0])
    return csv_file([head, *([name, *row] for name in names for row in rows[1:])])


@pytest.fixture
def desk(clock) -> Browser:
    """Somebody who makes reports, and the bucket, empty."""
    s3, name = aws.client("s3"), ENVIRONMENT["FILES_BUCKET"]
    with suppress(s3.exceptions.BucketAlreadyOwnedByYou):
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    yield at_the_desk(STAFF)
    for key in objects.all_keys():
        s3.delete_object(Bucket=name, Key=key)


def _source(desk: Browser, name: str = "Données du Lac") -> str:
    return desk.post(IMPORTS, source=name).headers["Location"]


def _sent(desk: Browser, source: str, content: bytes) -> str:
    """The page that the form of a file leads to, once the browser has sent it to the bucket."""
    fields = form_of(desk.get(source))
    key = fields["key"].replace("${filename}", "février.csv")
    aws.client("s3").put_object(Bucket=ENVIRONMENT["FILES_BUCKET"], Key=key, Body=content)
    return re.sub(r"^https://[^/]+", "", fields["success_action_redirect"])


def test_a_source_is_begun_once_under_a_name(desk):
    assert _source(desk) == _source(desk, "données  du LAC")
    assert _source(desk, "Autre") != _source(desk)
    page = desk.get(IMPORTS)
    assert "Données du Lac" in page.text
    assert outline(page.body).tags.count("h1") == 1
    assert desk.post(IMPORTS, source="  ").status == 422


def test_a_file_is_shown_then_kept_once_and_erased(desk):
    asked, lake = is_asked(), is_asked(establishment=LAKE)
    source = _source(desk)
    page = _sent(desk, source, _file("HOTEL DES CIMES", "Hôtel du Lac", "Hôtel d’ailleurs"))
    shown = desk.get(page)
    assert "2 mois d’hébergement nouveaux" in shown.text
    assert "Ligne 10, Hôtel d’ailleurs : Aucun hébergement partenaire" in shown.text
    assert now_of(asked).status is Status.ASKED
    assert len(shown.body.encode()) < HTML_LIMIT
    fields = {"vu": form_of(shown)["vu"]}
    assert desk.post(page, **fields).headers["Location"] == f"{source}?enregistres=2"
    assert "2 mois d’hébergement sont enregistrés" in desk.get(f"{source}?enregistres=2").text
    assert (now_of(asked).source, now_of(lake).sold) == (Source.PROVIDER, FEBRUARY)
    assert now_of(asked).given_by.endswith("(Données du Lac)")
    assert objects.all_keys() == []
    assert desk.post(page, **fields).headers["Location"] == f"{source}?enregistres=0"
    assert now_of(asked).version == 2


def test_columns_are_named_once_and_known_the_next_time(desk):
    is_asked()
    source, content = _source(desk), _file("Hôtel des Cimes", titles=("Qui", "Q", "O", "V", "N", "A"))
    page = _sent(desk, source, content)
    shown = desk.get(page)
    assert "Dites quelle colonne est laquelle" in shown.text
    named = {"who": "Qui", "day": "Q", "offered": "O", "occupied": "V"}
    assert desk.post(f"{page}/colonnes", **named).headers["Location"] == page
    assert "1 mois d’hébergement nouveau" in desk.get(page).text
    assert "1 mois d’hébergement nouveau" in desk.get(_sent(desk, source, content)).text


def test_past_years_of_who_was_never_asked_are_kept_and_their_line_says_where_they_came_from(desk):
    lodging = partner("p1", category="hotel", capacity_units=20, business_name="Hôtel des Cimes")
    source = _source(desk)
    page = _sent(desk, source, _file("Hôtel des Cimes"))
    assert "1 mois d’hébergement nouveau" in desk.get(page).text
    desk.post(page, vu=form_of(desk.get(page))["vu"])
    (kept,) = bootstrap.returns().list_own(lodging.id, "")
    assert (kept.sold, kept.source, kept.version) == (FEBRUARY, Source.PROVIDER, 1)
    (line,) = bootstrap.returns().list_history(kept)
    assert (line.who, line.what) == (
        "Claire Martin (Données du Lac)", "Chiffres repris du fichier d’un fournisseur, sans avoir été demandés",
    )  # fmt: skip


def test_months_that_a_report_is_made_of_are_refused_line_by_line(desk, clock):
    asked = is_asked()
    bootstrap.reports().add(
        a_season_report(covered=("2027-02",)), HistoryLine(clock(), "Cordée", "Bilan commencé")
    )
    page = _sent(desk, _source(desk), _file("Hôtel des Cimes", "Hôtel du Lac"))
    shown = desk.get(page).text
    assert "Février 2027 : Ce mois est déjà dans un bilan" in shown
    assert "Ligne 6, Hôtel du Lac, Février 2027 : Ce mois est déjà dans un bilan" in shown
    assert "Enregistrer ces chiffres" not in shown
    assert desk.get(f"{page}/erreurs.csv").body.count("déjà dans un bilan") == 2
    desk.post(page, vu=hashlib.md5(_file("Hôtel des Cimes", "Hôtel du Lac")).hexdigest())
    assert not now_of(asked).is_given


def test_a_report_that_begins_while_the_page_is_read_is_told_at_the_button(desk, clock):
    asked = is_asked()
    page = _sent(desk, _source(desk), _file("Hôtel des Cimes"))
    fields = {"vu": form_of(desk.get(page))["vu"]}
    plan = bootstrap.importing().plan

    def begins(self, reading):
        found = plan(reading)
        report = a_season_report(covered=("2027-02",))
        bootstrap.reports().add(report, HistoryLine(clock(), "Cordée", "Bilan commencé"))
        return found

    with mock.patch.object(type(bootstrap.importing()), "plan", begins):
        assert desk.post(page, **fields).headers["Location"] == f"{page}?enregistres=0"
    assert not now_of(asked).is_given
    assert "déjà dans un bilan" in desk.get(page).text


def test_what_an_establishment_said_is_told_and_kept_by_default(desk):
    asked = is_given("2027-02", {key: Sold(140, 1) for key in FEBRUARY})
    page = _sent(desk, _source(desk), _file("Hôtel des Cimes"))
    shown = desk.get(page)
    assert "1 mois donné par l’hébergement lui-même" in shown.text
    seen = form_of(shown)["vu"]
    page_again = _sent(desk, _source(desk), _file("Hôtel des Cimes"))
    desk.post(page, vu=seen)
    assert now_of(asked).sold["2027-02-01"] == Sold(140, 1)
    desk.post(page_again, vu=form_of(desk.get(page_again))["vu"], remplacer="1")
    assert now_of(asked).sold == FEBRUARY


def test_a_large_file_is_kept_in_several_goes(desk, monkeypatch):
    first, second = is_asked(), is_asked(establishment=LAKE)
    monkeypatch.setattr("chalicelib.observatory.routes.import_file.KEEPING_SECONDS", 0)
    page = _sent(desk, _source(desk), _file("Hôtel des Cimes", "Hôtel du Lac"))
    fields = {"vu": form_of(desk.get(page))["vu"]}
    assert desk.post(page, **fields).headers["Location"] == f"{page}?enregistres=1"
    assert [now_of(one).is_given for one in (first, second)].count(True) == 1
    assert "1 mois d’hébergement nouveau" in desk.get(page).text
    assert desk.post(page, **fields).headers["Location"].endswith("?enregistres=2")
    assert [now_of(one).version for one in (first, second)] == [2, 2]


def test_all_that_is_wrong_can_be_downloaded_and_nothing_in_it_is_a_formula(desk):
    page = _sent(desk, _source(desk), _file('=HYPERLINK("https://evil.example.org")'))
    answer = desk.get(f"{page}/erreurs.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "\"'=HYPERLINK" in answer.body


def test_a_file_that_is_no_table_is_refused(desk):
    assert "ni un CSV ni un classeur" in desk.get(_sent(desk, _source(desk), b"%PDF-1.7")).text


@pytest.mark.parametrize("path", ["/" + "0" * 32, "/x", "/" + "0" * 32 + "/" + "0" * 32])
def test_a_source_that_nobody_began_is_unknown(desk, path):
    assert desk.get(IMPORTS + path).status == 404


def test_a_file_that_never_came_is_asked_for_again(desk):
    source = _source(desk)
    assert "n’est pas arrivé" in desk.get(f"{source}/{'0' * 32}").text
    assert "n’est pas arrivé" in desk.get(f"{source}/{'0' * 32}/erreurs.csv").text


def test_sources_are_kept_with_their_columns(desk):
    source = _source(desk).rpartition("/")[2]
    assert bootstrap.sources().find(source).columns == {}
    assert bootstrap.sources().find("0" * 32) is None


def test_only_who_makes_reports_may_import(desk):
    assert Browser(app).get(IMPORTS).status == 303
    assert at_the_desk(ACCOUNTING).get(IMPORTS).status == 403
