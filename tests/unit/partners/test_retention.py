"""A file that led to no partnership is erased in its time; nothing else ever is."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.office import loading
from chalicelib.office.building import build
from chalicelib.office.territories import with_communes
from chalicelib.partners.model import CLOSED, IN_PROGRESS, Event, Status
from chalicelib.partners.retention import Retention
from tests.factories import office_document
from tests.fakes.applications import FakeClosedFiles
from tests.world import PATHS, World

DAYS = 1095


@pytest.fixture
def world():
    return World()


@pytest.fixture
def closed(world):
    return FakeClosedFiles(world.applications, world.drafts)


@pytest.fixture
def retention(world, closed):
    return Retention(closed, world.office, world.clock)


def a_duplicate(world):
    world.file_in(Status.SUBMITTED, "first")
    return world.submit("second")


def test_every_status_is_closed_in_progress_active_or_late():
    assert {*CLOSED, *IN_PROGRESS, Status.ACTIVE, Status.OVERDUE} == set(Status)
    assert not CLOSED & IN_PROGRESS


@pytest.mark.parametrize("status", sorted(CLOSED - {Status.DUPLICATE}))
def test_a_closed_file_goes_on_the_day_and_not_before(world, retention, status):
    file = world.file_in(status)
    world.clock.wait(days=DAYS, seconds=-1)
    assert retention.purge() == 0
    world.clock.wait(seconds=1)
    assert (retention.purge(), retention.purge()) == (1, 0)
    assert world.applications.find(file.id) is None
    assert world.applications.find_by_reference(file.reference) is None
    assert world.applications.list_history(file.id) == []


def test_a_duplicate_goes_and_the_file_that_it_doubles_stays(world, retention):
    duplicate = a_duplicate(world)
    assert duplicate.status is Status.DUPLICATE
    world.clock.wait(days=DAYS)
    assert retention.purge() == 1
    assert set(world.applications.files) == {"first"}


@pytest.mark.parametrize("status", sorted(set(PATHS) - CLOSED))
def test_an_open_file_and_a_partner_stay_however_old(world, retention, status):
    file = world.file_in(status)
    world.clock.wait(days=10 * DAYS)
    assert retention.purge() == 0
    assert world.applications.find(file.id) == file


def test_the_delay_is_the_one_of_the_office_file(world, retention):
    delays = replace(world.the_office.delays, closed_file_purge_days=500)
    world.the_office = replace(world.the_office, delays=delays)
    world.file_in(Status.REFUSED)
    world.clock.wait(days=500)
    assert retention.purge() == 1


def test_a_file_taken_up_again_counts_from_its_new_end(world, retention):
    file = world.file_in(Status.UNPAID)
    world.clock.wait(days=DAYS - 1)
    file = world.service.reopen(file, "Claire Martin", "Payé.")
    file = world.record(file, Event.PAYMENT_EXPIRED)
    world.clock.wait(days=1)
    assert retention.purge() == 0
    assert world.applications.find(file.id) == file


def test_a_list_that_lags_behind_erases_nothing(world, closed, retention):
    file = world.file_in(Status.UNPAID)
    world.clock.wait(days=DAYS)
    closed.list_unchanged_since = lambda status, limit: [file.id] if status is Status.UNPAID else []
    reopened = world.service.reopen(file, "Claire Martin", "Payé.")
    assert retention.purge() == 0
    world.record(reopened, Event.PAYMENT_EXPIRED)
    assert retention.purge() == 0
    assert world.applications.find(file.id).status is Status.UNPAID


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.OVERDUE])
def test_a_list_that_is_wrong_about_a_file_erases_neither_a_partner_nor_an_open_file(
    world, closed, retention, status
):
    file = world.file_in(status)
    world.clock.wait(days=DAYS)
    closed.list_unchanged_since = lambda status, limit: [file.id, "unknown"]
    assert retention.purge() == 0
    assert world.applications.find(file.id) == file


def test_a_file_taken_up_again_at_that_very_moment_stays(world, closed, retention):
    file = world.file_in(Status.UNPAID)
    world.clock.wait(days=DAYS)
    erase = closed.erase

    def reopened_first(application):
        world.service.reopen(application, "Claire Martin", "Payé.")
        return erase(application)

    closed.erase = reopened_first
    assert retention.purge() == 0
    assert world.applications.find(file.id).status is Status.AWAITING_PAYMENT


def test_trouble_with_one_file_does_not_keep_the_others(world, closed, retention):
    for number in (1, 2, 3):
        world.file_in(Status.WITHDRAWN, f"f{number}")
    world.clock.wait(days=DAYS)
    erase = closed.erase

    def in_trouble(application):
        if application.id == "f2":
            raise ConnectionError
        return erase(application)

    closed.erase = in_trouble
    with pytest.raises(ConnectionError):
        retention.purge()
    assert set(world.applications.files) == {"f2"}


def test_what_else_is_kept_about_a_file_is_gone_before_it():
    """Copies and mails forget by themselves, counted from their own deadlines: the shortest purge comes after."""
    from chalicelib.decisions import mapping as decisions
    from chalicelib.links import repository as links
    from chalicelib.mail import mapping as mail

    schema = json.loads(loading.SCHEMA.read_text(encoding="utf-8"))
    shortest = schema["properties"]["delays"]["properties"]["closed_file_purge_days"]["minimum"]
    longest_question = schema["$defs"]["days"]["maximum"]
    dynamodb_is_late = 7
    for kept_days in (decisions.KEPT_DAYS, links.KEPT_DAYS, mail.KEPT_DAYS):
        assert longest_question + kept_days + dynamodb_is_late <= shortest


def test_working_days_of_a_question_are_fewer_than_the_days_it_may_take(world):
    from chalicelib.kernel.clock import paris_day
    from chalicelib.office.calendar import add_working_days

    schema = json.loads(loading.SCHEMA.read_text(encoding="utf-8"))
    first = paris_day(world.clock()) + timedelta(days=50)
    longest = add_working_days(first, schema["$defs"]["working_days"]["maximum"]) - first
    assert longest.days <= schema["$defs"]["days"]["maximum"]


def test_an_office_file_from_before_the_delay_was_asked_still_reads_and_erases_nothing(world, retention):
    document = with_communes(office_document())
    del document["delays"]["closed_file_purge_days"]
    world.the_office = build(document, 1)
    file = world.file_in(Status.REFUSED)
    world.clock.wait(days=5000)
    assert world.the_office.delays.closed_file_purge_days is None
    assert retention.purge() == 0
    assert world.applications.find(file.id)
