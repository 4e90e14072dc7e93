"""Sizes and units as DynamoDB's guide counts them."""

import pytest

from infra.costs.capacity import item_size, read_units, value_size, write_units


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"S": "été"}, 5),
        ({"N": "-27"}, 2),
        ({"N": "12345"}, 4),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        ({"SS": ["ab", "c"]}, 3),
        ({"L": [{"S": "ab"}, {"BOOL": False}]}, 3 + 3 + 2),
        ({"M": {"ab": {"S": "c"}}}, 3 + 3 + 1),
    ],
)
def test_a_value_is_as_large_as_the_guide_says(value: dict[str, object], size: int) -> None:
    assert value_size(value) == size


def test_an_item_is_its_names_and_its_values() -> None:
    assert item_size({"pk": {"S": "abc"}, "n": {"N": "1"}}) == 2 + 3 + 1 + 2


def test_units_are_begun_blocks() -> None:
    assert [read_units(size, is_consistent=True) for size in (0, 4096, 4097)] == [1, 1, 2]
    assert [read_units(size, is_consistent=False) for size in (0, 4096, 4097)] == [0.5, 0.5, 1]
    assert [write_units(size) for size in (1, 1024, 1025)] == [1, 1, 2]


def test_a_transaction_writes_everything_twice() -> None:
    assert write_units(1025, is_in_transaction=True) == 4
