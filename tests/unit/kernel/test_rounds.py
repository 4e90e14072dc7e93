import pytest

from chalicelib.kernel.rounds import one_by_one


def test_the_sum_of_what_was_done_is_told():
    assert one_by_one([1, 0, True, 3], int) == 5
    assert one_by_one([], int) == 0


def test_trouble_with_one_is_raised_after_all_the_others_are_done():
    done = []

    def do(number):
        if number < 3:
            raise LookupError(number)
        done.append(number)
        return 1

    with pytest.raises(LookupError, match="1"):
        one_by_one([1, 3, 2, 4], do)
    assert done == [3, 4]
