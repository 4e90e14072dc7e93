"""`make deploy STAGE=prod`: the same package as on a laptop, to AWS, with the caller's credentials."""

import argparse
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from chalicelib.kernel.errors import Situation
from infra import load_office
from infra.cloud import deployment, stages
from infra.cloud.deployment import DeploymentFailed
from infra.cloud.progress import step, stop
from infra.cloud.target import Target
from infra.package import PackagingFailed, build
from infra.packaging.layers import LayerNotMade
from infra.packaging.machines import UnknownPlaceholder
from infra.packaging.names import ROOT
from infra.packaging.triggers import TriggerWithoutFunction

FORESEEN = (
    DeploymentFailed,
    PackagingFailed,
    LayerNotMade,
    Situation,
    stages.UnknownStage,
    UnknownPlaceholder,
    TriggerWithoutFunction,
)


@dataclass(frozen=True)
class StageInAws:
    """A stage and where it is deployed."""

    stage: stages.Stage
    target: Target


def read_stage(name: str) -> StageInAws:
    """The stage of that name; raises UnknownStage."""
    stage = stages.read(name)
    return StageInAws(stage, Target(stage.name, stage.region))


def main() -> None:
    """Package, deploy, load the office file, and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", help="the name of a file in infra/stages, without .json")
    try:
        _deploy(read_stage(parser.parse_args().stage))
    except FORESEEN as error:
        stop(str(error))


def _deploy(where: StageInAws) -> None:
    account = where.target.client("sts").get_caller_identity()["Account"]
    print(f"\n{where.target.stack_name} in {where.stage.region}, account {account}\n", flush=True)
    with step("Packaging"):
        package = build()
    print(package.notes, end="", flush=True)
    started = time.monotonic()
    parameters = {"Stage": where.stage.name, **where.stage.parameters}
    parameters.setdefault("BaseUrl", _base_url(where))
    stack = deployment.deploy(where.target, package, parameters, _report)
    if not parameters["BaseUrl"]:  # only now is the address of the API known: mails need it
        parameters["BaseUrl"] = deployment.outputs(stack)["ApiUrl"]
        stack = deployment.deploy(where.target, package, parameters, _report)
    print(f"  Deployed in {time.monotonic() - started:.0f} s", flush=True)
    _load_office(where)
    for name, value in {"Site": parameters["BaseUrl"], **deployment.outputs(stack)}.items():
        print(f"    {name:<16}{value}")


def _base_url(where: StageInAws) -> str:
    """The site's root: the domain of its own, or what API Gateway gave it at the first deployment."""
    domain = where.stage.parameters.get("DomainName")
    if domain:
        return f"https://{domain}"
    stack = deployment.find_stack(where.target)
    return deployment.outputs(stack).get("ApiUrl", "") if stack else ""


def _load_office(where: StageInAws) -> None:
    path = ROOT / where.stage.office
    if not load_office.can_load():
        print("  This version knows no office files.", flush=True)
        return
    with step("Loading the office file") as loading:
        os.environ.update(load_office.environment(where.target))
        load_office.load(path)
        loading.note = Path(where.stage.office).stem


def _report(line: str) -> None:
    print(f"    {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
