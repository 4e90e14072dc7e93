"""What an answer that a machine got, or a silence that it met, says in the history of a record."""

from chalicelib.decisions.bootstrap import decision_service
from chalicelib.decisions.model import Answer
from chalicelib.kernel.history import HistoryLine
from chalicelib.trainings.bootstrap import stores

NOBODY = "Cordée"


def answer_of(decision_id: str | None) -> Answer | None:
    """The answer to a question, or None."""
    return decision_service().get(decision_id).answer if decision_id else None


def line_of(words: str, answer: Answer | None) -> HistoryLine:
    """Who did it when and why: the one who answered, else nobody."""
    if answer is None:
        return HistoryLine(stores.now(), NOBODY, words)
    return HistoryLine(answer.at, answer.by_name, words, answer.reason, answer.on_behalf_of)
