"""The lives that the records of a process may have, and the steps that their runs once took."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.harness.machine import WORKFLOWS

Step = dict[str, Any]
"""One state: its name, its input, what came back, and where it led."""


@dataclass(frozen=True)
class Lives:
    """The stories of one process by their names; `tell` gives the steps as the machine of today takes them."""

    process: str
    stories: tuple[str, ...]
    tell: Callable[[str], list[Step]]

    @property
    def file(self) -> Path:
        """Where their steps are kept, once and for all."""
        return Path(__file__).parent / "histories" / f"{self.process}.json"

    def states(self) -> dict[str, dict[str, Any]]:
        """The states of the machine of today."""
        found: dict[str, dict[str, Any]] = json.loads((WORKFLOWS / f"{self.process}.asl.json").read_text())[
            "States"
        ]
        return found

    def kept(self) -> dict[str, list[Step]]:
        """The stories as they were taken."""
        found: dict[str, list[Step]] = json.loads(self.file.read_text()) if self.file.exists() else {}
        return found

    def by_file(self, name: str, record_id: str = "subsidy_id") -> dict[str, list[Step]]:
        """The kept steps of a story by their record; what tasks gave back is left out, no error is an empty one."""
        found: dict[str, list[Step]] = {}
        for step in self.kept()[name]:
            told = {"state": step["state"], "input": step["input"], "error": step.get("error", "")}
            found.setdefault(step["input"][record_id], []).append({**told, "next": step["next"]})
        return found

    def keep_new_ones(self) -> None:
        """Add what is missing; what is there is never written anew."""
        histories = self.kept()
        new = {name: self.tell(name) for name in self.stories if name not in histories}
        stories = [
            f"{json.dumps(name)}: [\n  " + ",\n  ".join(map(json.dumps, steps)) + "\n]"
            for name, steps in {**histories, **new}.items()
        ]
        self.file.write_text("{\n" + ",\n".join(stories) + "\n}\n")
