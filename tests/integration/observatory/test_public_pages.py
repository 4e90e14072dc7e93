"""The published reports as everybody sees them: the list, the page, its pictures and its data; drafts are not there."""

import base64
import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from xml.etree import ElementTree

import openpyxl
import pytest

from app import app
from chalicelib.observatory import bootstrap
from chalicelib.observatory.content import Row, Table
from chalicelib.observatory.published import PublishedReports
from chalicelib.observatory.reports import Report, ReportKind, ReportStatus
from chalicelib.runtime import config
from chalicelib.web import site
from tests.factories import an_office
from tests.integration.access.browser import Browser
from tests.integration.web.test_pages import HTML_LIMIT, outline
from tests.observatory_office import an_observatory_office
from tests.unit.documents.report_samples import a_bare_report, a_longest_report, a_report, a_row

NOW = datetime(2027, 5, 10, 7, 0, tzinfo=UTC)
CHART = re.compile(r'(?:srcset|src)="([^"]*graphique\.svg[^"]*)"')
TITLES = re.compile(r'<h3><a href="[^"]*">([^<]+)</a></h3>')


def a_stored_report(slug="bilan-hiver", kind=ReportKind.CLOSING, about="hiver-2026-2027", **changes):
    report = Report(
        slug, slug, kind, about, "Hiver 2026-2027", ReportStatus.PUBLISHED, NOW, NOW, 1, published_at=NOW
    )
    return replace(report, **changes)


class House:
    """Reports in memory, with what they say."""

    def __init__(self):
        self.kept = {}

    def add(self, content, **changes):
        report = a_stored_report(**changes)
        self.kept[report.slug] = (report, content)

    def find_by_slug(self, slug):
        return self.kept[slug][0] if slug in self.kept else None

    def list_in_status(self, *statuses):
        return [report for report, _ in self.kept.values() if report.status in statuses]

    def content(self, report_id):
        return self.kept[report_id][1]


@pytest.fixture
def house(monkeypatch):
    made = House()
    published = PublishedReports(made, made, lambda report: f"https://files.example.org/{report.id}.pdf")
    monkeypatch.setattr(bootstrap, "published_reports", lambda: published)
    monkeypatch.setattr(bootstrap, "office", an_observatory_office)
    monkeypatch.setenv("BASE_URL", "https://pro.val.example.org")
    config.base_path.cache_clear()
    site.set_office_provider(None)
    site.set_user_provider(None)
    yield made
    config.base_path.cache_clear()


def get(path):
    return Browser(app).get(path)


def test_reports_stand_by_season_the_newest_first_and_bulletins_by_year(house):
    house.add(a_report())
    house.add(a_report(), slug="ouverture-hiver", kind=ReportKind.OPENING, published_at=NOW.replace(month=1))
    house.add(
        a_bare_report(), slug="bulletin-2027-02", kind=ReportKind.BULLETIN, about="2027-02", subject="février 2027",
        published_at=NOW.replace(month=4),
    )  # fmt: skip
    page = get("/observatoire")
    assert page.status == 200
    assert [unescape(title).replace("\xa0", " ") for title in TITLES.findall(page.body)] == [
        "Bilan : Hiver 2026-2027", "Perspectives : Hiver 2026-2027", "Bulletin de février 2027",
    ]  # fmt: skip
    assert "<h2>Bulletins mensuels de 2027</h2>" in page.body
    assert "Ce qui reste secret" in page.body


@pytest.mark.parametrize("status", [one for one in ReportStatus if one not in ("published", "sending")])
def test_what_is_not_published_looks_as_if_it_were_not_there(house, status):
    house.add(a_report(), status=status)
    assert "Bilan" not in TITLES.findall(get("/observatoire").body)
    for end in ("", "/graphique.svg?partie=semaines", "/bilan.pdf", "/donnees.csv", "/donnees.xlsx"):
        kept, unknown = get(f"/observatoire/bilan-hiver{end}"), get(f"/observatoire/inconnu-xx{end}")
        assert kept.status == unknown.status == 404
        assert kept.text == unknown.text


def test_an_office_without_season_reports_says_so(house, monkeypatch):
    monkeypatch.setattr(bootstrap, "office", an_office)
    page = get("/observatoire")
    assert page.status == 200
    assert "L’office ne publie pas de bilan de saison ici." in unescape(page.body)


