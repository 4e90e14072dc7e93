"""Decisions to stored JSON and back."""

from datetime import datetime
from typing import Any

from chalicelib.decisions.model import (
    Addressee,
    Answer,
    Decision,
    DecisionState,
    Outcome,
    Question,
    Timetable,
)
from chalicelib.kernel.clock import iso

Json = dict[str, Any]


def question_to_json(question: Question) -> Json:
    """The question as plain JSON."""
    return {
        **vars(question),
        "outcomes": [vars(outcome) for outcome in question.outcomes],
        "timetable": {**vars(question.timetable), "reminder_days": list(question.timetable.reminder_days)},
        "dossier": dict(question.dossier),
        "excluded": sorted(question.excluded),
    }


def answer_to_json(answer: Answer) -> Json:
    """The answer as plain JSON."""
    return {**vars(answer), "at": iso(answer.at)}


def decision_from(item: Any) -> Decision:
    """The decision that a stored item holds."""
    return Decision(
        question=_question(item.question),
        state=DecisionState(item.state),
        addressees=tuple(Addressee(**one) for one in item.addressees),
        asked_at=item.asked_at,
        expires_at=item.expires_at,
        task_tokens=tuple(item.task_tokens),
        answer=_answer(item.answer) if item.answer else None,
        is_delivered=bool(item.is_delivered),
    )


def _question(stored: Json) -> Question:
    timetable = stored["timetable"]
    return Question(
        **{
            **stored,
            "outcomes": tuple(Outcome(**outcome) for outcome in stored["outcomes"]),
            "timetable": Timetable(**{**timetable, "reminder_days": tuple(timetable["reminder_days"])}),
            "excluded": frozenset(stored["excluded"]),
        }
    )


def _answer(stored: Json) -> Answer:
    return Answer(**{**stored, "at": datetime.fromisoformat(stored["at"])})
