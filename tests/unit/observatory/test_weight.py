"""What the longest report weighs: pages have 30 KB, and one with everything in it may have more if it travels small."""

from gzip import compress

import pytest

from chalicelib.observatory.pictures import picture_of
from chalicelib.observatory.presenting import shown
from chalicelib.runtime import config
from chalicelib.web.pages import render_page
from tests.factories import an_office
from tests.unit.documents.report_samples import a_longest_report, a_report

ORDINARY, LONGEST, ON_THE_WAY, PICTURE = 30_000, 53_000, 7_000, 12_000


@pytest.fixture
def page(monkeypatch):
    monkeypatch.setenv("BASE_URL", "https://pro.example.org")
    config.base_path.cache_clear()
    yield lambda content: render_page(
        "observatory/report.html",
        section="observatoire",
        report=shown(content),
        address="/observatoire/bilan-hiver-2026-2027",
        office=an_office(),
        user=None,
    ).encode()
    config.base_path.cache_clear()


def test_an_ordinary_report_fits_the_budget_of_a_page(page):
    assert len(page(a_report())) <= ORDINARY


def test_the_longest_report_is_small_on_the_way(page):
    longest = page(a_longest_report())
    assert len(longest) <= LONGEST
    assert len(compress(longest)) <= ON_THE_WAY


def test_the_picture_of_half_a_year_is_small():
    assert len(picture_of(a_longest_report(), "semaines").encode()) <= PICTURE


def test_what_stands_in_place_of_a_number_is_explained_where_it_comes_first_and_not_again(page):
    text = page(a_report()).decode()
    assert text.count("secret\u00a0: le chiffre existe") == 1
    assert text.index("secret\u00a0: le chiffre existe") < text.index("Qui et où")
