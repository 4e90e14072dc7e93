"""A waiting state that waits no more has a different name in each cloud, and one meaning."""

from types import SimpleNamespace

import pytest

from chalicelib.adapters import aws
from chalicelib.adapters.step_functions import StepFunctionsResumer
from chalicelib.kernel.ports import TaskSettled


class Refused(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.response = {"Error": {"Code": code}}


@pytest.fixture
def refuse(monkeypatch):
    """Step Functions that refuses every answer with a code."""

    def refusing(code):
        def refusal(**_):
            raise Refused(code)

        exceptions = SimpleNamespace(ClientError=Refused)
        client = SimpleNamespace(send_task_success=refusal, send_task_failure=refusal, exceptions=exceptions)
        monkeypatch.setattr(aws, "client", lambda _: client)

    return refusing


ANSWERS = {
    "succeed": lambda: StepFunctionsResumer().succeed("token", {"outcome": "accept"}),
    "fail": lambda: StepFunctionsResumer().fail("token", "DecisionExpired", "Sans réponse."),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("code", ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"])
def test_a_step_that_waits_no_more_is_settled_whatever_the_cloud_calls_it(refuse, code, answer):
    refuse(code)
    with pytest.raises(TaskSettled):
        answer()


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("code", ["ThrottlingException", "AccessDeniedException", "InvalidOutput"])
def test_any_other_refusal_is_a_failure_and_not_an_answer(refuse, code, answer):
    refuse(code)
    with pytest.raises(Refused, match=code):
        answer()
