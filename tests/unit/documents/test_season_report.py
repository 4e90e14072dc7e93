"""Season reports on paper: whole, readable by ear and by eye, with their pictures as vectors, and silent of secrets."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from pypdf.generic import IndirectObject

from chalicelib.adapters.typst_printer import PIXELS_PER_INCH, CannotPrint
from chalicelib.observatory import printed
from chalicelib.observatory.content import Row, Table
from tests.factories import an_office
from tests.unit.documents.reading import squeezed
from tests.unit.documents.report_samples import a_bare_report, a_longest_report, a_report, a_row
from tests.unit.documents.test_hostile_text import ACTIONS, SHOWN_AS_TYPED
from tests.unit.documents.test_printing import NOW, PRINTER, paper, paths, texts, without

OWN_LINKS = {"tel:+33465710010", "mailto:accueil@val.example.org", "https://val.example.org"}
NOT_PRINTED = {"picture", "said", "key"}
HEADINGS = (
    "L’essentiel", "Ce que l’office en dit", "Semaine par semaine", "Qui et où", "Ce qui fait venir",
    "D’où viennent les visiteurs", "Ce qu’en disent les professionnels", "Et après", "Qui a répondu",
    "Comment c’est compté",
)  # fmt: skip
MM = PIXELS_PER_INCH / 25.4


def data_of(content):
    return printed.season_report(an_office(), content)


SAMPLES = {
    "ordinary": data_of(a_report()),
    "longest": data_of(a_longest_report()),
    "bare": data_of(a_bare_report()),
}


@pytest.fixture(scope="module", params=SAMPLES)
def made(request):
    return paper(printed.REPORT, SAMPLES[request.param])


def told(value):
    """The texts of the data that are words on the page."""
    if isinstance(value, dict):
        return [text for key, each in value.items() if key not in NOT_PRINTED for text in told(each)]
    return [text for each in value for text in told(each)] if isinstance(value, list) else list(texts(value))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_text_of_the_data_can_be_read_and_selected(name):
    data = {**SAMPLES[name], "office": {"name": an_office().name}}
    letters = paper(printed.REPORT, SAMPLES[name]).letters
    missing = {text for text in told(data) if squeezed(text) not in letters}
    broken_by_a_page = {text for text in missing if len(text) > 500}
    assert missing - broken_by_a_page == set()


def test_it_is_made_for_screen_readers(made):
    assert made.catalog["/MarkInfo"]["/Marked"].value is True
    assert made.catalog["/Lang"] == "fr-FR"
    assert "pdfuaid:part>1<" in made.reader.xmp_metadata.stream.get_data().decode()
    assert made.roles.count("/Title") == 1
    assert {"/H1", "/P", "/Link"} <= set(made.roles)
    assert made.links == OWN_LINKS


def alternatives(made):
    """What is said of each picture."""
    numbers = made.reader.xref[0].keys() | made.reader.xref_objStm.keys()
    objects = [made.reader.get_object(IndirectObject(number, 0, made.reader)) for number in numbers]
    return [str(each["/Alt"]) for each in objects if isinstance(each, dict) and "/Alt" in each]


def test_each_picture_is_vectors_with_its_words_and_its_table_follows():
    made = paper(printed.REPORT, SAMPLES["ordinary"])
    assert made.roles.count("/Figure") == 5
    assert not [image for page in made.reader.pages for image in page.images]
    said = {one["said"] for part in printed.DRAWN for one in SAMPLES["ordinary"][part]}
    assert said <= set(alternatives(made))
    after = [made.roles[at + 1 :] for at, role in enumerate(made.roles) if role == "/Figure"]
    assert all("/Table" in roles[: roles.index("/H1") if "/H1" in roles else None] for roles in after)


def test_the_words_of_a_picture_can_be_read_too():
    assert "vacancesscolairesparzone" in paper(printed.REPORT, SAMPLES["ordinary"]).letters


def test_a_part_of_which_nothing_is_known_has_no_heading():
    whole = "".join(paper(printed.REPORT, SAMPLES["ordinary"]).pages)
    assert [heading for heading in HEADINGS if heading not in whole] == []
    (bare,) = paper(printed.REPORT, SAMPLES["bare"]).pages
    assert [heading for heading in HEADINGS if heading in bare] == ["Comment c’est compté"]
    assert "Les vacances scolaires de 2029 ne sont pas encore connues" in bare
    assert "Comparée" not in bare


def test_what_is_secret_or_closed_is_said_and_explained_and_its_number_is_nowhere():
    rows = (a_row("Piémont"), Row("Léman", 41.7, state="secret"), Row("Haut-Jura", state="closed"))
    report = replace(a_bare_report(), tables=(Table("secteurs", "Par secteur", "", rows),))
    (page,) = paper(printed.REPORT, data_of(report)).pages
    assert "Léman secret – –" in page
    assert "Haut-Jura fermé – –" in page
    assert "41,7" not in page
    assert "secret\u00a0: le chiffre existe" in page
    assert "fermé\u00a0: rien n’était ouvert" in page
    open_only = replace(report, tables=(Table("secteurs", "Par secteur", "", rows[:1]),))
    assert "le chiffre existe" not in paper(printed.REPORT, data_of(open_only)).pages[0]


def test_numbers_have_french_typography():
    page = paper(printed.REPORT, SAMPLES["ordinary"]).pages[0]
    assert "62,4\u00a0%" in page
    assert "−0,4\u00a0point sur un an" in page
    assert "10\u00a0mai 2027" in page


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_runs_beside_the_page(name):
    for picture in PRINTER.png(printed.REPORT, SAMPLES[name]):
        page = Image.open(BytesIO(picture)).convert("L")
        for left, right in ((0, 21), (189.5, 210)):
            beside = page.crop((int(left * MM), 0, int(right * MM), page.height))
            assert sum(beside.histogram()[:128]) == 0


def test_no_page_ends_with_a_heading():
    for page in paper(printed.REPORT, SAMPLES["longest"]).pages:
        assert page.splitlines()[-2].strip() not in HEADINGS


def test_the_longest_report_is_nine_pages_and_says_which_each_is():
    pages = paper(printed.REPORT, SAMPLES["longest"]).pages
    assert len(pages) == 9
    assert all(f"page\u00a0{number} / 9" in page for number, page in enumerate(pages, 1))


def test_any_missing_key_stops_the_printing_and_is_named():
    data = data_of(replace(a_report(), zones=(Row("0 zone", state="secret"),)))
    for path in paths(data):
        if path[-1] not in {"place", "key"}:
            with pytest.raises(CannotPrint, match=f'"{path[-1]}"'):
                PRINTER.pdf(printed.REPORT, without(data, path), NOW)


@pytest.mark.parametrize("attack", SHOWN_AS_TYPED)
def test_hostile_text_is_shown_as_it_was_typed(attack):
    text = SHOWN_AS_TYPED[attack]
    report = replace(
        a_report(), title=text, territory=text, commentary=(text,), zones=(a_row(text),), method=(text,)
    )
    made = paper(printed.REPORT, data_of(report))
    assert made.letters.count(squeezed(text)) >= 5
    assert made.links == OWN_LINKS
    assert made.names & ACTIONS == set()


def test_a_picture_for_a_mail_is_large_and_readable():
    data = printed.picture(a_report(), "semaines")
    (drawn,) = PRINTER.png(printed.PICTURE, data)
    picture = Image.open(BytesIO(drawn))
    assert picture.width == pytest.approx(1333, abs=2)
    darkest, lightest = picture.convert("L").getextrema()
    assert lightest - darkest > 200
    assert printed.picture(a_bare_report(), "semaines") is None


def test_the_same_data_at_the_same_instant_is_the_same_bytes():
    data = SAMPLES["longest"]
    assert PRINTER.pdf(printed.REPORT, data, NOW) == PRINTER.pdf(printed.REPORT, data, NOW)
