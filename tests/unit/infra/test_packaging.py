"""The small decisions of packaging and of starting locally."""

import json
import socket
from pathlib import Path

import pytest

from infra.cloud import deployment, stages
from infra.local import settings
from infra.local.settings import CannotRun
from infra.packaging import cloudformation, machines
from infra.packaging.archive import wanted
from infra.packaging.names import lambda_function

PARAMETERS = {"ConfirmationSeconds": {"Type": "Number"}, "Stage": {"Type": "String"}}
LOOK_UP = lambda_function("look_up_application")


def machine(folder: Path, **state: object) -> Path:
    path = folder / "partners_onboarding.asl.json"
    path.write_text(json.dumps({"StartAt": "Look", "States": {"Look": {"Type": "Task", **state}}}))
    return path


def test_a_function_has_the_name_that_chalice_gives_it() -> None:
    assert (LOOK_UP.logical_id, LOOK_UP.role_id) == ("LookUpApplication", "LookUpApplicationRole")
    assert LOOK_UP.placeholder == "LookUpApplicationArn"


def test_a_duration_becomes_a_number_and_a_function_its_arn(tmp_path: Path) -> None:
    path = machine(tmp_path, TimeoutSeconds="${ConfirmationSeconds}", Resource="${LookUpApplicationArn}")
    made = machines.resources(path, {LOOK_UP.id: LOOK_UP}, PARAMETERS)
    properties = made["PartnersOnboardingMachine"]["Properties"]
    assert '"TimeoutSeconds": ${ConfirmationSeconds}' in properties["DefinitionString"]
    assert properties["DefinitionSubstitutions"] == {
        "ConfirmationSeconds": {"Ref": "ConfirmationSeconds"},
        "LookUpApplicationArn": {"Fn::GetAtt": ["LookUpApplication", "Arn"]},
    }
    filled = machines.rendered(path, {"ConfirmationSeconds": 60, "LookUpApplicationArn": "arn:x"})
    assert filled["States"]["Look"] == {"Type": "Task", "TimeoutSeconds": 60, "Resource": "arn:x"}


def test_a_machine_may_invoke_just_the_functions_that_it_names(tmp_path: Path) -> None:
    known = {each.id: each for each in (LOOK_UP, lambda_function("send_mail"))}
    made = machines.resources(machine(tmp_path, Resource="${LookUpApplicationArn}"), known, PARAMETERS)
    (policy,) = made["PartnersOnboardingMachineRole"]["Properties"]["Policies"]
    invoke = policy["PolicyDocument"]["Statement"][0]
    assert invoke["Resource"] == [{"Fn::GetAtt": ["LookUpApplication", "Arn"]}]


def test_an_unknown_placeholder_stops_the_packaging(tmp_path: Path) -> None:
    with pytest.raises(machines.UnknownPlaceholder, match="NoSuchThingArn"):
        machines.resources(machine(tmp_path, Resource="${NoSuchThingArn}"), {}, PARAMETERS)


def test_short_intrinsics_are_read_as_long_ones(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("a: !Ref X\nb: !GetAtt X.Y.Z\nc: !If [C, !Sub '${X}', {d: !Ref X}]\n")
    assert cloudformation.load(path) == {
        "a": {"Ref": "X"},
        "b": {"Fn::GetAtt": ["X", "Y.Z"]},
        "c": {"Fn::If": ["C", {"Fn::Sub": "${X}"}, {"d": {"Ref": "X"}}]},
    }


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("chalicelib/partners/model.py", True),
        ("chalicelib/web/static/site.css", True),
        ("rpds/rpds.cpython-311-x86_64-linux-gnu.so", True),
        ("botocore/client.py", False),
        ("jsonschema/tests/test_cli.py", False),
        ("jinja2-3.1.6.dist-info/METADATA", False),
        ("stdnum/fr/siret.py", True),
        ("stdnum/oui.dat", False),
        ("stdnum/cn/ric.py", False),
        ("aws_lambda_powertools/logging/logger.py", True),
        ("aws_lambda_powertools/event_handler/api_gateway.py", False),
        ("chalicelib/__pycache__/x.cpython-311.pyc", False),
    ],
)
def test_the_zip_takes_what_runs(name: str, kept: bool) -> None:
    assert wanted(name) is kept


def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        asked = settings.Settings("x", port, False, tmp_path)
        with pytest.raises(CannotRun, match=rf"Port {port} \(for the site\).*\n.*PORT="):
            settings.check_ports(asked)


@pytest.mark.parametrize("asked", [{"PORT": "abc"}, {"PORT": "80"}, {"PORT": "70000"}, {"OFFICE": "../etc"}])
def test_a_senseless_request_is_refused_with_a_sentence(asked: dict[str, str]) -> None:
    with pytest.raises(CannotRun, match=next(iter(asked))):
        settings.read(asked)


def test_two_offices_keep_their_state_apart() -> None:
    folders = {settings.read({"OFFICE": office}).folder for office in ("pays-de-gex", "")}
    assert len(folders) == 2


def test_an_unknown_stage_says_how_to_make_one() -> None:
    with pytest.raises(stages.UnknownStage, match=r"copy example\.json"):
        stages.read("nowhere")


@pytest.mark.parametrize(
    ("status", "tag", "current"),
    [
        ("CREATE_COMPLETE", "abc", True),
        ("UPDATE_COMPLETE", "abc", True),
        ("UPDATE_COMPLETE", "old", False),
        ("UPDATE_ROLLBACK_COMPLETE", "abc", False),
        ("ROLLBACK_COMPLETE", "abc", False),
    ],
)
def test_a_stack_is_current_when_it_stands_with_this_fingerprint(
    status: str, tag: str, current: bool
) -> None:
    stack = {"StackStatus": status, "Tags": [{"Key": deployment.FINGERPRINT, "Value": tag}]}
    assert deployment.is_current(stack, "abc") is current
