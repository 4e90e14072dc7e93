"""What a cold start does not wait for. Imports are counted, not timed: the answer is the same on any machine."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from infra.bench.cold import STATIC
from infra.bench.fresh import ENVIRONMENT
from infra.packaging.names import task_modules

ROOT = Path(__file__).resolve().parents[2]
AWS = {"boto3", "botocore.client", "pynamodb"}
IN_LAYERS = {"typst", "pypdf", "filetype", "icalendar", "segno", "vacances_scolaires_france", "openpyxl"}
HEAVY = (
    AWS
    | IN_LAYERS
    | {"jinja2", "jsonschema", "phonenumbers", "stdnum", "email_validator", "jours_feries_france"}
)


def imported_by(code: str) -> set[str]:
    """The modules that a fresh interpreter has after running `code`."""
    tell = "\nimport json, sys; print(json.dumps(list(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code + tell],
        cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_a_style_sheet_waits_neither_for_the_application_nor_for_a_heavy_library():
    found = imported_by(STATIC)
    assert "front" in found
    assert found & (HEAVY | {"app", "chalicelib.partners.bootstrap"}) == set()


def test_the_routes_of_all_rooms_are_registered_without_aws_and_the_form_libraries():
    assert imported_by("import app") & (AWS | IN_LAYERS | {"jinja2", "jsonschema", "phonenumbers"}) == set()


@pytest.mark.parametrize("module", sorted(task_modules()))
def test_a_function_imports_what_it_needs_when_it_runs(module):
    assert imported_by(f"import {module}") & (AWS | IN_LAYERS | {"jinja2", "jsonschema"}) == set()
