import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.web import theme

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_wcag():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(COLOURS, st.sampled_from([theme.LIGHT_PAPER, theme.DARK_PAPER]))
def test_any_accent_becomes_readable_on_both_papers(colour, paper):
    assert theme.contrast(theme.readable(colour, paper), paper) >= theme.CONTROL_CONTRAST


def test_an_accent_that_is_readable_already_stays():
    assert theme.readable("#0f5c63", theme.LIGHT_PAPER) == "#0f5c63"
