"""What is printed: whole, readable by ear and by eye, the same each time; and nothing when something is missing."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.adapters.typst_printer import ROOMS, CannotPrint, TypstPrinter
from chalicelib.documents.letterhead import office_on_paper
from chalicelib.office.loading import load_document, read_file
from tests.unit.documents import samples
from tests.unit.documents.reading import Paper, squeezed

NOW = datetime(2027, 3, 3, 13, 30, tzinfo=UTC)
OFFICES = ROOMS.parent / "offices"
RECEIPT, AWARD = "subsidies/receipt.typ", "subsidies/award.typ"
SAMPLES = {
    "receipt": (RECEIPT, samples.a_receipt()),
    "longest receipt": (RECEIPT, samples.a_longest_receipt()),
    "award": (AWARD, samples.an_award()),
    "longest award": (AWARD, samples.a_longest_award()),
}
UNSAID = ("video_link", "regulations_url", "url", "qr", "item")
"""Keys of the papers of trainings."""
PRINTER = TypstPrinter()


def paper(template, data):
    return Paper(PRINTER.pdf(template, data, NOW))


@pytest.fixture(scope="module", params=SAMPLES)
def printed(request):
    return paper(*SAMPLES[request.param])


def texts(value):
    """Every text in the data, but addresses of pages, which are shown shorter, colours, and what is drawn."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        hidden = {"space_url", "phone_uri", "website", "accent_color", *UNSAID}
        yield from (text for key, each in value.items() if key not in hidden for text in texts(each))
    else:
        yield from (text for each in value for text in texts(each))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_text_of_the_data_can_be_read_and_selected(name):
    template, data = SAMPLES[name]
    letters = paper(template, data).letters.lower()
    missing = {text for text in texts(data) if squeezed(text).lower() not in letters}
    broken_by_a_page = {text for text in missing if len(text) > 500}
    assert missing - broken_by_a_page == set()


def test_it_is_made_for_screen_readers(printed):
    assert printed.catalog["/MarkInfo"]["/Marked"].value is True
    assert printed.catalog["/Lang"] == "fr-FR"
    assert printed.catalog["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert "pdfuaid:part>1<" in printed.reader.xmp_metadata.stream.get_data().decode()
    assert printed.roles.count("/Title") == 1
    assert printed.roles.count("/H1") >= 3
    assert {"/Table", "/THead", "/TH", "/TD", "/L", "/LI", "/P", "/Link"} <= set(printed.roles)


def test_every_font_is_ours_or_typsts_and_in_the_file(printed):
    ours = {"AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Bold"}
    assert ours <= set(printed.fonts) <= ours | {"DejaVuSansMono"}
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in printed.fonts.values())


def test_it_says_who_made_it_when_and_what_it_is():
    about = paper(AWARD, samples.an_award()).reader.metadata
    assert about.title == "Attribution de l’aide au classement – SUB-7KQ4M2"
    assert about.author == "Office de tourisme du Val d’Exemple"
    assert about.creation_date == NOW


def test_the_same_data_at_the_same_instant_is_the_same_bytes_in_any_printer():
    template, data = SAMPLES["receipt"]
    assert TypstPrinter().pdf(template, data, NOW) == PRINTER.pdf(template, data, NOW)
    assert PRINTER.pdf(template, data, NOW + timedelta(days=1)) != PRINTER.pdf(template, data, NOW)


def test_the_longest_award_is_two_pages():
    assert len(paper(AWARD, samples.a_longest_award()).pages) == 2


@pytest.mark.parametrize("file", sorted(OFFICES.glob("*.json")), ids=lambda path: path.stem)
def test_an_ordinary_award_of_any_office_is_one_page_in_its_name(file):
    office = load_document(read_file(file))
    (page,) = paper(AWARD, samples.an_award(office=office_on_paper(office))).pages
    assert page.startswith(f"{office.name}\n{office.legal_name}\n{office.address}\n")
    assert f"{office.address.split()[-1]}, le 3\xa0mars 2027\n" in page


def test_every_page_says_which_of_how_many_and_of_what():
    pages = paper(RECEIPT, samples.a_longest_receipt()).pages
    for number, text in enumerate(pages, 1):
        assert f"page\xa0{number} / {len(pages)}" in text
        assert "SUB-7KQ4M2" in text


def test_the_heads_of_tables_come_again_on_each_page():
    data = samples.a_longest_receipt()
    pages = paper(RECEIPT, data).pages
    with_files = [text for text in pages if any(f["sha256"] in squeezed(text) for f in data["documents"])]
    assert len(with_files) > 2
    assert all("Document, fichier et empreinte" in text for text in with_files)


