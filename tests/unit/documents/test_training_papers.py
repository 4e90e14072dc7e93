"""The papers of trainings, really printed: whole, readable by ear and by eye, nobody left out, nothing beside the page."""

import re
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from chalicelib.adapters import qr
from chalicelib.adapters.typst_printer import PIXELS_PER_INCH, ROOMS, CannotPrint
from chalicelib.kernel.french import NBSP
from chalicelib.office.loading import load_document, read_file
from chalicelib.trainings import printed, printed_certificate
from chalicelib.trainings.papers import Presence, SessionPaper
from tests.factories import an_office
from tests.unit.documents import training_samples as samples
from tests.unit.documents.reading import squeezed
from tests.unit.documents.test_printing import NOW, PRINTER, paper, paths, texts, without

OFFICES = sorted((ROOMS.parent / "offices").glob("*.json"))
SHEET, CERTIFICATE, CONVOCATION = (
    f"trainings/{name}.typ" for name in ("attendance_sheet", "certificate", "convocation")
)
LONG_TRAINING = samples.a_training(
    title="Accueillir " * 14,
    half_days=samples.FOUR_HALF_DAYS * 8,
    trainer_name=samples.LONG_NAME,
    programme="- Accueillir, écouter, reformuler, proposer, puis recommencer\n" * 40,
    video_link=samples.VIDEO_URL + "/19%3areunion_" + "Abc123" * 30,
)
LONG_PERSON = samples.a_person(name=samples.LONG_NAME, structure=samples.LONG_STRUCTURE)
SAMPLES = {
    "sheet for one": (SHEET, samples.a_sheet(1)),
    "sheet for twelve": (SHEET, samples.a_sheet(12)),
    "sheet for forty": (SHEET, samples.a_sheet(40)),
    "longest sheet": (SHEET, samples.a_longest_sheet()),
    "certificate": (CERTIFICATE, samples.a_certificate()),
    "attestation": (CERTIFICATE, samples.a_certificate(samples.a_workshop())),
    "longest certificate": (CERTIFICATE, samples.a_certificate(LONG_TRAINING, person=LONG_PERSON)),
    "convocation": (CONVOCATION, samples.a_convocation()),
    "invitation": (CONVOCATION, samples.a_convocation(samples.a_workshop())),
    "longest convocation": (CONVOCATION, samples.a_convocation(LONG_TRAINING, name=samples.LONG_NAME)),
}
FULL = {
    SHEET: samples.a_sheet(),
    CERTIFICATE: samples.a_certificate(),
    CONVOCATION: samples.a_convocation(),
}
OWN_LINKS = {"tel:+33465710010", "mailto:accueil@val.example.org", "https://val.example.org"}


@pytest.fixture(scope="module", params=SAMPLES)
def made(request):
    return paper(*SAMPLES[request.param])


def lines_of(page):
    """Its lines without the foot."""
    return page.splitlines()[:-1]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_text_of_the_data_can_be_read_and_selected(name):
    template, data = SAMPLES[name]
    letters = paper(template, data).letters
    assert {text for text in texts(data) if squeezed(text) not in letters} == set()


def test_it_is_made_for_screen_readers(made):
    assert made.catalog["/MarkInfo"]["/Marked"].value is True
    assert made.catalog["/Lang"] == "fr-FR"
    assert made.catalog["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert "pdfuaid:part>1<" in made.reader.xmp_metadata.stream.get_data().decode()
    assert made.roles.count("/Title") == 1
    assert {"/P", "/Link"} <= set(made.roles)


def test_every_font_is_in_the_file(made):
    assert set(made.fonts) == {"AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Bold"}
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in made.fonts.values())


def test_every_page_says_which_of_how_many_and_of_what(made):
    for number, text in enumerate(map(squeezed, made.pages), 1):
        assert f"page{number}/{len(made.pages)}" in text
        assert "FOR-7KQ4M2" in text or "ATE-3XW9RB" in text


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("sheet for one", f"Feuille d’émargement – FOR-7KQ4M2 · 3{NBSP}mars 2027 à 9{NBSP}h{NBSP}00"),
        ("certificate", "Certificat de réalisation – FOR-7KQ4M2"),
        ("attestation", "Attestation de présence – ATE-3XW9RB"),
        ("convocation", f"Convocation à la formation «{NBSP}Accueillir les visiteurs étrangers{NBSP}» – FOR-7KQ4M2"),
    ],
)  # fmt: skip
def test_it_says_what_it_is_when_it_was_made_and_by_whom(name, title):
    about = paper(*SAMPLES[name]).reader.metadata
    assert (about.title, about.author) == (title, "Office de tourisme du Val d’Exemple")
    assert about.creation_date == NOW


