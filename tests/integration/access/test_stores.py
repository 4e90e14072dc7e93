"""One contract for the stores in memory and in DynamoDB, so that the unit tests prove something."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.access.counter_repository import CounterRepository
from chalicelib.access.items import CounterItem, LoginItem, SessionItem
from chalicelib.access.model import SESSION_LIVES, LoginRequest, LoginRequests, begin_session
from chalicelib.access.repository import LoginRequestRepository, SessionRepository
from chalicelib.mail.bootstrap import outbox
from chalicelib.mail.model import Message
from tests.unit.access.world import FakeCounters, FakeRequests, FakeSessions

NOW = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
EMAIL = "gite.noyers@example.org"
MESSAGE = Message("access/login_link", EMAIL, "login#1", "1")


def a_request(number=1):
    return LoginRequest(
        f"{number}", "browser", "/espace?é=1", NOW, NOW + timedelta(minutes=10), "salt", "digest", "staff", number
    )  # fmt: skip


def a_session(sid="s", email=EMAIL):
    return begin_session(sid, email, "staff", NOW, SESSION_LIVES["staff"])


@pytest.fixture(params=["memory", "dynamodb"])
def stores(request, site):
    """The stores of requests and of sessions."""
    if request.param == "dynamodb":
        return LoginRequestRepository(outbox()), SessionRepository()
    sessions = FakeSessions()
    return FakeRequests(sessions), sessions


@pytest.fixture
def requests(stores):
    return stores[0]


@pytest.fixture
def sessions(stores):
    return stores[1]


@pytest.fixture(params=["memory", "dynamodb"])
def counters(request, site):
    return FakeCounters() if request.param == "memory" else CounterRepository()


def test_requests_come_back_as_they_were_kept(requests):
    asked = LoginRequests(EMAIL, (a_request(1), a_request(2)))
    assert requests.get(EMAIL) == LoginRequests(EMAIL)
    assert requests.save(asked, NOW)
    assert requests.get(EMAIL) == LoginRequests(EMAIL, asked.requests, version=1)
    assert requests.save(requests.get(EMAIL).used_up(), NOW)
    assert requests.get(EMAIL) == LoginRequests(EMAIL, (), version=2)


def test_of_two_who_read_the_same_version_one_writes(requests):
    first = requests.get(EMAIL).adding(a_request(1), NOW)
    second = requests.get(EMAIL).adding(a_request(2), NOW)
    assert requests.save_with_mail(first, MESSAGE, NOW)
    assert not requests.save_with_mail(second, None, NOW)
    assert not requests.save(second, NOW)
    assert requests.get(EMAIL).requests == (a_request(1),)


def test_a_mail_is_added_with_its_request_or_not_at_all(site):
    requests = LoginRequestRepository(outbox())
    stale = requests.get(EMAIL).adding(a_request(1), NOW)
    requests.save(stale, NOW)
    assert not requests.save_with_mail(stale, MESSAGE, NOW)
    assert site.waiting_mails() == []


def test_a_session_is_kept_with_the_requests_it_uses_up_or_not_at_all(requests, sessions):
    asked = LoginRequests(EMAIL, (a_request(),))
    assert requests.save(asked, NOW)
    assert not requests.save_with_session(asked.used_up(), a_session(), NOW)
    assert sessions.find(a_session().sid_digest) is None
    assert requests.get(EMAIL).requests == asked.requests
    assert requests.save_with_session(requests.get(EMAIL).used_up(), a_session(), NOW)
    assert sessions.find(a_session().sid_digest) == a_session()
    assert requests.get(EMAIL).requests == ()


def test_a_session_is_seen_listed_and_removed(requests, sessions):
    for session in (a_session("mine"), a_session("other", "someone@example.org")):
        assert requests.save_with_session(LoginRequests(session.email), session, NOW)
    mine = a_session("mine")
    assert sessions.find(mine.sid_digest) == mine
    seen = mine.seen(NOW + timedelta(hours=1), SESSION_LIVES["staff"])
    sessions.touch(seen)
    assert sessions.list_by_email(EMAIL) == [seen]
    sessions.remove(mine.sid_digest)
    sessions.remove(mine.sid_digest)
    assert sessions.find(mine.sid_digest) is None


def test_a_visit_does_not_bring_back_a_session_that_was_ended(sessions):
    sessions.touch(a_session())
    assert sessions.find(a_session().sid_digest) is None


def test_a_counter_counts_in_its_window_and_begins_again_after_it(counters):
    minute = timedelta(minutes=1)
    assert [counters.count("k", NOW, minute) for _ in range(3)] == [1, 2, 3]
    assert counters.count("k", NOW + timedelta(seconds=59), minute) == 4
    assert counters.count("k", NOW + minute, minute) == 1
    assert counters.count("other", NOW, minute) == 1


def test_the_same_thing_counted_many_times_in_a_row_counts_once(counters):
    minute = timedelta(minutes=1)
    assert [counters.count("k", NOW, minute, "form 1") for _ in range(3)] == [1, 1, 1]
    assert [counters.count("k", NOW, minute, "form 2") for _ in range(2)] == [2, 2]
    assert counters.count("k", NOW, minute) == 3
    assert counters.count("k", NOW + minute, minute, "form 2") == 1


def test_a_counter_is_read_without_counting_and_forgets_what_was_before_its_window(counters):
    minute = timedelta(minutes=1)
    assert counters.counted("k", NOW) == 0
    counters.count("k", NOW, minute)
    assert [counters.counted("k", NOW) for _ in range(2)] == [1, 1]
    assert counters.counted("k", NOW + minute) == 0
    assert counters.count("k", NOW, minute) == 2


def test_a_counter_whose_window_another_begins_meanwhile_goes_on(site, monkeypatch):
    from chalicelib.access import counter_repository

    counters, minute = CounterRepository(), timedelta(minutes=1)
    counters.count("k", NOW - minute, minute)
    begin_anew = counter_repository._begin_anew

    def begin_after_the_other(item, now, window, what):
        monkeypatch.setattr(counter_repository, "_begin_anew", begin_anew)
        assert counters.count("k", NOW, minute) == 1
        return begin_anew(item, now, window, what)

    monkeypatch.setattr(counter_repository, "_begin_anew", begin_after_the_other)
    assert counters.count("k", NOW, minute) == 2


def test_everything_in_the_table_is_forgotten_in_time(site):
    requests = LoginRequestRepository(outbox())
    requests.save_with_mail(LoginRequests(EMAIL).adding(a_request(), NOW), None, NOW)
    assert requests.save_with_session(LoginRequests("someone@example.org"), a_session(), NOW)
    CounterRepository().count("k", NOW, timedelta(minutes=10))
    epochs = [
        int(item.expires_epoch) for table in (SessionItem, LoginItem, CounterItem) for item in _all(table)
    ]
    assert len(epochs) == 5
    limit = (NOW + timedelta(days=3)).timestamp()
    assert all(NOW.timestamp() < epoch < limit for epoch in epochs)


def _all(table):
    sort = table.sk.default
    return list(table.scan(table.sk == sort))
