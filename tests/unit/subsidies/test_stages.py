"""The list of aid files by stages."""

import pytest

from chalicelib.subsidies.stages import MOST, STAGES, list_in, stage_of
from chalicelib.subsidies.statuses import Status
from tests.aid_world import World


def test_each_status_is_in_one_stage():
    assert sorted(status for stage in STAGES for status in stage.statuses) == sorted(Status)


@pytest.mark.parametrize(
    ("key", "label"), [("a-classer", "À classer"), ("", "À instruire"), ("<b>", "À instruire")]
)
def test_a_stage_is_known_by_its_key(key, label):
    assert stage_of(key).label == label


def test_who_moved_last_comes_first_whatever_the_status():
    world = World()
    first, second, third = (world.sent(key) for key in ("s1", "s2", "s3"))
    world.clock.wait(hours=1)
    world.under_review("s4")
    world.clock.wait(hours=1)
    world.service.withdraw(second)
    shown = [file.id for file in list_in(stage_of("a-instruire"), world.subsidies)]
    assert shown[0] == "s4"
    assert set(shown[1:]) == {first.id, third.id}
    assert [file.id for file in list_in(stage_of("terminees"), world.subsidies)] == ["s2"]


def test_a_page_has_a_bound():
    class Many:
        def list_recent(self, status):
            return [World().sent("s1")] * (MOST + 1)

    assert len(list_in(stage_of("en-attente"), Many())) == MOST
