"""What is looked at in the packaged template: the SAM translator, then cfn-lint, then checkov.

The translator comes first because it alone sees a cycle between an API and its functions.
"""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

from samtranslator.translator.transform import transform

from infra.package import Package, build
from infra.packaging.names import ROOT

REGION = "eu-west-3"
CHECKOV_VENV = ROOT / ".build" / "checkov"
CHECKOV_REQUIREMENTS = ROOT / "requirements-checkov.txt"
CHECKOV_SKIPS = ROOT / "infra" / "checkov.yaml"


class CheckovNotInstalled(Exception):
    """pip could not install checkov; the message is what it said."""


class _NoManagedPolicies:
    """The template names its managed policies by ARN: there is nothing to look up."""

    def load(self) -> dict[str, str]:
        return {}


def translated(package: Package) -> dict[str, Any]:
    """The template as CloudFormation sees it, after the SAM transform; raises on an invalid one."""
    os.environ.setdefault("AWS_DEFAULT_REGION", REGION)
    plain: dict[str, Any] = transform(json.loads(package.template), {}, _NoManagedPolicies())
    return plain


def write_translated(package: Package) -> Path:
    """The translated template as a file beside the packaged one."""
    path = package.folder / "translated.json"
    # Minified, as CloudFormation gets it: it takes no template over a megabyte.
    path.write_text(json.dumps(translated(package), separators=(",", ":")))
    return path


def cfn_lint(template: Path) -> str:
    """The findings of cfn-lint, empty when there are none."""
    command = [str(Path(sys.executable).parent / "cfn-lint"), "--regions", REGION, "--", str(template)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def checkov(template: Path) -> str:
    """The findings of checkov, empty when there are none; it has its own environment, for it pins boto3."""
    command = [
        str(_checkov_program()),
        "--framework",
        "cloudformation",
        "--skip-download",
        "--compact",
        "--quiet",
    ]
    command += ["--config-file", str(CHECKOV_SKIPS), "--file", str(template)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip() if done.returncode else ""


def _checkov_program() -> Path:
    mark = CHECKOV_VENV / "requirements.txt"
    wanted = CHECKOV_REQUIREMENTS.read_text()
    if not mark.exists() or mark.read_text() != wanted:
        venv.create(CHECKOV_VENV, with_pip=True, clear=True)
        pip = [
            str(CHECKOV_VENV / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        command = [*pip, "-r", str(CHECKOV_REQUIREMENTS)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CheckovNotInstalled(done.stderr)
        mark.write_text(wanted)
    return CHECKOV_VENV / "bin" / "checkov"


def check(package: Package | None = None) -> str:
    """All findings on the packaged template, empty when there are none."""
    template = write_translated(package or build())
    return "\n".join(filter(None, [cfn_lint(template), checkov(template)]))
