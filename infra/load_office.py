"""Load an office file into a deployment: `python -m infra.load_office --stage prod --file offices/my-office.json`."""

import argparse
import os
from pathlib import Path

from infra.cloud.target import Target

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
    from chalicelib.office import loading

    loading.publish_file(path)


def main() -> None:
    """Read the command line and load."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, required=True)
    parser.add_argument(
        "--stage", help="a stage deployed to AWS; without it, the environment names the deployment"
    )
    given = parser.parse_args()
    if given.stage:
        from infra.deploy import read_stage

        os.environ.update(environment(read_stage(given.stage).target))
    load(given.file)
    print(f"  {given.file} is loaded.")


if __name__ == "__main__":
    main()
