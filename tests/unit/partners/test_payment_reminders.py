"""Applicants are reminded of their payment as often as the office file says, each time once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.partners.model import Status
from chalicelib.partners.payment_reminders import PaymentReminders, reminders_due
from tests.factories import an_office
from tests.unit.mail.letters import File

SINCE = datetime(2027, 3, 1, 9, tzinfo=UTC)
OFFICE = an_office()


class Desk:
    def __init__(self):
        self.keys, self.messages = set(), []

    def enqueue(self, message):
        is_new = message.key not in self.keys
        self.keys.add(message.key)
        self.messages += [message] if is_new else []
        return is_new


class Files:
    def __init__(self, *files):
        self.files = files

    def list_in_status(self, status):
        return [file for file in self.files if file.status is status]


def reminders(desk, *, days, status=Status.AWAITING_PAYMENT):
    file = replace(File().application, status=status, status_since=SINCE)
    return PaymentReminders(Files(file), desk, lambda _: OFFICE, lambda: SINCE + timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "number"), [(0, 0), (14, 0), (15, 1), (29, 1), (30, 2), (44, 2), (45, 0), (400, 0)]
)
def test_a_reminder_is_due_every_so_many_days_until_the_last_day(days, number):
    since = date(2027, 3, 1)
    assert reminders_due(since, since + timedelta(days=days), OFFICE.delays) == number


def test_a_reminder_goes_once_however_often_the_morning_comes():
    desk = Desk()
    assert [reminders(desk, days=days).send() for days in (15, 15, 16, 29, 30)] == [1, 0, 0, 0, 1]
    assert {message.template for message in desk.messages} == {"partners/payment_awaited"}


def test_nobody_is_reminded_of_a_payment_that_is_not_awaited():
    assert reminders(Desk(), days=20, status=Status.ACTIVE).send() == 0
