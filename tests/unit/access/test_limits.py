from datetime import UTC, datetime, timedelta

from chalicelib.access.limits import Limiter
from tests.unit.access.world import FakeCounters


def test_the_limit_is_reached_after_as_many_and_forgotten_after_the_window():
    now = [datetime(2027, 3, 3, tzinfo=UTC)]
    limiter = Limiter(FakeCounters(), lambda: now[0])
    assert [limiter.allow("application", "a@example.org", 2, 60) for _ in range(4)] == [
        True,
        True,
        False,
        False,
    ]
    now[0] += timedelta(seconds=59)
    assert not limiter.allow("application", "a@example.org", 2, 60)
    now[0] += timedelta(seconds=1)
    assert limiter.allow("application", "a@example.org", 2, 60)


def test_whether_there_is_room_is_told_without_counting():
    limiter = Limiter(FakeCounters(), lambda: datetime(2027, 3, 3, tzinfo=UTC))
    assert [limiter.has_room("code", "192.0.2.1", 1) for _ in range(3)] == [True] * 3
    assert limiter.allow("code", "192.0.2.1", 1, 60)
    assert not limiter.has_room("code", "192.0.2.1", 1)
    assert limiter.has_room("code", "192.0.2.2", 1)


def test_the_same_form_sent_again_is_no_further_one():
    limiter = Limiter(FakeCounters(), lambda: datetime(2027, 3, 3, tzinfo=UTC))
    sent = ["one", "one", "one", "two", "three", "three"]
    allowed = [limiter.allow("application", "a@example.org", 2, 60, what=form) for form in sent]
    assert allowed == [True, True, True, True, False, False]


def test_purposes_and_keys_are_counted_apart_and_neither_is_kept_in_the_clear():
    counters = FakeCounters()
    limiter = Limiter(counters, lambda: datetime(2027, 3, 3, tzinfo=UTC))
    assert limiter.allow("login", "192.0.2.1", 1, 60)
    assert limiter.allow("login", "192.0.2.2", 1, 60)
    assert limiter.allow("application", "192.0.2.1", 1, 60)
    assert not limiter.allow("login", "192.0.2.1", 1, 60)
    assert "192.0.2" not in repr(counters.kept)
