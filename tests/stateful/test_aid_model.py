"""The aid office in any order: the money, the queue, the register and the ends of files hold."""

import os

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful.aid_office import AidOffice

EXAMPLES = int(os.environ.get("CORDEE_MODEL_EXAMPLES", "60"))


def test_an_aid_office_in_any_order() -> None:
    run_state_machine_as_test(
        AidOffice, settings=settings(max_examples=EXAMPLES, stateful_step_count=40, deadline=None)
    )
