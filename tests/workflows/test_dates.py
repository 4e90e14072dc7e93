"""Reminders and closing dates through a year: each fires once, at the hour that people in Paris read on the wall.

The mornings come from the schedule of the template, the sweeps every five minutes; nothing else moves the clock.
"""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.decisions import tasks as decision_tasks
from chalicelib.decisions.mapping import decision_item
from chalicelib.kernel.clock import PARIS
from chalicelib.partners import tasks
from infra.packaging.cloudformation import load
from infra.packaging.names import ROOT
from tests.stateful.accidents import MortalWorld
from tests.stateful.installed import installed
from tests.workflows.stories import TO_CORRECT, TO_PAY, Story, decided

MORNINGS = "cron(0 8 ? * MON-FRI *)"
SWEEP = timedelta(minutes=5)
DAY = timedelta(days=1)


def paris(*parts: int) -> datetime:
    """What a clock in Paris shows, as an instant in UTC."""
    return datetime(*parts, tzinfo=PARIS).astimezone(UTC)


@pytest.fixture
def story() -> Iterator[Story]:
    made = Story()
    with installed(made.world):
        yield made


def goes_through(story: Story, end: datetime) -> None:
    """Every tick until `end`, in the order of time."""
    world = story.world
    while world.clock() < end:
        world.clock.at = min(world.clock() + SWEEP, end)
        local = world.clock().astimezone(PARIS)
        if (local.hour, local.minute) == (8, 0) and local.weekday() < 5:
            decision_tasks.send_decision_reminders({}, None)
            tasks.send_payment_reminders({}, None)
        world.sweeper.expire()
        story.machine.go_on()


def sent(world: MortalWorld, *templates: str) -> list[datetime]:
    """When mails of these templates were written."""
    rows = world.outbox.rows.values()
    return [row.created_at for row in rows if row.message.template in templates]


def test_reminders_come_by_the_schedule_of_the_template():
    schedules = load(ROOT / "infra" / "triggers.yaml")["schedules"]
    for name in ("send_decision_reminders", "send_payment_reminders"):
        assert schedules[name]["when"] == MORNINGS
    assert schedules["sweep_decisions"]["when"] == "rate(5 minutes)"


@pytest.mark.parametrize(
    ("asked_on", "reminded_at", "closed_at"),
    [
        (date(2027, 3, 21), [(2027, 3, 24), (2027, 3, 30)], "2027-03-28T22:00:00+00:00"),
        (date(2027, 10, 24), [(2027, 10, 27)], "2027-10-31T23:00:00+00:00"),
        (date(2028, 2, 22), [(2028, 2, 25), (2028, 2, 28)], "2028-02-29T23:00:00+00:00"),
    ],
    ids=["the hour is lost", "the hour comes twice", "leap day"],
)
def test_a_last_day_is_over_at_midnight_in_paris_and_reminders_come_at_eight(
    story, asked_on, reminded_at, closed_at
):
    story.world.clock.at = datetime.combine(asked_on, datetime.min.time(), PARIS).astimezone(UTC) + DAY / 2
    decision = story.sends().pending
    assert decision_item(decision).expires_at.astimezone(UTC).isoformat() == closed_at
    last_second = datetime.fromisoformat(closed_at) - timedelta(seconds=1)
    goes_through(story, last_second)
    assert story.file.status == "awaiting_confirmation"
    assert last_second.astimezone(PARIS).strftime("%H:%M:%S") == "23:59:59"
    goes_through(story, last_second + 3 * DAY)
    assert story.file.status == "unconfirmed"
    closing = story.world.desk.history(decision.id)[-1]
    assert timedelta(0) <= closing.at - datetime.fromisoformat(closed_at) < SWEEP
    due = [paris(*day, 8) for day in reminded_at if paris(*day, 8) < datetime.fromisoformat(closed_at)]
    assert sent(story.world, "partners/address_confirmation_reminder") == due


def test_an_answer_in_the_last_second_counts(story):
    story.world.clock.at = paris(2027, 10, 24, 12)
    story.sends()
    goes_through(story, paris(2027, 10, 31, 23, 59, 59))
    story.says("confirm")
    goes_through(story, paris(2027, 11, 2, 0))
    assert story.file.status == "submitted"


@pytest.mark.parametrize(
    ("asked_at", "reminded_at"),
    [
        ((2027, 3, 18, 12), [(2027, 3, 30, 8), (2027, 4, 7, 8)]),
        ((2027, 10, 21, 12), [(2027, 11, 2, 8), (2027, 11, 10, 8)]),
        ((2028, 2, 19, 12), [(2028, 2, 29, 8), (2028, 3, 10, 8)]),
    ],
    ids=["due on the Sunday of Easter", "due on the Sunday before All Saints", "due on leap day"],
)
def test_a_reminder_that_is_due_on_a_closed_day_comes_once_on_the_next_open_morning(
    story, asked_at, reminded_at
):
    story.world.clock.at = paris(*asked_at)
    decided(story, *TO_CORRECT)
    goes_through(story, paris(*asked_at) + 25 * DAY)
    written = sent(story.world, "partners/changes_requested_reminder")
    assert written == [paris(*at) for at in reminded_at]


def test_the_longest_waits_pass_within_seconds(story):
    """Two months of reminders and deadlines, then the years until the purge: nothing in the process really waits."""
    began = time.monotonic()
    decided(story, *TO_PAY)
    goes_through(story, story.world.clock() + 60 * DAY)
    assert story.file.status == "unpaid"
    assert len(sent(story.world, "partners/payment_awaited")) == 2
    story.world.clock.wait(days=3 * 366)
    tasks.purge_closed_files({}, None)
    assert story.file is None
    assert time.monotonic() - began < 5
