import pytest

from chalicelib.web import formats
from chalicelib.web.text_formats import typeset

NAMES = [
    "Zoë",
    "Jean-Pierre",
    "O'Neil",
    "D’Arc",
    "Le Goff",
    "Müller",
    "Nguyễn Văn",
    "Владимир",
    "محمد",
    "山田",
    "कृष्ण",
    "J. P.",
    "Ó Súilleabháin",
    "Łukasz",
    "Anne (dite Nana)",
    "Anne & Paul",
    "Martin-·-Ferré",
    "Ng",
    "ש׳",
]
NOT_NAMES = [
    "<b>Jean</b>",
    "jean@example.fr",
    "http://example.com",
    "www.example.com",
    "R2D2",
    "🌻",
    "---",
    "=cmd|x",
    "{{7*7}}",
    "Jean\tMarc=1",
    "a;b",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_has_any_letters(name):
    assert formats.explain("person-name", name) is None
    assert formats.normalise("person-name", name) == name


@pytest.mark.parametrize("name", NOT_NAMES)
def test_marks_of_code_and_addresses_are_refused_in_names_with_the_mend(name):
    assert formats.explain("person-name", name).startswith("Écrivez")


@pytest.mark.parametrize("name", formats.FORMATS)
@pytest.mark.parametrize("breaking", ["\r\n", "\n", "\u2028", "\u2029", "\x0b", "\x85"])
def test_a_second_line_is_refused_in_every_format(name, breaking):
    said = formats.explain(name, f"Jean{breaking}Bcc: x@example.fr")
    assert said == "Écrivez cette réponse sur une seule ligne\u00a0: retirez le retour à la ligne."


@pytest.mark.parametrize("name", formats.FORMATS)
@pytest.mark.parametrize("char", ["\0", "\x1b", "\ufffd", chr(0xD800), "\u202e", "\u2066"])
def test_invisible_and_lost_characters_are_refused_in_every_format(name, char):
    assert "illisible" in formats.explain(name, f"Jean{char}")


@pytest.mark.parametrize(
    "text", ["Gîte des Noyers 🌰", "<script>alert(1)</script>", "بيت الضيافة", "12 bis, rue « X »", "1"]
)
def test_a_line_of_text_may_hold_what_people_write(text):
    assert formats.explain("text-line", text) is None


@pytest.mark.parametrize("text", ["...", "🌰", "-"])
def test_a_line_without_letter_or_digit_says_nothing(text):
    assert formats.explain("text-line", text) == "Écrivez au moins une lettre ou un chiffre."


def test_several_spaces_and_tabs_become_one():
    assert formats.normalise("text-line", "12 \t route  du Vercors") == "12 route du Vercors"


@pytest.mark.parametrize(
    "typed",
    ["2028-02-29", "29/02/2028", "29/2/2028", "29.02.2028", "29-02-2028", "29 02 2028", "29 février 2028"],
)
def test_a_date_reads_in_iso_and_in_french(typed):
    assert formats.normalise("date", typed) == "2028-02-29"
    assert formats.explain("date", typed) is None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("9h", "09:00"), ("9h00", "09:00"), ("14 h 30", "14:30"), ("14\u00a0h\u00a030", "14:30"), ("14:30", "14:30"),
     ("8.15", "08:15"), ("23H59", "23:59"), ("0h", "00:00")],
)  # fmt: skip
def test_an_hour_reads_as_people_write_it(typed, stored):
    assert formats.normalise("hour", typed) == stored
    assert formats.explain("hour", typed) is None


@pytest.mark.parametrize("typed", ["24h", "9h60", "midi", "9h00-12h", "-1:00", ""])
def test_what_is_no_hour_of_the_day_says_how_to_write_one(typed):
    assert "9h00" in formats.explain("hour", typed)
    assert formats.normalise("hour", typed) == typed


def test_an_hour_is_shown_with_spaces_that_do_not_break():
    assert formats.show("hour", "14:30") == "14\u00a0h\u00a030"


def test_the_first_of_a_month_may_be_written_in_words():
    assert formats.normalise("date", "1er mars 2027") == "2027-03-01"


@pytest.mark.parametrize("typed", ["31/02/2028", "2028-13-01", "29/02/2027", "00/01/2027", "01/01/0001"])
def test_a_day_that_does_not_exist_is_told_as_such(typed):
    assert "n’existe pas" in formats.explain("date", typed)
    assert formats.normalise("date", typed) == typed


@pytest.mark.parametrize("typed", ["demain", "2028", "12/2028", "31/12/28", "1 brumaire 2028", "²/1/2028"])
def test_what_is_not_a_date_gets_an_example(typed):
    assert "31/12/2028" in formats.explain("date", typed)


def test_a_very_long_text_is_told_before_it_is_read():
    for name in formats.FORMATS:
        assert (
            formats.explain(name, "9" * 1_000_000) == "Cette réponse est trop longue\u00a0: raccourcissez-la."
        )
        assert len(formats.normalise(name, "9" * 1_000_000)) == 1_000_000


def test_an_unknown_format_takes_every_text():
    assert formats.explain(None, "x") is None
    assert formats.normalise("other", "x") == formats.show("other", "x") == "x"


def test_sentences_are_typeset():
    assert typeset("C'est « ici » : 14 chiffres ?") == (
        "C’est «\u00a0ici\u00a0»\u00a0: 14\u00a0chiffres\u00a0?"
    )
