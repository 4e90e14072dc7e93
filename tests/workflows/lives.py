"""The lives that the records of a process may have, and the steps that their runs once took."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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

    def kept(self) -> dict[str, list[Step]]:
        """The stories as they were taken."""
        found: dict[str, list[Step]] = json.loads(self.file.read_text()) if self.file.exists() else {}
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
