"""One whole local deployment: the mailbox, the embedded cloud, and the application in it."""

import hashlib
import json
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from functools import cached_property

from infra import load_office
from infra.cloud import deployment, stages
from infra.cloud.progress import step
from infra.cloud.target import Target
from infra.local import grants
from infra.local.ministack import REGION, ROOT_CREDENTIALS, MiniStack
from infra.local.settings import CannotRun, Settings
from infra.mailbox.mailbox import Mailbox
from infra.package import Package
from infra.packaging import triggers
from infra.packaging.names import ROOT, functions

STAGE = "local"
ANSWER_SECONDS = 60


@dataclass
class LocalStack:
    """Starts and stops everything of one office; `extra` adds settings of the emulator."""

    settings: Settings
    extra: dict[str, str] | None = None

    @cached_property
    def mailbox(self) -> Mailbox:
        """Where every mail ends up."""
        ports = (self.settings.mailbox_port, self.settings.smtp_port)
        return Mailbox(self.settings.folder / "mail", *ports, self.settings.url)

    @cached_property
    def cloud(self) -> MiniStack:
        """The embedded cloud."""
        where = (self.settings.folder, self.settings.port, self.settings.smtp_port)
        return MiniStack(*where, auth=self.settings.auth, extra=self.extra)

    @cached_property
    def target(self) -> Target:
        """Where to deploy to."""
        return Target(STAGE, REGION, self.cloud.endpoint_url, ROOT_CREDENTIALS)

    def description(self) -> dict[str, str]:
        """The content of `stack.json`."""
        return {
            "url": self.settings.url, "mailbox_url": self.mailbox.url,
            "endpoint_url": self.cloud.endpoint_url, "stage": STAGE, "office": self.settings.office,
        }  # fmt: skip

    def start(self, package: Package) -> None:
        """Start, deploy what has changed, load the office file, and wait until the site answers."""
        with step("Starting the mailbox"):
            self.mailbox.start()
        with step("Starting the embedded cloud") as starting:
            self.cloud.start()
            fresh = deployment.find_stack(self.target) is None
            starting.note = "" if fresh else "with its state"
        with step("Deploying the application") as deploying:
            deploying.note = self._deploy(package)
            if self.settings.auth:
                grants.widen(self.target)
        with step("Loading the office file") as loading:
            loading.note = self._load_office(fresh)
        with step("Waiting for the site"):
            self._wait_for_health()
        if not fresh:
            with step("Taking up what was under way"):
                self._take_up()

    def stop(self) -> None:
        """Stop everything; the embedded cloud writes its state."""
        self.cloud.stop()
        self.mailbox.stop()

    def _deploy(self, package: Package) -> str:
        parameters = {
            **stages.read(STAGE).parameters,
            "Stage": STAGE,
            "BaseUrl": self.settings.url,
            "DomainName": "127.0.0.1",
            "FilesOrigin": self.cloud.endpoint_url,
        }
        current = deployment.find_stack(self.target)
        if deployment.is_current(current, deployment.fingerprint(package, parameters)):
            return "nothing has changed"
        deployment.deploy(self.target, package, parameters)
        return ""

    def _take_up(self) -> None:
        """The waits of the processes ended with the emulator: let the sweeps begin now, not in five minutes."""
        table = triggers.read(ROOT / "infra" / "triggers.yaml", functions())
        for function, schedule in table.schedules.items():
            if schedule["when"].startswith("rate("):
                name = f"{self.target.stack_name}-{function}"
                self.target.client("lambda").invoke(FunctionName=name, InvocationType="Event")

    def _load_office(self, fresh: bool) -> str:
        path, mark = self.settings.office_file, self.settings.folder / "office.sha256"
        if not load_office.can_load():
            return "this version knows no office files"
        if not path.exists():
            raise CannotRun(f"OFFICE={self.settings.office}: there is no {path.relative_to(ROOT)}.")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if not fresh and mark.exists() and mark.read_text() == digest:
            return "nothing has changed"
        command = [sys.executable, "-m", "infra.load_office", "--file", str(path)]
        environment = self.cloud.environment() | load_office.environment(self.target)
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CannotRun(f"{path.relative_to(ROOT)} was not loaded:\n{done.stderr.strip()}")
        mark.write_text(digest)
        return self.settings.office

    def _wait_for_health(self) -> None:
        health = f"{self.settings.url}/api/v1/health"
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            if self._answers(health):
                return
            time.sleep(0.2)
        raise CannotRun(f"{health} does not answer. End of {self.cloud.log}:\n{self.cloud.last_words()}")

    def _answers(self, health: str) -> bool:
        try:
            with urllib.request.urlopen(health, timeout=30) as answer:
                return bool(json.load(answer)["stage"] == STAGE)
        except (OSError, ValueError):
            return False