@pytest.mark.parametrize(("people", "pages"), [(0, 1), (1, 1), (12, 1), (15, 1), (16, 2), (40, 3)])
def test_a_sheet_has_as_many_pages_as_its_people_need(people, pages):
    assert len(paper(SHEET, samples.a_sheet(people)).pages) == pages


@pytest.mark.parametrize("people", range(1, 46))
def test_the_trainer_signs_on_a_page_on_which_others_do(people):
    data = samples.a_sheet(people)
    pages = [squeezed(page) for page in paper(SHEET, data).pages]
    (signed,) = [page for page in pages if "J’attestelaprésence" in page]
    rows = [one for one in data["people"] if squeezed(one["number"] + one["name"]) in signed]
    assert signed == pages[-1]
    assert len(rows) >= min(people, 2)


def long_people(number):
    """Rows of nine lines, no two alike."""
    told = [
        {"name": f"{samples.LONG_NAME}{at}", "structure": f"{samples.LONG_STRUCTURE}{at}"}
        for at in range(number)
    ]
    people = [
        samples.a_person(function="Directrice générale adjointe chargée des publics", **each) for each in told
    ]
    return [Presence(person, NOW if at % 2 else None) for at, person in enumerate(people)]


@pytest.mark.parametrize("presences", [samples.some_people(40), long_people(30)], ids=["ordinary", "long"])
def test_everybody_is_on_the_sheet_once_in_a_row_that_no_page_breaks(presences):
    data = printed.attendance_sheet(an_office(), samples.a_training(), samples.a_half_day(), presences)
    pages = [squeezed(page) for page in paper(SHEET, data).pages]
    for person in data["people"]:
        row = squeezed("".join(person[key] for key in ("number", "name", "structure", "function", "present")))
        assert sum(page.count(row) for page in pages) == 1
    assert "".join(pages).count("présent(e)") == sum(person["present"] != "" for person in data["people"])


def test_the_head_of_the_sheet_comes_again_where_there_are_rows_and_is_one_for_screen_readers():
    made = paper(SHEET, samples.a_sheet(40))
    assert all("N° Nom Structure Signature" in page for page in made.pages)
    assert (made.roles.count("/Table"), made.roles.count("/TH")) == (1, 4)
    assert made.roles.count("/TR") == 1 + 40 + 1


def test_the_presence_that_staff_noted_stands_in_the_row_and_the_others_sign():
    (page,) = paper(SHEET, samples.a_sheet(12)).pages
    assert page.count("présent(e), relevé à") == 3
    assert squeezed(
        "4 Karim Benali A. Ferme de l’Arbaretan Gérante présent(e), relevé à 9 h 03 5 Élodie"
    ) in squeezed(page)


def test_the_trainer_signs_for_the_half_day_after_everybody():
    last = paper(SHEET, samples.a_sheet(40)).pages[-1]
    assert last.index("Karim Benali G.") < last.index("J’atteste la présence") < last.index("Inès Carvalho")
    assert squeezed("le mercredi 3 mars 2027, de 9 h 00 à 12 h 30 (3 h 30).") in squeezed(last)


MM = PIXELS_PER_INCH / 25.4


def seen(picture):
    return Image.open(BytesIO(picture)).convert("L")


def ink(page, left_mm, right_mm, top=0, bottom=int(275 * MM)):
    """How many dark points there are between two distances from the left edge, above the foot."""
    return sum(page.crop((int(left_mm * MM), top, int(right_mm * MM), bottom)).histogram()[:128])


def longest_rule(page, at_mm):
    """Where the longest vertical rule near that distance from the left edge begins and ends, in points."""
    columns = [
        page.crop((x, 0, x + 1, page.height)).tobytes()
        for x in range(int((at_mm - 1) * MM), int((at_mm + 1) * MM))
    ]
    runs = [found.span() for column in columns for found in re.finditer(rb"[^\xfa-\xff]+", column)]
    return max(runs, key=lambda run: run[1] - run[0])


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_runs_beside_the_page(name):
    for page in map(seen, PRINTER.png(*SAMPLES[name])):
        assert ink(page, 0, 21) == 0
        assert ink(page, 189.5, 210) == 0


