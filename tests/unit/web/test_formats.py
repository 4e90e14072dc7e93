"""What holds for every format; the right texts are those that the property tests of the forms are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.web import formats
from tests.harness.answers import FORMATS


def test_property_tests_know_right_texts_of_every_format():
    assert set(FORMATS) - {None} == set(formats.FORMATS)


@pytest.mark.parametrize("name", formats.FORMATS)
@given(data=st.data())
def test_a_right_text_is_stored_as_it_is_and_reads_again_as_it_is_shown(name, data):
    text = data.draw(FORMATS[name])
    assert formats.explain(name, text) is None
    assert formats.normalise(name, text) == text
    shown = formats.show(name, text)
    if "(à vérifier)" not in shown:
        assert formats.normalise(name, shown) == text


@pytest.mark.parametrize("name", formats.FORMATS)
@given(text=st.text(st.characters(), max_size=60))
def test_any_text_is_read_or_told_and_its_stored_spelling_does_not_change_again(name, text):
    stored = formats.normalise(name, text)
    assert formats.normalise(name, stored) == stored
    assert formats.explain(name, text) is not None or formats.explain(name, stored) is None
    assert formats.show(name, stored) or not stored
