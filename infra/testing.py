"""`make test`: finds or installs a Chromium, then becomes pytest. What is missing stops it, never skips."""

import os
import shutil
import subprocess
import sys

from infra.cloud.progress import step, stop

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The first is Chromium without a window: the same engine, in half the time."""
PACKAGES = NAMES[:2]
VARIABLE = "CORDEE_CHROMIUM"
TWO_CORES = ("-n", "2", "--dist", "loadgroup")
"""The tests on the embedded cloud are one group: one worker has them, with one cloud, in their order."""
SLOWEST = ("--durations", "10")


def chromium() -> str:
    """The path of a Chromium, installed when there is none; empty when Playwright keeps one of its own."""
    return os.environ.get(VARIABLE) or _found() or _installed()


def _found() -> str:
    return next((path for path in map(shutil.which, NAMES) if path), "")


def _installed() -> str:
    with step("Installing Chromium"):
        if os.geteuid() == 0 and shutil.which("apt-get"):
            _install_by_apt()
        if not _found():
            done = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
            if done.returncode:
                stop("No Chromium could be installed. Install one, or name it: make test CORDEE_CHROMIUM=...")
    return _found()


def _install_by_apt() -> None:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], *(["install", "-y", package] for package in PACKAGES)):
        if not _found():
            subprocess.run(["apt-get", "-qq", *arguments], check=False, stdout=subprocess.DEVNULL, env=env)


def main() -> None:
    """Run pytest, on two cores, with the arguments of the command line after ours."""
    os.environ[VARIABLE] = chromium()
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *TWO_CORES, *SLOWEST, *sys.argv[1:]])


if __name__ == "__main__":
    main()
