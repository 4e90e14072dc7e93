"""What every task logs, and what it raises."""

import io
import json

import pytest

from chalicelib.kernel.errors import AlreadySettled
from chalicelib.runtime.lambda_task import lambda_task
from chalicelib.runtime.observability import logger

SECRET = "maelle@hotel.example.fr k3v9.Zq0aB"


class OutOfTime(AlreadySettled):
    pass


@pytest.fixture
def log(monkeypatch):
    written = io.StringIO()
    monkeypatch.setattr(logger.registered_handler, "stream", written)
    return lambda: [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_task_that_goes_well_gives_its_result_and_logs_one_line_without_what_it_was_given(log):
    @lambda_task
    def greet(event, context):
        return {"hello": event["name"]}

    assert greet({"name": SECRET}, None) == {"hello": SECRET}
    (line,) = log()
    assert (line["message"], line["task"], line["level"]) == ("done", "greet", "INFO")
    assert "maelle" not in json.dumps(line)


def test_a_situation_is_raised_by_its_own_name_and_logged_by_it_alone(log):
    @lambda_task
    def refuse(event, context):
        raise OutOfTime(SECRET)

    with pytest.raises(OutOfTime):
        refuse({}, None)
    (line,) = log()
    assert (line["level"], line["situation"]) == ("WARNING", "OutOfTime")
    assert "maelle" not in json.dumps(line)


def test_a_fault_is_raised_and_logged_by_its_place_without_its_words(log):
    @lambda_task
    def fail(event, context):
        raise ValueError(SECRET)

    with pytest.raises(ValueError, match="maelle"):
        fail({}, None)
    (line,) = log()
    assert (line["level"], line["error"]) == ("ERROR", "ValueError")
    assert line["at"].rpartition(":")[0].endswith("test_lambda_task.py")
    assert "maelle" not in json.dumps(line)


def test_a_task_keeps_its_name_for_the_cloud():
    @lambda_task
    def greet(event, context):
        """Says hello."""

    assert (greet.__name__, greet.__doc__) == ("greet", "Says hello.")
