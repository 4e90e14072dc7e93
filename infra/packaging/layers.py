"""Lambda layers from the table in `infra/layers.yaml`: what is too large for the zip of the code.

A layer is made from the pinned wheels, once for the same pins, and named by its content.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from chalice.utils import to_cfn_resource_name

from infra.packaging.archive import pack, wanted
from infra.packaging.cloudformation import Template, ref, sub
from infra.packaging.names import ROOT, Function

CACHE = ROOT / ".build" / "layers"
ARCHITECTURE = "x86_64"  # of all functions: Lambda's own choice, and Chalice's when it looks for wheels
PLATFORMS = (f"manylinux2014_{ARCHITECTURE}", f"manylinux_2_17_{ARCHITECTURE}")


class LayerNotMade(Exception):
    """pip could not get the wheels of a layer; the message is what it said."""


@dataclass(frozen=True)
class Layer:
    """One row of the table, with those of its functions that exist."""

    name: str
    requirements: Path
    functions: tuple[Function, ...]

    @property
    def logical_id(self) -> str:
        """Its name in the template."""
        return f"{to_cfn_resource_name(self.name)}Layer"


def read(path: Path, known: Mapping[str, Function]) -> tuple[list[Layer], list[str]]:
    """The layers of the table at `path` that some function imports, and the functions that do not exist."""
    rows: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text()) or {}
    layers = [
        Layer(name, path.parent.parent / row["requirements"], _existing(row["functions"], known))
        for name, row in rows.items()
    ]
    missing = sorted({each for row in rows.values() for each in row["functions"] if each not in known})
    return [layer for layer in layers if layer.functions], missing


def _existing(names: list[str], known: Mapping[str, Function]) -> tuple[Function, ...]:
    return tuple(known[name] for name in names if name in known)


def made(layer: Layer, cache: Path = CACHE) -> Path:
    """The zip of the layer, from the cache or made now; raises LayerNotMade."""
    of_what = layer.requirements.read_bytes() + Path(__file__).read_bytes() + sys.version.encode()
    target = cache / f"{layer.name}-{hashlib.sha256(of_what).hexdigest()[:32]}.zip"
    if not target.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            _download(layer.requirements, Path(scratch))
            pack(_contents(Path(scratch)), Path(scratch) / "layer")
            (Path(scratch) / "layer").replace(target)  # at once: another packaging may look for it
    return target


def _download(requirements: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += [
        "--only-binary=:all:",
        "--python-version",
        f"{sys.version_info.major}.{sys.version_info.minor}",
    ]
    command += [f"--platform={platform}" for platform in PLATFORMS]
    command += ["--dest", str(folder), "--requirement", str(requirements)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise LayerNotMade(f"{requirements.name}: {done.stderr.strip()}")


def _contents(wheels: Path) -> dict[str, bytes]:
    """What the wheels hold, where a function looks for it in a layer."""
    found: dict[str, bytes] = {}
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as packed:
            found |= {f"python/{name}": packed.read(name) for name in filter(wanted, packed.namelist())}
    return found


def key(layer: Layer, archive: Path) -> str:
    """The object key of the layer's zip, by its content."""
    return f"layers/{layer.name}-{hashlib.sha256(archive.read_bytes()).hexdigest()[:32]}.zip"


def attach(template: Template, layer: Layer, object_key: str) -> None:
    """Add the layer to the template, and give it to its functions."""
    template["Resources"][layer.logical_id] = {
        "Type": "AWS::Lambda::LayerVersion",
        "Properties": {
            "LayerName": sub(f"${{AWS::StackName}}-{layer.name}"),
            "Description": layer.requirements.name,
            "Content": {"S3Bucket": ref("ArtifactBucket"), "S3Key": object_key},
            "CompatibleArchitectures": [ARCHITECTURE],
        },
    }
    for function in layer.functions:
        properties = template["Resources"][function.logical_id]["Properties"]
        properties["Layers"] = [*properties.get("Layers", []), ref(layer.logical_id)]
