"""Who may import what: the contracts of pyproject.toml, and the few rules that they cannot say."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "chalicelib").rglob("*.py"))

MAY_IMPORT = {
    "pynamodb": ("/adapters/", "repository.py", "/items.py"),
    "boto3": ("/adapters/",),
    "typst": ("/adapters/",),
    "icalendar": ("/adapters/",),
    "segno": ("/adapters/",),
    "vacances_scolaires_france": ("/adapters/",),
    "chalice": (
        "/chalicelib/rooms.py",
        "/web/",
        "/runtime/",
        "/routes",
        "routes.py",
        "tasks.py",
        "/tasks/",
        "guard.py",
        "/links/views.py",
    ),
    "aws_lambda_powertools": ("/runtime/",),
}


def imported(path: Path) -> set[str]:
    """The top names that a module imports, at its head or inside its functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("library", sorted(MAY_IMPORT))
def test_a_library_stays_in_its_rooms(library):
    strays = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if library in imported(path)
        and not any(part in f"/{path.relative_to(ROOT)}" for part in MAY_IMPORT[library])
    ]
    assert strays == []


def test_every_init_is_empty():
    assert [path for path in MODULES if path.name == "__init__.py" and path.read_text().strip()] == []


def test_app_registers_and_does_nothing_else():
    tree = ast.parse((ROOT / "app.py").read_text())
    names = [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert all(name.split(".")[0] in {"chalice", "chalicelib"} for name in names)
    assert not [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def test_nobody_imports_app():
    assert [path for path in MODULES if "app" in imported(path)] == []


ROOMS = {f"chalicelib.{path.parent.name}" for path in (ROOT / "chalicelib").glob("*/__init__.py")}
CONTRACTS = {
    each["name"]: each
    for each in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}


def test_every_room_has_its_layer():
    """What no contract names may import, and be imported by, whatever it likes."""
    layers = CONTRACTS["Rooms import downwards only"]["layers"]
    placed = {room for layer in layers for room in re.split(r" [|:] ", layer)}
    assert ROOMS ^ placed == set(), "say in the layers of pyproject.toml where each room stands"


def test_every_room_keeps_the_order_inside_and_leaves_boto3_to_the_adapters():
    ordered = CONTRACTS["Inside a room: routes and tasks, then wiring, then use cases, then rules"][
        "containers"
    ]
    wired = {f"chalicelib.{path.parent.name}" for path in (ROOT / "chalicelib").glob("*/service.py")}
    assert wired - set(ordered) == set(), "a container of pyproject.toml"
    forbidden = CONTRACTS["boto3 is for the adapters"]["source_modules"]
    assert ROOMS - set(forbidden) == {"chalicelib.adapters"}, "a source module of pyproject.toml"


def test_the_contracts_of_the_house_hold():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
