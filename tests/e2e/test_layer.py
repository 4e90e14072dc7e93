"""The layer on the embedded cloud: a throw-away function of the deployed zip prints there, with the library of the layer."""

import base64
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.cloud import artifacts
from infra.package import build
from infra.packaging import layers
from infra.packaging.archive import pack
from infra.packaging.names import ROOT, Function
from tests.cloud import Cloud
from tests.unit.documents import samples
from tests.unit.documents.reading import Paper

pytestmark = pytest.mark.cloud

STACK = "layer-probe"
PROBE = """
import base64
from datetime import UTC, datetime

def handle(event, context):
    import typst
    from chalicelib.documents.bootstrap import printer
    pdf = printer().pdf(event["template"], event["data"], datetime(2027, 3, 3, tzinfo=UTC))
    return {"library": typst.__file__, "pdf": base64.b64encode(pdf).decode()}
"""
WITH, WITHOUT = (Function(name, name, f"{name}Role") for name in ("Printing", "Other"))


def a_template(code: str, layer: str) -> dict[str, Any]:
    """Two equal functions; the layer is given to one of them by the code that packages."""
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}
    policy = {"Version": "2012-10-17", "Statement": [trust]}
    made: dict[str, Any] = {"Parameters": {"ArtifactBucket": {"Type": "String"}}, "Resources": {}}
    for function in (WITH, WITHOUT):
        made["Resources"][function.role_id] = {
            "Type": "AWS::IAM::Role",
            "Properties": {"AssumeRolePolicyDocument": policy},
        }
        made["Resources"][function.logical_id] = {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "FunctionName": f"{STACK}-{function.id}",
                "Runtime": "python3.11",
                "Handler": "probe.handle",
                "Timeout": 30,
                "Role": {"Fn::GetAtt": [function.role_id, "Arn"]},
                "Code": {"S3Bucket": {"Ref": "ArtifactBucket"}, "S3Key": code},
            },
        }
    layers.attach(made, layers.Layer("documents", ROOT / "requirements-documents.txt", (WITH,)), layer)
    return made


@pytest.fixture(scope="module")
def probe(cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """The two functions, deployed for the tests of this file."""
    layer = layers.Layer("documents", ROOT / "requirements-documents.txt", (WITH,))
    code = tmp_path_factory.mktemp("probe") / "code.zip"
    with zipfile.ZipFile(build().archive) as packed:
        pack({name: packed.read(name) for name in packed.namelist()} | {"probe.py": PROBE.encode()}, code)
    archive = layers.made(layer)
    keys = {"code/probe.zip": code, layers.key(layer, archive): archive}
    bucket = cloud.stack.target.artifact_bucket
    for key, path in keys.items():
        artifacts.put_once(cloud.client("s3"), bucket, key, path)
    cloudformation = cloud.client("cloudformation")
    cloudformation.create_stack(
        StackName=STACK,
        TemplateBody=json.dumps(a_template(*keys)),
        Parameters=[{"ParameterKey": "ArtifactBucket", "ParameterValue": bucket}],
        Capabilities=["CAPABILITY_IAM"],
    )
    cloudformation.get_waiter("stack_create_complete").wait(StackName=STACK, WaiterConfig={"Delay": 1})
    yield cloud
    cloudformation.delete_stack(StackName=STACK)


def printed(cloud: Cloud, function: Function) -> dict[str, Any]:
    event = {"template": "subsidies/award.typ", "data": samples.an_award()}
    answer = cloud.client("lambda").invoke(FunctionName=f"{STACK}-{function.id}", Payload=json.dumps(event))
    found: dict[str, Any] = json.load(answer["Payload"])
    assert "pdf" in found, found
    return found


def test_a_function_with_the_layer_prints_with_what_is_in_it(probe: Cloud) -> None:
    found = printed(probe, WITH)
    assert Path(found["library"]).parts[-3:] == ("python", "typst", "__init__.py")
    paper = Paper(base64.b64decode(found["pdf"]))
    assert "240,00\xa0€" in paper.pages[0]
    assert set(paper.fonts) == {"AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Bold"}
    assert paper.catalog["/Lang"] == "fr-FR"


def test_a_function_without_it_has_none(probe: Cloud) -> None:
    """The embedded cloud runs functions on the interpreter of these tests, which has the library too: another one."""
    assert "site-packages" in printed(probe, WITHOUT)["library"]


def test_the_layer_is_what_the_packaging_made(probe: Cloud) -> None:
    (version,) = probe.client("lambda").list_layer_versions(LayerName=f"{STACK}-documents")["LayerVersions"]
    found = probe.client("lambda").get_layer_version(
        LayerName=f"{STACK}-documents", VersionNumber=version["Version"]
    )
    assert 20_000_000 < found["Content"]["CodeSize"] < 50_000_000
    assert found["CompatibleArchitectures"] == [layers.ARCHITECTURE]
