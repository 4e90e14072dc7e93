"""What senders read."""

import pytest

from chalicelib.kernel.french import french_size
from chalicelib.uploads.model import Fault
from chalicelib.uploads.rules import PDF, PNG, USUAL, Rules
from chalicelib.uploads.wording import fault_sentence


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_a_sentence_that_says_the_mend(fault):
    sentence = fault_sentence(fault, USUAL)
    assert "\u00a0: " in sentence
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_the_sentences_say_the_rules_that_hold():
    rules = Rules(types=(PDF, PNG), most_bytes=5 * 1024**2, most_of_kind=2, most_of_owner=9)
    assert "dépasse 5\u00a0Mo" in fault_sentence(Fault.TOO_LARGE, rules)
    assert "ni un PDF ni un PNG" in fault_sentence(Fault.WRONG_TYPE, rules)
    assert "2\u00a0fichiers" in fault_sentence(Fault.TOO_MANY_OF_KIND, rules)
    assert "9\u00a0fichiers" in fault_sentence(Fault.TOO_MANY, rules)


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (1, "1\u00a0ko"),
        (1024, "1\u00a0ko"),
        (1025, "2\u00a0ko"),
        (348_000, "340\u00a0ko"),
        (1_023_000, "1\u00a0Mo"),
        (1_258_291, "1,2\u00a0Mo"),
        (10 * 1024**2, "10\u00a0Mo"),
    ],
)
def test_a_size_is_shown_as_file_managers_do(size, shown):
    assert french_size(size) == shown
