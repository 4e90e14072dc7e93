import pytest

from chalicelib.access.model import SESSION_LIVES
from chalicelib.kernel import ids
from tests.unit.access.world import BOTH, PARTNER, STAFF, Office, Person, World


@pytest.mark.parametrize(("email", "hours"), [(STAFF, 2), (PARTNER, 8)])
def test_a_session_without_visits_ends_after_its_idle_time(email, hours):
    world = World()
    sid = world.log_in(email)
    world.wait(hours=hours, seconds=-1)
    assert world.sessions.user_of(sid)
    world.wait(hours=hours)
    assert world.sessions.user_of(sid) is None


@pytest.mark.parametrize("email", [STAFF, PARTNER])
def test_visits_keep_a_session_alive_until_its_absolute_end_only(email):
    world = World()
    sid = world.log_in(email)
    whole = SESSION_LIVES[world.sessions.user_of(sid).kind].whole
    end = world.now + whole
    while world.now < end:
        assert world.sessions.user_of(sid)
        world.wait(minutes=30)
    assert world.sessions.user_of(sid) is None


def test_a_visit_is_noted_every_few_minutes_at_most():
    world = World()
    sid = world.log_in(PARTNER)
    for _ in range(10):
        world.sessions.user_of(sid)
        world.wait(seconds=60)
    assert world.session_store.touches == 1


def test_roles_are_those_of_the_office_file_at_each_request():
    world = World()
    sid = world.log_in(STAFF)
    assert world.sessions.user_of(sid).roles == {"director"}
    world.office = Office((Person("claire", "Claire Martin", STAFF, ("accounting",)),))
    assert world.sessions.user_of(sid).roles == {"accounting"}


def test_who_leaves_the_office_is_out_at_once_even_when_a_partner_and_stays_out():
    world = World()
    sid, people = world.log_in(BOTH), world.office.people
    world.office.people = ()
    assert world.sessions.user_of(sid) is None
    world.office.people = people
    assert world.sessions.user_of(sid) is None


def test_a_partner_session_does_not_become_a_staff_session():
    world = World()
    sid = world.log_in(PARTNER)
    world.office.people = (Person("new", "Nouvelle Recrue", PARTNER, ("director",)),)
    user = world.sessions.user_of(sid)
    assert (user.kind, user.roles) == ("partner", frozenset())


def test_a_partner_who_is_forgotten_loses_access_at_once():
    world = World()
    sid = world.log_in(PARTNER)
    world.partners.names.clear()
    assert world.sessions.user_of(sid) is None


def test_logout_ends_the_session_on_the_server():
    world = World()
    sid = world.log_in(PARTNER)
    world.sessions.end(sid)
    assert world.session_store.kept == {}
    assert world.sessions.user_of(sid) is None


def test_leaving_all_devices_ends_the_sessions_of_that_person_only():
    world = World()
    mine, other = [world.log_in(PARTNER) for _ in range(2)], world.log_in(STAFF)
    world.sessions.end_all(PARTNER)
    assert [world.sessions.user_of(sid) for sid in mine] == [None, None]
    assert world.sessions.user_of(other)


def test_the_device_that_asks_to_leave_all_is_the_last_to_be_left():
    world = World()
    mine = [world.log_in(PARTNER) for _ in range(3)]
    left = []
    world.session_store.remove = left.append
    for sid in mine:
        world.sessions.end_all(PARTNER, sid)
        assert left[-1] == ids.digest(sid)


@pytest.mark.parametrize("value", ["", "x", "a" * 42, "a" * 44, "é" * 43, "a" * 42 + "\n", "../" * 14 + "a"])
def test_a_cookie_that_is_not_one_of_ours_is_not_even_looked_up(value):
    world = World()
    assert world.sessions.user_of(value) is None
    assert world.session_store.reads == 0


def test_only_the_digest_of_the_cookie_is_kept():
    world = World()
    sid = world.log_in(PARTNER)
    assert sid not in repr(world.session_store.kept)
    assert ids.digest(sid) in world.session_store.kept


def test_staff_who_are_partners_too_may_use_both_doors():
    world = World()
    both, staff = (world.sessions.user_of(world.log_in(email)) for email in (BOTH, STAFF))
    assert world.sessions.is_partner(both)
    assert not world.sessions.is_partner(staff)
