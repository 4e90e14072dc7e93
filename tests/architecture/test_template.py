"""The packaged template holds what every deployment promises."""

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra import checks
from infra.package import Package, build
from infra.packaging import machines, triggers
from infra.packaging.archive import repack
from infra.packaging.cloudformation import load
from infra.packaging.names import ROOT, functions

MACHINES = sorted((ROOT / "workflows").glob("*.asl.json"))
Resources = dict[str, dict[str, Any]]


pytestmark = pytest.mark.xdist_group("template")


@pytest.fixture(scope="module")
def package() -> Package:
    return build()


@pytest.fixture(scope="module")
def resources(package: Package) -> Resources:
    found: Resources = checks.translated(package)["Resources"]
    return found


def of_type(resources: Resources, kind: str) -> Resources:
    return {name: each for name, each in resources.items() if each["Type"] == kind}


def table() -> triggers.Triggers:
    return triggers.read(ROOT / "infra" / "triggers.yaml", functions())


def states(definition: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, state in definition["States"].items():
        yield name, state
        for branch in [*state.get("Branches", []), *filter(None, [state.get("ItemProcessor")])]:
            yield from states(branch)


def test_cfn_lint_finds_nothing_in_the_translated_template(package: Package) -> None:
    assert checks.cfn_lint(checks.write_translated(package)) == ""


def test_every_skipped_check_of_checkov_has_its_reason() -> None:
    skips = [line for line in checks.CHECKOV_SKIPS.read_text().splitlines() if "CKV" in line]
    assert skips
    assert all(re.fullmatch(r"\s+- CKV2?_AWS_\d+\s+# .{20,}", line) for line in skips)


def test_every_function_has_a_role_of_its_own(resources: Resources) -> None:
    lambdas = of_type(resources, "AWS::Lambda::Function")
    roles = [json.dumps(each["Properties"]["Role"]) for each in lambdas.values()]
    assert len(set(roles)) == len(lambdas) == len(functions())


def test_every_function_logs_to_a_group_of_its_own_that_forgets(resources: Resources) -> None:
    for name, function in of_type(resources, "AWS::Lambda::Function").items():
        group = function["Properties"]["LoggingConfig"]["LogGroup"]["Ref"]
        assert group == f"{name}Logs"


def test_every_round_has_minutes_for_whatever_has_gathered(resources: Resources) -> None:
    """It begins with the oldest each time: cut off, it would never come to the youngest."""
    for name in table().schedules:
        assert resources[functions()[name].logical_id]["Properties"]["Timeout"] == 300, name


def test_every_log_group_forgets_after_thirty_days(resources: Resources) -> None:
    groups = of_type(resources, "AWS::Logs::LogGroup")
    assert {each["Properties"]["RetentionInDays"] for each in groups.values()} == {30}


def test_every_asynchronous_function_has_a_dead_letter_queue_with_an_alarm(resources: Resources) -> None:
    for name in table().asynchronous:
        queue = functions()[name].dead_letters
        assert resources[queue]["Properties"]["SqsManagedSseEnabled"] is True
        assert resources[f"{queue}Alarm"]["Properties"]["AlarmActions"] == [{"Ref": "Alarms"}]


def test_every_function_of_the_trigger_table_exists_when_the_table_says_so(tmp_path: Path) -> None:
    strict = tmp_path / "triggers.yaml"
    strict.write_text("every_function_must_exist: true\nstreams: {no_such_function: MailTable}\n")
    with pytest.raises(triggers.TriggerWithoutFunction, match="no_such_function"):
        triggers.read(strict, functions())


def tables_of_the_code() -> set[str]:
    """The names that the rooms ask `config.table_name` for."""
    texts = [path.read_text() for path in (ROOT / "chalicelib").glob("*/*.py")]
    return {name for text in texts for name in re.findall(r'config\.table_name\("(\w+)"\)', text)}


def test_the_guide_to_deploying_counts_and_names_every_table() -> None:
    text = (ROOT / "docs" / "deploy.md").read_text()
    counted = re.search(r"\| DynamoDB tables.+?\| (\d+) \|", text)
    removed = re.search(r"for t in ([\w ]+);", text)
    assert counted
    assert removed
    assert int(counted[1]) == len(tables_of_the_code())
    assert set(removed[1].split()) == tables_of_the_code()


def test_every_table_outlives_the_stack_restorable_and_encrypted(resources: Resources) -> None:
    tables = of_type(resources, "AWS::DynamoDB::Table")
    named = {each["Properties"]["TableName"]["Fn::Sub"].rpartition("-")[2] for each in tables.values()}
    assert named ^ tables_of_the_code() == set(), (
        "each table that an Item names is one of infra/resources.yaml"
    )
    for each in tables.values():
        assert each["DeletionPolicy"] == each["UpdateReplacePolicy"] == "Retain"
        assert each["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
        assert each["Properties"]["SSESpecification"] == {"SSEEnabled": True}
        assert each["Properties"]["TimeToLiveSpecification"]["AttributeName"] == "expires_epoch"


def test_every_bucket_outlives_the_stack(resources: Resources) -> None:
    for each in of_type(resources, "AWS::S3::Bucket").values():
        assert each["DeletionPolicy"] == each["UpdateReplacePolicy"] == "Retain"


def test_a_schedule_that_people_notice_runs_on_paris_time(resources: Resources) -> None:
    assert not of_type(resources, "AWS::Events::Rule")
    for each in of_type(resources, "AWS::Scheduler::Schedule").values():
        assert each["Properties"]["ScheduleExpressionTimezone"] == "Europe/Paris"


def test_no_policy_grants_everything_but_the_one_that_cannot_be_named(resources: Resources) -> None:
    for name, role in of_type(resources, "AWS::IAM::Role").items():
        for policy in role["Properties"].get("Policies", []):
            for statement in policy["PolicyDocument"]["Statement"]:
                if statement["Resource"] == "*":
                    assert statement["Action"] == machines.LOG_DELIVERY, name


def test_no_written_policy_grants_what_the_packaging_adds() -> None:
    for path in (ROOT / ".chalice").glob("policy-*.json"):
        assert '"logs:' not in path.read_text(), (
            f"{path.name}: the packaging grants each function its own logs"
        )


def test_no_secret_leaves_the_vault(package: Package, resources: Resources) -> None:
    """No variable, output or parameter holds one: who needs it asks Secrets Manager, under a role of its own."""
    template = json.loads(package.template)
    secrets = of_type(resources, "AWS::SecretsManager::Secret")
    assert "{{resolve:" not in package.template
    assert not [name for name in template["Parameters"] if re.search("(?i)secret|password|token", name)]
    assert not [name for name in secrets if name in json.dumps(template["Outputs"])]
    for each in secrets.values():
        assert set(each["Properties"]["GenerateSecretString"]) == {"PasswordLength", "ExcludePunctuation"}
        assert "SecretString" not in each["Properties"]
    for function in of_type(resources, "AWS::Lambda::Function").values():
        variables = function["Properties"]["Environment"]["Variables"]
        pointing = {name: value for name, value in variables.items() if json.dumps(value).count("LinkKeys")}
        assert pointing == {"LINK_KEYS": {"Fn::GetAtt": ["LinkKeys", "Id"]}}


def test_only_who_signs_or_checks_links_may_read_their_keys(resources: Resources) -> None:
    readers = {
        name
        for name, role in of_type(resources, "AWS::IAM::Role").items()
        if "secretsmanager:" in json.dumps(role["Properties"].get("Policies", []))
    }
    assert readers == {"ApiHandlerRole", "SendMailRole", "SweepOutboxRole"}


def test_every_alarm_tells_somebody(resources: Resources) -> None:
    for each in of_type(resources, "AWS::CloudWatch::Alarm").values():
        assert each["Properties"]["AlarmActions"] == [{"Ref": "Alarms"}]


def test_every_path_takes_every_method(package: Package) -> None:
    api = json.loads(package.template)["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    assert {"/", "/{proxy+}"} <= set(api["paths"])
    for methods in api["paths"].values():
        assert set(methods) == {"get", "head", "post", "put", "patch", "delete", "options"}
    assert api["x-amazon-apigateway-binary-media-types"] == ["*/*"]


def test_the_access_log_holds_neither_an_address_nor_a_path(resources: Resources) -> None:
    (stage,) = of_type(resources, "AWS::ApiGateway::Stage").values()
    written = set(re.findall(r"\$context\.([\w.]+)", stage["Properties"]["AccessLogSetting"]["Format"]))
    assert written == {
        "requestId",
        "httpMethod",
        "resourcePath",
        "status",
        "responseLatency",
        "responseLength",
    }


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.name)
def test_every_placeholder_of_a_machine_is_a_function_or_a_parameter(path: Path) -> None:
    known = {each.placeholder for each in functions().values()}
    known |= set(load(ROOT / "infra" / "resources.yaml")["Parameters"])
    assert set(machines.placeholders(path.read_text())) <= known


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.name)
def test_every_waiting_state_ends_by_itself_and_goes_somewhere_then(path: Path) -> None:
    for name, state in states(json.loads(path.read_text())):
        if state.get("Resource", "").endswith(".waitForTaskToken"):
            assert "TimeoutSeconds" in state, name
            caught = {error for catch in state["Catch"] for error in catch["ErrorEquals"]}
            assert caught & {"States.Timeout", "States.ALL"}, name


def test_the_same_sources_give_the_same_bytes(package: Package, tmp_path: Path) -> None:
    again = build(tmp_path / "again")
    assert again.archive.read_bytes() == package.archive.read_bytes()
    assert again.template == package.template


def test_the_zip_holds_the_application_and_nothing_that_is_not_run(package: Package) -> None:
    names = zipfile.ZipFile(package.archive).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {"app.py", "chalicelib", "chalice", "jinja2"} <= tops
    assert not tops & {"tests", "infra", "offices", "workflows", "boto3", "botocore", "pip"}
    assert package.archive.stat().st_size < 6_000_000


def test_the_zip_holds_no_key_and_no_credentials(package: Package) -> None:
    with zipfile.ZipFile(package.archive) as archive:
        ours = [name for name in archive.namelist() if name.startswith(("app.py", "chalicelib/"))]
        for name in ours:
            assert not re.search(rb"AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY", archive.read(name)), name
        assert not [
            name for name in archive.namelist() if re.search(r"(^|/)\.(env|aws|netrc)|\.pem$|\.key$", name)
        ]


RUN_FROM_THE_ZIP = """
import importlib, pathlib, sys
sys.path.insert(0, sys.argv[1])
for path in sorted(pathlib.Path(sys.argv[1], "chalicelib").rglob("*.py")):
    importlib.import_module(".".join(path.relative_to(sys.argv[1]).with_suffix("").parts).removesuffix(".__init__"))
import app
from chalicelib.runtime.observability import count, logger
from stdnum import bic, iban
from stdnum.fr import siren, siret
assert siret.validate("73282932000074") and siren.validate("732829320")
assert iban.validate("FR7630006000011234567890189") and iban.validate("BE31435411161155")
logger.info("runs")
assert app.__file__.startswith(sys.argv[1])
"""


def test_the_application_runs_without_the_parts_left_out_of_the_zip(package: Package, tmp_path: Path) -> None:
    zipfile.ZipFile(package.archive).extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", RUN_FROM_THE_ZIP, str(tmp_path)],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_bytecode_stays_valid_whatever_the_time_of_the_unpacked_file(package: Package) -> None:
    with zipfile.ZipFile(package.archive) as archive:
        compiled = [name for name in archive.namelist() if name.endswith(".pyc")]
        assert compiled
        assert all(
            archive.read(name)[4:8] == b"\x01\x00\x00\x00" for name in compiled
        )  # hash-based, unchecked


def test_a_repacked_zip_does_not_depend_on_the_order_or_times_of_its_source(tmp_path: Path) -> None:
    for name, order in {"one": ["b.py", "a.py"], "two": ["a.py", "b.py"]}.items():
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as source:
            for at, entry in enumerate(order):
                source.writestr(zipfile.ZipInfo(entry, (2000 + at, 1, 1, 0, 0, 0)), f"# {entry}\n")
        repack(tmp_path / f"{name}.zip", tmp_path / f"{name}-out.zip", {"front.py": b""})
    assert (tmp_path / "one-out.zip").read_bytes() == (tmp_path / "two-out.zip").read_bytes()


REPACK_OURS = """
import hashlib, sys, zipfile
from pathlib import Path
from infra.packaging.archive import repack
from infra.packaging.compiled import compiled_templates

source, target = Path(sys.argv[1], "in.zip"), Path(sys.argv[1], "out.zip")
with zipfile.ZipFile(source, "w") as packed:
    for path in sorted(Path("chalicelib").rglob("*.py")):
        packed.write(path)
repack(source, target, compiled_templates())
print(hashlib.sha256(target.read_bytes()).hexdigest())
"""


def test_two_packagings_in_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", REPACK_OURS, str(tmp_path)],
            cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        digests.add(done.stdout)
    assert len(digests) == 1


def test_the_zip_has_every_template_compiled_and_none_in_words(package: Package) -> None:
    with zipfile.ZipFile(package.archive) as archive:
        names = archive.namelist()
    written = [path for path in (ROOT / "chalicelib").glob("*/templates/**/*") if path.is_file()]
    compiled = [name for name in names if name.startswith("chalicelib/runtime/compiled/tmpl_")]
    assert len(compiled) == len(written)
    assert [name for name in names if "/templates/" in name] == []
