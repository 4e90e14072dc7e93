"""MiniStack, the embedded cloud, as a subprocess that dies with us and keeps its state when it stops."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from infra.local.kept_state import read_streams_from_their_start

CLOUD_PROCESS = Path(__file__).with_name("cloud_process.py")
REGION = "eu-west-3"
ROOT_CREDENTIALS = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
START_SECONDS = 60
STOP_SECONDS = 30
PR_SET_PDEATHSIG = 1


class CloudDidNotStart(Exception):
    """MiniStack ended or stayed silent; the message holds the end of its log."""


@dataclass
class MiniStack:
    """One embedded cloud on `127.0.0.1:port`, its whole state below `folder`."""

    folder: Path
    port: int
    smtp_port: int
    auth: bool = False
    extra: dict[str, str] | None = None
    process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint_url(self) -> str:
        """Where the AWS APIs answer."""
        return f"http://localhost:{self.port}"

    @property
    def running(self) -> bool:
        """Whether the process is alive."""
        return self.process is not None and self.process.poll() is None

    @property
    def log(self) -> Path:
        """What the cloud says."""
        return self.folder / "ministack.log"

    def start(self) -> None:
        """Start and wait until it answers; raises CloudDidNotStart."""
        for name in ("state", "s3", "tmp"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        read_streams_from_their_start(self.folder / "state")
        (self.folder / "aws-config").write_text("[default]\ns3 =\n  addressing_style = path\n")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-P", CLOUD_PROCESS],
                cwd=self.folder, env=self.environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=_in_the_child,  # noqa: PLW1509 - it takes no lock
            )  # fmt: skip
        self._wait_until_it_answers()

    def stop(self) -> None:
        """Ask it to write its state and stop; then end whatever it left running."""
        if not self.process:
            return
        if self.running:
            self.process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def environment(self) -> dict[str, str]:
        """The variables it runs with, and its functions after it: none of the caller's AWS settings."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
        return kept | {
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": ROOT_CREDENTIALS["aws_access_key_id"],
            "AWS_SECRET_ACCESS_KEY": ROOT_CREDENTIALS["aws_secret_access_key"],
            "AWS_ENDPOINT_URL": self.endpoint_url,
            "AWS_CONFIG_FILE": str(self.folder / "aws-config"),
            "AWS_EC2_METADATA_DISABLED": "true",
            "PERSIST_STATE": "1",
            "S3_PERSIST": "1",
            "STATE_DIR": str(self.folder / "state"),
            "S3_DATA_DIR": str(self.folder / "s3"),
            "TMPDIR": str(self.folder / "tmp"),
            "SMTP_HOST": f"127.0.0.1:{self.smtp_port}",
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "DOCKER_HOST": "unix:///nonexistent",  # never look for containers
            "LAMBDA_ACCOUNT_CONCURRENCY": "60",
            "AUTH": "true" if self.auth else "false",
            **(self.extra or {}),
        }

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if not self.running:
                break
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"{self.endpoint_url}/_ministack/health", timeout=2),
            ):
                return
            time.sleep(0.05)
        raise CloudDidNotStart(f"The embedded cloud did not start. End of {self.log}:\n{self.last_words()}")

    def last_words(self, lines: int = 15) -> str:
        """The end of its log."""
        return (
            "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""
        )


def _in_the_child() -> None:
    """Heed SIGINT even if we were started without; on Linux, stop cleanly even when the parent is killed."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
