"""A subject gives up what it quotes before it grows too long for a phone."""

import pytest

from chalicelib.mail.subjects import fitted, shortened

Q = "«\u00a0{}\u00a0»"


def test_a_subject_that_fits_stays_and_so_does_one_that_quotes_nothing():
    for subject in (
        f"Rappel\u00a0: {Q.format('Photo')}",
        "À décider avant le 12\u00a0mars\u00a0: " + "x" * 90,
    ):
        assert fitted(subject) == subject


def test_what_is_quoted_is_shortened_and_nothing_else():
    subject = f"Rappel\u00a0: {Q.format('Réussir ses photos ' * 6)}, le mardi 4\u00a0mai 2027"
    short = fitted(subject)
    assert len(short) <= 70
    assert short.startswith("Rappel\u00a0: «\u00a0Réussir ses photos")
    assert short.endswith("…\u00a0», le mardi 4\u00a0mai 2027")


def test_a_quotation_within_the_quoted_is_shortened_as_a_whole():
    subject = f"Rappel\u00a0: {Q.format('Dire ' + Q.format('bienvenue') + ' en trois langues ' * 4)}"
    assert fitted(subject).count("»") <= 2
    assert len(fitted(subject)) <= 70


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("Un deux trois", 13, "Un deux trois"),
        ("Un deux trois", 12, "Un deux…"),
        ("Un deux trois", 8, "Un deux…"),
        ("Un deux, trois", 10, "Un deux…"),
        ("Un deux\u00a0: trois", 11, "Un deux…"),
        ("Undeuxtrois", 5, "Unde…"),
    ],
)
def test_a_text_ends_at_a_word_with_an_ellipsis(text, most, short):
    assert shortened(text, most) == short
