"""What a call is taken to ask for, where the call itself does not say it."""

import pytest

from tests.grants.asked import MACHINES, NobodyKnows, asked_for


@pytest.mark.parametrize("process", ["partners_onboarding", "subsidies_review"])
def test_an_answer_asks_for_the_machine_that_waits_behind_its_token(process):
    asked = list(asked_for("states", "SendTaskSuccess", {"taskToken": f"{process}/f1/0/1", "output": "{}"}))
    assert asked == [("states:SendTaskSuccess", f"{MACHINES}-{process}")]


def test_a_service_that_nobody_taught_is_named():
    with pytest.raises(NobodyKnows, match=r"asked\.py"):
        asked_for("sqs", "SendMessage", {})
