"""The packaged template holds what every deployment promises."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chalicelib.uploads.keys import INCOMING, KEPT
from chalicelib.uploads.passing import PASSING
from infra import checks
from infra.package import Package
from infra.packaging import layers, machines, triggers
from infra.packaging.cloudformation import load
from infra.packaging.names import ROOT, functions

MACHINES = sorted((ROOT / "workflows").glob("*.asl.json"))
Resources = dict[str, dict[str, Any]]


pytestmark = pytest.mark.xdist_group("template")


@pytest.fixture(scope="module")
def resources(package: Package) -> Resources:
    found: Resources = checks.translated(package)["Resources"]
    return found


def of_type(resources: Resources, kind: str) -> Resources:
    return {name: each for name, each in resources.items() if each["Type"] == kind}


def table() -> triggers.Triggers:
    return triggers.read(ROOT / "infra" / "triggers.yaml", functions())


def rules(resources: Resources) -> list[dict[str, Any]]:
    """The rules on events of EventBridge."""
    return [each["Properties"] for each in of_type(resources, "AWS::Events::Rule").values()]


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


def layered() -> list[layers.Layer]:
    return layers.read(ROOT / "infra" / "layers.yaml", functions())[0]


def test_a_layer_is_given_to_the_functions_that_import_it_and_to_no_other(resources: Resources) -> None:
    wanted: dict[str, list[dict[str, str]]] = {}
    for layer in layered():
        for each in layer.functions:
            wanted.setdefault(each.logical_id, []).append({"Ref": layer.logical_id})
    lambdas = of_type(resources, "AWS::Lambda::Function")
    given = {
        name: each["Properties"]["Layers"] for name, each in lambdas.items() if "Layers" in each["Properties"]
    }
    assert given == wanted
    assert set(of_type(resources, "AWS::Lambda::LayerVersion")) == {layer.logical_id for layer in layered()}


def test_no_function_has_more_layers_than_lambda_allows(resources: Resources) -> None:
    lambdas = of_type(resources, "AWS::Lambda::Function")
    counts = {name: len(each["Properties"].get("Layers", [])) for name, each in lambdas.items()}
    assert max(counts.values()) <= 5, counts


def test_cfn_lint_finds_nothing_in_a_template_with_a_layer(package: Package, tmp_path: Path) -> None:
    """Whether or not a function prints yet."""
    template = json.loads(package.template)
    stand_in = layers.Layer("stand_in", ROOT / "requirements-documents.txt", (functions()["send_mail"],))
    layers.attach(template, stand_in, "layers/stand_in-0.zip")
    copy = Package(tmp_path)
    copy.template_file.write_text(json.dumps(template))
    assert checks.cfn_lint(checks.write_translated(copy)) == ""
    made = checks.translated(copy)["Resources"]
    assert made["SendMail"]["Properties"]["Layers"][-1] == {"Ref": "StandInLayer"}


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


def test_the_bucket_of_files_is_private_encrypted_and_open_to_tls_only(resources: Resources) -> None:
    files = resources["Files"]["Properties"]
    assert set(files["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(files["PublicAccessBlockConfiguration"]) == 4
    assert "AES256" in json.dumps(files["BucketEncryption"])
    assert "VersioningConfiguration" not in files
    (statement,) = resources["FilesPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Action"], statement["Principal"]) == ("Deny", "s3:*", "*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_what_was_sent_and_never_taken_in_is_forgotten_and_nothing_else_is(resources: Resources) -> None:
    found = resources["Files"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert {rule.get("Prefix"): rule["ExpirationInDays"] for rule in found if "ExpirationInDays" in rule} == {
        INCOMING: 2,
        PASSING: 1,
    }
    assert [rule["AbortIncompleteMultipartUpload"] for rule in found if "ExpirationInDays" not in rule] == [
        {"DaysAfterInitiation": 1}
    ]


def test_a_file_that_comes_in_starts_its_check_and_a_kept_one_is_scanned(resources: Resources) -> None:
    pattern = resources["CheckUploadRule"]["Properties"]["EventPattern"]
    assert pattern["source"] == ["aws.s3"]
    assert pattern["detail"]["object"] == {"key": [{"prefix": INCOMING}]}
    scanned = resources["FilesScan"]["Properties"]["ProtectedResource"]["S3Bucket"]
    assert scanned == {"BucketName": {"Ref": "Files"}, "ObjectPrefixes": [KEPT]}
    assert resources["FilesScan"]["Condition"] == resources["FilesScanRole"]["Condition"] == "ScansFiles"


def test_the_functions_know_the_bucket_by_its_name(package: Package, resources: Resources) -> None:
    variables = json.loads(package.template)["Globals"]["Function"]["Environment"]["Variables"]
    assert variables["FILES_BUCKET"] == resources["Files"]["Properties"]["BucketName"]
    assert resources["Files"]["Properties"]["BucketName"]["Fn::Sub"] in json.dumps(variables["FILES_ORIGIN"])


def test_a_rule_gives_up_into_the_queue_of_its_function_and_may(resources: Resources) -> None:
    for name in table().events:
        function = functions()[name]
        (target,) = resources[f"{function.logical_id}Rule"]["Properties"]["Targets"]
        assert target["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": [function.dead_letters, "Arn"]}}
        assert target["Arn"] == function.arn
        policy = resources[f"{function.dead_letters}Policy"]["Properties"]
        assert policy["Queues"] == [{"Ref": function.dead_letters}]
        (statement,) = policy["PolicyDocument"]["Statement"]
        rule = {"Fn::GetAtt": [f"{function.logical_id}Rule", "Arn"]}
        assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": rule}}
        permission = resources[f"{function.logical_id}RulePermission"]["Properties"]
        assert (permission["Principal"], permission["SourceArn"]) == ("events.amazonaws.com", rule)


def test_a_schedule_that_people_notice_runs_on_paris_time(resources: Resources) -> None:
    assert not [rule for rule in rules(resources) if "ScheduleExpression" in rule]
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