def test_every_hash_is_whole_and_on_the_page_of_its_file():
    data = samples.a_longest_receipt()
    pages = [squeezed(text) for text in paper(RECEIPT, data).pages]
    for file in data["documents"]:
        (page,) = [text for text in pages if file["sha256"] in text]
        assert squeezed(file["name"]) in page


def test_the_links_lead_to_the_office_and_the_space_only(printed):
    own = {"tel:+33465710010", "mailto:accueil@val.example.org", "https://val.example.org", samples.SPACE_URL}
    assert printed.links <= own
    assert len(printed.links) >= 3


def test_a_deputy_signs_for_somebody_and_an_approver_for_nobody():
    signed_for = "pour Hélène Bourgeat, directrice"
    assert signed_for in paper(AWARD, samples.a_longest_award()).pages[-1]
    text = paper(AWARD, samples.an_award()).pages[0]
    assert "Claire Martin\ndirectrice\nsigné électroniquement par Claire Martin le\xa03\xa0mars 2027" in text


def test_what_is_not_known_of_a_signer_a_place_or_a_scheme_leaves_no_hole():
    signer = {"name": "Claire Martin", "role": "", "on_behalf_of": ""}
    place = {"name": "Hôtel du Pont", "type": "Hôtel", "commune": ""}
    scheme = {"name": "Plan qualité", "source": ""}
    (text,) = paper(AWARD, samples.an_award(decided_by=signer, establishment=place, scheme=scheme)).pages
    assert "Dispositif\xa0: Plan qualité.\n" in text
    assert "Claire Martin\nsigné électroniquement" in text
    assert "(hôtel)." in text


def test_a_letter_without_a_known_place_still_has_its_date():
    nowhere = {**samples.an_award()["office"], "place": ""}
    assert "Le 3\xa0mars 2027\n" in paper(AWARD, samples.an_award(office=nowhere)).pages[0]


def test_what_a_scheme_does_not_ask_for_leaves_no_heading_behind():
    (award,) = paper(AWARD, samples.an_award(conditions=[], appeal=[])).pages
    assert "À quelles conditions" not in award
    assert "Voies et délais de recours" not in award
    (receipt,) = paper(RECEIPT, samples.a_receipt(documents=[], notice=[])).pages
    assert "Votre demande ne comporte aucun document." in receipt
    assert "Empreinte" not in receipt


def paths(value, before=()):
    """The way to every key of the data, by way of the first of each list."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield (*before, key)
            yield from paths(each, (*before, key))
    elif isinstance(value, list):
        yield from paths(value[0], (*before, 0))


def without(value, path):
    (first, *rest) = path
    if isinstance(value, list):
        return [without(each, rest) if at == first else each for at, each in enumerate(value)]
    if rest:
        return {**value, first: without(value[first], rest)}
    return {key: each for key, each in value.items() if key != first}


@pytest.mark.parametrize("template", [RECEIPT, AWARD])
def test_any_missing_key_stops_the_printing_and_is_named(template):
    data = samples.a_receipt() if template == RECEIPT else samples.an_award()
    unused = {"place"} if template == RECEIPT else set()
    for path in paths(data):
        if path[-1] not in unused:
            with pytest.raises(CannotPrint, match=f'"{path[-1]}"'):
                PRINTER.pdf(template, without(data, path), NOW)


@pytest.mark.parametrize("nothing", [None, 1.5, b"x"])
def test_what_is_no_text_stops_the_printing_and_is_named(nothing):
    data = samples.an_award(decided_by={"name": nothing, "role": "directrice", "on_behalf_of": ""})
    with pytest.raises(CannotPrint, match=r"data\.decided_by\.name is"):
        PRINTER.pdf(AWARD, data, NOW)


def test_an_unknown_template_is_named():
    with pytest.raises(CannotPrint, match=r"subsidies/nothing\.typ"):
        PRINTER.pdf("subsidies/nothing.typ", {}, NOW)


def test_pages_can_be_looked_at():
    pictures = PRINTER.png(AWARD, samples.a_longest_award())
    assert [picture[:4] for picture in pictures] == [b"\x89PNG"] * 2


def test_no_template_reaches_out_of_the_house():
    for path in ROOMS.rglob("*.typ"):
        text = path.read_text()
        assert not re.search(r"@preview|@local|\beval\(|\bplugin\(|\bread\(", text), path.name
