"""What applicants answer to a process: by a mailed link, from their space, or by sending corrections."""

from chalicelib.decisions import asking_again
from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.decisions.model import AlreadyDecided, Decision, Visitor, question_id
from chalicelib.decisions.reconciling import Driven


def pending_question(record: Driven) -> Decision | None:
    """The pending question that the applicant of a record has to answer, or None.

    It is found by its identifier: what was asked just now may be missing in an index.
    """
    found = decision_repository().find(question_id(record.id, record.awaited_step, record.round))
    return found if found and not found.question.role and decision_service().is_open(found) else None


def question_at(record: Driven, step: str) -> Decision:
    """The question of this round at a step, answered or not. Raises `DecisionUnknown`."""
    return decision_service().get(question_id(record.id, step, record.round))


def answer(decision: Decision, outcome: str) -> None:
    """Answer as the applicant; a repetition is a success. Raises `AlreadyDecided` when it is closed."""
    person = decision.addressees[0]
    try:
        decision_service().record(decision, Visitor(person.name, person.email, "link"), outcome, "")
    except AlreadyDecided as already:
        if already.decision.answer is None:
            raise


def mail_again(decision: Decision) -> bool:
    """Mail a fresh link to the applicant; False when the question is not pending."""
    if not decision_service().is_open(decision):
        return False
    asking_again.mail_again(decision, decision.addressees[0])
    return True