STRUCTURE, SIGNATURE = 84, 136
"""Where these columns of the sheet begin, in millimetres from the left; their texts stand 2 further."""


@pytest.mark.parametrize("word", ["N" * 80, "m" * 80, "-" * 80, "É" * 79, "W" * 80, "Ab-" * 27, "N" * 17])
def test_a_long_word_stays_within_its_cell(word):
    person = Presence(samples.a_person(name=word, structure=word, function=word))
    data = printed.attendance_sheet(an_office(), samples.a_workshop(), samples.a_half_day(), [person])
    (page,) = map(seen, PRINTER.png(SHEET, data))
    top, bottom = longest_rule(page, SIGNATURE)
    assert bottom - top > 16 * MM
    assert [ink(page, at + 0.5, at + 1.7, top, bottom) for at in (STRUCTURE, SIGNATURE)] == [0, 0]


@pytest.mark.parametrize("session", [samples.a_training(), samples.a_workshop()])
def test_the_drawn_code_leads_where_the_words_do(session):
    data = samples.a_certificate(session)
    (picture,) = PRINTER.png(CERTIFICATE, data)
    (found,) = zxingcpp.read_barcodes(seen(picture))
    assert found.text == f"{samples.VERIFY_URL}?code={samples.CODE}"
    (page,) = paper(CERTIFICATE, data).pages
    assert squeezed(
        "Vérifiez ce document : pro.val.example.org/verification, code 7KQ4-M2XB-9DTR"
    ) in squeezed(page)


@pytest.mark.parametrize("length", [1, 60, 200, 400])
def test_codes_of_any_size_are_drawn_in_the_middle_of_their_margin(length):
    text = "https://pro.val.example.org/" + "v" * length
    data = samples.a_certificate()
    rows = data["verification"]["qr"] = qr.rows(text)
    (picture,) = PRINTER.png(CERTIFICATE, data)
    page = seen(picture)
    (found,) = zxingcpp.read_barcodes(page.resize((page.width * 2, page.height * 2)))
    assert found.text == text
    margin = 4 * 28 / (len(rows) + 8)
    left, right, bottom = 22, 22 + 28, 297 - 20
    assert found.position.top_left.x / 2 / MM == pytest.approx(left + margin, abs=0.4)
    assert found.position.top_right.x / 2 / MM == pytest.approx(right - margin, abs=0.4)
    assert found.position.bottom_left.y / 2 / MM == pytest.approx(bottom - margin, abs=0.4)


def test_a_drawn_code_is_told_to_who_does_not_see_it():
    made = paper(CERTIFICATE, samples.a_certificate())
    assert made.roles.count("/Figure") == 1
    assert "/Alt" in made.names


def test_a_certificate_without_a_drawing_still_tells_its_code():
    data = samples.a_certificate()
    data["verification"]["qr"] = []
    made = paper(CERTIFICATE, data)
    assert samples.CODE in made.letters
    assert "CodeQR" not in made.letters
    assert "/Figure" not in made.roles


def test_a_certificate_tells_each_half_day_its_hours_and_their_sum():
    page = (
        paper(CERTIFICATE, samples.a_certificate(attended=samples.FOUR_HALF_DAYS[1:3]))
        .pages[0]
        .replace(NBSP, " ")
    )
    assert "mercredi 3 mars 2027 de 14 h 00 à 17 h 30 3 h 30" in page
    assert "mercredi 10 mars 2027 de 9 h 00 à 12 h 30 3 h 30" in page
    assert "Total 7 h" in page
    assert "mercredi 3 mars 2027 de 9 h 00" not in page


def test_a_certificate_is_dated_names_who_answers_for_it_and_has_room_for_a_stamp():
    said = paper(*SAMPLES["certificate"]).pages[0]
    assert f"Fait à Ferney-Voltaire, le{NBSP}12{NBSP}mars 2027" in said
    assert f"Claire Martin\ndirectrice\nétabli par voie électronique le{NBSP}12{NBSP}mars 2027" in said
    assert squeezed(printed_certificate.STAMP) in squeezed(said)
    assert squeezed(printed_certificate.STAMP) not in squeezed(paper(*SAMPLES["attestation"]).pages[0])


def test_a_certificate_of_a_training_action_marks_its_nature_among_the_four():
    said = squeezed(paper(*SAMPLES["certificate"]).pages[0])
    assert said.count("×") == 1
    assert "×actiondeformation" in said
    assert "bilandecompétences" in said
    assert "bilandecompétences" not in squeezed(paper(*SAMPLES["attestation"]).pages[0])


