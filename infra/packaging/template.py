"""The two hands laid on Chalice's template: what is merged into it, and what is finished after it."""

import tomllib
from pathlib import Path
from typing import Any

from infra.packaging import api, functions, machines, triggers
from infra.packaging.cloudformation import Template, load, ref
from infra.packaging.names import ROOT, Function

HTTP_HANDLER = "front.handle"


def merged_into(known: dict[str, Function], table: triggers.Triggers, root: Path = ROOT) -> Template:
    """What `chalice package` merges: `infra/resources.yaml` and the generated resources."""
    template = load(root / "infra" / "resources.yaml")
    for function in known.values():
        _add(template, functions.naming(function))
    _add(template, functions.errors_alarm(known["api_handler"]))
    _add(template, {known["api_handler"].logical_id: {"Properties": {"Handler": HTTP_HANDLER}}})
    for path in sorted((root / "workflows").glob("*.asl.json")):
        _add(template, machines.resources(path, known, template["Parameters"]))
    _add(template, triggers.resources(table, known))
    return template


def finish(template: Template, known: dict[str, Function], table: triggers.Triggers, version: str) -> None:
    """What can only be done on Chalice's result: the paths, the code's place, the grants of the plumbing."""
    api.catch_all(template)
    template["Globals"]["Function"]["Environment"]["Variables"]["VERSION"] = version
    for function in known.values():
        properties = template["Resources"][function.logical_id]["Properties"]
        properties["CodeUri"] = {"Bucket": ref("ArtifactBucket"), "Key": ref("CodeKey")}
        properties.pop("Tags", None)  # Chalice's own, with its version in it
        own = [functions.log_statement(function), *triggers.statements(table, function.id, known)]
        functions.grant(template, function, own)


def project_version(root: Path = ROOT) -> str:
    """The version in `pyproject.toml`."""
    return str(tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"])


def _add(template: Template, made: dict[str, Any]) -> None:
    """Merge generated resources, property by property: a function gets its parts from several hands."""
    for name, resource in made.items():
        known = template["Resources"].setdefault(name, {})
        properties = {**known.get("Properties", {}), **resource.get("Properties", {})}
        known.update({**resource, "Properties": properties})
