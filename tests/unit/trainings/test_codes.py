"""Verification codes: drawn so that nobody guesses one, read however they were typed."""

from math import log2

import pytest

from chalicelib.kernel.ids import READABLE
from chalicelib.trainings.codes import new_code, normalise

CODE = "7KQ4-M2XB-9DTR"


def test_a_code_is_three_groups_of_four_signs_that_nobody_confuses():
    for code in (new_code() for _ in range(200)):
        assert [len(group) for group in code.split("-")] == [4, 4, 4]
        assert set(code) <= {*READABLE, "-"}


def test_codes_are_too_many_to_be_guessed_and_use_every_sign():
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert set("".join(codes)) == {*READABLE, "-"}
    assert 12 * log2(len(READABLE)) > 57


def test_each_sign_is_drawn_as_often_as_any_other_in_each_place():
    drawn = [new_code().replace("-", "") for _ in range(3100)]
    for place in range(12):
        counts = [sum(code[place] == sign for code in drawn) for sign in READABLE]
        assert 40 < min(counts) <= max(counts) < 180


@pytest.mark.parametrize(
    "typed",
    [
        CODE, "7kq4-m2xb-9dtr", "7KQ4M2XB9DTR", " 7kq4 m2xb 9dtr ", "7KQ4-M2XB-\n9DTR\t", "7 K Q 4 M 2 X B 9 D T R",
        "7KQ4\u00a0M2XB\u202f9DTR", "7KQ4–M2XB—9DTR", "7KQ4\u2011M2XB\u22129DTR", "7KQ4--M2XB - 9DTR-", "7K\u200bQ4-\u200bM2XB\u00ad-9DTR\ufeff",
        "7KQ4M-2XB9-DTR",
    ],
)  # fmt: skip
def test_letter_case_spaces_and_hyphens_do_not_count(typed):
    assert normalise(typed) == CODE


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "-", "7KQ4-M2XB-9DT", "7KQ4-M2XB-9DTRA", "7KQ4-M2XB-9DT!", "7KQ4_M2XB_9DTR", "7KQ4/M2XB/9DTR",
        "OKQ4-M2XB-9DTR", "0KQ4-M2XB-9DTR", "IKQ4-M2XB-9DTR", "1KQ4-M2XB-9DTR", "LKQ4-M2XB-9DTR", "lkq4-m2xb-9dtr",
        "ßKQ4-M2XB-9DT", "ſKQ4-M2XB-9DTR", "７KQ4-M2XB-9DTR", "КKQ4-M2XB-9DT", "7KQ4-M2XB-9DTR" * 1000,
    ],
)  # fmt: skip
def test_what_is_no_code_is_none_and_no_sign_is_taken_for_a_near_one(typed):
    assert normalise(typed) == ""


def test_a_drawn_code_is_read_as_itself():
    for code in (new_code() for _ in range(200)):
        assert normalise(code) == code == normalise(code.lower().replace("-", ""))
