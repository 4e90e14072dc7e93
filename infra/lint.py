"""`make lint`: every static check, each named, all of them run even when one finds something."""

import subprocess
import sys
from pathlib import Path

from infra import checks
from infra.packaging.names import ROOT

BIN = Path(sys.executable).parent
TOOLS = {
    "ruff format": ["ruff", "format", "--check", "."],
    "ruff": ["ruff", "check", "."],
    "mypy": ["mypy"],
    "import-linter": ["lint-imports"],
    "bandit, the application": ["bandit", "--quiet", "--recursive", "app.py", "chalicelib"],
    "bandit, the tools around it": [
        "bandit",
        "--quiet",
        "--configfile",
        "pyproject.toml",
        "--recursive",
        "infra",
    ],
}
"""The application is scanned without any skip; the tools with those of `pyproject.toml`."""


def main() -> None:
    """Run all checks; the status is 1 when one has found something."""
    found = [name for name, command in TOOLS.items() if not _passes(name, command)]
    findings = checks.check()
    print(f"  {'template (SAM, cfn-lint, checkov)':<36}{'findings' if findings else 'ok'}", flush=True)
    if findings:
        print(findings)
        found.append("template")
    sys.exit(f"Findings: {', '.join(found)}" if found else 0)


def _passes(name: str, command: list[str]) -> bool:
    done = subprocess.run(
        [BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    print(f"  {name:<36}{'findings' if done.returncode else 'ok'}", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    main()