def test_a_certificate_of_an_office_without_a_known_place_still_has_its_date():
    data = samples.a_certificate()
    nowhere = {**data, "office": {**data["office"], "place": ""}}
    assert f"Fait le{NBSP}12{NBSP}mars 2027" in paper(CERTIFICATE, nowhere).pages[0]


@pytest.mark.parametrize("file", OFFICES, ids=lambda path: path.stem)
def test_the_papers_of_any_office_are_one_page_in_its_name(file):
    office = load_document(read_file(file))
    session, half_day = samples.a_training(), samples.a_half_day()
    for template, data in (
        (SHEET, printed.attendance_sheet(office, session, half_day, samples.some_people(15))),
        (
            CERTIFICATE,
            printed_certificate.certificate(
                office, samples.facts_of(session), samples.VERIFY_URL, qr.rows("x")
            ),
        ),
        (CONVOCATION, printed.convocation(office, session, samples.a_person(), samples.ISSUED_ON)),
    ):
        (page,) = paper(template, data).pages
        assert page.startswith(f"{office.name}\n")


@pytest.mark.parametrize("lines", range(0, 64, 3))
def test_no_page_of_a_letter_ends_with_a_heading_nor_begins_with_its_end_alone(lines):
    session = samples.a_training(programme="\n".join(f"- Séquence {number}" for number in range(lines)))
    pages = [lines_of(page) for page in paper(CONVOCATION, samples.a_convocation(session)).pages]
    headings = {"Quand et où", "Le programme", "À savoir", f"Une question, un empêchement{NBSP}?"}
    assert headings <= {line.strip() for page in pages for line in page}
    assert not headings & {page[-1].strip() for page in pages}
    assert all(len(page) >= 5 for page in pages)


def test_what_is_not_known_of_a_session_leaves_no_heading_nor_label():
    bare = SessionPaper("Visite", "EDU-1", "", False, (samples.a_half_day(),))
    (page,) = paper(CONVOCATION, samples.a_convocation(bare)).pages
    for absent in (
        "Le programme",
        "À savoir",
        "Nature",
        "Lieu",
        "Accès",
        "Visioconférence",
        "Intervenant",
        "Durée",
    ):
        assert absent not in page, absent
    (sheet,) = paper(SHEET, printed.attendance_sheet(an_office(), bare, samples.a_half_day(), [])).pages
    assert "Lieu" not in sheet
    assert "Nature" not in sheet


def test_items_of_a_programme_are_a_list_for_screen_readers():
    assert paper(CONVOCATION, samples.a_convocation()).roles.count("/LI") == 5
    assert "/L" not in paper(CONVOCATION, samples.a_convocation(samples.a_workshop())).roles


def test_links_lead_to_the_office_and_to_what_its_session_names():
    assert paper(CONVOCATION, samples.a_convocation()).links == {*OWN_LINKS, samples.REGULATIONS_URL}
    assert paper(CONVOCATION, samples.a_convocation(samples.a_workshop())).links == {
        *OWN_LINKS,
        samples.VIDEO_URL,
    }
    assert paper(CERTIFICATE, samples.a_certificate()).links == {*OWN_LINKS, samples.VERIFY_URL}
    assert paper(SHEET, samples.a_sheet()).links == OWN_LINKS


@pytest.mark.parametrize(
    "typed",
    ["javascript:alert(1)", "file:///etc/passwd", "Code 123 au 01 99 00 00 00", "http://x.example.org"],
)
def test_what_was_typed_for_an_address_and_is_none_is_text(typed):
    made = paper(CONVOCATION, samples.a_convocation(samples.a_training(video_link=typed)))
    assert squeezed(typed) in made.letters
    assert made.links == {*OWN_LINKS, samples.REGULATIONS_URL}


@pytest.mark.parametrize("template", FULL)
def test_any_missing_key_stops_the_printing_and_is_named(template):
    unused = {"place"} if template == SHEET else set()
    for path in paths(FULL[template]):
        if path[-1] not in unused:
            with pytest.raises(CannotPrint, match=f'"{path[-1]}"'):
                PRINTER.pdf(template, without(FULL[template], path), NOW)


def test_the_same_data_at_the_same_instant_is_the_same_bytes():
    for template, data in FULL.items():
        assert PRINTER.pdf(template, data, NOW) == PRINTER.pdf(template, data, NOW)
