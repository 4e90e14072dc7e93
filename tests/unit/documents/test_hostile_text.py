"""Whatever people type, a document says just that: no markup, no action, no link, and it is printed."""

from unicodedata import combining

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.adapters.printable import COVERED, LACKING, printable
from tests.unit.documents import samples, training_samples
from tests.unit.documents.reading import squeezed
from tests.unit.documents.test_printing import AWARD, RECEIPT, paper, texts

SHOWN_AS_TYPED = {
    "code": '#import "/documents/layouts/paper.typ": data; #panic("x")',
    "call": "#link(\"https://evil.example\")[ici] #eval(\"1\") #read(\"/etc/passwd\")",
    "brackets": "] } ) [ { ( $ x^2 $ \\ @ref <label> // /* */",
    "marks": "*gras* _ital_ `code` ```raw``` = titre - liste + liste / terme: ~ -- --- ... 'a' \"b\"",
    "escape": "\\u{0} \\n \\\\ %00 &lt; {{ x }} ${x}",
    "address": "https://evil.example/espace javascript:alert(1) mailto:eve@evil.example",
    "pdf": "/JS /JavaScript /Launch (x) Tj ET endstream endobj <</S/URI>>",
}  # fmt: skip
FLATTENED = {
    "nul": ("No\0yers", "No yers"),
    "lines": ("Noyers\r\n\tSuite\u2028fin\v", "Noyers Suite fin"),
    "spaces": ("  a   b\u00a0 c \u202f\u00a0: d\u2003e ", "a b\u00a0c\u202f: d e"),
    "turned text": ("\u202eabc\u202c\u2066\u200f\u061cd", "abcd"),
    "invisible": ("a\u200bb\u00adc\ufeffd\ud800e\u2060", "abcde"),
    "accents behind something unseen": ("S\u200b\u0326t A\ufeff\u0300", "Șt À"),
    "accents apart": ("He\u0301le\u0300ne C\u0327a", "Hélène Ça"),
    "other scripts": (
        "\u05d0\u05d1 日本 Ωμ 😀 👨\u200d👩",
        f"{LACKING * 2} {LACKING * 2} Ωμ {LACKING} {LACKING * 2}",
    ),
    "heaped accents": ("e" + "\u0301" * 9, "é\u0301\u0301"),
    "near signs": ("ﬁn ŏ 1ᵉʳ №\u2011 ①", "fin o 1er No- 1"),
}
ACTIONS = {"/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/OpenAction", "/AA", "/SubmitForm",
           "/GoToR", "/ImportData", "/RichMedia", "/Filespec", "/AcroForm"}  # fmt: skip
OWN_LINKS = {
    "tel:+33465710010",
    "mailto:accueil@val.example.org",
    "https://val.example.org",
    samples.SPACE_URL,
    training_samples.VERIFY_URL,
    training_samples.REGULATIONS_URL,
    training_samples.VIDEO_URL,
}
SAMPLES = {
    RECEIPT: samples.a_receipt(),
    AWARD: samples.an_award(),
    "trainings/attendance_sheet.typ": training_samples.a_sheet(),
    "trainings/certificate.typ": training_samples.a_certificate(),
    "trainings/convocation.typ": training_samples.a_convocation(),
}


def said_everywhere(value, text):
    """The data with `text` in place of each of its texts but the office's own."""
    if isinstance(value, str):
        return text
    if isinstance(value, dict):
        kept = {"office", "space_url", "video_link", "regulations_url", "verification", "item"}
        return {key: each if key in kept else said_everywhere(each, text) for key, each in value.items()}
    return [said_everywhere(each, text) for each in value]


def check(made):
    assert made.links <= OWN_LINKS
    assert made.names & ACTIONS == set()


@pytest.mark.parametrize("attack", SHOWN_AS_TYPED)
@pytest.mark.parametrize("template", SAMPLES)
def test_hostile_text_is_shown_as_it_was_typed(template, attack):
    text = SHOWN_AS_TYPED[attack]
    said = said_everywhere(SAMPLES[template], text)
    made = paper(template, said)
    wanted = sum(1 for each in texts(said) if each == text)
    assert wanted > 20
    # The award's own words are not in lower case but one: the type of the establishment.
    assert made.letters.count(squeezed(text)) >= wanted - 1
    check(made)


@pytest.mark.parametrize("attack", FLATTENED)
def test_what_paper_cannot_show_becomes_one_plain_line(attack):
    typed, shown = FLATTENED[attack]
    assert printable(typed) == shown
    made = paper(RECEIPT, said_everywhere(samples.a_receipt(), typed))
    assert squeezed(shown) in made.letters
    check(made)


@pytest.mark.parametrize("endless", ["N", "N\u00a0", "é. ", "e\u0301", "日", "a/"])
def test_an_endless_text_goes_over_lines_and_pages_without_a_loss(endless):
    text = endless * (5000 // len(endless))
    made = paper(RECEIPT, samples.a_receipt(partner=text))
    sign = squeezed(printable(endless))[:1] or " "
    assert made.letters.count(sign) >= squeezed(printable(text)).count(sign)
    check(made)


@pytest.mark.parametrize("template", SAMPLES)
def test_an_endless_word_everywhere_is_printed(template):
    check(paper(template, said_everywhere(SAMPLES[template], "N" * 5000)))


PIECES = st.sampled_from(
    [*SHOWN_AS_TYPED.values(), *(typed for name, (typed, _) in FLATTENED.items() if name != "heaped accents")]
)
NO_MARKS = st.characters(exclude_categories=["Mn", "Me"])
"""An accent that makes no letter of its own is printed well, and told twice by pypdf."""


@given(st.lists(st.one_of(st.text(NO_MARKS, max_size=30), PIECES), max_size=4).map("".join))
@settings(deadline=None, max_examples=100)
def test_any_text_at_all_is_printed_as_its_plain_line(text):
    made = paper(RECEIPT, samples.a_receipt(partner=text))
    assert squeezed(printable(text)) in made.letters
    check(made)


def test_every_sign_that_is_said_to_be_covered_is_printed_in_both_weights():
    covered = "".join(chr(code) for code in range(0x20, 0x2FFF) if COVERED.fullmatch(chr(code)))
    marks = "".join(sign for sign in covered if combining(sign))
    assert len(covered) > 350
    signs = "".join(sign for sign in covered if sign not in marks)
    made = paper(AWARD, samples.an_award(amount=signs, addressee=[signs, *marks]))
    assert made.letters.count(squeezed(signs)) == 2


@given(st.text())
def test_a_plain_line_is_plain_already(text):
    line = printable(text)
    assert printable(line) == line
    assert line == line.strip()
    assert "  " not in line
