"""Make the virtual environment, install the pinned requirements, and run a module in it.

`python3 infra/bootstrap.py run infra.local.run` does so with requirements-run.txt; `dev` instead of `run`
takes requirements-dev.txt. This file alone runs on the system's Python, whatever its version.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
NEWER = ("python3.13", "python3.12", "python3.11")


def main() -> None:
    """Prepare what is missing, then become the module named on the command line."""
    if sys.version_info < OLDEST:
        _use_a_newer_python()
    requirements = ROOT / f"requirements-{sys.argv[1]}.txt"
    _make_venv()
    _install(requirements)
    os.chdir(str(ROOT))
    os.execv(str(PYTHON), [str(PYTHON), "-m", *sys.argv[2:]])


def _use_a_newer_python() -> None:
    found = next((path for path in map(shutil.which, NEWER) if path), None)
    if found is None:
        sys.exit(
            f"Cordée needs Python 3.11 or newer; this is {sys.version.split()[0]}. Install one, or name it: "
            "make run PYTHON=/path/to/python3.12"
        )
    os.execv(found, [found, *sys.argv])


def _make_venv() -> None:
    if PYTHON.exists():
        return
    with _Step("Creating the virtual environment"):
        try:
            subprocess.run(
                [sys.executable, "-m", "venv", "--clear", str(VENV)], check=True, stdout=subprocess.PIPE
            )
        except subprocess.CalledProcessError:
            shutil.rmtree(str(VENV), ignore_errors=True)
            sys.exit(
                "\nPython's venv module is not complete here (on Debian or Ubuntu: apt install python3-venv)."
            )


def _install(requirements: Path) -> None:
    mark = VENV / (requirements.stem + ".sha256")
    wanted = _digest(requirements)
    if mark.exists() and mark.read_text() == wanted:
        return
    with _Step("Installing the pinned dependencies"):
        command = [
            str(PYTHON),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
            str(requirements),
        ]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        sys.exit(f"\npip could not install {requirements.name}:\n{done.stdout.decode()}")
    mark.write_text(wanted)


def _digest(requirements: Path) -> str:
    """A name for the content of the file and of those that it includes."""
    text = requirements.read_text()
    included = [line.split()[1] for line in text.splitlines() if line.startswith("-r ")]
    inner = "".join(_digest(requirements.parent / name) for name in included)
    return hashlib.sha256((text + inner).encode()).hexdigest()


class _Step:
    def __init__(self, title: str) -> None:
        self.title = title

    def __enter__(self) -> None:
        self.started = time.time()
        print(f"  {self.title:<44}", end="", flush=True)

    def __exit__(self, *_: object) -> None:
        print(f"{time.time() - self.started:5.1f} s", flush=True)


if __name__ == "__main__":
    main()
