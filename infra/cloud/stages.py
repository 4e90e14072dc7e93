"""What differs between deployments: one small file per stage, `infra/stages/<stage>.json`."""

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "stages"


class UnknownStage(Exception):
    """There is no file for this stage; the message says how to make one."""


@dataclass(frozen=True)
class Stage:
    """One deployment's region, office file (relative to the project) and template parameters."""

    name: str
    region: str
    office: str
    parameters: dict[str, str]


def read(name: str) -> Stage:
    """The stage of that name; raises UnknownStage."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        raise UnknownStage(
            f"There is no {path.name} in infra/stages: copy example.json to it and fill it in."
        )
    written = json.loads(path.read_text())
    return Stage(name, written["region"], written["office"], written["parameters"])
