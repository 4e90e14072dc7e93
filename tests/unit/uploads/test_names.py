"""How the names of files are shown and written into headers."""

import re
from unicodedata import category, is_normalized
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.uploads.names import attachment, display_name
from chalicelib.uploads.rules import JPEG, PDF, PNG

HOSTILE = st.text(st.characters(exclude_categories=()), max_size=400) | st.text(
    "./\\\u202e\u0301\0 aPDFpdf", max_size=40
)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("devis.pdf", "devis.pdf"),
        ("DEVIS.PDF", "DEVIS.pdf"),
        ("C:\\fakepath\\devis.pdf", "devis.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("facture.exe", "facture.pdf"),
        ("facture.pdf.exe", "facture.pdf"),
        ("facture", "facture.pdf"),
        ("Devis n° 4.12", "Devis n° 4.12.pdf"),
        ("devis\u202efdp.exe", "devisfdp.pdf"),
        ("de\u0301cembre.pdf", "décembre.pdf"),
        ("deux\nlignes\t.pdf", "deux lignes.pdf"),
        ("o\u0301\u0302\u0303\u0304\u0305.pdf", "ó\u0302\u0303.pdf"),
        ("\u202e\u200b", "document.pdf"),
        ("", "document.pdf"),
        (".pdf", "document.pdf"),
        ("...", "document.pdf"),
        ("a" * 300, "a" * 115 + ".pdf"),
        ("<script>.pdf", "<script>.pdf"),
    ],
)
def test_a_name_is_shown_on_one_line_without_tricks_and_ends_as_its_type_does(given_name, shown):
    assert display_name(given_name, PDF) == shown


@pytest.mark.parametrize(
    ("given_name", "file_type", "shown"),
    [
        ("photo.JPEG", JPEG, "photo.jpeg"),
        ("photo.jpg", JPEG, "photo.jpg"),
        ("photo.png", JPEG, "photo.jpg"),
        ("plan.jpg", PNG, "plan.png"),
        ("programme.exe", None, "programme.exe"),
        ("\u202e", None, "document"),
    ],
)
def test_the_end_of_a_name_fits_the_real_type_and_stays_where_that_is_unknown(given_name, file_type, shown):
    assert display_name(given_name, file_type) == shown


@given(HOSTILE, st.sampled_from([PDF, JPEG, PNG, None]))
def test_no_name_breaks_a_line_turns_text_or_grows_too_long(given_name, file_type):
    shown = display_name(given_name, file_type)
    assert 0 < len(shown) <= 120
    assert is_normalized("NFC", shown)
    assert not [sign for sign in shown if category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")]
    assert "/" not in shown
    assert "\\" not in shown
    assert shown == shown.strip()
    assert file_type is None or shown.endswith(file_type.extensions)


@given(HOSTILE)
def test_a_name_that_was_cleaned_is_clean(given_name):
    shown = display_name(given_name, PDF)
    assert display_name(shown, PDF) == shown


@given(HOSTILE.map(lambda name: display_name(name, PDF)))
def test_a_header_says_the_whole_name_in_ascii_and_nothing_else(name):
    header = attachment(name)
    told = re.fullmatch(
        r"attachment; filename=\"([^\"\\]+)\"; filename\*=UTF-8''([\w.~%-]+)", header, re.ASCII
    )
    assert told
    assert unquote(told[2]) == name
    assert told[1].isprintable()
