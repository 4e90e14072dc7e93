"""`make package`: the template and the zip that are deployed everywhere alike, in `.build/package/`."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.packaging import layers, template, triggers
from infra.packaging.archive import repack
from infra.packaging.cloudformation import Template
from infra.packaging.compiled import compiled_templates
from infra.packaging.names import CHALICE_STAGE, ROOT, functions

SOURCES = (
    "app.py",
    "front.py",
    "pyproject.toml",
    "requirements*.txt",
    "chalicelib",
    ".chalice/*.json",
    "workflows",
    "infra/*.yaml",
    "infra/package.py",
    "infra/packaging",
)
NOTE = "  note: infra/{} names {}, which is not in .chalice/config.json: left out\n"
BUILD = ROOT / ".build" / "package"


class PackagingFailed(Exception):
    """Chalice could not make the package; the message is what it said."""


@dataclass(frozen=True)
class Package:
    """A packaged application: `template` (JSON text) and the path of the zip."""

    folder: Path

    @property
    def template(self) -> str:
        """The CloudFormation (SAM) template, minified."""
        return self.template_file.read_text()

    @property
    def template_file(self) -> Path:
        """Where the template is."""
        return self.folder / "template.json"

    @property
    def archive(self) -> Path:
        """The zip of the functions' code."""
        return self.folder / "deployment.zip"

    @property
    def layers(self) -> dict[str, Path]:
        """The zips of the layers by their object keys, which are made from their content."""
        written = json.loads((self.folder / "layers.json").read_text())
        return {key: Path(path) for key, path in written.items()}

    @property
    def notes(self) -> str:
        """What the packaging left out, one line each."""
        return (self.folder / "notes.txt").read_text()

    @property
    def code_key(self) -> str:
        """The object key of the zip, by its content."""
        return f"code/{_digest(self.archive.read_bytes())}.zip"

    @property
    def fingerprint(self) -> str:
        """A name for exactly this template and this zip."""
        return _digest(self.template.encode() + self.archive.read_bytes())


def build(folder: Path = BUILD) -> Package:
    """The package of the sources as they are; made anew only when they have changed."""
    mark = folder / "sources.sha256"
    sources = sources_digest()
    with _alone(folder):
        if mark.exists() and mark.read_text() == sources and _is_whole(Package(folder)):
            return Package(folder)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        package = _build(folder)
        mark.write_text(sources)
    return package


def _is_whole(package: Package) -> bool:
    """Whether the layers, which are kept elsewhere, are still there."""
    return all(path.exists() for path in package.layers.values())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One packaging of a folder at a time: the workers of the tests all want it at once."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sources_digest() -> str:
    """A name for the content of everything that the package is made from."""
    digest = hashlib.sha256(sys.version.encode())
    for path in _source_files():
        digest.update(f"{path.relative_to(ROOT)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _source_files() -> list[Path]:
    found = {path for pattern in SOURCES for path in ROOT.glob(pattern)}
    files = {inner for path in found for inner in ([path] if path.is_file() else path.rglob("*"))}
    return sorted(each for each in files if each.is_file() and "__pycache__" not in each.parts)


def _build(folder: Path) -> Package:
    known = functions()
    table = triggers.read(ROOT / "infra" / "triggers.yaml", known)
    layered, unknown = layers.read(ROOT / "infra" / "layers.yaml", known)
    (folder / "notes.txt").write_text(_notes({"triggers.yaml": table.missing, "layers.yaml": unknown}))
    with tempfile.TemporaryDirectory() as scratch:
        merge = Path(scratch) / "merge.json"
        merge.write_text(json.dumps(template.merged_into(known, table)))
        _chalice_package(merge, Path(scratch) / "out")
        made = json.loads((Path(scratch) / "out" / "sam.json").read_text())
        added = {"front.py": (ROOT / "front.py").read_bytes(), **compiled_templates()}
        repack(Path(scratch) / "out" / "deployment.zip", folder / "deployment.zip", added)
    version = f"{template.project_version()}+{_digest((folder / 'deployment.zip').read_bytes())[:8]}"
    template.finish(made, known, table, version)
    (folder / "layers.json").write_text(json.dumps(_with_layers(made, layered)))
    Package(folder).template_file.write_text(json.dumps(made, sort_keys=True, separators=(",", ":")))
    return Package(folder)


def _with_layers(made: Template, layered: list[layers.Layer]) -> dict[str, str]:
    """Add the layers to the template; the paths of their zips by their object keys."""
    zips = {}
    for layer in layered:
        archive = layers.made(layer)
        key = layers.key(layer, archive)
        layers.attach(made, layer, key)
        zips[key] = str(archive)
    return zips


def _notes(missing: dict[str, list[str]]) -> str:
    """A line for each function that a table in `infra/` names and that does not exist."""
    return "".join(NOTE.format(table, name) for table, names in missing.items() for name in names)


def _chalice_package(merge: Path, out: Path) -> None:
    command = [str(Path(sys.executable).parent / "chalice"), "package", "--stage", CHALICE_STAGE]
    command += ["--template-format", "json", "--merge-template", str(merge), str(out)]
    environment = {**os.environ, "AWS_DEFAULT_REGION": "eu-west-3", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PackagingFailed(done.stderr.strip() or done.stdout.strip())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def main() -> None:
    """Package, and say what came out."""
    package = build()
    print(package.notes, end="")
    for path in (package.archive, package.template_file, *package.layers.values()):
        print(f"  {path.relative_to(ROOT)}  {path.stat().st_size / 1024:,.0f} KiB")


if __name__ == "__main__":
    main()
