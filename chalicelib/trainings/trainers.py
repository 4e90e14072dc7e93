"""Another external trainer in a published session: proposed to the direction, and until it agrees nothing changes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib.trainings.model import Session
from chalicelib.trainings.people import folded
from chalicelib.trainings.plan import Trainer, plan_of

Answers = Mapping[str, Any]
FIELDS = ("trainer_kind", "trainer_name", "trainer_email", "trainer_about")


def is_same_person(before: Trainer, after: Trainer) -> bool:
    """Whether the same one leads it, whatever the accents, the address and what is said of them."""
    return (before.is_external, folded(before.name)) == (after.is_external, folded(after.name))


def settled(session: Session, answers: Answers, *, may_decide: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answers that count from now on, and the trainer that is proposed.

    An external trainer who is not the one of before is proposed, unless who edits is who approves that. What was
    proposed before stays until another trainer is named.
    """
    before, after = session.plan.trainer, plan_of(answers).trainer
    if is_same_person(before, after):
        return dict(answers), dict(session.proposed)
    if may_decide or not after.is_external:
        return dict(answers), {}
    return led_by(answers, session.answers), _fields_of(answers)


def led_by(answers: Answers, trainer: Answers) -> dict[str, Any]:
    """The answers with the trainer of others."""
    others = {name: value for name, value in answers.items() if name not in FIELDS}
    return {**others, **_fields_of(trainer)}


def as_proposed(session: Session) -> Session:
    """The session as it would be with the proposed trainer."""
    return replace(session, answers=led_by(session.answers, session.proposed))


def _fields_of(answers: Answers) -> dict[str, Any]:
    return {name: answers[name] for name in FIELDS if name in answers}
