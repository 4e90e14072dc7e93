"""Amounts as people type them. What reads in two ways is not guessed: money is at stake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.french import french_money
from chalicelib.web import amounts
from tests.unit.web.test_public_formats import plain

CENTS = st.integers(0, 10**13)


@pytest.mark.parametrize(
    "typed",
    [
        "1 234,50", "1234.5", "1234,5", "1234,50", "1 234,50 €", "1.234,50", "1,234.50", "1234.50 EUR", "€ 1234,50",
        "1\u00a0234,50\u00a0€", "1\u202f234,50\u202f€", "1\u2009234,50 euros", "1\t234,50€", "  1 234 , 50  ",
        "1'234.50", "1’234,50 eur", "01234,50",
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(typed):
    assert amounts.cents(typed) == 123_450
    assert amounts.explain(typed) is None


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("250", 25_000), ("250 EUR", 25_000), ("0", 0), ("0,00 €", 0), ("0,05", 5), (",5", 50), (".05", 5), ("1 234", 123_400),
        ("1.234.567", 123_456_700), ("1,234,567", 123_456_700), ("1.234.567,8", 123_456_780), ("12345678,90", 1_234_567_890),
        ("999999999999,99", 99_999_999_999_999),
    ],
)  # fmt: skip
def test_whole_euros_centimes_and_thousands_are_told_apart(typed, cents):
    assert amounts.cents(typed) == cents


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1.234", "Ce montant se lit de deux façons : écrivez-le sans séparateur de milliers, 1234 ou 1,23."),
        ("1,234", "Ce montant se lit de deux façons : écrivez-le sans séparateur de milliers, 1234 ou 1,23."),
        ("123,456 €", "Ce montant se lit de deux façons : écrivez-le sans séparateur de milliers, 123456 ou 123,45."),
        ("0,123", amounts.MANY_CENTS),
        ("1234,567", amounts.MANY_CENTS),
        ("1 234,567", amounts.MANY_CENTS),
        ("1.234,567", amounts.MANY_CENTS),
        ("12,50.30", amounts.MARKS),
        ("1,2.3", amounts.MARKS),
        ("1,2,3", amounts.MARKS),
        ("1 234.567,00", amounts.MARKS),
        ("12 50", amounts.GAPS),
        ("1 2345", amounts.GAPS),
        ("12,5 0", amounts.GAPS),
        ("250,", amounts.NO_CENTS),
        ("-250", amounts.NEGATIVE),
        ("- 250,00 €", amounts.NEGATIVE),
        ("−250", amounts.NEGATIVE),
        ("€", amounts.NO_DIGIT),
        ("", amounts.NO_DIGIT),
        (" , ", amounts.NO_DIGIT),
        ("douze", amounts.ODD_SIGN.format(odd="« douze »")),
        ("250 CHF", amounts.ODD_SIGN.format(odd="« CHF »")),
        ("12 € 50", amounts.ODD_SIGN.format(odd="« € »")),
        ("1e3", amounts.ODD_SIGN.format(odd="« e »")),
        ("1_000", amounts.ODD_SIGN.format(odd="« _ »")),
        ("٣٤", amounts.ODD_SIGN.format(odd="« ٣ »")),
        ("1\u200b2", amounts.ODD_SIGN.format(odd="le caractère invisible")),
        ("9" * 13, amounts.HUGE),
        ("9" * 1_000_000, amounts.TOO_LONG),
    ],
)  # fmt: skip
def test_what_does_not_read_in_one_way_is_refused_with_the_mend(typed, said):
    assert amounts.cents(typed) is None
    assert plain(amounts.explain(typed)) == plain(said).replace("'", "’")


@given(CENTS)
def test_an_amount_reads_again_as_it_is_shown(cents):
    assert amounts.cents(french_money(cents)) == cents
    assert amounts.cents(amounts.retyped(cents)) == cents
    assert amounts.cents(f"{cents / 100:,.2f}") == cents


def test_an_amount_in_a_field_has_no_thousands_separator():
    assert [amounts.retyped(cents) for cents in (123_450, 5, 0, -150)] == ["1234,50", "0,05", "0,00", "-1,50"]


@given(st.text(st.characters(), max_size=30) | st.text("0123456789 ,.'-€", max_size=14))
def test_any_text_is_an_amount_or_is_told_why_not(typed):
    read, said = amounts.cents(typed), amounts.explain(typed)
    assert (read is None) != (said is None)
    assert read is None or (0 <= read < 10**14 and amounts.cents(amounts.retyped(read)) == read)
    assert said is None or len(said) < 160
