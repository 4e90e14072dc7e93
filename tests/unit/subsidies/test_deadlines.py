"""Awards lapse and engagements end on their day in Paris, once."""

from datetime import UTC, date, datetime

import pytest

from chalicelib.subsidies.statuses import Event, Status
from tests.aid_world import World


@pytest.fixture
def world() -> World:
    return World()


def morning(year: int, month: int, day: int, hour: int = 5, minute: int = 30) -> datetime:
    """Half past seven in a Paris summer, unless another hour (in UTC) is given."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def kept(world: World, at: datetime) -> int:
    world.clock.at = at
    return world.deadlines.keep()


class TestLapse:
    @pytest.mark.parametrize(
        ("lapses_on", "at", "is_lapsed"),
        [
            (date(2028, 3, 3), morning(2028, 3, 3), False),
            (date(2028, 3, 3), morning(2028, 3, 4), True),
            # The clocks go forward in the night to 28 March 2027, and back in the night to 31 October.
            (date(2027, 3, 27), morning(2027, 3, 27, 22, 59), False),
            (date(2027, 3, 27), morning(2027, 3, 27, 23, 0), True),
            (date(2027, 3, 28), morning(2027, 3, 28, 21, 59), False),
            (date(2027, 3, 28), morning(2027, 3, 28, 22, 0), True),
            (date(2027, 10, 30), morning(2027, 10, 30, 22, 0), True),
            (date(2027, 10, 31), morning(2027, 10, 31, 22, 59), False),
            (date(2027, 10, 31), morning(2027, 10, 31, 23, 0), True),
            (date(2028, 2, 29), morning(2028, 2, 29, 6, 30), False),
            (date(2028, 2, 29), morning(2028, 3, 1, 6, 30), True),
        ],
    )
    def test_an_award_lapses_when_its_last_day_in_paris_is_over(self, world, lapses_on, at, is_lapsed):
        world.put(world.notified(), lapses_on=lapses_on)
        assert kept(world, at) == is_lapsed
        assert (world.service.get("s1").status is Status.LAPSED) == is_lapsed

    def test_its_money_comes_back_and_who_waits_is_served(self, world):
        world.notified("s1")
        world.notified("s2")
        waits = world.accepted("s3")
        assert waits.status is Status.AWAITING_BUDGET
        world.put(world.service.get("s2"), lapses_on=date(2028, 12, 31))
        assert kept(world, morning(2028, 3, 4)) == 1
        world.money.open_year(2028, 50_000)
        assert world.money.find_year(2027).reserved == 24_000
        assert world.waiting.serve() == 1
        assert world.service.get("s3").status is Status.GRANTED

    def test_its_applicant_is_told_once_and_its_accommodation_is_free(self, world):
        file = world.notified()
        assert [kept(world, morning(2028, 3, day)) for day in (4, 4, 5)] == [1, 0, 0]
        assert world.mails(file).count("subsidies/lapsed") == 1
        assert world.subsidies.list_history("s1")[-1].what == "Aide caduque"
        assert world.subsidies.find_holder(file.units, world.clock().date()) is None

    @pytest.mark.parametrize("event", [Event.VISIT_ORDERED, Event.VISIT_MADE])
    def test_a_visit_alone_does_not_keep_it(self, world, event):
        world.payments.tell_visit(world.notified(), event, date(2028, 3, 1))
        assert kept(world, morning(2028, 3, 4)) == 1

    def test_who_sent_proofs_in_time_keeps_it(self, world):
        world.proven(world.notified())
        assert kept(world, morning(2030, 1, 1)) == 0

    def test_an_award_whose_letter_has_not_left_does_not_lapse(self, world):
        world.accepted()
        assert kept(world, morning(2030, 1, 1)) == 0

    def test_more_time_is_more_time(self, world):
        world.payments.prolong(world.notified(), "Claire Martin", "Neige")
        assert [kept(world, morning(2028, *day)) for day in ((3, 4), (9, 3), (9, 4))] == [0, 0, 1]

    def test_proofs_that_come_at_the_same_moment_are_not_lost(self, world, monkeypatch):
        stale = [world.notified()]
        world.proven(stale[0])
        monkeypatch.setattr(world.subsidies, "find", lambda key: stale[0])
        monkeypatch.setattr(
            world.subsidies, "list_in_status", lambda status: stale if status is Status.GRANTED else []
        )
        assert kept(world, morning(2028, 3, 4)) == 0
        assert world.subsidies.files["s1"].status is Status.PAYMENT_REQUESTED

    def test_a_list_that_lags_behind_changes_nothing(self, world, monkeypatch):
        stale = [world.notified()]
        world.proven(stale[0])
        monkeypatch.setattr(
            world.subsidies, "list_in_status", lambda status: stale if status is Status.GRANTED else []
        )
        assert kept(world, morning(2028, 3, 4)) == 0

    def test_nor_does_one_that_has_not_seen_more_time_given(self, world, monkeypatch):
        stale = [world.notified()]
        world.payments.prolong(stale[0], "Claire Martin", "Neige")
        monkeypatch.setattr(
            world.subsidies, "list_in_status", lambda status: stale if status is Status.GRANTED else []
        )
        assert kept(world, morning(2028, 3, 4)) == 0

    def test_trouble_with_one_does_not_keep_the_others_waiting(self, world, monkeypatch):
        world.notified("s1")
        world.notified("s2")
        find = world.subsidies.find

        def broken(key):
            if key == "s1":
                raise RuntimeError("unreadable")
            return find(key)

        monkeypatch.setattr(world.subsidies, "find", broken)
        with pytest.raises(RuntimeError):
            kept(world, morning(2028, 3, 4))
        monkeypatch.undo()
        assert [world.service.get(key).status for key in ("s1", "s2")] == [Status.GRANTED, Status.LAPSED]
        assert world.deadlines.keep() == 1


class TestEngagement:
    @pytest.mark.parametrize(("at", "is_over"), [(morning(2030, 6, 30), False), (morning(2030, 7, 1), True)])
    def test_it_ends_on_the_first_day_on_which_the_partner_is_free(self, world, at, is_over):
        world.paid()
        assert kept(world, at) == is_over
        assert world.service.get("s1").status is (Status.CLOSED if is_over else Status.PAID)
        assert kept(world, at) == 0
        assert world.money.find_year(2027).consumed == 24_000

    def test_an_engagement_from_a_leap_day_ends_on_the_28th(self, world):
        world.put(world.paid(), paid_on=date(2028, 2, 29))
        assert [kept(world, morning(2031, 2, day)) for day in (27, 28)] == [0, 1]
