"""Many do the same at once; the results keep their order, and the first failure is told."""

import pytest

from infra.demo.crowd import together


def test_results_come_in_the_order_of_the_items():
    done: list[None] = []
    assert together(lambda one: one * 2, [1, 2, 3], lambda: done.append(None)) == [2, 4, 6]
    assert len(done) == 3


def test_the_failure_of_one_is_that_of_all():
    def work(one: int) -> int:
        return 1 // one

    with pytest.raises(ZeroDivisionError):
        together(work, [1, 0, 1], lambda: None, people=1)
