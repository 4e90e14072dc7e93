"""How long each page took, and which answers were not the right ones."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from infra.visitor.http import Answer


class WrongAnswer(Exception):
    """A page had another status than it should."""


@dataclass
class Figures:
    """Milliseconds by page, statuses, and what went wrong; written by many threads, read at the end."""

    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def ask(self, page: str, wanted: int, request: Callable[[], Answer]) -> Answer:
        """Measure one request. Raises `WrongAnswer`."""
        began = time.perf_counter()
        answer = request()
        self.milliseconds.setdefault(page, []).append((time.perf_counter() - began) * 1000)
        self.statuses.append(answer.status)
        if answer.status != wanted:
            raise WrongAnswer(f"{page}: {answer.status} instead of {wanted}")
        return answer

    def table(self) -> str:
        """A row of Markdown for each page: how many, median and 95th percentile in milliseconds."""
        rows = [
            f"| {page} | {len(times)} | {at(times, 0.5):.0f} | {at(times, 0.95):.0f} |"
            for page, times in self.milliseconds.items()
        ]
        return "\n".join(["| page | requests | p50, ms | p95, ms |", "|---|---|---|---|", *rows])


def at(values: list[float], share: float) -> float:
    """The value below which `share` of them lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
