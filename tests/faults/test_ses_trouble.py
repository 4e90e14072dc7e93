"""Whatever SES answers, what was asked for is done; its mail waits, is given up with a reason, or is in doubt."""

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    NoCredentialsError,
    ReadTimeoutError,
)

from chalicelib.mail.bootstrap import troubled_mails
from chalicelib.mail.model import ATTEMPTS
from chalicelib.mail.wording import NOT_TAKEN, reason_in_words
from tests.faults import onboarding as step
from tests.harness.left import value

SES = "https://email.eu-west-3.amazonaws.com"
WAITS, FAILS, DOUBTS = "new", "failed", "uncertain"


def answered(code):
    return ClientError({"Error": {"Code": code, "Message": "SES says no."}}, "SendEmail")


TROUBLES = {
    "throttled": (answered("TooManyRequestsException"), WAITS),
    "throttled by the front": (answered("ThrottlingException"), WAITS),
    "over the quota": (answered("LimitExceededException"), WAITS),
    "sending paused": (answered("SendingPausedException"), WAITS),
    "account suspended": (answered("AccountSuspendedException"), WAITS),
    "broken inside": (answered("InternalServiceErrorException"), WAITS),
    "without the right": (answered("AccessDeniedException"), WAITS),
    "without credentials": (NoCredentialsError(), WAITS),
    "not to be reached": (EndpointConnectionError(endpoint_url=SES), WAITS),
    "slow to connect": (ConnectTimeoutError(endpoint_url=SES), WAITS),
    "rejected": (answered("MessageRejected"), FAILS),
    "a bad request": (answered("BadRequestException"), FAILS),
    "sender not verified": (answered("MailFromDomainNotVerifiedException"), FAILS),
    "a setting missing": (answered("NotFoundException"), FAILS),
    "silent": (ReadTimeoutError(endpoint_url=SES), DOUBTS),
    "cut off": (ConnectionClosedError(endpoint_url=SES), DOUBTS),
    "cut off somehow": (HTTPClientError(error="reset"), DOUBTS),
}


@pytest.fixture(params=TROUBLES)
def trouble(request, stages):
    """The applicant's form, while SES has a trouble; what is to become of the mail."""
    error, fate = TROUBLES[request.param]
    world = stages.after(step.fill_in)
    world.gate.refusals["SendEmail"] = error
    step.send(world)
    return world, fate


def mail(world):
    (row,) = world.rows("mail")
    return row


def test_what_was_asked_for_is_done_and_the_mail_has_its_fate(trouble):
    world, fate = trouble
    assert world.statuses == [303]
    assert [run.state for run in world.machines.runs] == ["Ask for the confirmed address"]
    assert value(mail(world), "state") == fate
    assert world.gate.letters == []


def test_when_ses_is_well_again_what_waited_goes_once_and_what_staff_look_at_stays(trouble):
    world, fate = trouble
    world.gate.refusals.clear()
    world.tick("sweep_outbox")
    assert world.gate.letters == [], "it is not due yet, or waits for staff"
    for _ in range(2):
        world.clock.wait(minutes=5)
        world.tick("sweep_outbox")
    assert len(world.gate.letters) == (1 if fate == WAITS else 0)
    assert [one.state for one in troubled_mails().list_waiting()] == ([] if fate == WAITS else [fate])


def test_a_trouble_that_lasts_gives_the_mail_up_with_a_reason_and_pauses_that_double(trouble):
    world, fate = trouble
    tries = []
    for minute in range(180):
        world.clock.wait(minutes=1)
        before = value(mail(world), "attempts")
        world.tick("sweep_outbox")
        if value(mail(world), "attempts") != before:
            tries.append(minute + 1)
    assert tries == ([2**each - 1 for each in range(1, ATTEMPTS)] if fate == WAITS else [])
    (given_up,) = troubled_mails().list_waiting()
    assert given_up.state == (FAILS if fate == WAITS else fate)
    assert reason_in_words(given_up).endswith(".")


@pytest.mark.parametrize(
    "code", ["SendingPausedException", "AccountSuspendedException", "AccessDeniedException"]
)
def test_staff_read_whom_to_call_when_the_account_may_not_send(stages, code):
    world = stages.after(step.fill_in)
    world.gate.refusals["SendEmail"] = answered(code)
    step.send(world)
    for _ in range(ATTEMPTS):
        world.clock.wait(hours=3)
        world.tick("sweep_outbox")
    (given_up,) = troubled_mails().list_waiting()
    assert reason_in_words(given_up) != NOT_TAKEN
    assert "administre l’application" in reason_in_words(given_up)
