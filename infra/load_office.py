"""Load an office file into a deployment: `make office FILE=offices/my-office.json STAGE=prod`."""

import argparse
import importlib
import json
import os
from pathlib import Path

from chalicelib.kernel.errors import Situation
from infra.cloud import stages
from infra.cloud.progress import stop
from infra.cloud.target import Target
from infra.local.ministack import REGION, ROOT_CREDENTIALS
from infra.local.settings import STACK_FILE as LOCAL_STACK

CLIENT_VARIABLES = {
    "aws_access_key_id": "AWS_ACCESS_KEY_ID",
    "aws_secret_access_key": "AWS_SECRET_ACCESS_KEY",
    "aws_session_token": "AWS_SESSION_TOKEN",
}


def environment(target: Target) -> dict[str, str]:
    """The variables with which the application's code finds the tables of `target`."""
    found = {"TABLE_PREFIX": target.stack_name, "STAGE": target.stage, "AWS_REGION": target.region}
    found["AWS_DEFAULT_REGION"] = target.region
    if target.endpoint_url:
        found["AWS_ENDPOINT_URL"] = target.endpoint_url
    return found | {CLIENT_VARIABLES[name]: value for name, value in target.credentials.items()}


def can_load() -> bool:
    """Whether this version of the application knows office files."""
    return (Path(__file__).resolve().parent.parent / "chalicelib" / "office" / "loading.py").exists()


def load(path: Path) -> None:
    """Publish the office file at `path` in the deployment that the environment names."""
    importlib.import_module("chalicelib.office.loading").publish_file(path)


def main() -> None:
    """Load into the stage given, else into what the environment names, else into the running local cloud."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, required=True)
    parser.add_argument("--stage", help="a stage deployed to AWS")
    given = parser.parse_args()
    os.environ.update(_environment_of(given.stage))
    try:
        load(given.file)
    except Situation as error:
        stop(f"{given.file}: {error}")
    print(f"  {given.file} is loaded.")


def _environment_of(stage: str | None) -> dict[str, str]:
    if stage:
        return environment(Target(stage, stages.read(stage).region))
    if "TABLE_PREFIX" in os.environ:
        return {}
    if not LOCAL_STACK.exists():
        stop("Nothing runs here: start `make run`, or name a STAGE=.")
    running = json.loads(LOCAL_STACK.read_text())
    return environment(Target(running["stage"], REGION, running["endpoint_url"], ROOT_CREDENTIALS))


if __name__ == "__main__":
    main()
