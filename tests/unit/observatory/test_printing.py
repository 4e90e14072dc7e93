"""What was approved is printed with its commentary and its day, for real, and is then what the report says."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chalicelib.documents.bootstrap import printer
from chalicelib.observatory.content import Content, Effect, KeyFigure, Share, WeekRow
from chalicelib.observatory.printing import Printing
from chalicelib.observatory.report_files import ReportFiles
from chalicelib.observatory.report_sections import sections_of
from chalicelib.observatory.reports import Report, ReportKind, ReportStatus
from chalicelib.observatory.sending import document_key, picture_key
from tests.fakes.uploads import FakeFiles
from tests.observatory_office import an_observatory_office

NOW = datetime(2027, 6, 28, 22, 30, tzinfo=UTC)
REPORT = Report(
    "r1", "bilan-hiver", ReportKind.CLOSING, "hiver-2026-2027", "Hiver", ReportStatus.PRINTING, NOW, NOW, 1,
    commentary="Un hiver court.\n\nUn printemps long.",
)  # fmt: skip
CONTENT = Content(
    "season_end", "Bilan", "Pays de Gex", "du 12 décembre 2026 au 2 mai 2027", "", "2027-06-26",
    key_figures=(KeyFigure("Taux d’occupation", 60.0, 3.0),), weeks=(WeekRow("semaine du 1er au 7 mars 2027", 60.0),),
    method=("Une méthode.",),
)  # fmt: skip


@pytest.fixture(scope="module")
def printed() -> tuple[FakeFiles, ReportFiles]:
    store = FakeFiles()
    files = ReportFiles(store)
    files.keep_content("r1", CONTENT)
    Printing(store, files, printer(), an_observatory_office, lambda: NOW).print(REPORT)
    return store, files


def test_the_report_says_its_commentary_and_the_day_in_paris(printed: tuple[FakeFiles, ReportFiles]):
    content = printed[1].content("r1")
    assert content.commentary == ("Un hiver court.", "Un printemps long.")
    assert content.published_on == "2027-06-29"


def test_the_document_and_the_picture_are_what_they_say(printed: tuple[FakeFiles, ReportFiles]):
    store, _ = printed
    document, picture = store.files[document_key("r1")], store.files[picture_key("r1")]
    assert (document[0][:5], document[1]) == (b"%PDF-", "application/pdf")
    assert (picture[0][:8], picture[1]) == (b"\x89PNG\r\n\x1a\n", "image/png")


def test_who_decides_reads_every_part_of_the_draft():
    told = {title: [f"{label} {value}" for label, value in rows] for title, rows in sections_of(CONTENT)}
    assert list(told) == ["Chiffres clés", "Par semaine", "Méthode et secret"]
    assert [one.replace("\u00a0", " ") for one in told["Chiffres clés"]] == [
        "Taux d’occupation 60,0 % (+3,0 points)"
    ]


def test_who_decides_reads_of_weeks_and_shares_what_the_page_says_of_them():
    told = dict(sections_of(replace(CONTENT, origins=(Share("Belgique"),))))
    assert told["Par semaine"][0][0] == "du 1er au 7 mars 2027"
    assert told["Origine des clients"] == [("Belgique", "secret")]


def test_who_decides_reads_what_an_event_did_beside_days_like_it():
    festival = Effect("Festival", "du 3 au 4 juillet 2027", 61.2, 55.0, 6.2)
    told = dict(sections_of(replace(CONTENT, effects=(festival,))))
    assert [(label, said.replace("\u00a0", " ")) for label, said in told["Les événements"]] == [
        ("Festival", "61,2 %, contre 55,0 % les jours comparables (+6,2 points)")
    ]