def test_a_report_without_any_part_is_its_head_and_its_method(house):
    house.add(a_bare_report())
    body = get("/observatoire/bilan-hiver").body
    assert re.findall("<h2[^>]*>([^<]+)</h2>", body) == ["Comment c’est compté"]
    assert not CHART.findall(body)


@pytest.mark.parametrize("content", [a_report(), a_bare_report()], ids=["ordinary", "bare"])
def test_a_page_is_well_formed_and_small(house, content):
    house.add(content)
    body = get("/observatoire/bilan-hiver").body
    page = outline(body)
    assert page.tags.count("h1") == 1
    assert len(page.ids) == len(set(page.ids))
    assert len(body.encode()) <= HTML_LIMIT
    assert "None" not in body


def test_every_picture_of_the_page_is_there_wide_narrow_light_and_dark(house):
    house.add(
        replace(
            a_report(), tables=(Table("types-Haut-Jura gessien & Léman", "Par type", "", (a_row("Hôtel"),)),)
        )
    )
    addresses = [unescape(one) for one in CHART.findall(get("/observatoire/bilan-hiver").body)]
    assert len(addresses) == 4 * 4
    drawn = [get(address) for address in addresses]
    assert {one.status for one in drawn} == {200}
    assert {one.headers["Content-Type"] for one in drawn} == {"image/svg+xml"}
    assert len({one.body for one in drawn}) == len(addresses), "each differs from all others"
    assert {ElementTree.fromstring(one.body).get("width") for one in drawn} == {"320", "640"}


def test_each_picture_has_its_words_and_its_table(house):
    house.add(a_report())
    body = unescape(get("/observatoire/bilan-hiver").body)
    assert body.count("<img src=") == body.count('alt="') == 5
    assert 'alt=""' not in body
    assert body.count("<table") == 10
    assert "Haut-Jura gessien\xa0: 71,0\xa0%, 66,2\xa0% un an avant." in body


def test_what_is_secret_is_said_explained_and_nowhere_else(house):
    rows = (a_row("Piémont"), Row("Léman", 41.7, state="secret"))
    house.add(replace(a_bare_report(), tables=(Table("secteurs", "Par secteur", "", rows),)))
    for end in ("", "/graphique.svg?partie=secteurs", "/donnees.csv"):
        body = get(f"/observatoire/bilan-hiver{end}").body
        assert "secret" in body
        assert not re.search(r"41[.,]7|42\s%", body)
    assert "le chiffre existe" in unescape(get("/observatoire/bilan-hiver").body)


@pytest.mark.parametrize("part", ["", "inconnue", "semaines", "%3Cscript%3E"])
def test_a_part_without_a_picture_is_not_found(house, part):
    house.add(a_bare_report())
    assert get(f"/observatoire/bilan-hiver/graphique.svg?partie={part}").status == 404


def test_the_document_and_the_data_are_handed_out(house):
    house.add(a_report())
    paper = get("/observatoire/bilan-hiver/bilan.pdf")
    assert (paper.status, paper.headers["Location"]) == (303, "https://files.example.org/bilan-hiver.pdf")
    table = get("/observatoire/bilan-hiver/donnees.csv")
    assert "bilan-hiver.csv" in table.headers["Content-Disposition"]
    assert '"Par secteur";"Haut-Jura gessien";"71,0"' in table.body
    answer = Browser(app).get(
        "/observatoire/bilan-hiver/donnees.xlsx",
        accept="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    book = openpyxl.load_workbook(BytesIO(base64.b64decode(answer.body)))
    assert book.sheetnames[-1] == "Méthode"


def test_what_people_wrote_is_text(house):
    hostile = '<script>alert("1")</script>'
    house.add(a_report(title=hostile, commentary=(hostile,), zones=(a_row(hostile),)))
    for end in ("", "/graphique.svg?partie=vacances"):
        assert "<script>alert" not in get(f"/observatoire/bilan-hiver{end}").body


def test_the_longest_report_is_one_page_of_bearable_size(house):
    house.add(a_longest_report())
    assert len(get("/observatoire/bilan-hiver").body.encode()) < 2 * HTML_LIMIT
