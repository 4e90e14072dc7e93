"""What the answers to a questionnaire come to: counts for everybody of the office, comments when they betray nobody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.trainings.surveying import Survey
from chalicelib.web.fields import Field
from chalicelib.web.forms import Form

SCALE = ("very_good", "good", "average", "bad")
"""The four answers of domain.md §5.5, the best first."""


@dataclass(frozen=True)
class Counted:
    """A question with a scale: how many gave each answer, in the order of the choices."""

    label: str
    choices: Sequence[str]
    counts: Sequence[int]

    @property
    def rows(self) -> list[dict[str, object]]:
        """The lines of its table."""
        given = zip(self.choices, self.counts, strict=True)
        return [{"answer": choice, "count": count} for choice, count in given]


@dataclass(frozen=True)
class Results:
    """`comments` are by question; none are shown while too few answered, and `held_back` says so."""

    survey: Survey
    answered: int
    asked: int
    counted: Sequence[Counted]
    comments: Sequence[tuple[str, Sequence[str]]]
    held_back: bool


def results(
    form: Form, survey: Survey, answers: Sequence[Mapping[str, Any]], asked: int, comments_from: int
) -> Results:
    """The results of one questionnaire; comments from so many answers on."""
    written = [(field.label, _texts(field, answers)) for field in form.fields if not field.choices]
    enough = len(answers) >= comments_from
    return Results(
        survey=survey,
        answered=len(answers),
        asked=asked,
        counted=[_counted(field, answers) for field in form.fields if field.choices],
        comments=[(label, sorted(texts)) for label, texts in written if texts] if enough else (),
        held_back=not enough and any(texts for _, texts in written),
    )


def _counted(field: Field, answers: Iterable[Mapping[str, Any]]) -> Counted:
    given = [str(one[field.name]) for one in answers if field.name in one]
    return Counted(
        field.short, [one.label for one in field.choices], [given.count(one.value) for one in field.choices]
    )


def _texts(field: Field, answers: Iterable[Mapping[str, Any]]) -> list[str]:
    """In the order of the alphabet: the order of arrival would tell who wrote what."""
    return [str(one[field.name]) for one in answers if one.get(field.name)]
