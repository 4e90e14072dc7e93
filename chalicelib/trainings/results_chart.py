"""The picture of what a questionnaire says: a bar for each question, the best answers first."""

from collections.abc import Sequence
from math import ceil

from chalicelib.adapters.charts import Part, heads, stacked_bars
from chalicelib.kernel.french import french_integer
from chalicelib.trainings.results import Counted, Results

WIDE, NARROW = 640, 320
PARTS = (("Très favorable", "solid"), ("Favorable", "hatched"), ("Réservé", "open"))
"""Three looks that differ in grey too; of four answers, the last two are told together."""


def chart_of(results: Results, *, is_narrow: bool, is_dark: bool) -> str:
    """The answers to each question."""
    labels = [one.label for one in results.counted]
    parts = [
        Part(name, look, [_heads(one, number) for one in results.counted])
        for number, (name, look) in enumerate(PARTS)
    ]
    width = NARROW if is_narrow else WIDE
    return stacked_bars(
        said_of(results.counted), labels, parts, width, is_dark=is_dark, said=heads, ticks=_ticks(results)
    )


def _ticks(results: Results) -> list[int]:
    """Whole numbers of people, five at most, from nobody to everybody."""
    step = max(1, ceil(results.answered / 4))
    return list(range(0, results.answered + step, step))


def said_of(counted: Sequence[Counted]) -> str:
    """What the picture shows, in words."""
    return " ".join(f"{one.label}\u00a0: {_in_words(one)}." for one in counted)


def _in_words(one: Counted) -> str:
    given = zip(one.choices, one.counts, strict=True)
    return ", ".join(f"{french_integer(count)} {choice.lower()}" for choice, count in given)


def _heads(one: Counted, number: int) -> int:
    last = len(PARTS) - 1
    return sum(one.counts[last:]) if number == last else one.counts[number]
