"""`make demo`: a believable year in the running local cloud, through its pages, and the addresses worth opening."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.kernel.clock import paris_day, utc_now
from chalicelib.office import loading
from infra.cloud.progress import stop
from infra.cloud.target import Target
from infra.demo.addresses import worth_opening
from infra.demo.progress import bar
from infra.demo.show import Show, StepFailed
from infra.demo.stage import Stage
from infra.local.ministack import REGION, ROOT_CREDENTIALS
from infra.local.settings import LOCAL, STACK_FILE
from infra.packaging.names import ROOT
from infra.visitor.http import Site
from infra.visitor.post import Post

PARTNERS, PATIENCE = 150, 240.0


class FunctionFailed(Exception):
    """A function of the stack ended with an error."""


@dataclass(frozen=True)
class Functions:
    """The functions of a stack, run as its schedules run them."""

    target: Target

    def invoke(self, name: str) -> Mapping[str, Any]:
        """Run one, and wait for its answer. Raises `FunctionFailed`."""
        found = self.target.client("lambda").invoke(
            FunctionName=f"{self.target.stack_name}-{name}", Payload=b"{}"
        )
        answer: Mapping[str, Any] = json.loads(found["Payload"].read() or b"{}")
        if "FunctionError" in found:
            raise FunctionFailed(f"{name}: {answer}")
        return answer


def stage_of(running: Mapping[str, str], count: int, patience: float, *, keeps: bool) -> Stage:
    """The stage on a running stack, as `stack.json` describes it; where it `keeps` logins, the next run has them."""
    office = loading.load_document(loading.read_file(ROOT / "offices" / f"{running['office']}.json"))
    target = Target(running["stage"], REGION, running["endpoint_url"], ROOT_CREDENTIALS)
    return Stage(
        site=Site(running["url"]),
        post=Post(running["mailbox_url"], patience),
        office=office,
        today=paris_day(utc_now()),
        count=count,
        invoke=Functions(target).invoke,
        kept=LOCAL / running["office"] / "demo.json" if keeps else None,
    )


def main() -> None:
    """Show everything; status 1, with a message, where nothing runs or a step failed."""
    if not STACK_FILE.exists():
        stop("Nothing runs here: start `make run` first, in another terminal, and leave it running.")
    count, patience = (
        int(os.environ.get("COUNT") or PARTNERS),
        float(os.environ.get("PATIENCE") or PATIENCE),
    )
    running = json.loads(STACK_FILE.read_text())
    _check_answers(running["url"])
    stage = stage_of(running, count, patience, keeps=True)
    print(f"\n  A year of {stage.office.name}\n", flush=True)
    show = Show(stage, bar, patience)
    try:
        show.run()
    except StepFailed as failed:
        stop(str(failed))
    except KeyboardInterrupt:
        stop("Stopped. What is done stays; `make demo` again goes on with the rest.")
    print(worth_opening(show))


def _check_answers(url: str) -> None:
    """A stack that was killed leaves its file behind."""
    try:
        Site(url).get("/api/v1/health")
    except OSError:
        stop(f"Nothing answers at {url}: start `make run` again, in another terminal, and leave it running.")


if __name__ == "__main__":
    main()
