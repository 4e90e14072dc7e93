"""`make destroy STAGE=prod`: delete the stack after asking; tables, files and artifacts stay, and are named."""

import argparse

from infra.cloud import deployment
from infra.cloud.progress import step, stop
from infra.deploy import read_stage


def main() -> None:
    """Ask for the stack's name, delete it, and say what is left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage")
    target = read_stage(parser.parse_args().stage).target
    if deployment.find_stack(target) is None:
        stop(f"There is no stack {target.stack_name} in {target.region}.")
    if input(f"Delete {target.stack_name} in {target.region}? Type its name: ") != target.stack_name:
        stop("Nothing was deleted.")
    cloudformation = target.client("cloudformation")
    with step("Deleting the stack"):
        cloudformation.delete_stack(StackName=target.stack_name)
        cloudformation.get_waiter("stack_delete_complete").wait(StackName=target.stack_name)
    print(
        f"  Kept: the tables {target.stack_name}-*, the bucket {target.stack_name}-files-* and the bucket "
        f"{target.artifact_bucket} (docs/deploy.md)."
    )


if __name__ == "__main__":
    main()
