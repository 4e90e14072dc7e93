"""The unpacked zip as it would be without bytecode: what it saves is measured against this."""

import shutil
from importlib.util import find_spec
from pathlib import Path

from infra.packaging.archive import BYTECODE_ONLY

OURS = "chalicelib/"


def copied(full: Path, bare: Path) -> None:
    """Copy the unpacked zip, with sources only; templates were compiled by a machine and have none."""
    shutil.copytree(full, bare, ignore=shutil.ignore_patterns("__pycache__"))
    for name in BYTECODE_ONLY:
        if not name.startswith(OURS):
            _put_source(bare, name)


def _put_source(bare: Path, name: str) -> None:
    found = find_spec(name.rstrip("/").removesuffix(".py"))
    if found is None or found.origin is None:
        raise RuntimeError(f"{name} is not installed here")
    if name.endswith("/"):
        shutil.rmtree(bare / name)
        shutil.copytree(Path(found.origin).parent, bare / name, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        (bare / f"{name}c").unlink()
        shutil.copy(found.origin, bare / name)
