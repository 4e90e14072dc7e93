"""Decisions to stored items and back."""

from datetime import datetime
from typing import Any

from chalicelib.adapters.dynamodb import expires_epoch
from chalicelib.adapters.history import LINE, line_attributes
from chalicelib.decisions.items import HEAD, DecisionItem, DecisionLineItem
from chalicelib.decisions.model import (
    Addressee,
    Answer,
    Decision,
    DecisionState,
    Outcome,
    Question,
    Reason,
    Timetable,
)
from chalicelib.kernel.clock import iso
from chalicelib.kernel.history import HistoryLine

Json = dict[str, Any]
KEPT_DAYS = 400


def decision_item(decision: Decision) -> DecisionItem:
    """The item of a decision that is asked."""
    return DecisionItem(
        pk=decision.id,
        sk=HEAD,
        state=decision.state,
        question=question_to_json(decision.question),
        addressees=[vars(one) for one in decision.addressees],
        addressee_count=len(decision.addressees),
        asked_at=decision.asked_at,
        expires_at=decision.expires_at,
        task_tokens=list(decision.task_tokens),
        open_key=DecisionState.PENDING,
        open_since=iso(decision.asked_at),
        record_key=decision.question.record,
        record_sort=iso(decision.asked_at),
        expires_epoch=expires_epoch(decision.expires_at, KEPT_DAYS),
    )


def line_item(decision_id: str, line: HistoryLine, occasion: str) -> DecisionLineItem:
    """The line that tells one occasion in the life of a decision."""
    return DecisionLineItem(
        pk=decision_id,
        sk=f"{LINE}{occasion}",
        expires_epoch=expires_epoch(line.at, KEPT_DAYS),
        **line_attributes(line),
    )


def question_to_json(question: Question) -> Json:
    """The question as plain JSON."""
    return {
        **vars(question),
        "outcomes": [vars(outcome) for outcome in question.outcomes],
        "timetable": {**vars(question.timetable), "reminder_days": list(question.timetable.reminder_days)},
        "dossier": dict(question.dossier),
        "excluded": sorted(question.excluded),
        "readers": sorted(question.readers),
        "reason": vars(question.reason),
    }


def answer_to_json(answer: Answer) -> Json:
    """The answer as plain JSON."""
    return {**vars(answer), "at": iso(answer.at)}


def decision_from(item: DecisionItem) -> Decision:
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
        delivered_at=item.delivered_at,
    )


def _question(stored: Json) -> Question:
    timetable = stored["timetable"]
    return Question(
        **{
            **stored,
            "outcomes": tuple(Outcome(**outcome) for outcome in stored["outcomes"]),
            "timetable": Timetable(**{**timetable, "reminder_days": tuple(timetable["reminder_days"])}),
            "excluded": frozenset(stored["excluded"]),
            "readers": frozenset(stored.get("readers", ())),
            "reason": Reason(**stored.get("reason", {})),
        }
    )


def _answer(stored: Json) -> Answer:
    return Answer(**{**stored, "at": datetime.fromisoformat(stored["at"])})
