"""Give links a new signing key: `make rotate-keys STAGE=prod`, or without a stage in the running local cloud.

The key before stays known, so that links which were mailed already go on; the one before that is forgotten.
"""

import argparse
import json

from infra.cloud import deployment, stages
from infra.cloud.progress import step, stop
from infra.cloud.target import Target
from infra.local.ministack import REGION, ROOT_CREDENTIALS
from infra.local.settings import STACK_FILE

SECRET = "LinkKeys"  # noqa: S105 - the resource's name in the template
LENGTH = 64
MINUTES = 5


def rotate(target: Target) -> None:
    """Make a random value the current one; the former becomes the previous one by itself."""
    secrets = target.client("secretsmanager")
    value = secrets.get_random_password(PasswordLength=LENGTH, ExcludePunctuation=True)["RandomPassword"]
    secrets.put_secret_value(SecretId=_secret(target), SecretString=value)


def main() -> None:
    """Rotate in the stage given, else in the running local cloud."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", help="a stage deployed to AWS")
    target = _target(parser.parse_args().stage)
    if deployment.find_stack(target) is None:
        stop(f"There is no stack {target.stack_name} in {target.region}.")
    with step("Rotating the keys of links"):
        rotate(target)
    print(f"  Links are signed by the new key within {MINUTES} minutes. Those signed by the last one go on.")
    print(
        "  Those signed by the one before it are dead: rotate once a year at most, twice only if a key leaked."
    )


def _secret(target: Target) -> str:
    found = target.client("cloudformation").describe_stack_resource(
        StackName=target.stack_name, LogicalResourceId=SECRET
    )
    return str(found["StackResourceDetail"]["PhysicalResourceId"])


def _target(stage: str | None) -> Target:
    if stage:
        return Target(stage, stages.read(stage).region)
    if not STACK_FILE.exists():
        stop("Nothing runs here: start `make run`, or name a STAGE=.")
    running = json.loads(STACK_FILE.read_text())
    return Target(running["stage"], REGION, running["endpoint_url"], ROOT_CREDENTIALS)


if __name__ == "__main__":
    main()
